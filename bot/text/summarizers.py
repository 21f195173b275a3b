"""The methods of sumy by name, beside ours, over sumy's document model.

sumy's own tokenizer downloads data, so ours stands in for it; so do our stemmer and stop words. sumy drops words with
digits and yields nothing where it finds no words: a sentence that it does not rank gets the lowest score.
"""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from sumy.models.dom import ObjectDocumentModel, Paragraph
from sumy.models.dom import Sentence as SumySentence
from sumy.summarizers._summarizer import AbstractSummarizer

from bot.text.ranking import Item, rank
from bot.text.sentences import split_sentences
from bot.text.tokens import is_stopword, stem, stopwords, tokenise

METHODS = ("sitrep", "lexrank", "textrank", "lsa", "luhn", "kl", "sumbasic", "reduction", "edmundson", "lead")
# sumy's graph methods compare every sentence with every other: 18 s for 2,000 of them.
_MOST_SENTENCES = 600
_QUADRATIC = ("lexrank", "textrank", "reduction")


class Words:
    """What sumy asks of a tokenizer, by our own splitting."""

    def __init__(self, lang: str) -> None:
        self._lang = lang

    def to_sentences(self, paragraph: str) -> tuple[str, ...]:
        """Split a paragraph into sentences."""
        return tuple(paragraph[start:end] for start, end in split_sentences(paragraph, self._lang))

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """Split a sentence into words; numbers count as words."""
        return tuple(token.text for token in tokenise(sentence) if token.text[0].isalnum())


class SitrepSummarizer(AbstractSummarizer):  # type: ignore[misc] # sumy has no types
    """Our ranking as a sumy summarizer: SitrepSummarizer(stemmer)(document, sentences_count)."""

    stop_words: frozenset[str] = frozenset()

    def __call__(self, document: Any, sentences_count: Any) -> tuple[Any, ...]:
        """Return the best sentences in their order."""
        items = []
        for position, sentence in enumerate(document.sentences):
            words = (word for word in sentence.words if word.casefold() not in self.stop_words)
            items.append(Item(tuple(self.stem_word(word) for word in words), position))
        ratings = dict(zip(document.sentences, rank(items), strict=True))
        return tuple(self._get_best_sentences(document.sentences, sentences_count, ratings))


def build_document(sentences: Sequence[str], lang: str) -> Any:
    """Return sentences as sumy's document of one paragraph."""
    words = Words(lang)
    return ObjectDocumentModel([Paragraph([SumySentence(sentence, words) for sentence in sentences])])


def score_sentences(method: str, sentences: Sequence[str], lang: str) -> list[float]:
    """Score sentences by a method of sumy, or by their place (lead): the first it would choose scores highest."""
    if method == "lead":
        return [1 / (1 + place) for place in range(len(sentences))]
    read = sentences[:_MOST_SENTENCES] if method in _QUADRATIC else sentences
    document = build_document(read, lang)
    scores = [0.0] * len(sentences)
    for place, at in enumerate(_ranked(method, document, lang)):
        scores[at] = 1 / (1 + place)
    return scores


def _ranked(method: str, document: Any, lang: str) -> list[int]:
    """Return the places of the sentences, best first.

    sumy hands its rated sentences, best first, to a callable that stands for their count: here one that notes them.
    """
    order: list[int] = []

    def note(infos: Sequence[Any]) -> Sequence[Any]:
        order.extend(info.order for info in infos)
        return infos

    _summarizer(method, lang, document)(document, note)
    return order


def _summarizer(method: str, lang: str, document: Any) -> Any:
    name, kind = _CLASSES[method]
    summarizer = getattr(import_module(f"sumy.summarizers.{name}"), kind)(lambda word: stem(word, lang))
    stop = stopwords(lang) or frozenset({"\0"})
    if method == "edmundson":
        summarizer.null_words = stop
        summarizer.stigma_words = _STIGMA
        first = document.sentences[0].words if document.sentences else ()
        summarizer.bonus_words = [word for word in first if not is_stopword(word, lang)] or ["\0"]
    elif hasattr(type(summarizer), "stop_words"):
        summarizer.stop_words = stop
    return summarizer


_CLASSES = {
    "lexrank": ("lex_rank", "LexRankSummarizer"),
    "textrank": ("text_rank", "TextRankSummarizer"),
    "lsa": ("lsa", "LsaSummarizer"),
    "luhn": ("luhn", "LuhnSummarizer"),
    "kl": ("kl", "KLSummarizer"),
    "sumbasic": ("sum_basic", "SumBasicSummarizer"),
    "reduction": ("reduction", "ReductionSummarizer"),
    "edmundson": ("edmundson", "EdmundsonSummarizer"),
}
# Words of sentences that tell little (Edmundson 1969, stigma words).
_STIGMA = frozenset(
    ("hardly", "impossible", "perhaps", "maybe", "possibly", "unclear")
    + ("возможно", "вероятно", "наверное", "якобы", "видимо")
)
