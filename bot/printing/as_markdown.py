"""A digest as Markdown (CommonMark)."""

import re
from collections.abc import Iterator

from bot.printing.page import Block, Link, Page, foot

# What CommonMark reads as markup wherever it stands; "&" only where it begins the name of a character.
_ANYWHERE = re.compile(r"([\\`*_\[\]<~]|&(?=#?\w+;))")
# What it reads as markup only at the beginning of a line; "#" also at the end of a heading.
_AT_AN_EDGE = re.compile(r"^[-+=>#]|(?<=\s)#+$")
_LIST_NUMBER = re.compile(r"^(\d+)([.)])(?=\s|$)")


def as_markdown(page: Page) -> str:
    """Return the page as Markdown, with a heading for each story."""
    return "\n\n".join([*("\n\n".join(_block(block)) for block in page.blocks), f"*{_escape(foot(page))}*"]) + "\n"


def _block(block: Block) -> Iterator[str]:
    yield f"## {_escape(block.title)}"
    if block.sentences:
        yield "\n\n".join(_escape(sentence) for sentence in block.sentences)
    if block.actors:
        actors = "; ".join(f"**{_escape(name)}**{f', {_escape(role)}' if role else ''}" for name, role in block.actors)
        yield f"Actors: {actors}"
    if block.figures:
        yield "\n".join(
            f"- **{_escape(figure.span)}**{f' — {_escape(figure.about)}' if figure.about else ''}"
            for figure in block.figures
        )
    for about, values in block.conflicts:
        yield f"Figures differ ({_escape(about)}): {'; '.join(_escape(value) for value in values)}"
    for about, values in block.updates:
        yield f"Figures over time ({_escape(about)}): {'; '.join(_escape(value) for value in values)}"
    if block.links:
        yield f"Sources: {'; '.join(_link(link) for link in block.links)}"


def _link(link: Link) -> str:
    title = f"[{_escape(link.title)}](<{_address(link.url)}>)" if link.url else _escape(link.title)
    return f"{title}, {link.time}" if link.time else title


def _address(url: str) -> str:
    return re.sub(r"[<>\s\\]", lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), url)


def _escape(text: str) -> str:
    for markup, escaped in ((_ANYWHERE, r"\\\1"), (_AT_AN_EDGE, r"\\\g<0>"), (_LIST_NUMBER, r"\1\\\2")):
        text = markup.sub(escaped, text)
    return text
