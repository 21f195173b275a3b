"""Words that tell names in languages that no model was trained for: titles, bodies, prepositions (data/foreign.txt)."""

import re
from dataclasses import dataclass
from functools import cache

from bot.text.words.gazetteers import read_list

_KINDS = ("titles", "bodies", "places", "spots", "small", "nobody", "known")


@dataclass(frozen=True, slots=True)
class Words:
    """Words, casefolded, and what longer ones may begin or end with."""

    whole: frozenset[str]
    beginnings: tuple[str, ...]
    endings: tuple[str, ...]

    def __contains__(self, word: str) -> bool:
        low = word.casefold().replace("’", "'")
        return low in self.whole or low.startswith(self.beginnings) or low.endswith(self.endings)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What a language calls persons and bodies, and what stands beside places and at the head of sentences.

    ``listed`` finds bodies by their whole names.
    """

    titles: Words
    bodies: Words
    places: Words
    spots: Words
    small: Words
    nobody: Words
    known: Words
    listed: re.Pattern[str]


def lexicon(lang: str) -> Lexicon:
    """Return the words of a language; none for one that we have no list of."""
    return _lexicons().get(lang, _NONE)


def _words(text: str) -> Words:
    words = text.split()
    beginnings = tuple(word[:-1] for word in words if word.endswith("-"))
    endings = tuple(word[1:] for word in words if word.startswith("-"))
    return Words(frozenset(word for word in words if "-" not in (word[0], word[-1])), beginnings, endings)


def _lexicon(kinds: dict[str, str]) -> Lexicon:
    names = sorted((name.strip() for name in kinds.get("listed", "").split(",")), key=len, reverse=True)
    listed = "|".join(map(re.escape, filter(None, names))).replace("'", "['’]") or "(?!)"
    words = {kind: _words(kinds.get(kind, "")) for kind in _KINDS}
    return Lexicon(**words, listed=re.compile(rf"(?<!\w)(?:{listed})(?!\w)"))


_NONE = _lexicon({})


@cache
def _lexicons() -> dict[str, Lexicon]:
    lists: dict[str, dict[str, str]] = {}
    lang = ""
    for line in read_list("foreign.txt"):
        if line.startswith("["):
            lang = line.strip("[]")
        else:
            kind, _, words = line.partition(":")
            lists.setdefault(lang, {})[kind] = words
    return {lang: _lexicon(kinds) for lang, kinds in lists.items()}
