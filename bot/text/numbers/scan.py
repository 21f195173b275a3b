"""Go through a sentence and read its numbers one after another."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from bot.posts import NumberKind, Qualifier
from bot.text.numbers.ages import bare_age, limit_of_age, with_age
from bot.text.numbers.bare import is_idle, may_stand_alone, shared_noun
from bot.text.numbers.compounds import with_smaller
from bot.text.numbers.currencies import money_before
from bot.text.numbers.dates import is_clock, only_says_when
from bot.text.numbers.forms import is_form, read_form
from bot.text.numbers.measured import Measured, is_share, measure
from bot.text.numbers.passage import Figure, Passage, Value
from bot.text.numbers.qualifiers import during, qualifier_after, qualifier_before, qualifier_between
from bot.text.numbers.ranges import Extent, opening, read_extent
from bot.text.numbers.signs import from_before, signed
from bot.text.numbers.traps import continues_trap, is_in_a_name, is_numbered_name, is_trap
from bot.text.numbers.units import rate_end
from bot.text.numbers.vague import read_vague
from bot.text.numbers.values import read_value
from bot.text.numbers.words import read_word

# What stands before a value that another is compared with: "rose to 7% from 5%", "compared with $9 million".
_BASE = re.compile(
    r"\b(?:from|than|versus|vs\.?|compar(?:ed|ing) (?:with|to)(?: an?)?(?: \w+)?(?: of)?|с|со|против)\s+$",
    re.IGNORECASE,
)


@lru_cache(maxsize=32768)
def may_begin(word: str, lang: str) -> bool:
    """Tell whether a number may begin with a word; most words are told so in one look-up."""
    return word[0].isdecimal() or is_form(word) or read_word(word.partition("-")[0], lang) is not None


class Scanner:
    """Reads the numbers of one sentence, which begin at tokens that `may_begin` one, ``begins``.

    ``leads``: it is the first of its post, where vague numbers are news. ``most``: at so many places where a number
    may begin it looks at most; ``left`` tells how many of them are left.
    """

    def __init__(self, passage: Passage, begins: Sequence[int], *, leads: bool, most: int) -> None:
        self.left = most
        self._passage = passage
        self._begins = begins
        self._leads = leads
        self._last: Figure | None = None  # whose noun the next number may share
        self._trapped = 0  # the index after the last digits that were no quantity

    def figures(self) -> Iterator[Figure]:
        """Yield the numbers in the order of the text."""
        after = 0
        for index in self._begins:
            if index < after:
                continue
            if not self.left:
                return
            self.left -= 1
            figure, after = self._read(index)
            # A word between two numbers belongs to the first of them.
            if figure and (self._last is None or figure.start >= self._last.end):
                yield replace(figure, base=bool(_BASE.search(self._passage.before(figure.start))))
                self._last = figure

    def _read(self, index: int) -> tuple[Figure | None, int]:
        """Read the number that begins at a token; return it, and the index after it."""
        passage = self._passage
        token = passage.tokens[index]
        if form := read_form(passage, index):
            qualifier, start = qualifier_before(passage, token.start)
            return replace(form, start=start, qualifier=qualifier), passage.index_at(form.end)
        digits = token.text[0].isdecimal()
        if not digits and read_word(token.text.partition("-")[0], passage.lang) is None:
            return None, index + 1
        money = digits and money_before(passage, token.start) is not None
        value = read_value(passage.tokens, index, passage.lang, money=money)
        if value is None or (value.words and value.amount == 0):
            return None, index + 1
        if value.amount is None:
            figure, last = read_vague(passage, value) if self._leads else None, value.last
        else:
            figure, last = self._complete(value)
        return (figure, passage.index_at(figure.end)) if figure else (None, last)

    def _complete(self, value: Value) -> tuple[Figure | None, int]:
        """Find what a value measures, its other side and its qualifier; None if it is no quantity."""
        passage = self._passage
        extent = read_extent(passage, value)
        between, end = qualifier_between(passage, passage.tokens[extent.last - 1].end)
        measured = measure(passage, value, extent, end)
        if self._is_no_quantity(value, extent, measured):
            return None, value.last
        if measured.name is None and (age := bare_age(passage, value, extent)):
            return age, extent.last
        name = measured.name or shared_noun(passage, value, self._last)
        figure = self._figure(value, extent, measured, between)
        if name or isinstance(extent.amount, tuple) or is_share(value):
            return with_age(passage, with_smaller(passage, replace(figure, unit=name))), extent.last
        hanging = end > passage.tokens[extent.last - 1].end  # "60+" of nothing
        if not hanging and may_stand_alone(passage, value, figure.qualifier, measured.end):
            return limit_of_age(passage, figure), extent.last
        return None, value.last

    def _is_no_quantity(self, value: Value, extent: Extent, measured: Measured) -> bool:
        """Tell whether a value is a date, an ordinal, part of a name, or says when or which instead of how many."""
        passage, unit = self._passage, measured.unit
        if value.words:
            shares = measured.name is None and value.amount == 1 and shared_noun(passage, value, self._last)
            if not shares and is_idle(passage, value, measured.noun, unit.name if unit else None):
                return True
        elif self._is_trap(value, extent, measured):
            self._trapped = value.last
            return True
        start = passage.tokens[value.first].start
        return bool(unit and unit.kind is NumberKind.DURATION and only_says_when(passage, start, unit.name, unit.end))

    def _is_trap(self, value: Value, extent: Extent, measured: Measured) -> bool:
        passage, has_unit = self._passage, measured.unit is not None
        if is_trap(passage, value, has_unit=has_unit, has_noun=measured.noun is not None):
            return True
        if continues_trap(passage, value, self._trapped, has_noun=measured.noun is not None):
            return True
        if extent.score:
            return False
        if is_clock(passage, value, has_unit=has_unit) or (measured.name is None and is_in_a_name(passage, value)):
            return True
        return not has_unit and is_numbered_name(passage, value)

    def _figure(self, value: Value, extent: Extent, measured: Measured, between: Qualifier) -> Figure:
        """Put a number together, with the qualifier that stands before, inside or behind it."""
        passage = self._passage
        amount, start = signed(passage, value, extent.amount, measured)
        if measured.unit and measured.unit.name.endswith("半") and isinstance(amount, float):
            amount += 0.5  # 1時間半
        qualifier, start = self._qualifier(measured.kind, start)
        end = rate_end(passage, measured.end)
        if qualifier is Qualifier.EXACT:
            qualifier, end = (between, end) if between is not Qualifier.EXACT else qualifier_after(passage, end)
        if isinstance(amount, tuple):
            qualifier = Qualifier.EXACT if extent.score else Qualifier.RANGE
            start = start if extent.score else opening(passage, start)
        elif measured.noun and measured.noun.head < value.first:
            qualifier = Qualifier.ABOUT
        elif qualifier is Qualifier.EXACT and measured.unit and measured.kind is not NumberKind.COUNT:
            qualifier, start = from_before(passage, start)
        return Figure(start, end, amount, measured.name, qualifier, measured.kind)

    def _qualifier(self, kind: NumberKind, start: int) -> tuple[Qualifier, int]:
        """Read the qualifier before a number; the "over" of a span of time may be "during"."""
        if kind is NumberKind.DURATION and during(self._passage, start):
            return Qualifier.EXACT, start
        return qualifier_before(self._passage, start)
