"""Read shares in words: half, a third, one in five, четверть миллиона."""

from collections.abc import Sequence

from bot.text.numbers.magnitudes import words_at
from bot.text.numbers.passage import Value
from bot.text.numbers.tables import cue_words, has_own_table
from bot.text.numbers.words import Role, Word, read_word
from bot.text.words.tokens import Token, is_stopword

_QUALIFYING = ("than", "nearly", "almost", "over", "about", "around", "roughly")
# What changed "by a third", or is "more than a third".
_BY = ("by", *_QUALIFYING)
_HALVES_A_THING = ("of", "the", "a", "an", "its", "his", "their", "our", "all")
# Ordinals end so: "во второй половине", "в третьей четверти".
_ORDINAL_ENDS = ("ой", "ей", "ая", "ую", "ый", "ья", "ью")
_NO_SHARES = (5, 10)  # "пятая" and "десятая" by themselves are ordinals


def read_ratio(tokens: Sequence[Token], first: int, lang: str) -> Value | None:
    """Read "one in five"."""
    words = words_at(tokens, first, 3)
    if len(words) < 3 or words[:2] != ["one", "in"]:
        return None
    word = read_word(words[2], lang)
    below = word.value if word and word.role is Role.CARDINAL else float(words[2]) if words[2].isdecimal() else 0.0
    return Value(1 / below, first, first + 3, words=True) if 1 < below <= 1000 else None


def read_share(tokens: Sequence[Token], first: int, word: Word, lang: str) -> Value | None:
    """Read a third, половина, half a million, четверть миллиона; None where the word is an ordinal or an idiom."""
    before = tokens[first - 1].text.lower() if first else ""
    after = words_at(tokens, first + 1, 3)
    skipped = 2 if after[:2] == ["of", "a"] else int(after[:1] == ["a"])
    magnitude = read_word(after[skipped], lang) if len(after) > skipped else None
    if magnitude and magnitude.role is Role.MAGNITUDE:
        begin = first - (before == "a")
        return Value(magnitude.value / word.value, begin, first + skipped + 2, words=True)
    if has_own_table(lang) and lang not in ("en", "ru"):
        if tokens[first].text.lower() in cue_words("perhaps share", lang) and before != "un":
            return None
        return Value(1 / word.value, first - (before in cue_words("article", lang)), first + 1, words=True)
    by = before == "a" and first > 1 and tokens[first - 2].text.lower() in _BY
    if tokens[first].text.isascii() and not (
        _is_english_share(tokens[first].text.lower(), before, after) or (by and _ends_phrase(after))
    ):
        return None
    if not tokens[first].text.isascii() and (word.value in _NO_SHARES or before.endswith(_ORDINAL_ENDS)):
        return None
    return Value(1 / word.value, first - (before == "a"), first + 1, words=True)


def _ends_phrase(after: list[str]) -> bool:
    """Tell whether no noun follows, as one would an ordinal: "by a third party"."""
    return not after or not after[0][0].isalpha() or is_stopword(after[0], "en")


def _is_english_share(name: str, before: str, after: list[str]) -> bool:
    """Tell "half of them" and "a third of them" from the second half and the third."""
    if before == "a" and after[:1] == ["of"] and not name.endswith("s"):
        return True
    halves = bool(after) and (after[0] in _HALVES_A_THING or before in _QUALIFYING)
    return name == "half" and halves and before not in ("first", "second")
