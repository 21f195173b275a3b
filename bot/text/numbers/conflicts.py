"""Find figures that differ: numbers of one story that count the same thing and are not equal."""

from collections.abc import Sequence

from bot.posts import Conflict, Number, NumberKind
from bot.text.numbers.merge import same_unit
from bot.text.tokens import is_stopword, stem, tokenise

# Shares of words in common from which two clauses are taken to be about the same thing.
_ALIKE = 0.5
_COUNTED = (NumberKind.COUNT, NumberKind.MONEY, NumberKind.PERCENT, NumberKind.MEASURE)


def find_conflicts(groups: Sequence[Sequence[Number]]) -> tuple[Conflict, ...]:
    """Return the conflicts within one story; each inner sequence holds the numbers of one post, oldest post first.

    Precise rather than many: the same unit, clauses that share most of their words, from different posts.
    """
    chains: list[list[Number]] = []
    for group in groups:
        for number in group:
            if number.kind not in _COUNTED or number.about is None or number.value is None:
                continue
            chain = next((chain for chain in chains if _same_thing(chain[-1], number)), None)
            if chain is None:
                chains.append([number])
            elif chain[-1].span.post != number.span.post:
                chain.append(number)
    return tuple(
        Conflict(chain[-1].about, tuple(chain))
        for chain in chains
        if chain[-1].about and len({number.value for number in chain}) > 1
    )


def _same_thing(one: Number, other: Number) -> bool:
    if not same_unit(one, other) or one.about is None or other.about is None:
        return False
    mine, theirs = _words(one.about.text), _words(other.about.text)
    return len(mine & theirs) >= max(1, _ALIKE * min(len(mine), len(theirs)))


def _words(text: str) -> set[str]:
    lang = "en" if text.isascii() else "ru"
    return {stem(token.text, lang) for token in tokenise(text) if token.text[0].isalpha() and not is_stopword(token.text, lang)}
