"""Spell numbers below a million in words, to see whether they are read back."""

_EN_ONES = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
"""
_EN_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety"
_RU_ONES = """
    ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать
    пятнадцать шестнадцать семнадцать восемнадцать девятнадцать
"""
_RU_TENS = "ноль десять двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто"
_RU_HUNDREDS = "ноль сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот"


def in_english(number: int) -> str:
    thousands, rest = divmod(number, 1000)
    parts = [f"{_english_below(thousands)} thousand"] if thousands else []
    if rest:
        parts.append(_english_below(rest))
    return " ".join(parts)


def in_russian(number: int) -> str:
    thousands, rest = divmod(number, 1000)
    parts = [f"{_russian_below(thousands)} {_russian_thousand(thousands)}"] if thousands else []
    if rest:
        parts.append(_russian_below(rest))
    return " ".join(parts)


def _english_below(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    parts = [f"{_word(_EN_ONES, hundreds)} hundred"] if hundreds else []
    if rest:
        parts.append("-".join(_below_a_hundred(rest, _EN_ONES, _EN_TENS)))
    return " and ".join(parts)


def _russian_below(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    parts = [_word(_RU_HUNDREDS, hundreds)] if hundreds else []
    return " ".join(parts + _below_a_hundred(rest, _RU_ONES, _RU_TENS))


def _below_a_hundred(number: int, ones: str, tens: str) -> list[str]:
    if number < 20:
        return [_word(ones, number)] if number else []
    return [_word(tens, number // 10), *([_word(ones, number % 10)] if number % 10 else [])]


def _word(words: str, index: int) -> str:
    return words.split()[index]


def _russian_thousand(number: int) -> str:
    ending = number % 100
    if ending % 10 == 1 and ending != 11:
        return "тысяча"
    return "тысячи" if 2 <= ending % 10 <= 4 and not 12 <= ending <= 14 else "тысяч"
