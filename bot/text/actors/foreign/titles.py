"""Find roles in languages that no model was trained for: the titles beside persons, by the lists of titles.

"ministre de l'Intérieur, Laurent Nuñez", "Sağlık Bakanı Kemal Memişoğlu", "Josée Massi, maire de Toulon".
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from bot.text.actors.foreign.lexicons import lexicon
from bot.text.actors.foreign.uncased import office_before, titles_of
from bot.text.actors.names import Name
from bot.text.actors.roles import Role
from bot.text.numbers.clauses import is_verb
from bot.text.words.document import Document, Line
from bot.text.words.tokens import Token

# Small words between a title and what its holder leads.
_LINKS = re.compile(
    r"of|de[ls]?|la|las|los|di|d[aou]|d[aeo]s|del[ao]?|dell[aeo]|du|des|au[x]?|et|y|e|i|та|і|й|и|на|ve|und|für|der|du|"
    r"(?:(?:d|l|qu|dell|all|nell)['’].+)"
)
# The title stands behind its field in these ("Қаржы министрі"), which may be written small.
_FIELD_FIRST = {"tr": False, "az": False, "kk": True, "ky": True, "uz": True, "hy": True}
# What somebody leads may be a small genitive in these ("Minister finansów").
_GENITIVES = ("pl", "uk", "bg", "cs", "sk", "hr", "sr")
# Where somebody is does not belong to his title: "Ostonada Qozog'iston Prezidenti".
_LOCATIVE = re.compile(r".{3,}(?:[дт][ае]|da|ում)")
_REACH, _FIELD, _LONGEST = 6, 3, 8
_ENDS = frozenset(',.;:!?()«»„“”"—–-։')


def find_titles(document: Document, bearers: Sequence[Name]) -> Iterator[Role]:
    """Yield the roles that titles beside persons tell."""
    persons = [name for name in bearers if name.kind == "PER"]
    if titles_of(document.lang):
        yield from (role for name in persons if (role := _uncased(document, name)))
        return
    starts = [line.start for line in document.lines]
    inside = {offset for name in persons for offset in range(name.start, name.end)}
    for name in persons:
        line = document.lines[max(0, bisect_left(starts, name.start + 1) - 1)]
        role = _before(document, line, name, inside) or _after(document, line, name)
        if role:
            yield role


def _uncased(document: Document, name: Name) -> Role | None:
    if document.lang == "ja":
        match = _japanese_title().match(document.text, name.end)
        return Role(match.start(), match.end(), name) if match else None
    place = office_before(document, name.start)
    return Role(*place, name) if place else None


def _before(document: Document, line: Line, name: Name, inside: set[int]) -> Role | None:
    """Return the role that leads up to a name, with or without a comma between them."""
    tokens, titles = line.tokens, lexicon(document.lang).titles
    last = bisect_left([token.start for token in tokens], name.start) - 1
    end = last
    if end >= 0 and tokens[end].text == ",":
        end -= 1
    at = end
    while at >= 0 and end - at < _REACH and tokens[at].text not in titles:
        if tokens[at].start in inside or not _may_be_field(document.lang, tokens, at):
            return None
        at -= 1
    if at < 0 or tokens[at].text not in titles or tokens[at].start in inside:
        return None
    if at < end and last == end and document.lang in _FIELD_FIRST:
        return None
    first = _first(document.lang, tokens, at, inside)
    return Role(tokens[first].start, tokens[end].end, name)


def _may_be_field(lang: str, tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a word between a title and a name may say what its holder deals with."""
    word = tokens[at].text
    if not word[0].isalpha():
        return False
    if word[0].isupper() or _LINKS.fullmatch(word) or word in lexicon(lang).small:
        return True
    return lang in _GENITIVES and not is_verb(word, lang)


def _first(lang: str, tokens: Sequence[Token], at: int, inside: set[int]) -> int:
    """Return where a role begins whose title is at a token: titles before it, and the field where it stands there."""
    first = at
    words = lexicon(lang)
    small = _FIELD_FIRST.get(lang)
    while first > 0 and at - first < _FIELD:
        before = tokens[first - 1]
        is_title = before.text in words.titles
        is_field = lang in _FIELD_FIRST and before.text[0].isalpha() and (before.text[0].isupper() or small)
        if (
            _LOCATIVE.fullmatch(before.text)
            or before.start in inside
            or before.text in words.small
            or not (is_title or is_field)
        ):
            break
        first -= 1
    while first < at and not (tokens[first].text[0].isupper() or tokens[first].text in words.titles):
        first += 1
    return first


def _after(document: Document, line: Line, name: Name) -> Role | None:
    """Return the role behind a name and a comma, up to the next mark: "Josée Massi, maire de Toulon"."""
    tokens, words = line.tokens, lexicon(document.lang)
    comma = bisect_left([token.start for token in tokens], name.end)
    if comma + 1 >= len(tokens) or tokens[comma].text != ",":
        return None
    start = comma + 1
    if tokens[start].text in words.small and start + 1 < len(tokens):
        start += 1
    if tokens[start].text not in words.titles:
        return None
    end = start + 1
    while end < len(tokens) and tokens[end].text not in _ENDS:
        if end - start >= _LONGEST or is_verb(tokens[end].text, document.lang):
            return None
        end += 1
    return Role(tokens[start].start, tokens[end - 1].end, name)


@cache
def _japanese_title() -> re.Pattern[str]:
    titles = sorted(titles_of("ja") - {"氏", "さん"}, key=lambda word: (-len(word), word))
    return re.compile("|".join(titles))
