"""Find the numbers of a document."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from bot.posts import Number
from bot.text.numbers.about import abouts
from bot.text.numbers.clauses import Clause
from bot.text.numbers.passage import Figure, Passage
from bot.text.numbers.scan import Scanner, may_begin
from bot.text.numbers.scoring import score, size
from bot.text.numbers.tables import UNSPACED, alternatives, own_rows
from bot.text.words.document import Document, Line
from bot.text.words.tokens import Token, tokenise

# So many places of a text are looked at where a number may begin; a Telegram message has room for 2,048 at most. A text
# with more is a table of nothing but numbers.
_MOST = 10_000
_CHARACTER = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z]+|\S")


def find_numbers(document: Document) -> tuple[Number, ...]:
    """Return the numbers of a post, best first; scores run from 0 to 1."""
    found = list(_figures(document))
    told = Counter((figure.kind, figure.value) for figure, _, _ in found)
    kinds = Counter(figure.kind for figure, _, _ in found)
    largest = dict.fromkeys(kinds, 0.0)
    for figure, _, _ in found:
        if _may_stand_out(figure):
            largest[figure.kind] = max(largest[figure.kind], size(figure))
    numbers = []
    for figure, clause, position in found:
        about = document.span(clause.start, clause.end) if clause else None
        repeated = told[figure.kind, figure.value] > 1
        stands_out = kinds[figure.kind] > 1 and _may_stand_out(figure) and size(figure) == largest[figure.kind]
        numbers.append(
            Number(
                document.span(figure.start, figure.end),
                figure.value,
                figure.unit,
                figure.qualifier,
                figure.kind,
                about,
                score(figure, about.text if about else "", position, repeated=repeated, largest=stands_out),
            )
        )
    return tuple(sorted(numbers, key=lambda number: (-number.score, number.span.start)))


def _may_stand_out(figure: Figure) -> bool:
    """Tell whether a number may be the largest of its kind: a vague one and one of comparison say less."""
    return figure.value is not None and not figure.base


def _figures(document: Document) -> Iterator[tuple[Figure, Clause | None, int]]:
    """Yield the numbers in the order of the text, with the clauses about them and the positions of their sentences."""
    left = _MOST
    for position, line in enumerate(document.lines):
        tokens = _parted(document, line)
        begins = [index for index, token in enumerate(tokens) if may_begin(token.text, document.lang)]
        if not begins:
            continue
        passage = Passage(document.text, line.start, line.end, tokens, document.lang)
        scanner = Scanner(passage, begins, leads=position == 0, most=left)
        figures = list(scanner.figures())
        left = scanner.left
        if figures:
            for figure, clause in zip(figures, abouts(passage, figures), strict=True):
                yield figure, clause, position


def _parted(document: Document, line: Line) -> tuple[Token, ...]:
    """Part the tokens of a sentence where its language writes numbers together with other words."""
    if document.lang in UNSPACED:
        return _characters(document, line)
    return tuple(_without_prefixes(document, line)) if own_rows(document.lang, "prefix") else line.tokens


def _without_prefixes(document: Document, line: Line) -> Iterator[Token]:
    """Part digits from the little words that Arabic and Hebrew write together with them ("ו-12")."""
    start = line.start
    for match in _prefix(document.lang).finditer(document.text, line.start, line.end):
        yield from tokenise(document.text, start, match.start())
        yield Token(match[0], match.start(), match.end())
        start = match.end()
    yield from tokenise(document.text, start, line.end)


@cache
def _prefix(lang: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){alternatives(list(own_rows(lang, 'prefix')))}(?=\d)")


def _characters(document: Document, line: Line) -> tuple[Token, ...]:
    """Part a sentence written without blanks into its characters; digits and Latin words stay whole."""
    matches = _CHARACTER.finditer(document.text, line.start, line.end)
    return tuple(Token(match[0], match.start(), match.end()) for match in matches)
