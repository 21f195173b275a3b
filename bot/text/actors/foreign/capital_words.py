"""What single words tell of names, in languages that no model was trained for."""

import re
from functools import cache

from bot.text.words.gazetteers import first_names, known_names
from bot.text.words.morphology import parse
from bot.text.words.tokens import Token

AGGLUTINATIVE = ("hy", "kk", "ky", "uz")
LINKS = re.compile(
    "of|de[ls]?|la|las|los|di|d[aou]|d[aeo]s|dell[aeo]|d['’]|et|y|e|i|і|й|та|и|за|на|ve|und|für|für|der|&|für"
)
QUOTES = frozenset(("«", "»", "„", "“", "”", '"'))
OPENERS = frozenset((".", "!", "?", ":", "«", "„", "“", '"', "—", "–", "-", "•", "¿", "¡", "(", "…", "։"))
_AFTER_HYPHEN = re.compile(r"(?<=[^\W\d_A-ZА-ЯЁԱ-Ֆ])-\w")


def is_capital(token: Token) -> bool:
    """Tell whether a word begins with a capital."""
    return token.text[0].isupper() and token.text[0].isalpha()


def is_acronym(word: str) -> bool:
    """Tell whether a word has several capitals: USA, BfArM."""
    return len(word) > 1 and word.replace("-", "").isalpha() and sum(map(str.isupper, _AFTER_HYPHEN.sub("", word))) > 1


@cache
def is_first_name(word: str) -> bool:
    """Tell whether a word is a first name, by the list in Latin letters, by Russian morphology in Cyrillic."""
    low = word.casefold()
    if "а" <= low[0] <= "я":
        form = parse(low)
        return form.known and "Name" in form.best
    return low in first_names()


def is_city(word: str) -> bool:
    """Tell whether a word is a city or a region of the English lists."""
    return known_names("en").get((word.casefold(),)) in ("city", "region")


def is_listed(word: str) -> bool:
    """Tell whether a word is an organisation of the English lists."""
    return known_names("en").get((word.casefold(),)) == "organisation"
