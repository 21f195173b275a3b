"""Formatted text that knows what it costs of a message's limits, and how to share blocks of it among messages.

Limits (core.telegram.org/bots/api#sendmessage and the server's source): 4,096 characters after the markup is read,
1,024 under a picture, which clients count in UTF-16 code units; 100 formatted stretches, further ones are dropped;
32,768 bytes as sent.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape, unescape

MOST_UNITS = 4096
CAPTION_UNITS = 1024
MOST_ENTITIES = 100
MOST_BYTES = 32_768
# A longer address is shown without a link, so that a line of links stays far below the limit of bytes.
LONGEST_URL = 1000

# Control characters, lone surrogates, and what turns the direction of all text that follows.
_UNSENDABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_TAG = re.compile(r"<[^>]*>")
_SAFE_URL = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Markup:
    """Formatted text: the HTML that Telegram reads, and what of the limits it takes.

    Attributes:
        units: UTF-16 code units that a reader sees.
        entities: formatted stretches.

    """

    html: str = ""
    units: int = 0
    entities: int = 0

    def __add__(self, other: "Markup") -> "Markup":
        return Markup(self.html + other.html, self.units + other.units, self.entities + other.entities)

    def __bool__(self) -> bool:
        return bool(self.html)


def plain(text: str) -> Markup:
    """Take a text as it is; what a message can't carry or should not is left out."""
    text = _UNSENDABLE.sub("", text)
    return Markup(escape(text, quote=False), units_of(text))


def bold(text: str) -> Markup:
    """Make a text bold."""
    return _tagged("b", plain(text))


def italic(text: str) -> Markup:
    """Make a text italic."""
    return _tagged("i", plain(text))


def quotation(text: Markup) -> Markup:
    """Set lines apart as a quotation, of which a reader sees three lines until he opens it; no other may be in it."""
    return Markup(f"<blockquote expandable>{text.html}</blockquote>", text.units, text.entities + 1) if text else text


def link(text: str, url: str | None) -> Markup:
    """Link a text to an address, if that is one of the web: others (javascript:, tg:) are for nobody to tap."""
    if url is None or len(url) > LONGEST_URL or not _SAFE_URL.fullmatch(url):
        return plain(text)
    label = plain(text)
    address = escape(_UNSENDABLE.sub("", url))
    return Markup(f'<a href="{address}">{label.html}</a>', label.units, 1) if label else label


def joined(separator: str, parts: Iterable[Markup], most_units: int = MOST_UNITS) -> Markup:
    """Join parts that are not empty, as many of the first ones as fit."""
    between = plain(separator)
    whole = Markup()
    for part in parts:
        longer = whole + between + part if whole else part
        if longer.units > most_units or not _fits(longer):
            break
        whole = longer if part else whole
    return whole


def units_of(text: str) -> int:
    """Count the UTF-16 code units of a text."""
    return len(text) + sum(character > "\uffff" for character in text)


def shortened(text: str, most_units: int) -> str:
    """Keep a text that fits; of another keep the words at its beginning, and show by … that there is more."""
    if units_of(text) <= most_units:
        return text
    # The half of a surrogate pair at the cut is no character, and goes.
    kept = text.encode("utf-16-le", "surrogatepass")[: 2 * (most_units - 1)].decode("utf-16-le", "ignore")
    words, space, _ = kept.rpartition(" ")
    return (words if space else kept).rstrip() + "…"


def share_out(blocks: Iterable[Sequence[Markup]]) -> list[str]:
    """Write blocks of lines into as few messages as hold them, in order, an empty line between two blocks.

    A block begins a new message rather than being split; one that is longer than a message is split between lines.
    Every line must fit into a message by itself.
    """
    messages, _ = share_out_and_place(blocks)
    return messages


def share_out_and_place(blocks: Iterable[Sequence[Markup]]) -> tuple[list[str], list[int]]:
    """Do as `share_out`, and tell of each block in which message it ends, counted from 1."""
    messages: list[Markup] = []
    places = []
    for block in blocks:
        whole = _paragraph(block)
        if not whole.html.strip():
            pass
        elif messages and _fits(longer := messages[-1] + _BETWEEN_BLOCKS + whole):
            messages[-1] = longer
        elif _fits(whole):
            messages.append(whole)
        else:
            messages.extend(_split(block))
        places.append(len(messages))
    return [message.html for message in messages], places


def as_caption(blocks: Iterable[Sequence[Markup]]) -> str | None:
    """Write blocks of lines under a picture, as `share_out` does into a message; None if there is no room for them."""
    whole = Markup()
    for paragraph in map(_paragraph, blocks):
        if paragraph.html.strip():
            whole = whole + _BETWEEN_BLOCKS + paragraph if whole else paragraph
    return whole.html if whole.units <= CAPTION_UNITS and _fits(whole) else None


def has_room(html: str, most_units: int = MOST_UNITS) -> bool:
    """Tell whether a text that was written here fits into a message."""
    shown = unescape(_TAG.sub("", html))
    return _fits(Markup(html, units_of(shown), html.count("</"))) and units_of(shown) <= most_units


_LINE_END = plain("\n")
_BETWEEN_BLOCKS = plain("\n\n")


def _paragraph(lines: Sequence[Markup]) -> Markup:
    whole = Markup()
    for position, line in enumerate(lines):
        whole = whole + _LINE_END + line if position else line
    return whole


def _split(block: Sequence[Markup]) -> list[Markup]:
    messages: list[Markup] = []
    for line in block:
        if messages and _fits(longer := messages[-1] + _LINE_END + line):
            messages[-1] = longer
        elif line.html.strip():
            messages.append(line)
    return messages


def _fits(text: Markup) -> bool:
    return text.units <= MOST_UNITS and text.entities <= MOST_ENTITIES and len(text.html.encode()) <= MOST_BYTES


def _tagged(tag: str, text: Markup) -> Markup:
    # Telegram drops an entity without text, and refuses none; an empty one only makes the message odd to read.
    return Markup(f"<{tag}>{text.html}</{tag}>", text.units, text.entities + 1) if text else text
