"""Choose the form of a name to show: the nominative, the fullest, the shortest of these."""

import re
from collections import Counter
from collections.abc import Iterable

from bot.posts import ActorKind
from bot.text.actors.states import find_state, fold
from bot.text.words.morphology import parse

# How surely a form is the nominative.
_NO, _MAYBE, _YES = 0, 1, 2
_LONGEST_ACRONYM = 5
# Words that make no name fuller: initials, legal forms, head offices.
_EMPTY = re.compile(r"(?<!\w)(?:\w\.|(?:ГУ|ООО|ПАО|АО|ГК|ФК)(?!\w))")


def choose_form(surfaces: Iterable[str], kind: ActorKind) -> str:
    """Return the best to read of the forms of an actor's name.

    First comes what is surely a nominative; then a state's own name before those of its capital and government; then
    the name with more words, but for states, whose names of one word say all; then the most frequent in all its cases.
    """
    forms = list(surfaces)
    counts = Counter(forms)
    in_all_cases = Counter(map(fold, forms))

    def rank(surface: str) -> tuple[object, ...]:
        sure, words = nominative(surface, kind), len(surface.split())
        is_own = kind is not ActorKind.STATE or bool((state := find_state(surface)) and not state.metonym)
        fullness = -words if kind is ActorKind.STATE else words - len(_EMPTY.findall(surface))
        bare = kind is ActorKind.PERSON and _is_bare(surface)
        shouted = surface.isupper() and len(surface) > _LONGEST_ACRONYM
        return (
            sure == _YES,
            is_own,
            fullness,
            sure,
            not shouted,
            bare,
            in_all_cases[fold(surface)],
            counts[surface],
            -len(surface),
        )

    return max(counts, key=rank)


def nominative(surface: str, kind: ActorKind) -> int:
    """Tell how surely a name is in the nominative: 0 for no, 1 for maybe, 2 for surely; 2 for other letters."""
    words = [word for word in surface.replace("«", " ").replace("»", " ").split() if "а" <= word[0].lower() <= "ё"]
    return _nominative_person(words) if kind is ActorKind.PERSON else _nominative_phrase(words)


def _nominative_person(words: list[str]) -> int:
    """All words of a person's name agree; the first one that is in the dictionary is what is sure of it."""
    forms = [(parse(word.lower()), word) for word in words if len(word) > 2]
    if any(form.case is not None and "nomn" not in form.tags for form, _ in forms):
        return _NO
    form, word = next(((form, word) for form, word in forms if form.known), forms[0] if forms else (None, ""))
    if form is None or form.case in ("nomn", None) or (not form.known and _is_bare(word)):
        return _YES
    return _MAYBE


def _nominative_phrase(words: list[str]) -> int:
    """The noun that leads a phrase has its case; adjectives before it agree ("Банк России", "Верховный суд")."""
    for word in words:
        form = parse(word.lower())
        if _is_acronym(word) or "Fixd" in form.best or form.case is None:
            return _YES
        if "nomn" not in form.tags:
            return _NO
        if form.part == "NOUN":
            return _YES if form.case == "nomn" else _MAYBE
    return _YES


def _is_bare(word: str) -> bool:
    """Tell whether a word has no ending, as men's names in the nominative: "Каттелан", not "Каттелана"."""
    return word[-1].lower() not in "аеиоуыюя"


def _is_acronym(word: str) -> bool:
    return word.isupper() and 1 < len(word) <= _LONGEST_ACRONYM
