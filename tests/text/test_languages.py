"""What is read in posts of many languages. We wrote all posts for these tests; none is anybody else's."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.posts import Analysis, Post
from bot.text.analysis import analyse
from bot.text.words.clean import without_markup

DATA = Path(__file__).parents[1] / "data" / "languages" / "posts.jsonl"
POSTS = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]


def read(text: str) -> Analysis:
    return analyse(Post("1", text))


def figures(analysis: Analysis) -> set[str]:
    """Return the single values as "value qualifier unit"."""
    return {
        f"{number.value:g} {number.qualifier.value} {number.unit}"
        for number in analysis.numbers
        if isinstance(number.value, float)
    }


@pytest.mark.parametrize("post", POSTS, ids=lambda post: str(post["lang"]))
def test_a_post_yields_its_language_its_actors_with_their_offices_and_its_numbers(post: dict[str, Any]) -> None:
    analysis = read(post["text"])
    assert analysis.lang == post["lang"]
    assert {actor.name: actor.role and actor.role.text for actor in analysis.actors} == post["actors"]
    assert set(post["numbers"]) <= figures(analysis)
    spans = [mention for actor in analysis.actors for mention in actor.mentions]
    spans += [number.span for number in analysis.numbers]
    assert all(post["text"][span.start : span.end] == span.text for span in spans)


@pytest.mark.parametrize(
    ("lang", "text", "low", "high"),
    [
        ("de", "Das Gesetz wurde mit 112 zu 74 Stimmen angenommen.", 112, 74),
        ("de", "Es kamen zwischen 3.000 und 3.500 Menschen.", 3000, 3500),
        ("fr", "Le texte est adopté par 247 voix contre 232.", 247, 232),
        ("fr", "La France commandera entre 20 et 30 avions.", 20, 30),
        ("ar", "سيبلغ النمو بين 4 و4,5 في المئة هذا العام.", 4, 4.5),
    ],
)
def test_two_numbers_that_belong_together_are_one(lang: str, text: str, low: float, high: float) -> None:
    assert (low, high) in {number.value for number in analyse(Post("1", text), lang).numbers}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("es", "El banco dio 5 euros a 20 niños."),
        ("es", "El precio pasó de 3 euros a 4 euros."),
        ("ja", "4〜9月期の決算を発表した。"),
    ],
)
def test_numbers_of_different_things_are_no_range(lang: str, text: str) -> None:
    assert not any(isinstance(number.value, tuple) for number in analyse(Post("1", text), lang).numbers)


@pytest.mark.parametrize("text", ["四川和三亚", "百度发布新品", "周三在北京", "千葉県で火災"])
def test_signs_of_numbers_inside_of_words_are_none(text: str) -> None:
    assert read(text).numbers == ()


@pytest.mark.parametrize("text", ["قُتل ١٢ شخصاً", "زمین‌لرزه ۵٫۲ ریشتری", "O‘zbekiston"])
def test_what_is_shown_is_spelled_as_it_was(text: str) -> None:
    assert without_markup(text) == text


@pytest.mark.parametrize(
    ("text", "is_noise"),
    [
        ("Anzeige\nJetzt 20 % Rabatt auf alle Kopfhörer!", True),
        ("#publicidad Compra ahora tu seguro y ahorra un 30 %.", True),
        ("كل عام وأنتم بخير", True),
        ("З Новим роком, друзі!", True),
        ("Der Mann erstattete bei der Polizei Anzeige.\nDie Ermittlungen dauern an.", False),
        ("Bonne nouvelle pour les retraités : les pensions augmentent de 2 %.", False),
    ],
)
def test_advertisements_and_greetings_say_so_themselves(text: str, is_noise: bool) -> None:
    assert read(text).noise is is_noise
