"""A digest on a terminal: bold, dim, links that open, lines of a width that reads well."""

from collections.abc import Iterator

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
    title, sentences = block.title, list(block.sentences)
    if not title and sentences:
        title = sentences.pop(0)
    yield Text(title, style="bold")
    for sentence in sentences:
        yield Text(sentence)
    yield Text()
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for label, facts in _facts(block).items():
        for position, fact in enumerate(facts):
            table.add_row("" if position else label, fact)
    yield table


def _facts(block: Block) -> dict[str, list[Text]]:
    return {
        "Actors": [Text.assemble((name, "bold"), f", {role}" if role else "") for name, role in block.actors],
        "Numbers": [
            Text.assemble((figure.span, "bold"), f" — {figure.about}" if figure.about else "")
            for figure in block.figures
        ],
        "Differ": [Text(f"{about}: {'; '.join(values)}") for about, values in block.conflicts],
        "From": [_link(link) for link in block.links],
    }


def _link(link: Link) -> Text:
    text = Text(link.title, style=f"link {link.url}" if link.url else "")
    if link.date:
        text.append(f" · {link.date:%Y-%m-%d %H:%M}", style="dim")
    return text
