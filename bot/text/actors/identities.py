"""Tell which keys, the dictionary forms of names, mean the same actor: in one post, and across posts."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from bot.text.actors.states import find_state
from bot.text.words.morphology import parse

# A word of this length may differ from another form of itself in its ending.
_STEM = 4
# What a shorter word may end in, where the rest of the name is the same ("Ёль", "Ёля").
_SHORT_ENDING = re.compile("[аеиоуыьюя]$")
# What an organisation's name may do without, before a body of the state.
_OFFICES = frozenset(("гу", "фку", "фгбу", "фгуп", "ооо", "пао", "ао", "гк", "фк", "компания", "группа"))


class Same:
    """Which keys mean the same; the fuller key speaks for all."""

    def __init__(self) -> None:
        self._full: dict[str, str] = {}

    def of(self, key: str) -> str:
        """Return the key that speaks for this one."""
        while key in self._full:
            key = self._full[key]
        return key

    def join(self, short: str, full: str) -> None:
        """Let the second key speak for the first and for all that mean the same."""
        short, full = self.of(short), self.of(full)
        if short != full:
            self._full[short] = full


def parts_of_persons(keys: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield a surname or first name and the first full name of the same post that holds it."""
    split = {key: _own_words(key) for key in keys}
    by_stem = _by_stem(split)
    for short, words in split.items():
        for full in by_stem[words[0][:_STEM]]:
            longer = (len(split[full]), full) > (len(words), short)
            if full != short and longer and _is_part(words, split[full]):
                yield short, full
                break


def parts_of_organisations(keys: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield a name and the other of the same post that holds all of its words side by side ("Samsung Electronics").

    One word alone ("Bank") means another name only if no third name shares it, and it is the first or last there.
    """
    split = {key: key.split() for key in keys}
    by_stem = _by_stem(split)
    for short, words in split.items():
        others = by_stem[words[0][:_STEM]]
        fuller = [full for full in others if full != short and _holds(split[full], words)]
        if len(fuller) == 1 or (fuller and len(words) > 1):
            yield short, fuller[0]


def same_persons(keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of keys, from any posts, that mean the same person; the second is the fuller.

    Full names are the same if all their words are, as dictionary forms that may be guessed differently, in any order;
    initials stand for first names. A surname alone is that of a full name, if all full names with it are the same.
    """
    split = {key: _own_words(key) for key in sorted(keys)}
    by_stem = _by_stem(split)
    same = Same()
    full = [key for key, words in split.items() if len(words) > 1]
    for one in full:
        for other in sorted({key for word in split[one] for key in by_stem[word[:_STEM]] if len(split[key]) > 1}):
            short, long = sorted((one, other), key=lambda key: (_spelled_out(split[key]), key))
            if same.of(one) != same.of(other) and _is_one_name(split[short], split[long]):
                same.join(short, long)
                yield short, long
    for key, words in split.items():
        if len(words) == 1:
            bearers = {
                same.of(name)
                for name in by_stem[words[0][:_STEM]]
                if len(split[name]) > 1 and is_same_word(words[0], split[name][-1])
            }
            if len(bearers) == 1:
                yield key, bearers.pop()


def same_organisations(keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of keys, from any posts, that mean the same organisation; the second is the fuller.

    A name may do without its state ("Минобороны России"), without its legal form, and if it has several words without
    an adjective ("Центральный банк России"), if there is one name only that it may be short for.
    """
    # Of a name that is all legal form nothing is left to compare.
    split = {key: words for key in sorted(keys) if (words := key.split())}
    by_stem = _by_stem(split)
    for short, words in split.items():
        fuller = [full for full in by_stem[words[0][:_STEM]] if _adds_little(split[full], words)]
        if len(fuller) == 1:
            yield short, fuller[0]


def is_same_word(one: str, other: str) -> bool:
    """Compare dictionary forms, which pymorphy guesses differently for cases of rare surnames."""
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < _STEM or not "а" <= one[0] <= "я":
        return False
    common = next((i for i, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    return common >= max(_STEM, len(shorter) - 2) and len(longer) - common <= 3


def _own_words(key: str) -> list[str]:
    """Return the words of a person's name, without the patronymic."""
    words = key.split()
    return [word for word in words if not _is_patronymic(word)] or words


def _is_patronymic(word: str) -> bool:
    return "Patr" in parse(word).best if "а" <= word[0] <= "я" else False


def _by_stem(split: dict[str, list[str]]) -> defaultdict[str, list[str]]:
    by_stem: defaultdict[str, list[str]] = defaultdict(list)
    for key, words in split.items():
        for stem in {word[:_STEM] for word in words}:
            by_stem[stem].append(key)
    return by_stem


def _is_part(short: Sequence[str], full: Sequence[str]) -> bool:
    return all(any(is_same_word(one, other) for other in full) for one in short)


def _holds(full: Sequence[str], words: Sequence[str]) -> bool:
    size = len(words)
    if size >= len(full):
        return False
    places = range(len(full) - size + 1) if size > 1 else (0, len(full) - 1)
    return any(all(map(is_same_word, words, full[place : place + size])) for place in places)


def _adds_little(full: Sequence[str], words: Sequence[str]) -> bool:
    """Tell whether a name has no more than its state behind a shorter one, or than its form or adjectives before it."""
    size = len(words)
    if size >= len(full):
        return False
    if list(full[:size]) == list(words):
        return find_state(" ".join(full[size:])) is not None
    before = full[:-size]
    return list(full[-size:]) == list(words) and (
        set(before) <= _OFFICES or (size > 1 and all(parse(word).part == "ADJF" for word in before))
    )


def _spelled_out(words: Sequence[str]) -> tuple[int, int]:
    """Sort initials before first names, and these before more of them."""
    return len(words), sum(map(len, words))


def _is_one_name(short: Sequence[str], full: Sequence[str]) -> bool:
    """Tell whether two names of several words each are one person's."""
    size = len(short)
    for place in range(len(full) - size + 1):
        part = full[place : place + size]
        if any(_agree(order, part) for order in (short, (*short[1:], short[0]), (short[-1], *short[:-1]))):
            return True
    return False


def _agree(short: Sequence[str], full: Sequence[str]) -> bool:
    """Compare word by word: one of them must be sure; a first name may be an initial, a short word end otherwise."""
    pairs = list(zip(short, full, strict=True))
    if not any(len(one) > 1 and is_same_word(one, other) for one, other in pairs):
        return False
    return all(
        (is_same_word(one, other) and not _are_first_names(one, other))
        or (len(one) == 1 and other.startswith(one))
        or _is_short_form(one, other)
        for one, other in pairs
    )


def _are_first_names(one: str, other: str) -> bool:
    """Tell two first names of the dictionary from forms of one ("Александр", "Александра")."""
    return one != other and all(form.known and "Name" in form.best for form in (parse(one), parse(other)))


def _is_short_form(one: str, other: str) -> bool:
    if not ("а" <= one[0] <= "я" and 1 < min(len(one), len(other)) < _STEM):
        return False
    return _SHORT_ENDING.sub("", one) == _SHORT_ENDING.sub("", other)
