"""Go through a sentence and read its numbers one after another."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.posts import NumberKind, Qualifier
from bot.text.numbers.ages import bare_age, with_age
from bot.text.numbers.bare import is_idle, may_stand_alone, shared_noun
from bot.text.numbers.dates import only_says_when
from bot.text.numbers.forms import read_form
from bot.text.numbers.nouns import Noun, counted_noun
from bot.text.numbers.passage import Amount, Figure, Passage
from bot.text.numbers.qualifiers import qualifier_after, qualifier_before, qualifier_between
from bot.text.numbers.ranges import Extent, opening, read_extent, whole
from bot.text.numbers.tables import cue_words
from bot.text.numbers.traps import continues_trap, is_in_a_name, is_numbered_name, is_trap
from bot.text.numbers.units import Unit, measure_before, money_before, rate_end, unit_after
from bot.text.numbers.values import Value, read_value
from bot.text.numbers.words import read_word

_SHARE_JOINTS = ("of", "the", "a", "an", "its", "his", "their", "our", "all", "her", "from", "от")
_INVERTED = cue_words("inverted")
_VOTES = ("vote", "votes", "голосов", "голоса")
_MINUS = ("-", "−", "–", "—")


@dataclass(frozen=True, slots=True)
class Measured:
    """What a value counts or measures: ``start`` moves to a sign before it, ``end`` behind its unit or noun."""

    start: int
    end: int
    unit: Unit | None = None
    noun: Noun | None = None

    @property
    def name(self) -> str | None:
        """The unit or the counted noun."""
        return self.unit.name if self.unit else self.noun.text if self.noun else None

    @property
    def kind(self) -> NumberKind:
        """The kind of number that it makes."""
        return self.unit.kind if self.unit else NumberKind.COUNT


class Scanner:
    """Reads the numbers of one sentence; ``leads``: it is the first of its post, where vague numbers are news."""

    def __init__(self, passage: Passage, *, leads: bool) -> None:
        self._passage = passage
        self._leads = leads
        self._last: Figure | None = None
        self._trapped = 0

    def figures(self) -> Iterator[Figure]:
        """Yield the numbers in the order of the text."""
        tokens = self._passage.tokens
        index = 0
        while index < len(tokens):
            text = tokens[index].text
            if not text[0].isalnum():
                index += 1
                continue
            figure, after = self._read(index)
            if figure:
                yield figure
                self._last = figure
            index = max(after, index + 1)

    def _read(self, index: int) -> tuple[Figure | None, int]:
        """Read the number that begins at a token; return it, and the index after it."""
        passage = self._passage
        token = passage.tokens[index]
        if form := read_form(passage, index):
            qualifier, start = qualifier_before(passage, token.start)
            return replace(form, start=start, qualifier=qualifier), passage.index_at(form.end, index)
        if not token.text[0].isdigit() and read_word(token.text.partition("-")[0]) is None:
            return None, index + 1
        money = money_before(passage, token.start) if token.text[0].isdigit() else None
        value = read_value(passage.tokens, index, passage.lang, money=bool(money))
        if value is None or (value.words and value.amount == 0):
            return None, index + 1
        figure, last = self._complete(value, money)
        if figure is None:
            return None, last
        return with_age(passage, figure), passage.index_at(figure.end, last - 1)

    def _complete(self, value: Value, money: tuple[str, int] | None) -> tuple[Figure | None, int]:
        """Find what a value measures, its other side and its qualifier; None if it is no quantity."""
        passage = self._passage
        if value.amount is None:
            return self._vague(value), value.last
        extent = read_extent(passage, value)
        between, end = qualifier_between(passage, passage.tokens[extent.last - 1].end)
        measured = self._measured(value, extent, end, money)
        if self._is_no_quantity(value, extent, measured):
            return None, value.last
        if measured.name is None and (age := bare_age(passage, value)):
            return age, extent.last
        figure = self._figure(value, extent, measured, between)
        return figure, extent.last if figure else value.last

    def _measured(self, value: Value, extent: Extent, end: int, money: tuple[str, int] | None) -> Measured:
        passage = self._passage
        start = passage.tokens[value.first].start
        if money:
            return Measured(money[1], end, Unit(end, money[0], NumberKind.MONEY))
        if unit := unit_after(passage, end, value.plain):
            return Measured(start, unit.end, unit)
        if scale := measure_before(passage, start):
            return Measured(scale[1], end, Unit(end, scale[0], NumberKind.MEASURE))
        if extent.score:
            return self._of_score(start, end, extent.last)
        if extent.unit:
            return Measured(start, end, extent.unit)
        after = passage.index_at(end, extent.last)
        return self._of_share(value, start, end, after) if _is_share(value) else self._counted(value, start, end, after)

    def _counted(self, value: Value, start: int, end: int, after: int) -> Measured:
        """Find the noun that a value counts; a unit may stand as a noun with words before it: nine past months."""
        passage = self._passage
        noun = counted_noun(passage, after, value.plain)
        if noun is None and (part := whole(passage, end)) and value.amount != 1:
            noun = counted_noun(passage, passage.index_at(part[0], after), None)
        if noun is None:
            return self._inverted(value, start, end)
        head = passage.tokens[noun.head]
        unit = unit_after(passage, head.start) if noun.head > after else None
        if unit and unit.end >= head.end:
            return Measured(start, unit.end, unit)
        return Measured(start, head.end, noun=noun)

    def _of_score(self, start: int, end: int, after: int) -> Measured:
        """Find whether a score is of votes; nothing else that follows one is counted by it."""
        passage = self._passage
        if passage.word(after) not in _VOTES:
            return Measured(start, end)
        token = passage.tokens[after]
        return Measured(start, token.end, noun=Noun(after + 1, after, token.text))

    def _of_share(self, value: Value, start: int, end: int, after: int) -> Measured:
        """Find what a half or a third is of, if it is said in one noun."""
        passage = self._passage
        while after < len(passage.tokens) and passage.word(after) in _SHARE_JOINTS:
            after += 1
        if after < len(passage.tokens) and (unit := unit_after(passage, passage.tokens[after].start)):
            return Measured(start, unit.end, unit)
        noun = counted_noun(passage, after, value.plain)
        return Measured(start, passage.tokens[noun.head].end, noun=noun) if noun else Measured(start, end)

    def _inverted(self, value: Value, start: int, end: int) -> Measured:
        """Read "человек двадцать": the noun before the number says that it is about so many."""
        before = self._passage.word(value.first - 1)
        round_number = value.words or value.plain % 5 == 0
        if (
            before not in _INVERTED
            or not round_number
            or value.plain > 100
            or read_word(self._passage.word(value.first - 2))
        ):
            return Measured(start, end)
        head = value.first - 1
        return Measured(
            self._passage.tokens[head].start, end, noun=Noun(value.first, head, self._passage.tokens[head].text)
        )

    def _is_no_quantity(self, value: Value, extent: Extent, measured: Measured) -> bool:
        """Tell whether a value is a date, an ordinal, part of a name, or says when or which instead of how many."""
        passage = self._passage
        unit, start = measured.unit, passage.tokens[value.first].start
        if value.words:
            if is_idle(passage, value, measured.noun, unit.name if unit else None) and not self._shares(
                value, measured
            ):
                return True
        elif not extent.score:
            bare = unit is None and measured.noun is None
            trap = is_trap(passage, value, has_unit=unit is not None, has_noun=measured.noun is not None)
            named = (bare and is_in_a_name(passage, value)) or (not unit and is_numbered_name(passage, value))
            if trap or named or continues_trap(passage, value, self._trapped):
                self._trapped = value.last
                return True
        return bool(unit and unit.kind is NumberKind.DURATION and only_says_when(passage, start, unit.name, unit.end))

    def _shares(self, value: Value, measured: Measured) -> bool:
        return measured.name is None and value.amount == 1 and bool(shared_noun(self._passage, value, self._last))

    def _figure(self, value: Value, extent: Extent, measured: Measured, between: Qualifier) -> Figure | None:
        passage = self._passage
        amount, start = _signed(passage, value, extent.amount, measured)
        qualifier, start = qualifier_before(passage, start)
        end, name = rate_end(passage, measured.end), measured.name
        if qualifier is Qualifier.EXACT:
            qualifier, end = (between, end) if between is not Qualifier.EXACT else qualifier_after(passage, end)
        if isinstance(amount, tuple):
            qualifier = Qualifier.EXACT if extent.score else Qualifier.RANGE
            start = start if extent.score else opening(passage, start)
        elif name is None and not _is_share(value):
            if passage.text[measured.end - 1] == "+":
                return None
            name = shared_noun(passage, value, self._last)
            if name is None and not may_stand_alone(passage, value, qualifier, measured.end):
                return None
        if measured.noun and measured.noun.head < value.first:
            qualifier = Qualifier.ABOUT
        if qualifier is Qualifier.EXACT and measured.unit and measured.unit.kind is not NumberKind.COUNT:
            start, qualifier = _from(passage, start)
        return Figure(start, end, amount, name, qualifier, measured.kind)

    def _vague(self, value: Value) -> Figure | None:
        """Read "millions of files", "тысячи человек" where they are the news."""
        passage = self._passage
        if not self._leads:
            return None
        last = value.last
        while (word := read_word(passage.word(last + (passage.word(last) == "of")))) and word.multiplies:
            last += 1 + (passage.word(last) == "of")
        start, end = passage.tokens[value.first].start, passage.tokens[last - 1].end
        unit = unit_after(passage, end)
        noun = None if unit else counted_noun(passage, last + (passage.word(last) == "of"), None)
        if unit:
            return Figure(start, unit.end, None, unit.name, Qualifier.ABOUT, unit.kind)
        if noun is None or (
            passage.lang == "en" and passage.word(last) != "of" and last == value.first + 1 and value.first == 0
        ):
            return None
        return Figure(start, passage.tokens[noun.head].end, None, noun.text, Qualifier.ABOUT, NumberKind.COUNT)


def _is_share(value: Value) -> bool:
    return isinstance(value.amount, float) and 0 < value.amount < 1 and value.words


def _signed(passage: Passage, value: Value, amount: Amount, measured: Measured) -> tuple[Amount, int]:
    """Take a plus or minus before a value to it, where it can be no dash."""
    start, text = measured.start, passage.text
    if passage.word(value.first - 1) in ("минус", "minus"):
        return _negative(amount), passage.tokens[value.first - 1].start
    sign = text[start - 1 : start] if start > passage.start else ""
    free = start - 1 == passage.start or text[start - 2 : start - 1] in (" ", "(", "\n")
    if sign == "+" and free:
        return amount, start - 1
    if (
        sign in _MINUS
        and free
        and measured.unit
        and (measured.unit.name[0] in "%°" or measured.unit.name[:5].lower() in ("degre", "граду"))
    ):
        return _negative(amount), start - 1
    return amount, start


def _negative(amount: Amount) -> Amount:
    return (-amount[0], amount[1]) if isinstance(amount, tuple) else -amount if amount else amount


def _from(passage: Passage, start: int) -> tuple[int, Qualifier]:
    """Read "от 40 000 ₽" that no "до" follows as at least so much."""
    begin = opening(passage, start)
    opened = passage.text[begin:start].strip().lower()
    if opened == "от" or (
        opened == "from"
        and passage.before(begin, 12).strip().lower().endswith(("starts", "starting", "start", "prices"))
    ):
        return begin, Qualifier.AT_LEAST
    return start, Qualifier.EXACT
