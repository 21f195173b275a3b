"""Read currencies: signs, ISO 4217 codes, and words."""

import re
from dataclasses import dataclass
from functools import cache

from bot.text.numbers.passage import Passage
from bot.text.numbers.tables import alternatives, own_rows, rows, word_ends

_REACH = 8
_POUND = "GBP"
# "77 долларовых миллиардеров": an adjective describes what is counted.
_DESCRIBES = re.compile(r"(?:[оеё]в|н)(?:ый|ая|ое|ого|ому|ой|ую|ые|ых|ым|ыми)$", re.IGNORECASE)
# Pounds that are weighed are no money.
_WEIGHS = re.compile(r"\b(?:weigh|lost|gained|heavy|kg|kilo)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Currencies:
    """The table of currencies: codes by sign, codes by the number of their word, and what finds signs and words."""

    signs: dict[str, str]
    words: tuple[str, ...]
    before: re.Pattern[str]
    after: re.Pattern[str]


@cache
def _currencies(lang: str) -> _Currencies:
    signs: dict[str, str] = {}
    words: list[tuple[str, str]] = []
    for code, marks, names in (
        [part.strip() for part in row.split("|", 2)] for row in rows("currencies") + own_rows(lang, "currencies")
    ):
        signs |= dict.fromkeys(marks.split(), code) | {code.lower(): code}
        words += [(name, code) for name in names.split(", ") if name]
    words.sort(key=lambda pair: -len(pair[0]))
    marks = alternatives([_sign(sign) for sign in signs if not sign[-1].isalpha()])
    codes = "|".join(sorted(set(signs.values())))
    names = "|".join(f"({name})" for name, _ in words)
    return _Currencies(
        signs,
        tuple(code for _, code in words),
        re.compile(rf"({alternatives([_sign(sign) for sign in signs])})[ *_]*$", re.IGNORECASE),
        re.compile(
            rf"(?:(?P<sign>{marks})(?! ?\d)|(?P<code>(?-i:{codes}))(?!\w)|(?:{names}){word_ends(lang)})", re.IGNORECASE
        ),
    )


def _sign(sign: str) -> str:
    """Return the expression for a sign: letters stand free on the left, a dollar may stand apart from them."""
    free = r"(?<!\w)" if sign[0].isalpha() else ""
    return free + re.escape(sign).replace(r"\$", r" ?\$" if free else r"\$")


def money_before(passage: Passage, start: int) -> tuple[str, int] | None:
    """Return the code of the currency right before a value, and where it begins."""
    before = passage.before(start, _REACH)
    match = _currencies(passage.lang).before.search(before)
    if not match:
        return None
    sign = match[1].replace(" ", "")
    begin = start - len(before) + match.start()
    letters = sign.rstrip("$")
    if letters.isalpha() and not letters.isupper() and sign != "Rs":
        # "a $5 fine" is of no Australian dollars
        return ("USD", begin + match[1].index("$")) if "$" in sign else None
    return _currencies(passage.lang).signs[sign.lower()], begin


def describes_a_noun(word: str) -> bool:
    """Tell whether a Russian word made of a currency or a unit is an adjective."""
    return bool(_DESCRIBES.search(word))


def money_after(text: str, begin: int, end: int, lang: str) -> tuple[str, int] | None:
    """Return the code of the currency that begins at an offset, and where it ends."""
    match = _currencies(lang).after.match(text, begin, end)
    if not match:
        return None
    if match["sign"] or match["code"]:
        return _currencies(lang).signs[match[0].replace(" ", "").lower()], match.end()
    if describes_a_noun(match[0]):
        return None
    code = _currencies(lang).words[int(match.lastindex or 3) - 3]  # the first two groups are the sign and the code
    weighed = code == _POUND and _WEIGHS.search(text, max(0, begin - 60), begin)
    return None if weighed else (code, match.end())
