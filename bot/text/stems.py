"""Turn posts and questions into stems, by which search finds posts.

One and the same way for both, and without asking for the language: a question of one word has none that could be told.
Each word is stemmed by its script. Cyrillic words come down to the dictionary form and from there to Snowball's stem;
names and words that no dictionary has are stemmed until nothing more comes off: Snowball makes "пашиня" of "Пашинян"
and "пашинян" of "Пашиняну". Latin words are stemmed as English.

Of 1,496 surnames of pymorphy's dictionary 99.5 % have one stem in all cases (by Snowball alone 49 %), of 1,412 nouns
98 % (70 %). Of what a word of the Russian gold posts finds there, 91 % are its own forms (91 %).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from bot.posts import Post
from bot.text.words.characters import INVISIBLE
from bot.text.words.gazetteers import casing
from bot.text.words.morphology import Form, lemma, parse
from bot.text.words.russian_stemmer import stem_russian
from bot.text.words.tokens import is_stopword, stem

VERSION = 1
"""Grows when stems come out different: what was made by an older one is made anew."""

# Within these limits Postgres keeps all that search needs of a post: 255 places of a word, 16,383 places and 1 MB in
# all. Only files hold posts of more words.
_MOST_STEMS = 8000
_MOST_PLACES = 250
_LONGEST = 30

_FOREIGN = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l", "þ": "th"})
_RUSSIAN = str.maketrans("ієґ", "иег")  # so that Ukrainian names, too, have their endings taken off
# The stress of Cyrillic, all marks of Latin and Greek, the vowels of Arabic and Hebrew; й is a letter of its own.
_MARKS = re.compile("[\u0300-\u0305\u0307-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670]|(?<!и)\u0306")
_HIDDEN = re.compile(f"[{INVISIBLE}]")
_ADDRESS = re.compile(r"https?://\S+")
# 1,234 and 1 234 and 1.234: the thousands of all traditions.
_THOUSANDS = re.compile(r"(?<!\d)(?<!\d[.,])\d{1,3}(?:[,. ’']\d{3})+(?!\d)")
_INITIALS = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.){2,}")  # U.S.
# Letters and digits apart, so that F-16 and F16 are one; scripts that put no spaces between words, letter by letter.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"(?<=[^\W\d_])['’]s\b|\d+|(?=[^\W\d_])(?:[{_UNSPACED}]|[^\W\d_{_UNSPACED}]+)")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_LEAST = 3


def post_stems(post: Post) -> tuple[str, ...]:
    """Return what a post is found by, in order: the stems of its text, and then its sources.

    Each holds nothing but letters, digits and what is no ASCII. Of a post with very many words, or one word very many
    times, the first are returned.
    """
    kept, places = [], Counter[str]()
    for found in stems(post.text):
        if places[found] < _MOST_PLACES:
            places[found] += 1
            kept.append(found)
        if len(kept) == _MOST_STEMS:
            break
    origin = post.origin
    names = (origin.username, origin.title) if origin else ()
    return (*kept, *dict.fromkeys(source_stem(name) for name in names if name))


def source_stem(name: str) -> str:
    """Return by what the posts of a source are found, by its username or its title; no word has such a stem."""
    plain = "".join(char if char.isalnum() else "＿" for char in name.casefold())
    return f"＠{plain[: 2 * _LONGEST]}"


def stems(text: str) -> Iterator[str]:
    """Yield the stems of a text in order: words, numbers, names and tags; addresses are left out."""
    for match in _WORD.finditer(folded(text)):
        if match[0][0] not in "'’":
            yield _stem(match[0])


def folded(text: str) -> str:
    """Return a text in small letters, without accents, stress, ё, dots of initials and separators of thousands."""
    if not text.isascii():
        text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", _HIDDEN.sub("", text)).casefold())
        text = unicodedata.normalize("NFC", _MARKS.sub("", text)).translate(_FOREIGN)
    text = _ADDRESS.sub(" ", text.casefold())
    return _INITIALS.sub(_joined, _THOUSANDS.sub(_joined, text))


def _joined(match: re.Match[str]) -> str:
    return "".join(filter(str.isalnum, match[0]))


@lru_cache(maxsize=32768)
def _stem(word: str) -> str:
    """Return the stem of a folded word, or a number in ASCII digits; never an empty one."""
    if word.isdecimal():
        return "".join(str(unicodedata.decimal(digit)) for digit in word[:_LONGEST])
    if len(word) > _LONGEST:
        return word[:_LONGEST]
    if _CYRILLIC.search(word):
        return _cyrillic(word)
    found = stem(word, "en") if word.isascii() else word
    return found if found.isalnum() else word


def _cyrillic(word: str) -> str:
    word = word.translate(_RUSSIAN)
    form = parse(word)
    if not form.known or "Surn" in form.tags or _is_surname(word, form):
        return _bare(word)
    base = lemma(word)
    # Snowball would make a load of Georgia: "Грузия" and "груз".
    found = base[:-1] if base.endswith("ия") else stem_russian(base)
    return found if found.isalnum() else word


def _is_surname(word: str, form: Form) -> bool:
    """Tell surnames that the dictionary takes for many of something: Токаев is no Tokay wine."""
    return word.endswith(("ов", "ев")) and "Geox" not in form.tags and casing("ru").get(word, word)[0].isupper()


def _bare(word: str) -> str:
    """Stem a word until nothing more comes off, as long as what is left of it could be a name."""
    while (shorter := stem_russian(word)) != word and len(shorter) >= _LEAST and shorter.isalnum():
        if is_stopword(shorter, "ru"):  # Нетаньяху would be "нет"
            break
        word = shorter
    return word
