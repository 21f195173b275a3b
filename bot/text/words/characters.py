"""Characters that carry no words: decoration, invisible ones, and spaces of every sort."""

import re

# Emoji and their parts, arrows, geometric shapes, dingbats: blocks of Unicode that hold symbols without a reading.
# Left out are those that text is written with: №, ™, °C, currencies, mathematics. Inside of a character class.
EMOJI = (
    "‼⁉ℹ←-⇿⌀-⏿①-⓿─-➿⠀-⥿⬀-⯿〰〽㊗㊙"  # blocks 2190-21FF, 2300-23FF, 2460-24FF, 2500-27BF, 2800-297F, 2B00-2BFF
    "\ue000-\uf8ff\U0001f000-\U0001faff\U000e0020-\U000e007f"
)
# Zero width, bidirectional, soft hyphen, variation selectors, fillers, frames of keycaps, controls.
INVISIBLE = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u20e3\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e001f\U000e0080-\U000e01ef"
)

_BULLETS = "•‣⁃⁌⁍∙·・|¦"
# A dash is a bullet, or opens direct speech, unless a number follows; closing marks are left over from what was cut.
_OPENING = re.compile(rf"(?:[\s{EMOJI}{_BULLETS}]|[-–—―*>]+(?=\s|[^\W\d_]|$)|[.,;:!?)\]]+(?=\s|$))*")
_CLOSING = re.compile(rf"[\s{EMOJI}{_BULLETS}–—―-]")
_UNUSUAL = re.compile("[\t\r\v\f\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ud800-\udfff]")
# What other scripts write for an apostrophe, a decimal point and a comma of thousands; and the quotation mark that
# stands for the apostrophe in Uzbek ("O‘zbekiston").
_MARKS = re.compile("[\u02bb\u02bc\u066b\u066c]|(?<=[OoGg])‘(?=\\w)")
_SEEN_MARKS = re.compile("[\u02bb\u02bc\u066b\u066c‘]")  # one look-up a character, since most texts have none
_USUAL = {"\u02bb": "’", "\u02bc": "’", "\u066b": ".", "\u066c": ",", "‘": "’"}


def plain(text: str) -> str:
    """Return the text with plain spaces and newlines, and without lone surrogates; of the same length."""
    return _UNUSUAL.sub(_plain, text)


def uniform(text: str) -> str:
    """Return the text with the marks that are known inside of words and numbers; of the same length."""
    return _MARKS.sub(lambda match: _USUAL[match[0]], text) if _SEEN_MARKS.search(text) else text


def _plain(match: re.Match[str]) -> str:
    char = match[0]
    if char in "\r\v\f\x85\u2028\u2029":
        return "\n"
    return "\ufffd" if "\ud800" <= char <= "\udfff" else " "


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of ``text[start:end]`` without the decoration and the white space around it."""
    match = _OPENING.match(text, start, end)
    start = match.end() if match else start
    while end > start and _CLOSING.match(text, end - 1):
        end -= 1
    return start, end
