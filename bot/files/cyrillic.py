"""Texts in Windows-1251, as programs of Windows in Russian still write them.

Any bytes are some text in that encoding, so one is taken only for what can hardly be an accident: its letters are small
ones, but for the first of a word; no word has Latin ones, too; the frequent ones are as frequent as in Russian,
Ukrainian and Belarusian; and beside letters there is nothing but punctuation.
"""

import re

_LEAST_LETTERS = 20
_LETTER = "А-Яа-яЁёІіЇїЄєҐґЎў"
_CYRILLIC = re.compile(f"[{_LETTER}]")
_NO_WORD = re.compile(f"[A-Za-z][{_LETTER}]|[{_LETTER}][A-Za-z]|[а-яё][А-ЯЁ]")
_NO_TEXT = re.compile(f"[^\\n\\r\\t -~{_LETTER}«»„“”‘’‚–—…№§°±•·€\xa0\xad]")
# They make up more than half of what is written; of letters by chance a fifth.
_FREQUENT = frozenset("оеаинтсрі")
_LEAST_FREQUENT = 0.4
_LEAST_SMALL = 0.5


def decode_cyrillic(content: bytes | bytearray) -> str | None:
    """Decode what is in Windows-1251 beyond doubt; None if it is not."""
    try:
        text = content.decode("cp1251")
    except UnicodeDecodeError:
        return None
    return text if _is_written(text) else None


def _is_written(text: str) -> bool:
    if _NO_TEXT.search(text) or _NO_WORD.search(text):
        return False
    letters = _CYRILLIC.findall(text)
    frequent = sum(letter.lower() in _FREQUENT for letter in letters)
    small = sum(letter.islower() for letter in letters)
    least = max(len(letters), _LEAST_LETTERS)
    return frequent >= _LEAST_FREQUENT * least and small >= _LEAST_SMALL * least
