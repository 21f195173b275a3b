import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.posts import Origin, OriginKind, Post
from bot.store.columns import Stems
from bot.text.question import Question, read_question
from bot.text.stems import post_stems, source_stem, stems
from tests.text import strategies
from tests.text.strategies import HOSTILE

_NAMES = """
Пашинян Пашиняна Пашиняну Пашиняном Пашиняне
Песков Пескова Пескову Песковым Пескове
Медведев Медведева Медведеву Медведевым Медведеве
Зеленский Зеленского Зеленскому Зеленским Зеленском
Эрдоган Эрдогана Эрдогану Эрдоганом Эрдогане
Мирзоян Мирзояна Мирзояну Мирзояном Мирзояне
Шольц Шольца Шольцу Шольцем Шольце
Захарова Захаровой Захарову
Токаев Токаева Токаеву Токаевым Токаеве
Рябков Рябкова Рябкову Рябковым
міністр міністра міністром міністри
Ереван Еревана Еревану Ереваном Ереване
Карабах Карабаха Карабаху Карабахом Карабахе
Грузия Грузии Грузию Грузией
Израиль Израиля Израилю Израилем Израиле
министр министра министры министров министрам министрами
люди людей людям людьми
наводнение наводнения наводнений наводнениями
забастовка забастовки забастовок забастовку
ministers minister Minister's MINISTER minister’s
flooded floods flooding flood
"""


@pytest.mark.parametrize("forms", [line.split() for line in _NAMES.strip().splitlines()])
def test_the_forms_of_a_word_have_one_stem(forms: list[str]) -> None:
    assert len({tuple(stems(form)) for form in forms}) == 1


@pytest.mark.parametrize(
    "ways",
    [
        ["ёлка", "ЕЛКА", "е\u0308лка", "ё\u00adлка", "ёл\u200bка"],
        ["Путин", "Пу\u0301тин"],
        ["Erdoğan", "erdogan", "ERDOGAN", "Erdog\u0306an"],
        ["Łódź", "lodz"],
        ["straße", "STRASSE", "strasse"],
        ["F-16", "F16", "f 16"],
        ["COVID-19", "Covid 19", "#covid_19"],
        ["1 234", "1,234", "1.234", "1\u00a0234", "1234", "١٢٣٤"],
        ["U.S.", "US", "u.s."],
        ["@world_news", "world news", "#world_news"],
        ["ﬁre", "fire"],
        ["Nikol's", "Nikol"],
    ],
)
def test_what_writers_do_differently_is_the_same(ways: list[str]) -> None:
    assert len({tuple(stems(way)) for way in ways}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Грузия", "груз"), ("Нетаньяху", "нет"), ("йога", "иога"), ("1.5", "15"), ("1,23", "123"), ("война", "вой")],
)
def test_what_differs_stays_apart(one: str, other: str) -> None:
    assert tuple(stems(one)) != tuple(stems(other))


def test_words_of_scripts_without_spaces_are_found_within_a_text() -> None:
    assert tuple(stems("首相")) == ("首", "相")
    assert tuple(stems("日本の首相"))[-2:] == ("首", "相")


def test_addresses_say_nothing() -> None:
    assert tuple(stems("See https://t.me/worldnews/9 now")) == tuple(stems("See now"))


def test_a_post_is_found_by_its_sources_too() -> None:
    origin = Origin(OriginKind.CHANNEL, "World News ⚡", "WorldNews", -1001234, 9)
    found = post_stems(Post("1", "Flood.", origin=origin))
    assert found == ("flood", source_stem("worldnews"), source_stem("world news ⚡"))
    assert not set(found[1:]) & set(stems("@worldnews ＠worldnews World News"))


@given(st.one_of(strategies.posts, st.text(st.characters(codec=None))))
def test_any_text_has_stems_that_a_database_takes(text: str) -> None:
    origin = Origin(OriginKind.USER, text, text)
    for stem in post_stems(Post("1", text, origin=origin)):
        assert Stems._PLAIN.fullmatch(stem)


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_is_too_much(piece: str) -> None:
    assert len(post_stems(Post("1", piece * (100_000 // len(piece))))) <= 8000
    read_question(piece * (5000 // len(piece)))


@given(strategies.posts)
def test_whoever_asks_with_a_text_finds_it(text: str) -> None:
    found = tuple(stems(text))
    for phrase in read_question(text).wanted:
        assert any(found[start : start + len(phrase)] == phrase for start in range(len(found)))


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        ("river Rotterdam", [("river",), ("rotterdam",)], []),
        ('"foreign ministers" -elections', [("foreign", "minist")], [("elect",)]),
        ("«министр обороны»", [("министр", "оборон")], []),
        ('“a” -"in Genoa"', [("a",)], [("in", "genoa")]),
        ("what the US said", [("us",)], []),
        ("о Пашиняне", [("пашин",)], []),
        ("who", [("who",)], []),
        ("WHO and others", [("who",)], []),
        ("THE RIVER", [("river",)], []),
        ("F-16, F-16", [("f", "16")], []),
        ("-5 - -- -", [("5",)], []),
        ("-sport", [], [("sport",)]),
        ('"" -"" 🔥 .', [], []),
        ('"unclosed phrase', [("unclos",), ("phrase",)], []),
        ("NEAR(a* b) OR ^c", [("near", "a"), ("b",), ("or",), ("c",)], []),
    ],
)
def test_a_question_is_understood(text: str, wanted: list[tuple[str, ...]], unwanted: list[tuple[str, ...]]) -> None:
    assert read_question(text) == Question(tuple(wanted), tuple(unwanted))


def test_of_a_very_long_question_the_beginning_is_looked_for() -> None:
    assert len(read_question(" ".join(f"w{number}" for number in range(4096))).wanted) == 32
    (phrase,) = read_question(f'"{"river " * 4096}"').wanted
    assert len(phrase) == 32


@pytest.mark.parametrize(("asked", "written"), [("rise of 1 234", ("rise", "1234")), ("F-16 1,234", ("F-16", "1,234"))])
def test_a_number_with_its_thousands_apart_is_one_word_of_a_question(asked: str, written: tuple[str, ...]) -> None:
    question = read_question(asked)
    assert question.fits(tuple(stems("A rise of 1.234 F16, they said")))
    assert question.written == written
