"""Split a text into sentences; a newline always ends one."""

import re

from razdel import sentenize

_PARAGRAPH = re.compile(r"[^\n]*\w[^\n]*")


def split_sentences(text: str, lang: str) -> list[tuple[int, int]]:  # noqa: ARG001
    """Return the (start, end) of every sentence, without the white space around it, in order."""
    bounds = []
    for paragraph in _PARAGRAPH.finditer(text):
        bounds += [(paragraph.start() + part.start, paragraph.start() + part.stop) for part in sentenize(paragraph[0])]
    return bounds
