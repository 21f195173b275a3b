"""What the name models see of a token: its form, its neighbours, lists of known names, the rest of the post."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache

from bot.text.document import Document, Line
from bot.text.morphology import parse
from bot.text.tokens import Token

_RUNS = re.compile(r"(.)\1+")
# Grammemes of OpenCorpora that mark proper names.
_NAME_TAGS = ("Name", "Surn", "Patr", "Geox", "Orgn", "Abbr")
_CYRILLIC = ("ru", "uk", "be", "bg", "sr", "mk")


def model_language(lang: str) -> str:
    """Return the language whose name model reads posts of this language."""
    return "ru" if lang in _CYRILLIC else "en"


@lru_cache(maxsize=65536)
def shape(word: str) -> str:
    """Return the shape of a word: Xx for Putin, X for NATO, d for 42, Xd for A320."""
    kinds = "".join(
        "X" if char.isupper() else "x" if char.islower() else "d" if char.isdigit() else char for char in word[:20]
    )
    return _RUNS.sub(r"\1", kinds)


@cache
def territories(lang: str) -> frozenset[str]:
    """Return the names of states and territories (CLDR, through babel), lower case; lemmas in Russian."""
    from babel import Locale

    names = Locale(lang).territories
    words = {part for code, name in names.items() if code.isalpha() for part in name.lower().split() if len(part) > 3}
    return frozenset(parse(word).lemma for word in words) if lang == "ru" else frozenset(words)


@lru_cache(maxsize=65536)
def _word_features(word: str, lang: str) -> tuple[str, ...]:
    low = word.lower()
    out = [f"w={low}", f"s={shape(word)}", f"p3={low[:3]}", f"e2={low[-2:]}", f"e3={low[-3:]}", f"e4={low[-4:]}"]
    if "-" in word:
        out.append("hyphen")
    if lang == "ru" and word[:1].isalpha():
        form = parse(low)
        out += [f"l={form.lemma}", f"pos={form.part}", *(f"t={tag}" for tag in _NAME_TAGS if tag in form.tags)]
        low = form.lemma
    if low in territories(lang):
        out.append("state")
    return tuple(out)


@lru_cache(maxsize=65536)
def _near_features(word: str, lang: str) -> tuple[str, ...]:
    low = word.lower()
    base = parse(low).lemma if lang == "ru" and word[:1].isalpha() else low
    return (base, shape(word))


def token_features(document: Document, line: Line, known: "Known") -> list[list[str]]:
    """Return the features of every token of a line, for the model of the document's language."""
    lang = model_language(document.lang)
    words = [token.text for token in line.tokens]
    near = [("^", "^"), ("^", "^"), *(_near_features(word, lang) for word in words), ("$", "$"), ("$", "$")]
    caps = _caps(words)
    rows = []
    for index, word in enumerate(words):
        row = list(_word_features(word, lang))
        (a1, b1), (a2, b2), (a3, b3), (a4, b4), (a5, b5) = near[index : index + 5]
        row += [f"-2={a1}", f"-1={a2}", f"+1={a4}", f"+2={a5}"]
        row += [f"-2s={b1}", f"-1s={b2}", f"+1s={b4}", f"+2s={b5}", f"ss={b2}|{b3}|{b4}", f"-1w={a2}|{a3}", f"+1w={a3}|{a4}"]
        row.append(f"caps={caps}")
        if line.headline:
            row.append("head")
        if index == 0:
            row.append("first")
        row += known.features(word)
        rows.append(row)
    return rows


def _caps(words: Sequence[str]) -> str:
    letters = [word for word in words if word[0].isalpha() and len(word) > 1]
    if not letters:
        return "none"
    if sum(word.isupper() for word in letters) > 0.7 * len(letters):
        return "all"
    capitals = sum(word[0].isupper() for word in letters)
    return "few" if capitals < 0.4 * len(letters) else "many" if capitals < 0.75 * len(letters) else "title"


class Known:
    """How a word is written in the rest of the post: a name keeps its capital in the middle of a sentence."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._small: Counter[str] = Counter()
        self._inside: Counter[str] = Counter()
        for line in lines:
            caps = _caps([token.text for token in line.tokens])
            if caps in ("all", "title"):
                continue
            for index, token in enumerate(line.tokens):
                if token.text[0].islower():
                    self._small[token.text] += 1
                elif index and token.text[0].isupper() and line.tokens[index - 1].text.isalnum():
                    self._inside[token.text.lower()] += 1

    def features(self, word: str) -> list[str]:
        """Say whether the word also occurs small, and with a capital inside a sentence."""
        low = word.lower()
        out = []
        if word[0].isupper() and self._small[low]:
            out.append("small")
        if self._inside[low]:
            out.append("inside" if self._inside[low] == 1 else "inside2")
        return out
