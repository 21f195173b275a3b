"""Know organisations by list, and by the last words of their names, where the model takes them for others."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from bot.text.actors.names import Name, overlapping
from bot.text.words.document import Document, Line
from bot.text.words.gazetteers import read_list
from bot.text.words.tokens import tokenise

Words = tuple[str, ...]
# "Jan 5 Alaska Airlines"
_HAS_DATE = re.compile(r"\d")
# "AeroSystems", but not "LeBron" and "McKay".
_HUMPS = re.compile(r"(?!(?:Mc|Mac|De|Le|La|Di|Du|Van|Fitz|St|O)[A-Z])[A-Z][a-z]+[A-Z][a-z]\w*")


def know_bodies(document: Document, names: Sequence[Name]) -> list[Name]:
    """Return the names of an English post, in its order, with listed organisations whole and told as such."""
    text = document.text
    told = [_by_head(text, name) for name in names]
    for body, alone in (listed for line in document.lines for listed in _listed(line)):
        where = overlapping(told, body.start, body.end)
        inside = told[where]
        if any(_is_other(text, name, body) for name in inside) or not (inside or alone):
            continue
        parts = [
            body,
            *(name for name in inside if name.kind == "ORG" and not _HAS_DATE.search(text, name.start, body.start)),
        ]
        told[where] = [Name(min(one.start for one in parts), max(one.end for one in parts), "ORG")]
    return told


def _by_head(text: str, name: Name) -> Name:
    """Take a name for an organisation's, if its last word says so ("Harbour Pharmaceuticals"), or the humps of one."""
    words = text[name.start : name.end].split()
    is_body = len(words) > 1 and words[-1].lower() in _heads() and name.kind not in ("ORG", "NORP")
    is_humped = name.kind == "PER" and any(map(_HUMPS.fullmatch, words))
    return replace(name, kind="ORG") if is_body or is_humped else name


def _is_other(text: str, name: Name, body: Name) -> bool:
    """Tell whether a listed name only stands inside of another: a person of that name, a work, a product."""
    surrounds = name.start < body.start or body.end < name.end
    return surrounds and name.kind in ("PER", "MISC") and len(text[name.start : name.end].split()) > 1


def _listed(line: Line) -> Iterator[tuple[Name, bool]]:
    """Yield the listed names of a line, the longest first, and whether each is surely a whole one.

    One word alone beside another capital may be a part of something else.
    """
    words = [token.text for token in line.tokens]
    if _bodies().keys().isdisjoint(words):
        return
    index = 0
    while index < len(words):
        size = next((len(name) for name in _bodies().get(words[index], ()) if _stands(words, index, name)), 0)
        if size:
            name = Name(line.tokens[index].start, line.tokens[index + size - 1].end, "ORG")
            yield name, size > 1 or not _is_part(words, index)
        index += size or 1


def _stands(words: Sequence[str], index: int, name: Words) -> bool:
    return tuple(words[index : index + len(name)]) == name


def _is_part(words: Sequence[str], index: int) -> bool:
    """Tell whether a word stands in a run of capitals, as "Adobe Reader"."""
    beside = (*words[max(0, index - 1) : index], *words[index + 1 : index + 2])
    return any(word[0].isupper() for word in beside)


@cache
def _bodies() -> dict[str, tuple[Words, ...]]:
    """Return the listed names as tokens, by their first words, the longest first."""
    by_first: dict[str, list[Words]] = {}
    for line in read_list("bodies_en.txt"):
        for listed in line.split(","):
            name = tuple(token.text for token in tokenise(listed))
            by_first.setdefault(name[0], []).append(name)
    return {first: tuple(sorted(same, key=len, reverse=True)) for first, same in by_first.items()}


@cache
def _heads() -> frozenset[str]:
    return frozenset(word for line in read_list("organisation_heads.txt") for word in line.split())
