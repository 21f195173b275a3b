"""Read numbers that say no value: millions of files, тысячи человек."""

from bot.posts import NumberKind, Qualifier
from bot.text.numbers.nouns import counted_noun
from bot.text.numbers.passage import Figure, Passage, Value
from bot.text.numbers.units import unit_after
from bot.text.numbers.words import read_word


def read_vague(passage: Passage, value: Value) -> Figure | None:
    """Return a vague number with the noun or unit that it counts; None if there is none."""
    last = value.last
    while (word := read_word(passage.word(_past_of(passage, last)), passage.lang)) and word.multiplies:
        last = _past_of(passage, last) + 1  # hundreds of thousands, сотни миллионов
    start, end = passage.tokens[value.first].start, passage.tokens[last - 1].end
    if unit := unit_after(passage, end):
        return Figure(start, unit.end, None, unit.name, Qualifier.ABOUT, unit.kind)
    noun = counted_noun(passage, _past_of(passage, last), None)
    if noun is None or (passage.lang == "en" and value.first + 1 == last == _past_of(passage, last)):
        return None
    return Figure(start, passage.tokens[noun.head].end, None, noun.text, Qualifier.ABOUT, NumberKind.COUNT)


def _past_of(passage: Passage, index: int) -> int:
    return index + (passage.word(index) == "of")
