"""Read currencies: signs, ISO 4217 codes, and words."""

import re
from dataclasses import dataclass
from functools import cache

from bot.text.numbers.passage import Passage
from bot.text.numbers.tables import alternatives, is_cyrillic, of_script, own_rows, rows, word_ends

_REACH = 8
_POUND = "GBP"
# The р. of roubles is that of a year in Ukrainian.
_ROUBLES = r"р(?=\.)"
# The last word or mark before blanks and signs of markup.
_END = re.compile(r"(?:\w*[^\W\d_]|[^ *_])(?=[ *_]*$)")
# "77 долларовых миллиардеров": an adjective describes what is counted.
_DESCRIBES = re.compile(r"(?:[оеё]в|н)(?:ый|ая|ое|ого|ому|ой|ую|ые|ых|ым|ыми)$", re.IGNORECASE)
# Pounds that are weighed are no money.
_WEIGHS = re.compile(r"\b(?:weigh|lost|gained|heavy|kg|kilo)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Currencies:
    """The table of currencies.

    Attributes:
        signs: codes by sign, in small letters.
        last_marks: the characters that signs end with, but for letters.
        names: codes by the regular expressions for their words, the longest first.
        before: finds a sign before a value.

    """

    signs: dict[str, str]
    last_marks: frozenset[str]
    names: dict[str, str]
    before: re.Pattern[str]


@cache
def currencies(lang: str) -> Currencies:
    """Read the table of currencies, with what a language has of its own."""
    signs: dict[str, str] = {}
    names: dict[str, str] = {}
    for code, marks, words in (
        [part.strip() for part in row.split("|", 2)] for row in rows("currencies") + own_rows(lang, "currencies")
    ):
        signs |= dict.fromkeys(marks.split(), code) | {code.lower(): code}
        for name in filter(None, words.split(", ")):
            if name == _ROUBLES and lang != "ru":
                continue
            names.setdefault(name, code)
    return Currencies(
        signs,
        frozenset(sign[-1] for sign in signs if not sign[-1].isalpha()),
        dict(sorted(names.items(), key=lambda pair: -len(pair[0]))),
        re.compile(rf"({alternatives([_sign(sign) for sign in signs])})[ *_]*$", re.IGNORECASE),
    )


@cache
def after(lang: str, *, cyrillic: bool) -> tuple[re.Pattern[str], list[str]]:
    """Return what finds a currency that begins with a Cyrillic letter, or with another, and the codes of its groups."""
    signs, names = currencies(lang).signs, currencies(lang).names
    marks = alternatives([_sign(sign) for sign in signs if not sign[-1].isalpha()])
    codes = "|".join(sorted(set(signs.values())))
    tried = of_script(list(names), cyrillic=cyrillic)
    words = "|".join(f"({name})" for name in tried)
    pattern = rf"(?:(?P<sign>{marks})(?! ?\d)|(?P<code>(?-i:{codes}))(?!\w)|(?:{words}){word_ends(lang)})"
    return re.compile(pattern, re.IGNORECASE), [names[name] for name in tried]


def _sign(sign: str) -> str:
    """Return the expression for a sign: letters stand free on the left, a dollar may stand apart from them."""
    free = r"(?<!\w)" if sign[0].isalpha() else ""
    return free + re.escape(sign).replace(r"\$", r" ?\$" if free else r"\$")


def money_before(passage: Passage, start: int) -> tuple[str, int] | None:
    """Return the code of the currency right before a value, and where it begins."""
    before = passage.before(start, _REACH)
    match = currencies(passage.lang).before.search(before) if ends_in_sign(before, passage.lang) else None
    if not match:
        return None
    sign = match[1].replace(" ", "")
    begin = start - len(before) + match.start()
    letters = sign.rstrip("$")
    if letters.isalpha() and not letters.isupper() and sign != "Rs":
        # "a $5 fine" is of no Australian dollars
        return ("USD", begin + match[1].index("$")) if "$" in sign else None
    return currencies(passage.lang).signs[sign.lower()], begin


def ends_in_sign(before: str, lang: str) -> bool:
    """Tell by one look-up whether the words before a value may end in a currency: most do not."""
    end = _END.search(before)
    signs = currencies(lang).signs
    return end is not None and (end[0].lower() in signs if end[0].isalpha() else end[0] in currencies(lang).last_marks)


def describes_a_noun(word: str) -> bool:
    """Tell whether a Russian word made of a currency or a unit is an adjective."""
    return bool(_DESCRIBES.search(word))


def money_after(text: str, begin: int, end: int, lang: str) -> tuple[str, int] | None:
    """Return the code of the currency that begins at an offset, and where it ends."""
    pattern, codes = after(lang, cyrillic=is_cyrillic(text[begin : begin + 1]))
    match = pattern.match(text, begin, end)
    if not match:
        return None
    if match["sign"] or match["code"]:
        return currencies(lang).signs[match[0].replace(" ", "").lower()], match.end()
    if describes_a_noun(match[0]):
        return None
    code = codes[int(match.lastindex or 3) - 3]  # the first two groups are the sign and the code
    weighed = code == _POUND and _WEIGHS.search(text, max(0, begin - 60), begin)
    return None if weighed else (code, match.end())
