"""Words a second of one core: a whole analysis, and names alone, over all posts of tests/data in a language."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import pymorphy3
from nltk.stem.snowball import SnowballStemmer
from nltk.tokenize import TreebankWordTokenizer
from razdel import tokenize
from sumy.summarizers.lex_rank import LexRankSummarizer

from bot.posts import Post
from bot.text.actors.names import find_names
from bot.text.analysis import analyse
from bot.text.words.document import read_document
from bot.text.words.tokens import stem
from tests.benchmarks.material import count_words, real_posts
from tests.benchmarks.ranking import sumy_document
from tests.benchmarks.rows import Row, seconds

_LANGUAGES = {"en": "English", "ru": "Russian"}
_GOAL = 20_000


def measure() -> Iterator[Row]:
    """Yield the rows; what is loaded once for all is loaded before."""
    for lang, language in _LANGUAGES.items():
        posts = real_posts(lang)
        words = count_words(posts)
        analyse(posts[0])

        ours = words / seconds(partial(_each, analyse, posts))
        for peer, work in (("sumy LexRank of each post", _lexrank), _WORD_BY_WORD[lang]):
            theirs = words / seconds(partial(_each, work, posts))
            yield Row(
                f"reading {language} posts",
                f"{ours:,.0f} words/s",
                f"{_GOAL:,}",
                peer,
                f"{theirs:,.0f} words/s",
                ours / theirs,
            )
        documents = [read_document(post) for post in posts]
        names = words / seconds(partial(_each, find_names, documents))
        yield Row(f"names alone, {language}", f"{names:,.0f} words/s")


def _each(work: Callable[[Any], object], things: Sequence[object]) -> None:
    for thing in things:
        work(thing)


def _lexrank(post: Post) -> object:
    lang = post.lang or "en"
    document = sumy_document(post.text.split("\n"), lang)
    return LexRankSummarizer(lambda word: stem(word, lang))(document, 3)


def _stems(post: Post) -> list[str]:
    return [_STEMMER.stem(word) for word in _TOKENIZER.tokenize(post.text)]


def _dictionary_forms(post: Post) -> list[str]:
    return [_MORPHOLOGY.parse(token.text)[0].normal_form for token in tokenize(post.text)]


_STEMMER, _TOKENIZER = SnowballStemmer("english"), TreebankWordTokenizer()
_MORPHOLOGY = pymorphy3.MorphAnalyzer()
_WORD_BY_WORD = {"en": ("nltk words and stems", _stems), "ru": ("razdel and pymorphy3", _dictionary_forms)}
