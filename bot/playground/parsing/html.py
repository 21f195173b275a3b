"""The HTML mark-up of the Bot API.

Follows parse_html of td's MessageEntity.cpp, with its errors and their byte offsets. Linear in the length of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.playground.parsing.entities import Entity
from bot.playground.parsing.links import link_entity
from bot.playground.parsing.parser import Parser
from bot.playground.refusals import Refusal, unparsable

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_SPACE = " \t\r\n\0\x0b"
_PLAIN = re.compile(r"[^<&]+")
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([A-Za-z]+));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_END_OF_NAME = re.compile(rf"[{_SPACE}>]")
_END_OF_ATTRIBUTE = re.compile(rf"[{_SPACE}=>/\"']|\Z")
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.-]*")


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    piece: int


def parse_html(text: str) -> tuple[str, list[Entity]]:
    """Return the text without its mark-up, and the entities in the order in which they end.

    Raises:
        Refusal: the mark-up is wrong; the description tells the byte offset as the server does.
    """
    return _HtmlParser(text).parse()


class _HtmlParser(Parser):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.open: list[_Open] = []

    def parse(self) -> tuple[str, list[Entity]]:
        text, size = self.text, len(self.text)
        while self.at < size:
            if plain := _PLAIN.match(text, self.at):
                self.emit(plain.group())
                self.at = plain.end()
            elif text[self.at] == "&":
                self.emit(self._reference() or self._next())
            elif text.startswith("</", self.at):
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            raise unparsable(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        return "".join(self.pieces), [
            Entity("code", entity.offset, entity.length) if entity.type == "code" else entity
            for entity in self.entities
        ]

    def _next(self) -> str:
        self.at += 1
        return self.text[self.at - 1]

    def _reference(self) -> str:
        """Read a character reference; return "" and stay when there is none."""
        match = _REFERENCE.match(self.text, self.at)
        if not match:
            return ""
        if name := match.group(3):
            character = _NAMED.get(name, "")
        else:
            digits = match.group(1) or match.group(2)
            code = int(digits, 16 if match.group(1) else 10) if len(digits) < 8 else 0
            character = chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code < 0xE000 else ""
        if character:
            self.at = match.end()
        return character

    def _skip_space(self) -> None:
        while self.at < len(self.text) and self.text[self.at] in _SPACE:
            self.at += 1

    def _start_tag(self) -> None:
        begin = self.at
        name_end = _END_OF_NAME.search(self.text, begin + 1)
        if not name_end:
            raise unparsable(f"Unclosed start tag at byte offset {self.bytes_before(begin)}")
        tag = self.text[begin + 1 : name_end.start()].lower()
        self.at = name_end.start()
        if tag not in _TAGS:
            raise unparsable(f'Unsupported start tag "{tag}" at byte offset {self.bytes_before(begin)}')
        argument = self._attributes(tag, begin)
        if tag == "span" and argument != "spoiler":
            raise unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {self.bytes_before(begin)}')
        self.open.append(_Open(tag, argument, self.offset, len(self.pieces)))

    def _attributes(self, tag: str, begin: int) -> str:
        """Read up to and over the ">"; return the value of the one attribute that matters to the tag."""
        argument = ""
        while True:
            self._skip_space()
            if self.text.startswith(">", self.at):
                self.at += 1
                return argument
            name = self._attribute_name(tag, begin)
            self._skip_space()
            if self.at >= len(self.text):
                raise self._unclosed(tag, begin)
            if self.text[self.at] != "=":
                value = ""
            else:
                self.at += 1
                self._skip_space()
                if self.at >= len(self.text):
                    raise self._unclosed(tag, begin)
                value = self._attribute_value()
                if self.at >= len(self.text):
                    raise unparsable(f"Unclosed start tag at byte offset {self.bytes_before(begin)}")
            argument = _argument(tag, name, value, argument)

    def _attribute_name(self, tag: str, begin: int) -> str:
        end = _END_OF_ATTRIBUTE.search(self.text, self.at)
        stop = end.start() if end else len(self.text)
        name = self.text[self.at : stop]
        if not name:
            raise unparsable(f'Empty attribute name in the tag "{tag}" at byte offset {self.bytes_before(begin)}')
        self.at = stop
        return name

    def _attribute_value(self) -> str:
        quote = self.text[self.at]
        if quote not in "'\"":
            start = self.at
            token = _NAME_TOKEN.match(self.text, start)
            self.at = token.end() if token else start
            if self.at < len(self.text) and self.text[self.at] not in f"{_SPACE}>":
                raise unparsable(f"Unexpected end of name token at byte offset {self.bytes_before(start)}")
            return self.text[start : self.at].lower()
        self.at += 1
        value: list[str] = []
        while self.at < len(self.text) and self.text[self.at] != quote:
            value.append((self.text[self.at] == "&" and self._reference()) or self._next())
        self.at += 1
        return "".join(value)

    def _unclosed(self, tag: str, begin: int) -> Refusal:
        return unparsable(f'Unclosed start tag "{tag}" at byte offset {self.bytes_before(begin)}')

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise unparsable(f"Unexpected end tag at byte offset {self.bytes_before(begin)}")
        name_end = _END_OF_NAME.search(self.text, begin + 2)
        self.at = name_end.start() if name_end else len(self.text)
        name = self.text[begin + 2 : self.at]
        self._skip_space()
        if not self.text.startswith(">", self.at):
            raise unparsable(f"Unclosed end tag at byte offset {self.bytes_before(begin)}")
        self.at += 1
        opened = self.open.pop()
        if name and name != opened.tag:
            raise unparsable(
                f"Unmatched end tag at byte offset {self.bytes_before(begin)}, "
                f'expected "</{opened.tag}>", found "</{name}>"'
            )
        if self.offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        kind, argument, offset, length = _TAGS[opened.tag], opened.argument, opened.offset, self.offset - opened.offset
        if kind == "text_link":
            entity = link_entity(argument or "".join(self.pieces[opened.piece :]), offset, length)
            self.entities += [entity] if entity else []
        elif kind == "custom_emoji":
            self.entities.append(Entity(kind, offset, length, argument))
        elif kind in ("pre", "code"):
            self._close_code(kind, argument, offset, length)
        elif kind == "blockquote" and argument:
            self.entities.append(Entity("expandable_blockquote", offset, length))
        else:
            self.entities.append(Entity(kind, offset, length))

    def _close_code(self, kind: str, language: str, offset: int, length: int) -> None:
        """Merge <pre><code class="language-x"> (either way round) into one `pre` with its language."""
        last = self.entities[-1] if self.entities else None
        if last and (last.offset, last.length) == (offset, length) and {last.type, kind} == {"pre", "code"}:
            value = language or last.value
            if value:
                self.entities[-1] = Entity("pre", offset, length, value)
                return
        self.entities.append(Entity(kind, offset, length, language or None))


def _argument(tag: str, name: str, value: str, before: str) -> str:
    match tag, name:
        case "a", "href":
            return value
        case "code", "class" if value.startswith("language-"):
            return value.removeprefix("language-")
        case "span", "class" if value.startswith("tg-"):
            return value.removeprefix("tg-")
        case "tg-emoji", "emoji-id":
            return value
        case "blockquote", "expandable":
            return "1"
    return before
