"""A digest as plain text, for pipes and files: a line for each sentence and each fact, nothing wrapped."""

from collections.abc import Iterator

from bot.printing.page import Block, Link, Page, foot


def as_text(page: Page) -> str:
    """Return the page as plain text, blocks apart by an empty line."""
    parts = ["\n".join(_block(block)) for block in page.blocks]
    return "\n\n".join([*parts, foot(page)]) + "\n"


def _block(block: Block) -> Iterator[str]:
    yield block.title
    yield from block.sentences
    for name, role in block.actors:
        yield f"Actor: {name}{f', {role}' if role else ''}"
    for figure in block.figures:
        yield f"Number: {figure.span}{f' — {figure.about}' if figure.about else ''}"
    for about, values in block.conflicts:
        yield f"Figures differ: {about}: {'; '.join(values)}"
    for about, values in block.updates:
        yield f"Figures over time: {about}: {'; '.join(values)}"
    for link in block.links:
        yield f"Source: {_link(link)}"


def _link(link: Link) -> str:
    parts = (link.title, link.time, link.url if link.url != link.title else None)
    return " · ".join(part for part in parts if part)
