"""Words that tell names in languages that no model was trained for: titles, bodies, prepositions (data/foreign.txt)."""

from dataclasses import dataclass
from functools import cache

from bot.text.gazetteers import read_list

_KINDS = ("titles", "bodies", "places", "small", "known")


@dataclass(frozen=True, slots=True)
class Words:
    """Words, casefolded, and what longer ones may end in."""

    whole: frozenset[str]
    endings: tuple[str, ...]

    def __contains__(self, word: str) -> bool:
        low = word.casefold()
        return low in self.whole or (bool(self.endings) and low.endswith(self.endings))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What a language calls persons and bodies, and what stands before places and at the head of sentences."""

    titles: Words
    bodies: Words
    places: Words
    small: Words
    known: Words


def lexicon(lang: str) -> Lexicon:
    """Return the words of a language; none for one that we have no list of."""
    return _lexicons().get(lang, _NONE)


def _words(text: str) -> Words:
    words = text.split()
    endings = tuple(word[1:] for word in words if word.startswith("-"))
    return Words(frozenset(word for word in words if not word.startswith("-")), endings)


_NONE = Lexicon(*(_words("") for _ in _KINDS))


@cache
def _lexicons() -> dict[str, Lexicon]:
    lists: dict[str, dict[str, Words]] = {}
    lang = ""
    for line in read_list("foreign.txt"):
        if line.startswith("["):
            lang = line.strip("[]")
        else:
            kind, _, words = line.partition(":")
            lists.setdefault(lang, {})[kind] = _words(words)
    return {lang: Lexicon(*(words[kind] for kind in _KINDS)) for lang, words in lists.items()}
