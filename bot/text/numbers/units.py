"""Read what stands around a value: currencies, percents, measures, spans of time, and counted nouns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.posts import NumberKind
from bot.text.morphology import parse
from bot.text.tokens import Token, is_stopword

# Signs and words of currencies, by ISO 4217 code; Russian by stems.
_SIGNS = {
    "us$": "USD", "u.s.$": "USD", "a$": "AUD", "c$": "CAD", "hk$": "HKD", "nz$": "NZD", "$": "USD", "€": "EUR", "£": "GBP",
    "¥": "JPY", "₽": "RUB", "₴": "UAH", "₹": "INR", "₩": "KRW", "₺": "TRY", "₸": "KZT", "₪": "ILS", "rs.": "INR", "rs": "INR",
}  # fmt: skip
_CODES = set(
    "USD EUR GBP JPY RUB CNY CHF UAH KZT INR AUD CAD TRY BRL KRW SEK NOK DKK PLN CZK HUF ILS AMD AZN GEL BYN MXN ZAR SGD HKD NZD".split()
)
_MONEY = re.compile(
    r"(?:(?P<AUD>australian dollars?)|(?P<CAD>canadian dollars?)|(?P<USD>(?:u\.?s\.? )?dollars?|доллар\w*|долл|бакс\w*)|"
    r"(?P<EUR>euros?|евро)|(?P<GBP>pounds?(?: sterling)?|фунт\w*(?: стерлингов)?)|(?P<RUB>r(?:o)?ubles?|рубл\w*|руб|₽)|"
    r"(?P<CNY>yuan|юан\w*)|(?P<JPY>yen|иен\w*|йен\w*)|(?P<UAH>hryvnias?|грив\w*)|(?P<INR>rupees?|рупи\w*)|"
    r"(?P<KZT>tenge|тенге)|(?P<TRY>liras?|лир\w*)|(?P<KRW>won|вон)|(?P<CHF>francs?|франк\w*)|(?P<AMD>drams?|драм\w*))\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"(?:%|percent(?:age points?)?\b|per cent\b|процент\w*(?: пункт\w*)?|п\.\s?п\.)", re.IGNORECASE)
_DURATION = re.compile(
    r"(?:(?:milli|nano)?seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|weekends?|months?|years?|decades?|centur(?:y|ies)|nights?|"
    r"секунд\w*|минут\w*|мин|час(?:|а|ов|ами|ам|у|ах)|сут(?:ки|ок|кам|ками)|дн(?:я|ей|ям|ями)|день|недел\w*|месяц\w*|год(?:|а|у|ом|ов|ам)|лет|"
    r"десятилети\w*|век(?:|а|ов))\b",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"(?:square |cubic |sq\.? |кв\.? ?|квадратн\w+ |кубическ\w+ )?"
    r"(?:km/h|kmh|mph|km2|km²|m²|m2|km|cm|mm|nm|kg|mg|mw|gw|kw|kwh|ghz|mhz|hz|gb|mb|tb|kb|gbps|mbps|°\s?[CF]?|"
    r"kilomet(?:er|re)s?|centimet(?:er|re)s?|millimet(?:er|re)s?|nanomet(?:er|re)s?|met(?:er|re)s?|miles?|feet|foot|ft|inch(?:es)?|yards?|acres?|hectares?|"
    r"kilograms?|kilos?|grams?|tonnes?|tons?|lbs?|ounces?|lit(?:er|re)s?|gallons?|barrels?|degrees?(?: celsius| fahrenheit)?|knots?|"
    r"(?:giga|mega|tera|kilo)?bytes?(?: per second)?|(?:giga|mega|kilo)?bits?|(?:mega|giga|kilo)?watts?|points?|pts|"
    r"км/ч|м/с|км|см|мм|м|кг|мг|г|т|л|га|гб|мб|тб|мвт|квт|гвт|°|градус\w*|километр\w*|сантиметр\w*|миллиметр\w*|метр\w*|мил[ьяией]+|"
    r"тонн\w*|килограмм\w*|грамм\w*|литр\w*|гектар\w*|баррел\w*|мегаватт\w*|киловатт\w*|гигабайт\w*|мегабайт\w*|балл\w*|пункт\w*)(?!\w)",
    re.IGNORECASE,
)
_TIMES = re.compile(r"(?:times|раз(?:а)?)\b", re.IGNORECASE)
_PEOPLE = set("people men women children police troops personnel staff cattle fish aircraft carp".split())
_NOT_NOUNS = set(
    "died killed injured wounded were was are is have has had will would said says ago later earlier more less percent am pm gmt "
    "est utc respectively per including plus minus versus vs came went took made according".split()
)
_GAP = re.compile(r"[\s   *_]*")


@dataclass(frozen=True, slots=True)
class Unit:
    """What a value measures: its end in the text, the unit, and the kind of number it makes."""

    end: int
    unit: str
    kind: NumberKind


def money_before(text: str, line_start: int, start: int) -> tuple[str, int] | None:
    """Return the currency right before a value, and where it begins."""
    before = text[max(line_start, start - 8) : start]
    stripped = before.rstrip("   *")
    for sign, code in _SIGNS.items():
        if stripped.lower().endswith(sign) and (not sign[0].isalpha() or len(stripped) == len(sign) or not stripped[-len(sign) - 1].isalnum()):
            return code, start - len(before) + len(stripped) - len(sign)
    if stripped[-3:] in _CODES and (len(stripped) == 3 or not stripped[-4].isalnum()):
        return stripped[-3:], start - len(before) + len(stripped) - 3
    return None


def unit_after(text: str, end: int, line_end: int) -> Unit | None:
    """Return the currency, percent, measure or span of time right after a value."""
    begin = _GAP.match(text, end, line_end).end()  # type: ignore[union-attr] # the pattern matches the empty string
    hyphen = text[begin : begin + 1] in ("-", "‑") and begin == end
    begin += hyphen
    if match := _PERCENT.match(text, begin, line_end):
        return Unit(match.end(), "%", NumberKind.PERCENT)
    if match := _MONEY.match(text, begin, line_end):
        usa = re.compile(r"\.?\s+США").match(text, match.end(), line_end)
        return Unit(usa.end() if usa else match.end(), str(match.lastgroup), NumberKind.MONEY)
    for sign in ("€", "$", "£", "₽", "₴", "₸"):
        if text.startswith(sign, begin) and begin < line_end and not text[begin + 1 : begin + 2].isdigit():
            return Unit(begin + 1, _SIGNS[sign], NumberKind.MONEY)
    if text[begin : begin + 3] in _CODES and not text[begin + 3 : begin + 4].isalnum():
        return Unit(begin + 3, text[begin : begin + 3], NumberKind.MONEY)
    for pattern, kind in ((_DURATION, NumberKind.DURATION), (_MEASURE, NumberKind.MEASURE), (_TIMES, NumberKind.COUNT)):
        if match := pattern.match(text, begin, line_end):
            return Unit(match.end(), match[0], kind)
    return None


def counted_noun(tokens: Sequence[Token], index: int, lang: str) -> tuple[int, str] | None:
    """Return the index after the noun phrase that begins at a token, and the noun as written."""
    return _russian_noun(tokens, index) if lang in ("ru", "uk", "be") else _latin_noun(tokens, index, lang)


def _russian_noun(tokens: Sequence[Token], index: int) -> tuple[int, str] | None:
    for at in range(index, min(index + 4, len(tokens))):
        word = tokens[at].text
        if not word[0].isalpha():
            if word in "*«\"" :
                continue
            return None
        form = parse(word.lower())
        if form.part == "NOUN" or (word.isupper() and len(word) > 1) or word[0].isascii():
            return at + 1, word
        if form.part not in ("ADJF", "PRTF", "NUMR", "ADJS"):
            return None
        nxt = tokens[at + 1].text if at + 1 < len(tokens) else "."
        if "NOUN" in form.tags and not (nxt[0].isalpha() and parse(nxt.lower()).part in ("NOUN", "ADJF")):
            return at + 1, word
    return None


def _latin_noun(tokens: Sequence[Token], index: int, lang: str) -> tuple[int, str] | None:
    words: list[str] = []
    at = index
    while at < len(tokens) and len(words) < 4:
        word = tokens[at].text
        low = word.lower()
        if low == "of" and not words and at + 1 < len(tokens):
            return None
        if not word[0].isalpha() or low in _NOT_NOUNS or (is_stopword(word, lang) and low not in ("other", "more", "further")):
            break
        if words and low.endswith("ed") and not words[-1].endswith("ly"):
            break
        words.append(word)
        at += 1
        if low in _PEOPLE or (low.endswith("s") and not low.endswith(("ss", "us", "ous")) and len(low) > 3):
            break
    while words and words[0].lower() in ("other", "more", "further"):
        words.pop(0)
    return (at, " ".join(words)) if words else None
