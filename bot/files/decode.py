"""Turn the bytes of a file into text, or say what is wrong with them."""

import codecs

from bot.errors import NotText
from bot.files.cyrillic import decode_cyrillic

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def decode(content: bytes | bytearray, name: str) -> str:
    """Decode UTF-8, UTF-16 that says so by its byte order mark, or what is Windows-1251 beyond doubt.

    Raises:
        NotText: names the file and the line of the first byte that is not text.

    """
    encoding = next((encoding for mark, encoding in _MARKS.items() if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        if (cyrillic := decode_cyrillic(content)) is not None:
            return cyrillic
        line = content.count(b"\n", 0, error.start) + 1
        raise NotText(f"{name}:{line}: not {encoding.upper().removesuffix('-SIG')} text", line) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise NotText(f"{name}:{line}: a binary file, not text", line)
    return text
