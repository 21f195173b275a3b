"""Read the plus, the minus and the "from" before a number."""

from bot.posts import Qualifier
from bot.text.numbers.measured import Measured
from bot.text.numbers.passage import Amount, Passage, Value
from bot.text.numbers.ranges import opening

_MINUS = ("-", "−", "–", "—")
_BELOW_ZERO = ("%", "°", "degree", "градус")
_PRICES = ("starts", "starting", "start", "prices")


def signed(passage: Passage, value: Value, amount: Amount, measured: Measured) -> tuple[Amount, int]:
    """Take a plus or minus before a value to it, where it can be no dash; return the amount and where it begins."""
    start, text = measured.start, passage.text
    if passage.word(value.first - 1) in ("минус", "minus"):
        return _negative(amount), passage.tokens[value.first - 1].start
    if start == passage.start or text[start - 2 : start - 1].strip(" (\n"):
        return amount, start
    if text[start - 1] == "+":
        return amount, start - 1
    if text[start - 1] in _MINUS and measured.unit and measured.unit.name.lower().startswith(_BELOW_ZERO):
        return _negative(amount), start - 1
    return amount, start


def from_before(passage: Passage, start: int) -> tuple[Qualifier, int]:
    """Read "от 40 000 ₽", which no "до" follows, as at least so much."""
    begin = opening(passage, start)
    opened = passage.text[begin:start].strip().lower()
    priced = opened == "from" and passage.before(begin, 12).strip().lower().endswith(_PRICES)
    return (Qualifier.AT_LEAST, begin) if opened == "от" or priced else (Qualifier.EXACT, start)


def _negative(amount: Amount) -> Amount:
    if isinstance(amount, tuple):
        return -amount[0], amount[1]
    return -amount if amount else amount
