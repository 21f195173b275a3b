"""The pieces of which summaries and recaps write a story: headline, sentences, actors, numbers, sources."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.printing.page import Block, Figure, Link
from bot.telegram.texts import Texts
from bot.telegram.writing.markup import MOST_UNITS, Markup, bold, italic, joined, link, plain, shortened

_SOURCES = 8
# A name or a clause that is longer than this is cut: it would hide the others.
_ITEM_UNITS = 90
_LINE_UNITS = 1000
_ENDS = (".", "!", "?", "…", ":", ";")
_CLOSING = '»”")'


def headline(sentence: str) -> Markup:
    """Write a headline."""
    return bold(shortened(sentence, MOST_UNITS))


def flowing(sentences: Sequence[str]) -> list[Markup]:
    """Let sentences follow each other in one paragraph, where they end as sentences do and fit into a message."""
    lines: list[Markup] = []
    flows = False
    for sentence in sentences:
        text = plain(shortened(sentence, MOST_UNITS))
        if flows and lines[-1].units + 1 + text.units <= MOST_UNITS:
            lines[-1] = lines[-1] + plain(" ") + text
        else:
            lines.append(text)
        flows = sentence.rstrip(_CLOSING).endswith(_ENDS)
    return lines


def facts(block: Block) -> Iterator[Markup]:
    """Write the actors in one line, and a line for each number."""
    actors = joined(" · ", (_actor(name, role) for name, role in block.actors), _LINE_UNITS)
    if actors:
        yield plain("👤 ") + actors
    for figure in block.figures:
        yield plain("🔢 ") + _number(figure)


def _actor(name: str, role: str) -> Markup:
    named = plain(shortened(name, _ITEM_UNITS))
    return joined(", ", [named, italic(shortened(role, _ITEM_UNITS))])


def _number(figure: Figure) -> Markup:
    counted = plain(shortened(figure.about, _ITEM_UNITS))
    return joined(" — ", [bold(shortened(figure.span, _ITEM_UNITS)), counted])


def differing(block: Block, texts: Texts) -> Iterator[Markup]:
    """Write a line for each thing of which figures differ: between sources, or of one source over the time."""
    for about, values in block.conflicts:
        yield plain("⚖️ " + texts.say("figures-differ") + " ") + _figures(about, values, " / ")
    for about, values in block.updates:
        yield plain("📈 ") + _figures(about, values, " → ")


def _figures(about: str, values: tuple[str, ...], between: str) -> Markup:
    figures = dict.fromkeys(shortened(value, _ITEM_UNITS) for value in values)
    counted = plain(shortened(about, _ITEM_UNITS))
    return joined(" — ", [joined(between, map(bold, figures), _LINE_UNITS), counted])


def sources(links: Sequence[Link], texts: Texts, now: datetime, *, zoned: bool = False) -> Markup:
    """Name the sources, each linked to its post; empty if none is known."""
    between = ", " if len(links) > 1 else " · "
    times = [texts.moment(source.date, now, zoned=zoned) if source.date else "" for source in links[:_SOURCES]]
    named = [
        joined(between, [link(shortened(source.title, _ITEM_UNITS), source.url), plain(time)])
        for source, time in zip(links, times, strict=False)
    ]
    if len(links) > _SOURCES:
        named.append(plain(texts.say("more-sources", sources=len(links) - _SOURCES)))
    return plain("🔗 ") + joined(" · ", named) if named else Markup()
