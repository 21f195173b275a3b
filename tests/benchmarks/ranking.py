"""Seconds to rank many sentences, beside sumy's LexRank over the same document, and how the time grows."""

import math
from collections.abc import Iterator, Sequence
from typing import Any

from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers.lex_rank import LexRankSummarizer

from bot.text.summarizers import SitrepSummarizer, Words
from bot.text.words.tokens import stem
from tests.benchmarks.material import made_sentences
from tests.benchmarks.rows import Row, best_seconds, seconds

_CHOSEN = 20


def measure() -> Iterator[Row]:
    """Yield the rows; both rank the same sentences, whose words are found and stemmed before."""
    ours = {count: _rank(SitrepSummarizer, count, times=3) for count in (1_000, 2_000, 10_000, 100_000)}
    for count in (1_000, 2_000):
        theirs = _rank(LexRankSummarizer, count, times=1)
        goal = "50 x" if count == 2_000 else ""
        yield Row(
            f"ranking {count:,} sentences",
            f"{ours[count]:.3f} s",
            goal,
            "sumy LexRank",
            f"{theirs:.1f} s",
            theirs / ours[count],
        )
    yield Row("ranking 10,000 sentences", f"{ours[10_000]:.2f} s", "2 s")
    yield Row("ranking 100,000 sentences", f"{ours[100_000]:.2f} s")
    exponent = math.log(ours[100_000] / ours[1_000]) / math.log(100)
    # n log n from 1,000 to 100,000: log(100 * log(100,000) / log(1,000)) / log(100)
    yield Row("growth from 1,000 to 100,000: n to the power of", f"{exponent:.2f}", "1.11, as n log n")


def sumy_document(sentences: Sequence[str], lang: str) -> Any:
    """Return sentences as sumy's document, split into words by our tokenizer, for both."""
    words = Words(lang)
    return ObjectDocumentModel([Paragraph([Sentence(sentence, words) for sentence in sentences])])


def _rank(summarizer: Any, count: int, times: int) -> float:
    document = sumy_document(made_sentences(count), "en")
    for sentence in document.sentences:
        for word in sentence.words:
            stem(word, "en")
    rank = summarizer(lambda word: stem(word, "en"))
    return (
        best_seconds(lambda: rank(document, _CHOSEN), times) if times > 1 else seconds(lambda: rank(document, _CHOSEN))
    )
