"""The tables that numbers are read with: files of ``bot/text/data``."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

# Languages that put no blanks between words.
UNSPACED = ("zh", "ja")
_NO_LETTERS = re.compile(r"\\.|[][(){}?:*+|<=!., 0-9-]")
_CODE = re.compile("[a-z]{2,3}")


@cache
def rows(name: str) -> tuple[str, ...]:
    """Return the rows of a table, without comments and empty ones."""
    text = (files("bot.text") / "data" / f"numbers_{name}.txt").read_text(encoding="utf-8")
    return tuple(row for row in text.splitlines() if row and not row.startswith("# "))


@cache
def sections(name: str) -> dict[str, list[str]]:
    """Return the rows of a table that has parts, by the name of the part."""
    parts: dict[str, list[str]] = {}
    part: list[str] = []
    for row in rows(name):
        if row.startswith("["):
            part = parts.setdefault(row.strip("[]"), [])
        else:
            part.append(row)
    return parts


@cache
def own_rows(lang: str, part: str) -> tuple[str, ...]:
    """Return the rows of a part of the table of a language; none if it has no table or no such part."""
    return tuple(sections(lang).get(part, ())) if has_own_table(lang) else ()


@cache
def has_own_table(lang: str) -> bool:
    """Tell whether numbers of a language are read with a table of its own, beside those of all languages."""
    return bool(_CODE.fullmatch(lang)) and (files("bot.text") / "data" / f"numbers_{lang}.txt").is_file()


@cache
def cue_words(name: str, lang: str = "") -> frozenset[str]:
    """Return the words of one sort that stand beside numbers, those of a language with them, where they are plain."""
    return frozenset(_cues(name, lang))


@cache
def own_words(name: str, lang: str) -> frozenset[str]:
    """Return the words of one sort in the table of a language alone."""
    return frozenset(word for row in own_rows(lang, name) for word in row.split(", "))


def cue_pattern(name: str, lang: str = "") -> str:
    """Return a regular expression, in a group, for the words of one sort, those of a language with them."""
    return alternatives(_cues(name, lang))


@cache
def own_pattern(name: str, lang: str) -> re.Pattern[str] | None:
    """Return a regular expression for the words of one sort in the table of a language; None if it has none."""
    own = [word for row in own_rows(lang, name) for word in row.split(", ")]
    return re.compile(alternatives(own)) if own else None


def _cues(name: str, lang: str) -> list[str]:
    shared = sections("cues").get(name, [])
    return [word for row in (*shared, *own_rows(lang, name)) for word in row.split(", ")]


def word_ends(lang: str) -> str:
    """Return a regular expression for the end of a word; words end anywhere where there are no blanks."""
    return "" if lang in UNSPACED else r"(?!\w)"


def is_cyrillic(char: str) -> bool:
    """Tell whether a character, or nothing, is a Cyrillic letter."""
    return "\u0400" <= char <= "\u04ff"


def of_script(patterns: Sequence[str], *, cyrillic: bool) -> list[str]:
    """Return those regular expressions that can match where a Cyrillic letter begins, or where another character does.

    Half of the expressions of a table need not be tried at a word.
    """
    return [
        pattern
        for pattern in patterns
        if not (letters := _NO_LETTERS.sub("", pattern)) or cyrillic in map(is_cyrillic, letters)
    ]


def alternatives(patterns: list[str]) -> str:
    """Join regular expressions in a group, so that a longer one is tried before a shorter one."""
    return f"(?:{'|'.join(sorted(patterns, key=len, reverse=True))})"
