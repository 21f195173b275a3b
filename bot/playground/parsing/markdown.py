"""The MarkdownV2 mark-up of the Bot API.

Follows parse_markdown_v2 of td's MessageEntity.cpp, with its errors and byte offsets. Linear in the length of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from bot.playground.parsing.entities import Entity
from bot.playground.parsing.links import link_entity
from bot.playground.parsing.parser import Parser
from bot.playground.refusals import Refusal, unparsable

_RESERVED = "_*[]()~`>#+-=|{}.!\n"
_ORDINARY = re.compile(r"[^\\_*\[\]()~`>#+\-=|{}.!\n]+")
_LANGUAGE = re.compile(r"[^\s`]+(?=[\n\r])")
_TYPE_NAMES = {
    "bold": "Bold",
    "italic": "Italic",
    "underline": "Underline",
    "strikethrough": "Strikethrough",
    "spoiler": "Spoiler",
    "code": "Code",
    "pre": "Pre",
    "text_link": "TextUrl",
    "custom_emoji": "CustomEmoji",
    "blockquote": "BlockQuote",
}
_CLOSERS = {
    "bold": "*",
    "italic": "_",
    "underline": "__",
    "strikethrough": "~",
    "spoiler": "||",
    "code": "`",
    "pre": "```",
    "text_link": "]",
    "custom_emoji": "]",
}

# Longer ones first: "__" is not twice "_".
_OPENERS = {
    "```": "pre",
    "__": "underline",
    "||": "spoiler",
    "![": "custom_emoji",
    "_": "italic",
    "*": "bold",
    "~": "strikethrough",
    "[": "text_link",
    "`": "code",
}


@dataclass(slots=True)
class _Open:
    type: str
    argument: str
    offset: int
    begin: int
    piece: int


def parse_markdown_v2(text: str) -> tuple[str, list[Entity]]:
    """Return the text without its mark-up, and the entities.

    Raises:
        Refusal: the mark-up is wrong; the description tells the byte offset as the server does.
    """
    return _MarkdownParser(text).parse()


class _MarkdownParser(Parser):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.open: list[_Open] = []
        self.can_quote = True

    def parse(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.text):
            self._step()
        if self.open and self.open[-1].type == "blockquote":
            self._close_quote()
        if self.open:
            raise self._no_end(self.open[-1])
        return "".join(self.pieces), self.entities

    def emit(self, piece: str) -> None:
        super().emit(piece)
        self.can_quote = False

    def _step(self) -> None:
        text = self.text
        if ordinary := _ORDINARY.match(text, self.at):
            self.emit(ordinary.group())
            self.at = ordinary.end()
            return
        character = text[self.at]
        following = text[self.at + 1 : self.at + 2]
        if character == "\\" and following and 0 < ord(following) <= 126:
            self.emit(following)
            self.at += 2
        elif character == "\\":
            self.emit(character)
            self.at += 1
        else:
            self._reserved(character)

    def _inside(self) -> str:
        return self.open[-1].type if self.open else ""

    def _reserved(self, character: str) -> None:
        inside = self._inside()
        if inside in ("code", "pre"):
            if character != "`" or (inside == "pre" and not self.text.startswith("```", self.at)):
                self.emit(character)
                self.at += 1
                return
            self._end()
        elif character == "\n":
            self._newline()
        elif character == ">" and self.can_quote and not self._in_quote():
            self._begin("blockquote", 1)
            self.can_quote = False
        elif self._closes(inside):
            self._end()
        else:
            self._start(character)

    def _in_quote(self) -> bool:
        return any(opened.type == "blockquote" for opened in self.open)

    def _newline(self) -> None:
        self.at += 1
        if self._in_quote() and not self.text.startswith(">", self.at):
            if self._inside() != "blockquote":
                raise self._no_end(self.open[-1])
            self._close_quote()
        elif self._in_quote():
            self.at += 1
        self.emit("\n")
        self.can_quote = True

    def _closes(self, inside: str) -> bool:
        closer = _CLOSERS.get(inside)
        if not closer or not self.text.startswith(closer, self.at):
            return False
        return not (inside == "italic" and self.text.startswith("__", self.at))

    def _begin(self, kind: str, width: int, argument: str = "") -> None:
        self.open.append(_Open(kind, argument, self.offset, self.at, len(self.pieces)))
        self.at += width

    def _start(self, character: str) -> None:
        text, at = self.text, self.at
        opener = next((opener for opener in _OPENERS if text.startswith(opener, at)), None)
        if opener is None:
            raise unparsable(f"Character '{character}' is reserved and must be escaped with the preceding '\\'")
        if opener == "||" and self._ends_folded_quote():
            return
        if opener == "```":
            self._start_pre()
        else:
            self._begin(_OPENERS[opener], len(opener))

    def _start_pre(self) -> None:
        """Begin a code block: its language, if one is named, and the line break behind that are no part of it."""
        language = _LANGUAGE.match(self.text, self.at + 3)
        self._begin("pre", 3, language.group() if language else "")
        if language:
            self.at = language.end()
        for end_of_line in "\r\n":
            if self.text.startswith(end_of_line, self.at):
                self.at += 1

    def _ends_folded_quote(self) -> bool:
        """Read the "||" that ends an expandable block quotation, if it is one."""
        after = self.text[self.at + 2 : self.at + 3]
        if self._inside() != "blockquote" or after not in ("", "\n"):
            return False
        self.at += 2
        if after and self.text.startswith(">", self.at + 1):
            raise unparsable(f"Can't find end of Spoiler entity at byte offset {self.bytes_before(self.at - 2)}")
        self._close_quote(kind="expandable_blockquote")
        return True

    def _close_quote(self, kind: str = "blockquote") -> None:
        opened = self.open.pop()
        if self.offset > opened.offset:
            self.entities.append(Entity(kind, opened.offset, self.offset - opened.offset))

    def _end(self) -> None:
        opened = self.open.pop()
        self.at += len(_CLOSERS[opened.type])
        length = self.offset - opened.offset
        value: str | None = None
        if opened.type in ("text_link", "custom_emoji"):
            value = self._target(opened)
        if length <= 0:
            return
        if opened.type == "text_link":
            entity = link_entity(value or "".join(self.pieces[opened.piece :]), opened.offset, length)
            self.entities += [entity] if entity else []
        elif opened.type == "pre":
            self.entities.append(Entity("pre", opened.offset, length, opened.argument or None))
        else:
            self.entities.append(Entity(opened.type, opened.offset, length, value))

    def _target(self, opened: _Open) -> str:
        """Read the "(...)" behind a link text or a custom emoji."""
        if not self.text.startswith("(", self.at):
            if opened.type == "custom_emoji":
                raise unparsable("Custom emoji entity must contain a tg://emoji URL")
            return ""
        begin = self.at
        self.at += 1
        target: list[str] = []
        while self.at < len(self.text) and self.text[self.at] != ")":
            following = self.text[self.at + 1 : self.at + 2]
            if self.text[self.at] == "\\" and following and 0 < ord(following) <= 126:
                self.at += 1
            target.append(self.text[self.at])
            self.at += 1
        if self.at >= len(self.text):
            what = "a custom emoji URL" if opened.type == "custom_emoji" else "a URL"
            raise unparsable(f"Can't find end of {what} at byte offset {self.bytes_before(begin)}")
        self.at += 1
        if opened.type == "custom_emoji":
            return _emoji_of("".join(target))
        return "".join(target)

    def _no_end(self, opened: _Open) -> Refusal:
        return unparsable(
            f"Can't find end of {_TYPE_NAMES[opened.type]} entity at byte offset {self.bytes_before(opened.begin)}"
        )


def _emoji_of(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "tg" or (parts.netloc or parts.path) != "emoji":
        raise unparsable("Custom emoji URL must have scheme tg")
    return parse_qs(parts.query).get("id", [""])[0]
