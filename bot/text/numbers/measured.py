"""Find what a value measures: money, a unit, a scale, or a counted noun."""

from dataclasses import dataclass, replace

from bot.posts import NumberKind
from bot.text.numbers.currencies import money_before
from bot.text.numbers.nouns import Noun, counted_noun
from bot.text.numbers.passage import Passage, Value
from bot.text.numbers.ranges import Extent, whole
from bot.text.numbers.tables import cue_words, own_pattern
from bot.text.numbers.units import Unit, unit_after, unit_before
from bot.text.numbers.words import read_word

_SHARE_JOINTS = ("of", "the", "a", "an", "its", "his", "their", "our", "all", "her", "from", "от")
_INVERTED = cue_words("inverted")
_VOTES = ("vote", "votes", "голосов", "голоса")


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


def measure(passage: Passage, value: Value, extent: Extent, end: int) -> Measured:
    """Return what a value measures whose words, with a qualifier behind them, end at ``end``."""
    start = passage.tokens[value.first].start
    if not value.words and (money := money_before(passage, start)):
        return Measured(money[1], end, Unit(end, money[0], NumberKind.MONEY))
    if unit := unit_after(passage, end, value.plain):
        return Measured(start, unit.end, unit)
    if prefixed := unit_before(passage, start):
        return Measured(prefixed[1], end, replace(prefixed[0], end=end))
    if extent.score:
        return _of_score(passage, value, end, extent.last)
    if extent.unit:
        return Measured(start, end, extent.unit)
    return _of_share(passage, value, end) if is_share(value) else _counted(passage, value, end)


def is_share(value: Value) -> bool:
    """Tell whether a value is a half, a third and the like."""
    return isinstance(value.amount, float) and 0 < value.amount < 1 and value.words


def _counted(passage: Passage, value: Value, end: int) -> Measured:
    """Find the noun that a value counts; a unit may stand as a noun with words before it: nine past months."""
    start, after = passage.tokens[value.first].start, passage.index_at(end)
    noun = counted_noun(passage, after, value.plain)
    if noun is None and value.amount != 1 and (part := whole(passage, end)):
        noun = counted_noun(passage, passage.index_at(part), None)
    if noun is None:
        return _inverted(passage, value, end)
    head = passage.tokens[noun.head]
    unit = unit_after(passage, head.start) if noun.head > after else None
    if unit and unit.end >= head.end:
        return Measured(start, unit.end, unit)
    return Measured(start, head.end, noun=noun)


def _of_score(passage: Passage, value: Value, end: int, after: int) -> Measured:
    """Find whether a score is of votes; nothing else that follows one is counted by it."""
    start = passage.tokens[value.first].start
    own = own_pattern("votes", passage.lang)
    for at in range(value.last, min(after + 1, len(passage.tokens))):
        token, word = passage.tokens[at], passage.word(at)
        if (at == after and word in _VOTES) or (own and own.fullmatch(word)):
            return Measured(start, max(end, token.end), noun=Noun(at, token.text))
    return Measured(start, end)


def _of_share(passage: Passage, value: Value, end: int) -> Measured:
    """Find what a half or a third is of, if it is said in one noun."""
    start, after = passage.tokens[value.first].start, passage.index_at(end)
    joints = cue_words("joint", passage.lang)
    while passage.word(after) in _SHARE_JOINTS or passage.word(after) in joints:
        after += 1
    if after < len(passage.tokens) and (unit := unit_after(passage, passage.tokens[after].start)):
        return Measured(start, unit.end, unit)
    noun = counted_noun(passage, after, 1 if passage.lang == "en" else value.plain)
    if noun is None or (passage.lang == "en" and _is_a_place(passage, after, noun)):
        return Measured(start, end)
    return Measured(start, passage.tokens[noun.head].end, noun=noun)


def _is_a_place(passage: Passage, first: int, noun: Noun) -> bool:
    """Tell whether a share is of one name, "half of Ukraine", and not of some people, "half of Republicans"."""
    people = noun.head == first and noun.text.endswith("s") and passage.word(first - 1) != "the"
    return noun.text.istitle() and not people


def _inverted(passage: Passage, value: Value, end: int) -> Measured:
    """Read "человек двадцать": the noun before a round number says that it is about so many."""
    start, head = passage.tokens[value.first].start, value.first - 1
    is_round = value.plain <= 100 and (value.words or value.plain % 5 == 0)
    if not is_round or passage.word(head) not in _INVERTED or read_word(passage.word(head - 1), passage.lang):
        return Measured(start, end)
    token = passage.tokens[head]
    return Measured(token.start, end, noun=Noun(head, token.text))
