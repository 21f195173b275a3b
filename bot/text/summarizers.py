"""Our ranking as a sumy summarizer, and the methods of sumy by name, all over sumy's document model.

sumy's own tokenizer downloads data, so ours stands in for it; so do our stemmer and stop words. sumy drops words with
digits and yields nothing where it finds no words: a sentence that it does not rank gets the lowest score.
"""

import warnings
from collections.abc import Sequence
from importlib import import_module
from itertools import groupby, islice
from typing import Any

import numpy as np
from sumy.models.dom import ObjectDocumentModel, Paragraph
from sumy.models.dom import Sentence as SumySentence
from sumy.summarizers._summarizer import AbstractSummarizer
from sumy.utils import ItemsCount

from bot.text.ranking import Item, Weights, rank, weights_for, without_repeats
from bot.text.words.sentences import split_sentences
from bot.text.words.tokens import content_stems, is_stopword, stem, stopwords, tokenise

METHODS = ("sitrep", "lexrank", "textrank", "lsa", "luhn", "kl", "sumbasic", "reduction", "edmundson", "lead")
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
# sumy's methods compare every sentence with every other, or with all that was taken: of long texts they get so many
# sentences that they take about a second, the best by our ranking. Edmundson's is linear.
_MOST = {"kl": 120, "edmundson": 100_000}
_MOST_OTHERS = 400
# Words of sentences that tell little (Edmundson 1969, stigma words).
_STIGMA = frozenset(
    (
        *("hardly", "impossible", "perhaps", "maybe", "possibly", "unclear"),
        *("возможно", "вероятно", "наверное", "якобы", "видимо"),
    )
)


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


class Quotable(SumySentence):  # type: ignore[misc] # sumy has no types
    """A sentence of sumy's document that knows what our ranker sees of it; equal to itself only, whatever its text."""

    __slots__ = ("item",)

    def __init__(self, text: str, words: Words, item: Item) -> None:
        super().__init__(text, words)
        self.item = item

    __eq__ = object.__eq__
    __ne__ = object.__ne__
    __hash__ = object.__hash__


class SitrepSummarizer(AbstractSummarizer):  # type: ignore[misc] # sumy has no types
    """Our ranking as a sumy summarizer: ``SitrepSummarizer(stemmer)(document, sentences_count)``.

    The digest ranks with it over `build_document`; over sumy's plain documents the words are all it knows.

    Attributes:
        stop_words: words that do not count in plain documents.
        weights: of position and bigrams; those of one post in no known language unless set.

    """

    stop_words: frozenset[str] = frozenset()
    weights = Weights()

    def __call__(self, document: Any, sentences_count: Any) -> tuple[Any, ...]:
        """Return the best sentences in their order, none that repeats a better one.

        If the count is a callable, it gets all rated sentences and sees to repeats itself.
        """
        items = [self._item(sentence, position) for position, sentence in enumerate(document.sentences)]
        scores = rank(items, self.weights)

        def fresh(infos: Sequence[Any]) -> Sequence[Any]:
            most = len(ItemsCount(sentences_count)(infos))
            chosen = set(islice(without_repeats([item.terms for item in items], scores), most))
            return [info for info in infos if info.order in chosen]

        count = sentences_count if callable(sentences_count) else fresh
        ratings = iter(scores)
        return tuple(self._get_best_sentences(document.sentences, count, lambda _: next(ratings)))

    def _item(self, sentence: Any, position: int) -> Item:
        if isinstance(sentence, Quotable):
            return sentence.item
        words = (word for word in sentence.words if word.casefold() not in self.stop_words)
        return Item(tuple(self.stem_word(word) for word in words), position)


def build_document(sentences: Sequence[str], items: Sequence[Item], lang: str) -> Any:
    """Return sentences as sumy's document: a paragraph for each post."""
    words = Words(lang)
    pairs = zip(sentences, items, strict=True)
    return ObjectDocumentModel(
        Paragraph(Quotable(sentence, words, item) for sentence, item in paragraph)
        for _, paragraph in groupby(pairs, key=lambda pair: pair[1].post)
    )


def score_sentences(
    method: str,
    sentences: Sequence[str],
    lang: str,
    items: Sequence[Item] | None = None,
    weights: Weights | None = None,
) -> list[float]:
    """Score sentences by our ranking, by a method of sumy, or by their place (lead).

    ``items`` say what our ranker sees of the sentences; without them they are the sentences of one post. For a method
    of sumy the first sentence that it would choose scores 1, the next 1/2, those that it does not rank 0.
    """
    if items is None:
        items = [Item(content_stems(tokenise(sentence), lang), position) for position, sentence in enumerate(sentences)]
    if method == "lead":
        return [1 / (1 + item.position) for item in items]
    weights = weights or weights_for(lang, len({item.post for item in items}))
    read = list(range(len(sentences)))
    if method != "sitrep" and len(sentences) > (most := _MOST.get(method, _MOST_OTHERS)):
        ours = rank(items, weights)
        read = sorted(sorted(read, key=lambda index: -ours[index])[:most])
    document = build_document([sentences[index] for index in read], [items[index] for index in read], lang)
    scores = [0.0] * len(sentences)
    for place, info in enumerate(_rated(_summarizer(method, lang, document, weights), document)):
        scores[read[info.order]] = info.rating if method == "sitrep" else 1 / (1 + place)
    return scores


def _rated(summarizer: Any, document: Any) -> Sequence[Any]:
    """Return what a summarizer thinks of the sentences, best first.

    sumy hands its rated sentences, best first, to a callable that stands for their count: here one that notes them.
    """
    rated: list[Any] = []

    def note(infos: Sequence[Any]) -> Sequence[Any]:
        rated.extend(infos)
        return infos

    # Where no sentence is like another sumy divides by zero, and it warns of texts with few words.
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        summarizer(document, note)
    return rated


def _summarizer(method: str, lang: str, document: Any, weights: Weights) -> Any:
    def stemmer(word: str) -> str:
        return stem(word, lang)

    if method == "sitrep":
        ours = SitrepSummarizer(stemmer)
        ours.weights = weights
        return ours
    name, kind = _CLASSES[method]
    summarizer = getattr(import_module(f"sumy.summarizers.{name}"), kind)(stemmer)
    # sumy's Edmundson refuses empty sets; no word is "\0".
    stop = stopwords(lang) or frozenset({"\0"})
    if method == "edmundson":
        summarizer.null_words = stop
        summarizer.stigma_words = _STIGMA
        first = document.sentences[0].words if document.sentences else ()
        summarizer.bonus_words = [word for word in first if not is_stopword(word, lang)] or ["\0"]
    else:
        summarizer.stop_words = stop
    return summarizer
