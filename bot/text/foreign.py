"""Make do with the English and Russian models in other languages.

They know names by their capitals, but not where they end: their names are parted at small words. States are known by
what CLDR calls them in the language of the post.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.text.document import Document, Line
from bot.text.names import Name
from bot.text.states import find_state
from bot.text.tokens import Token

READ_NATIVELY = ("en", "ru")
# Small words inside of a person's name.
_PARTICLES = re.compile("von|van|de[rnl]?|l[ae]|d[aiu]|dos|[ae]l|bin|ben|ibn|zu|фон|ван|дер?|ла|аль|бин")
# An article that begins a sentence, and with it a name ("El Partido Popular", "Ο Μητσοτάκης").
_LONGEST_ARTICLE = 3


def adapt_names(document: Document, names: Sequence[Name]) -> list[Name]:
    """Return the names of a post in a language that no model was trained for, in order; they don't overlap."""
    found: list[Name] = []
    for line in document.lines:
        starts = {token.start: index for index, token in enumerate(line.tokens)}
        for name in names:
            if name.start in starts:
                inside = [token for token in line.tokens[starts[name.start] :] if token.end <= name.end]
                for run in _runs(inside):
                    found += _parted(document, name, run[1:] if _is_article(run[0], line) else run)
        busy = {offset for name in found for offset in (name.start, name.end - 1)}
        found += _states(document, (token for token in line.tokens if token.start not in busy))
    return sorted(found, key=lambda name: name.start)


def _runs(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """Part a name into runs of capitalised words; particles may stand inside of one."""
    run: list[Token] = []
    for token in tokens:
        if token.text[0].isupper() or (run and (_PARTICLES.fullmatch(token.text) or not token.text[0].isalpha())):
            run.append(token)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _is_article(token: Token, line: Line) -> bool:
    return token is line.tokens[0] and len(token.text) <= _LONGEST_ARTICLE and not token.text[1:].isupper()


def _parted(document: Document, name: Name, run: list[Token]) -> Iterator[Name]:
    """Yield a run as a name, and a state that it begins with ("България Росен Желязков") as another."""
    while run and not run[-1].text[0].isupper():
        run = run[:-1]
    if not run:
        return
    if len(run) > 1 and name.kind == "PER" and find_state(run[0].text, document.lang):
        yield Name(run[0].start, run[0].end, "GPE", name.sure)
        run = run[1:]
    surface = document.text[run[0].start : run[-1].end]
    kind = "GPE" if find_state(surface, document.lang) else name.kind
    yield replace(name, start=run[0].start, end=run[-1].end, kind=kind)


def _states(document: Document, tokens: Iterable[Token]) -> Iterator[Name]:
    for token in tokens:
        if token.text[0].isalpha() and not token.text[0].islower() and find_state(token.text, document.lang):
            yield Name(token.start, token.end, "GPE", 0.9)
