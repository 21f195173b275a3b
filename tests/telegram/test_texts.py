import ast as pyast
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

import bot.telegram
from bot.telegram.dispatch import COMMANDS
from bot.telegram.texts import LANGUAGES, Texts, language_for
from bot.telegram.writing.markup import MOST_UNITS, units_of
from tests.telegram.writing.test_markup import Seen

LOCALES = Path(bot.telegram.__path__[0]).parent / "locales"
NOW = datetime(2024, 11, 21, 6, 25, tzinfo=UTC)


class _Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: Any) -> None:  # noqa: N802 - the library's name
        self.names.add(node.id.name)


def _messages(lang: str) -> dict[str, set[str]]:
    """List the keys of a language's file with the values that each needs."""
    messages = {}
    for entry in FluentParser().parse((LOCALES / f"{lang}.ftl").read_text(encoding="utf-8")).body:
        assert not isinstance(entry, ast.Junk), entry.content
        if isinstance(entry, ast.Message):
            variables = _Variables()
            variables.visit(entry)
            messages[entry.id.name] = variables.names
    return messages


def _code() -> Iterator[pyast.AST]:
    for path in Path(bot.telegram.__path__[0]).rglob("*.py"):
        yield from pyast.walk(pyast.parse(path.read_text(encoding="utf-8")))


def _said() -> set[str]:
    """List the keys that the code says outright."""
    return {
        node.args[0].value
        for node in _code()
        if isinstance(node, pyast.Call)
        and isinstance(node.func, pyast.Attribute)
        and node.func.attr == "say"
        and node.args
        and isinstance(node.args[0], pyast.Constant)
        and isinstance(node.args[0].value, str)
    }


@pytest.mark.parametrize("lang", LANGUAGES)
def test_help_names_every_command(lang: str) -> None:
    told = Texts(lang).say("help", hours=24)
    assert [name for name in COMMANDS if name not in ("start", "help") and f"/{name}" not in told] == []


def test_all_languages_say_the_same_things_of_the_same_values() -> None:
    assert _messages("ru") == _messages("en")


def test_every_text_that_the_code_says_stands_in_the_files_and_none_is_left_over() -> None:
    known, menu = set(_messages("en")), {f"command-{name}" for name in COMMANDS}
    constants = {node.value for node in _code() if isinstance(node, pyast.Constant) and isinstance(node.value, str)}
    assert _said() | menu <= known
    assert known <= constants | menu


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("number", [0, 1, 2, 5, 21, 1000])
def test_every_message_parses_and_fits(lang: str, number: int) -> None:
    for key, names in _messages(lang).items():
        values: dict[str, Any] = dict.fromkeys(names, number)
        values |= dict.fromkeys(names & {"words", "command", "time", "reference", "name", "read"}, "<b>&")
        text = Seen(Texts(lang).say(key, **values)).text
        assert text
        assert units_of(text) <= MOST_UNITS
        assert "{" not in text


def test_a_missing_text_or_value_is_a_fault() -> None:
    with pytest.raises(LookupError):
        Texts("en").say("no-such-text")
    with pytest.raises(LookupError):
        Texts("en").say("fault")


@pytest.mark.parametrize(
    ("posts", "said"),
    [(1, "1 пост из 1 источника"), (3, "3 поста из 3 источников"), (11, "11 постов из 11 источников")],
)
def test_numbers_take_their_plural(posts: int, said: str) -> None:
    assert Texts("ru").say("read-posts-of-sources", posts=posts, sources=posts) == said


@pytest.mark.parametrize(
    ("code", "lang"), [("ru", "ru"), ("ru-RU", "ru"), ("en-GB", "en"), ("de", "en"), ("", "en"), (None, "en")]
)
def test_the_language_is_the_user_s_or_the_default(code: str | None, lang: str) -> None:
    assert language_for(code, "en") == lang


def test_times_are_as_short_as_they_are_clear() -> None:
    texts = Texts("en", "Asia/Yerevan")  # UTC+4
    assert texts.moment(NOW, NOW) == "10:25"
    assert texts.moment(NOW - timedelta(hours=12), NOW) == "Nov 20, 22:25"
    assert texts.moment(NOW - timedelta(days=366), NOW) == "Nov 21, 2023, 10:25"
    assert texts.period(NOW - timedelta(hours=2), NOW, NOW) == "08:25–10:25"
    assert texts.period(NOW - timedelta(hours=12), NOW, NOW) == "Nov 20, 22:25 – 10:25"
    assert texts.period(NOW, NOW + timedelta(seconds=5), NOW) == "10:25"
    assert Texts("ru", "Asia/Yerevan").moment(NOW - timedelta(hours=12), NOW) == "20 нояб., 22:25"


def test_only_a_zone_that_nobody_chose_is_named() -> None:
    assert Texts("en").moment(NOW, NOW, zoned=True) == "06:25 UTC"
    assert Texts("en").moment(NOW, NOW) == "06:25"
    assert Texts("en", "Asia/Yerevan").moment(NOW, NOW, zoned=True) == "10:25"
    assert Texts("en").period(NOW - timedelta(hours=2), NOW, NOW) == "04:25–06:25 UTC"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("key", "most"), [("about", 512), ("about-short", 120)])
def test_what_telegram_shows_of_the_bot_is_plain_text_as_short_as_it_wants(lang: str, key: str, most: int) -> None:
    text = Texts(lang).say(key)
    assert len(text) <= most
    assert not set("<>&") & set(text)
