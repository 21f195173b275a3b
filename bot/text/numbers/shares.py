"""Read shares in words: half, a third, one in five, четверть миллиона."""

from collections.abc import Sequence

from bot.text.numbers.magnitudes import words_at
from bot.text.numbers.passage import Value
from bot.text.numbers.words import Role, Word, read_word
from bot.text.tokens import Token

_QUALIFYING = ("than", "nearly", "almost", "over", "about", "around", "roughly")
_HALVES_A_THING = ("of", "the", "a", "an", "its", "his", "their", "our", "all")
# Ordinals end so: "во второй половине", "в третьей четверти".
_ORDINAL_ENDS = ("ой", "ей", "ая", "ую", "ый", "ья", "ью")
_NO_SHARES = (5, 10)  # "пятая" and "десятая" by themselves are ordinals


def read_ratio(tokens: Sequence[Token], first: int) -> Value | None:
    """Read "one in five"."""
    words = words_at(tokens, first, 3)
    if len(words) < 3 or words[:2] != ["one", "in"]:
        return None
    word = read_word(words[2])
    below = word.value if word and word.role is Role.CARDINAL else float(words[2]) if words[2].isdecimal() else 0.0
    return Value(1 / below, first, first + 3, words=True) if 1 < below <= 1000 else None


def read_share(tokens: Sequence[Token], first: int, word: Word) -> Value | None:
    """Read a third, половина, half a million, четверть миллиона; None where the word is an ordinal or an idiom."""
    before = tokens[first - 1].text.lower() if first else ""
    after = words_at(tokens, first + 1, 3)
    skipped = 2 if after[:2] == ["of", "a"] else int(after[:1] == ["a"])
    magnitude = read_word(after[skipped]) if len(after) > skipped else None
    if magnitude and magnitude.role is Role.MAGNITUDE:
        begin = first - (before == "a")
        return Value(magnitude.value / word.value, begin, first + skipped + 2, words=True)
    name = tokens[first].text.lower()
    if name.isascii():
        alone = name == "half" and after[:1] and (after[0] in _HALVES_A_THING or before in _QUALIFYING)
        alone = alone and before not in ("first", "second")
        if not alone and not (before == "a" and after[:1] == ["of"] and not name.endswith("s")):
            return None
        return Value(1 / word.value, first - (before == "a"), first + 1, words=True)
    # An ordinal before it, or none of it behind: the second half of a match, the third quarter, на четверть.
    if word.value in (5, 10) or before.endswith(("ой", "ей", "ая", "ую", "ый", "ья", "ью")):
        return None
    return Value(1 / word.value, first, first + 1, words=True)
