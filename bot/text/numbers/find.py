"""Find the numbers of a document."""

from bot.posts import Number
from bot.text.document import Document
from bot.text.numbers.about import abouts
from bot.text.numbers.passage import Passage
from bot.text.numbers.scan import Scanner
from bot.text.numbers.scoring import score


def find_numbers(document: Document) -> tuple[Number, ...]:
    """Return the numbers of a post, best first; scores run from 0 to 1."""
    numbers = []
    for position, line in enumerate(document.lines):
        passage = Passage(document.text, line.start, line.end, line.tokens, document.lang)
        figures = list(Scanner(passage, leads=position == 0).figures())
        if not figures:
            continue
        for figure, clause in zip(figures, abouts(passage, figures), strict=True):
            about = document.span(clause.start, clause.end) if clause else None
            numbers.append(
                Number(
                    document.span(figure.start, figure.end),
                    figure.value,
                    figure.unit,
                    figure.qualifier,
                    figure.kind,
                    about,
                    score(figure, about.text if about else "", position),
                )
            )
    return tuple(sorted(numbers, key=lambda number: (-number.score, number.span.start)))
