"""ROUGE-N (Lin 2004): how many n-grams a summary shares with human ones."""

import re
from collections import Counter
from collections.abc import Sequence
from statistics import fmean

_WORD = re.compile(r"\w+")


def rouge(summary: str, references: Sequence[str], n: int) -> float:
    """Return the F1 of ROUGE-N, the mean over the references; words are casefolded and not stemmed."""
    mine = _ngrams(summary, n)
    return fmean(_f1(mine, _ngrams(reference, n)) for reference in references)


def _ngrams(text: str, n: int) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return Counter(zip(*(words[skip:] for skip in range(n)), strict=False))


def _f1(mine: Counter[tuple[str, ...]], theirs: Counter[tuple[str, ...]]) -> float:
    shared = (mine & theirs).total()
    return 2 * shared / (mine.total() + theirs.total()) if shared else 0.0
