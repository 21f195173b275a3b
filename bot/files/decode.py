"""Turn the bytes of a file into text, or say what is wrong with them."""

import codecs

from bot.errors import NotText

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def decode(content: bytes | bytearray, name: str) -> str:
    """Decode UTF-8, or UTF-16 that says so by its byte order mark.

    Raises:
        NotText: names the file and the line of the first byte that is not text.

    """
    encoding = next((encoding for mark, encoding in _MARKS.items() if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise NotText(f"{name}:{line}: not {encoding.upper().removesuffix('-SIG')} text", line) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise NotText(f"{name}:{line}: a binary file, not text", line)
    return text
