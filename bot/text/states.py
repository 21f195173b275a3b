"""Know the states of the world by all their names."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.text.morphology import lemma


@dataclass(frozen=True, slots=True)
class State:
    """A state by its ISO 3166 code (or one of ours from XA on); ``metonym`` if a place was named that stands for it."""

    code: str
    metonym: bool


def fold(name: str) -> str:
    """Fold a name so that its cases, articles and dots don't matter; Russian words become dictionary forms."""
    words = name.casefold().replace(".", "").replace("’", "'").replace("ё", "е").removeprefix("the ").split()
    return " ".join(lemma(word) if "а" <= word[0] <= "я" else word for word in words)


def find_state(name: str) -> State | None:
    """Return the state that has this name, or that this capital or palace stands for."""
    return _states().get(fold(name))


@cache
def _states() -> dict[str, State]:
    from babel import Locale

    states = {}
    for lang in ("en", "ru"):
        for code, name in Locale(lang).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "QO", "ZZ"):
                states[fold(name.partition(" (")[0])] = State(code, metonym=False)
    for line in (files("bot.text") / "data" / "states.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            code, _, names = line.partition(":")
            for group, metonym in zip(names.split("|"), (False, True), strict=False):
                for name in group.split(","):
                    if name.strip():
                        states[fold(name.strip())] = State(code, metonym)
    return states
