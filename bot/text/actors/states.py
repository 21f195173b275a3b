"""Know the states of the world by all their names."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.text.words.gazetteers import locale_identifiers, read_list, territories
from bot.text.words.morphology import lemma


@dataclass(frozen=True, slots=True)
class State:
    """A state, by one of its names.

    Attributes:
        code: ISO 3166, or one of ours from XA on (states.txt).
        metonym: the name is that of a capital or a palace, which stands for the government.
        town: the name is that of a capital, which may also be nothing but a town.

    """

    code: str
    metonym: bool
    town: bool


# The groups of names in states.txt: names of the state, capitals, palaces.
_GROUPS = ({"metonym": False, "town": False}, {"metonym": True, "town": True}, {"metonym": True, "town": False})


_FOLDED = str.maketrans({".": None, ",": None, "’": "'", "ё": "е"})
_UNIONS = ("UN", "EU")
# What the names of states end in, in languages whose cases change that.
_CYRILLIC = re.compile("[аеиіїєоуюяйьмхв]{0,3}")
_LATIN = re.compile("[aeiouyąęóáéíýůmhwčj]{0,3}|i?ami")
_ENDINGS = {
    **dict.fromkeys(("uk", "be", "sr"), _CYRILLIC),
    **dict.fromkeys(("pl", "cs", "sk", "hr", "sl"), _LATIN),
    "hy": re.compile("(?:ա|այ)?(?:[ընի]|ին|ից|ով|ում|յ|յի|յին|յից|յով|յում|յն)?"),
    "de": re.compile("s?"),
    "kk": re.compile(
        "(?:ның|нің|дың|дің|тың|тің|ға|ге|қа|ке|ды|ді|ты|ті|ны|ні|да|де|та|те|дан|ден|тан|тен|нан|нен|мен|пен|бен)?"
    ),
    "uz": re.compile("(?:ning|ga|ka|qa|ni|da|dan|нинг|га|ка|қа|ни|да|дан)?"),
}
_LAST = "аеиіїєоуюяйьaeiouyаеօա"
_UNCHANGED = ("de", "kk", "uz")
_SHORTEST_INFLECTED = 5
_SHORTEST_STEM = 4


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """Fold a name so that its cases, articles, dots and commas don't matter; Russian words become dictionary forms."""
    words = (
        name.casefold()
        .replace(".", "")
        .replace(",", "")
        .replace("’", "'")
        .replace("ё", "е")
        .removeprefix("the ")
        .split()
    )
    return " ".join(lemma(word) if "а" <= word[0] <= "я" else word for word in words)


def find_state(name: str, lang: str = "en") -> State | None:
    """Return the state that has this name in English, Russian or ``lang``, or that a capital or palace stands for."""
    folded = fold(name)
    return _states().get(folded) or _native_states(lang).get(folded) or _inflected_state(name.casefold(), lang)


@cache
def unions(lang: str) -> frozenset[str]:
    """Return what CLDR calls the United Nations and the European Union in a language."""
    if lang not in locale_identifiers():
        return frozenset()
    from babel import Locale

    names = Locale(lang).territories
    return frozenset(names[code] for code in _UNIONS if code in names)


def _inflected_state(name: str, lang: str) -> State | None:
    """Return the state whose name this is with an ending, in languages that have such: "Ukrainy", "Ֆրանսիային"."""
    if (endings := _ENDINGS.get(lang)) and len(name) >= _SHORTEST_INFLECTED:
        name = name.replace("’", "'")
        for stem, state in _native_stems(lang).items():
            if name.startswith(stem) and endings.fullmatch(name, len(stem)):
                return state
    return None


@cache
def _native_stems(lang: str) -> dict[str, State]:
    names = ((spelled(name).casefold(), code) for code, name in native_names(lang))
    stems = ((name if lang in _UNCHANGED else name.rstrip(_LAST), code) for name, code in names)
    return {stem: State(code, metonym=False, town=False) for stem, code in stems if len(stem) >= _SHORTEST_STEM}


@cache
def _native_states(lang: str) -> dict[str, State]:
    """Return the states by what CLDR calls them in another language; none where it does not know the language."""
    if lang in ("en", "ru") or lang not in locale_identifiers():
        return {}
    return {fold(spelled(name)): State(code, metonym=False, town=False) for code, name in native_names(lang)}


@cache
def native_names(lang: str) -> tuple[tuple[str, str], ...]:
    """Return the ISO 3166 code and the name of states in a language: those of CLDR, and those of states_foreign.txt."""
    names = [*territories(lang)]
    if lang == "uz":
        names += territories("uz_Cyrl")
    for line in read_list("states_foreign.txt"):
        head, _, own = line.partition(":")
        if head.split()[0] == lang:
            names += [(head.split()[1], name.strip()) for name in own.split(",")]
    return tuple(names)


def spelled(name: str) -> str:
    """Return a name of CLDR as cleaned posts spell it: without invisible characters, with a plain apostrophe."""
    return re.sub("[\u200b-\u200f]", "", name).replace("\u02bb", "'").replace("\u02bc", "'")


@cache
def _states() -> dict[str, State]:
    states = {}
    for lang in ("en", "ru"):
        for code, name in territories(lang):
            states[fold(name)] = State(code, metonym=False, town=False)
    for line in read_list("states.txt"):
        code, _, names = line.partition(":")
        for group, meaning in zip(names.split("|"), _GROUPS, strict=False):
            for name in filter(None, map(str.strip, group.split(","))):
                states[fold(name)] = State(code, **meaning)
    return states
