"""Lists of known names: states, cities, regions, organisations, peoples, first names, surnames (data/README.md)."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from bot.text.words.morphology import parse

_WORD = re.compile(r"[^\W_][\w'’.-]*")
# CLDR's territory codes that are no states: unions, regions unknown.
_NO_STATES = ("EU", "EZ", "UN", "QO", "ZZ", "XA", "XB")
_SUBDIVIDED = ("US", "GB", "CA", "AU", "IN", "RU", "DE", "MX", "BR")
LONGEST_KNOWN = 4


def read_list(name: str) -> list[str]:
    """Return the lines of a list in bot/text/data, without comments."""
    text = (files("bot.text") / "data" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def base(word: str) -> str:
    """Return the form under which a word is listed: the dictionary form in Cyrillic, lower case elsewhere."""
    low = word.lower()
    return parse(low).lemma if "а" <= low[0] <= "ё" else low


def territories(lang: str) -> Iterator[tuple[str, str]]:
    """Yield the ISO 3166 code and the name of every state and territory that CLDR knows, in a language."""
    from babel import Locale

    for code, name in Locale(lang).territories.items():
        if code.isalpha() and code not in _NO_STATES:
            yield code, name.partition(" (")[0]


@cache
def locale_identifiers() -> frozenset[str]:
    """Return the languages that CLDR knows."""
    from babel.localedata import locale_identifiers

    return frozenset(locale_identifiers())


@cache
def known_names(lang: str) -> dict[tuple[str, ...], str]:
    """Map the words of a name, as ``base`` gives them, to its kind: state, region, city or organisation."""
    from babel import Locale

    named = [("state", name) for _, name in territories(lang)]
    named += [("state", name) for line in read_list("states.txt") for name in re.split("[,|]", line.partition(":")[2])]
    named += [("region", name) for code, name in Locale(lang).territories.items() if code.isdigit()]
    if lang == "en":
        named += [("region", name) for name in _subdivisions()]
    named += [("city", name) for name in read_list(f"cities_{lang}.txt")]
    named += [("organisation", name) for line in read_list("organisations.txt") for name in line.split(",")]
    known: dict[tuple[str, ...], str] = {}
    for kind, name in named:
        words = tuple(base(word) for word in _WORD.findall(name))
        if 0 < len(words) <= LONGEST_KNOWN:
            known.setdefault(words, kind)
    return known


@cache
def first_words_of_names(lang: str) -> frozenset[str]:
    """Return the words that known names begin with, as ``base`` gives them."""
    return frozenset(words[0] for words in known_names(lang))


def _subdivisions() -> Iterator[str]:
    import pycountry

    for country in _SUBDIVIDED:
        for subdivision in pycountry.subdivisions.get(country_code=country):  # type: ignore[no-untyped-call] # it is only half typed
            yield subdivision.name


@cache
def first_names() -> frozenset[str]:
    """Return first names in Latin letters, lower case."""
    return frozenset(name.lower() for name in read_list("first_names_en.txt"))


@cache
def role_nouns() -> frozenset[str]:
    """Return English words for offices, professions, kin and ranks, lower case, singular."""
    return _words("roles_en.txt")


@cache
def organisation_nouns() -> frozenset[str]:
    """Return what organisations are called before their names, English and Russian, in dictionary forms."""
    return _words("organisation_nouns.txt")


@cache
def modifiers() -> frozenset[str]:
    """Return what may stand before an English noun for a person and tell more of it."""
    return _words("modifiers_en.txt")


@cache
def calendar() -> frozenset[str]:
    """Return the English days and months, lower case."""
    return _words("calendar_en.txt")


@cache
def relations() -> frozenset[str]:
    """Return what those are called in Russian who are somebody's, as kin and helpers, in dictionary forms."""
    return _words("relations_ru.txt")


def _words(name: str) -> frozenset[str]:
    return frozenset(word for line in read_list(name) for word in line.split())


@cache
def surnames() -> frozenset[str]:
    """Return surnames in Latin letters, lower case."""
    return frozenset(name.lower() for name in read_list("surnames_en.txt"))


@cache
def demonyms() -> dict[str, str]:
    """Map adjectives and names of peoples, lower case and in Russian dictionary forms, to codes of their states."""
    codes = {}
    for line in read_list("demonyms.txt"):
        code, _, words = line.partition(":")
        for word in re.split("[,|]", words):
            codes[word.strip().lower()] = code
    return codes


@cache
def casing(lang: str) -> dict[str, str]:
    """Map words, lower case, to how they are written inside of a sentence: ``moscow`` to ``Moscow``."""
    return {form.lower(): form for form in read_list(f"casing_{lang}.txt")}
