"""A digest on a terminal: bold, dim, links that open, lines of a width that reads well."""

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.printing.page import Block, Link, Page, foot

# Characters in a line that the eye follows with ease; wider terminals stay empty on the right.
_WIDTH = 88


def print_on_terminal(page: Page, console: Console) -> None:
    """Print the page."""
    width = min(console.width, _WIDTH)
    for block in page.blocks:
        console.print(Group(*_block(block), Text()), width=width)
    console.print(Text(foot(page), style="dim"), width=width)


def _block(block: Block) -> Iterator[RenderableType]:
    yield Text(block.title, style="bold")
    yield _beside((Text("•"), Text(sentence)) for sentence in block.sentences)
    yield Text()
    yield _beside(_facts(block))


def _beside(rows: Iterable[tuple[Text, Text]]) -> Table:
    """Lay out texts beside dim labels, so that a line that is wrapped goes on under its own beginning."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for label, text in rows:
        table.add_row(label, text)
    return table


def _facts(block: Block) -> Iterator[tuple[Text, Text]]:
    actors = [Text.assemble((name, "bold"), f", {role}" if role else "") for name, role in block.actors]
    if actors:
        yield Text("Actors"), Text(" · ").join(actors)
    figures = [
        Text.assemble((figure.span, "bold"), f" — {figure.about}" if figure.about else "") for figure in block.figures
    ]
    yield from _labelled("Numbers", figures)
    yield from _labelled("Differ", [Text(f"{about}: {'; '.join(values)}") for about, values in block.conflicts])
    yield from _labelled("Changed", [Text(f"{about}: {'; '.join(values)}") for about, values in block.updates])
    yield from _labelled("From", [_link(link) for link in block.links])


def _labelled(label: str, texts: Sequence[Text]) -> Iterator[tuple[Text, Text]]:
    """Give the label to the first of the texts that stand under each other."""
    for position, text in enumerate(texts):
        yield Text("" if position else label), text


def _link(link: Link) -> Text:
    text = Text(link.title, style=f"link {link.url}" if link.url else "")
    if link.time:
        text.append(f" · {link.time}", style="dim")
    return text
