"""Split a text into tokens, and find the stem of a word."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from bot.text.words.russian_stemmer import stem_russian

# Numbers keep the separators of both traditions (1,234.5 and 1 234,5) inside; a word keeps hyphens and apostrophes
# between letters (not those of "UK-based", which names the UK), and the dots of an abbreviation of single letters
# (U.S., г.р. is two).
_TOKEN = re.compile(
    r"\d+(?:-[^\W\d_]+)+"
    r"|\d+(?:[.,]\d+|[   ]\d{3}(?!\d))*"
    r"|(?:[^\W\d_]\.){2,}"
    r"|['’]s\b"
    r"|[^\W_]+(?:(?:['’](?!s\b)|[‑&-](?!(?:based|led|backed|born|style|controlled|owned|endorsed|registered|flagged)\b))"
    r"[^\W_]+)*"
    r"|[^\w\s]|_"
)

_SNOWBALL = {
    "ar": "arabic", "da": "danish", "nl": "dutch", "en": "english", "fi": "finnish", "fr": "french",
    "de": "german", "hu": "hungarian", "it": "italian", "no": "norwegian", "pt": "portuguese",
    "ro": "romanian", "es": "spanish", "sv": "swedish",
}  # fmt: skip


class Token(NamedTuple):
    """A word, a number or a mark, with its offsets in code points; a tuple, since every word of a post makes one."""

    text: str
    start: int
    end: int


def tokenise(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """Yield the tokens of ``text[start:end]``, with offsets into the whole text."""
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        yield Token(match[0], match.start(), match.end())


@cache
def _stemmer(lang: str) -> Any:
    from nltk.stem.snowball import SnowballStemmer

    return SnowballStemmer(_SNOWBALL[lang])


@lru_cache(maxsize=32768)
def stem(word: str, lang: str) -> str:
    """Return the stem of a word, casefolded, ё as е: words of one stem are counted as one.

    Snowball where it knows the language, the whole word elsewhere; Ukrainian goes by the first letters, which for
    its endings comes close.
    """
    word = word.casefold().replace("ё", "е")
    if lang == "ru":
        return stem_russian(word)
    if lang in _SNOWBALL:
        return str(_stemmer(lang).stem(word))
    return word[: min(6, max(3, len(word) - 2))] if lang in ("uk", "be") else word


@cache
def stopwords(lang: str) -> frozenset[str]:
    """Return the words of a language that say nothing by themselves; none for languages we have no list of."""
    path = files("bot.text") / "data" / f"stopwords_{lang}.txt"
    return frozenset(path.read_text(encoding="utf-8").split()) if path.is_file() else frozenset()


def is_stopword(word: str, lang: str) -> bool:
    """Tell whether a word says nothing by itself."""
    return word.casefold().replace("ё", "е") in stopwords(lang)


def content_stems(tokens: Iterable[Token], lang: str) -> tuple[str, ...]:
    """Return the stems of the words and numbers that say something by themselves, in order, repeats included."""
    return tuple(term for token in tokens if (term := _term(token.text, lang)) is not None)


@lru_cache(maxsize=16384)
def _term(word: str, lang: str) -> str | None:
    return stem(word, lang) if word[0].isalnum() and not is_stopword(word, lang) else None
