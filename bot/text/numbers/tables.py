"""The tables that numbers are read with: files of ``bot/text/data``."""

from functools import cache
from importlib.resources import files


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


def cue_words(name: str) -> frozenset[str]:
    """Return the words of one sort that stand beside numbers, where they are plain words."""
    return frozenset(word for row in sections("cues")[name] for word in row.split(", "))


def cue_pattern(name: str) -> str:
    """Return a regular expression, in a group, for the words of one sort that stand beside numbers."""
    return alternatives([word for row in sections("cues")[name] for word in row.split(", ")])


def alternatives(patterns: list[str]) -> str:
    """Join regular expressions in a group, so that a longer one is tried before a shorter one."""
    return f"(?:{'|'.join(sorted(patterns, key=len, reverse=True))})"
