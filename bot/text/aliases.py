"""Tell which mentions of a post mean the same actor: surnames, acronyms, cases, names of states."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.text.document import Document
from bot.text.mentions import Mention
from bot.text.morphology import parse
from bot.text.positions import acts_inside, stands_at_place
from bot.text.states import find_state, fold

_SMALL_WORDS = frozenset(("of", "the", "and", "for", "in", "de", "la", "и", "по", "в", "на", "о", "об", "при"))
# Short forms of single words, in dictionary forms as everywhere in keys.
_SHORT_FORMS = {
    "un": "united nations",
    "us": "united states",
    "uk": "united kingdom",
    "eu": "european union",
    "рф": "россия",
    "ес": "европейский союз",
    "евросоюз": "европейский союз",
    "оон": "организация объединить нация",
    "гд": "государственный дума",
    "госдума": "государственный дума",
    "мид": "министерство иностранный дело",
    "мвд": "министерство внутренний дело",
    "ск": "следственный комитет",
    "следком": "следственный комитет",
    "цб": "центральный банк",
    "центробанк": "центральный банк",
    "генпрокуратура": "генеральный прокуратура",
    "минобороны": "министерство оборона",
    "минфин": "министерство финансы",
    "минздрав": "министерство здравоохранение",
}
_GOVERNMENTS = frozenset(("government", "authorities", "administration", "leadership", "власть", "правительство"))
_SOLDIERS = frozenset(("force", "forces", "troops", "army", "military", "navy"))
_IN_BRACKETS = re.compile(r"[»\"”]?\s*\((?:далее\s*[—–-]\s*)?[«\"“]?")
_ACRONYM = re.compile(r"[A-Z]\.?[A-Z.]{1,5}")
# A word of this length may differ from another form of itself in its ending.
_STEM = 4


@dataclass(frozen=True, slots=True)
class Alias:
    """A mention with the key that all mentions of the same actor share.

    ``metonym``: a place or an adjective stands for the state. ``sure``: how probable the name is, 0 to 1.
    """

    start: int
    end: int
    kind: str
    key: str
    metonym: bool
    sure: float


def group_aliases(document: Document, mentions: Sequence[Mention]) -> list[list[Alias]]:
    """Return the mentions grouped by the actor that they mean, groups in the order of their first mentions."""
    groups: defaultdict[str, list[Alias]] = defaultdict(list)
    for mention in mentions:
        alias = _alias(document, mention)
        groups[alias.key].append(alias)
    same = _Same()
    keys = {key: groups[key][0].kind for key in groups}
    for short, full in _definitions(document, groups):
        same.join(short, full)
    persons = [key for key, kind in keys.items() if kind == "PER"]
    for short, full in _parts_of_persons(persons):
        same.join(short, full)
    organisations = [key for key, kind in keys.items() if kind == "ORG" and not _is_acronym(document, groups[key])]
    for short, full in _parts_of_organisations(organisations):
        same.join(short, full)
    merged: defaultdict[str, list[Alias]] = defaultdict(list)
    for key, aliases in groups.items():
        merged[same.of(key)] += aliases
    ordered = (sorted(group, key=lambda alias: alias.start) for group in merged.values())
    return sorted(ordered, key=lambda group: group[0].start)


def _alias(document: Document, mention: Mention) -> Alias:
    surface = document.text[mention.start : mention.end]
    kind: str = mention.kind
    key, metonym = fold(surface), False
    if mention.state:
        key, metonym = _state_key(mention.state, key), kind == "GPE"
    elif kind in ("GPE", "ORG") and (state := find_state(surface, document.lang)):
        kind = "GPE"
        if not (state.town and _is_scene(document.text, mention)):
            key, metonym = f"state:{state.code}", state.metonym
    elif kind == "ORG":
        key = " ".join(_SHORT_FORMS.get(word, word) for word in key.split())
    return Alias(mention.start, mention.end, kind, key, metonym, mention.sure)


def _is_scene(text: str, mention: Mention) -> bool:
    """Tell whether a capital is only where something happens, so that it does not stand for its state."""
    return stands_at_place(text, mention.start) and not acts_inside(text, mention.start, mention.end)


def _state_key(code: str, folded: str) -> str:
    """Return the key of a state, or of its organ: soldiers by any noun are its forces."""
    noun = folded.rsplit(" ", 1)[-1]
    if noun in _GOVERNMENTS:
        return f"state:{code}"
    return f"{code.lower()} {'forces' if noun in _SOLDIERS else noun}"


class _Same:
    """Which keys mean the same; the fuller key speaks for all."""

    def __init__(self) -> None:
        self._full: dict[str, str] = {}

    def of(self, key: str) -> str:
        while key in self._full:
            key = self._full[key]
        return key

    def join(self, short: str, full: str) -> None:
        short, full = self.of(short), self.of(full)
        if short != full:
            self._full[short] = full


def _definitions(document: Document, groups: dict[str, list[Alias]]) -> Iterator[tuple[str, str]]:
    """Yield short and full keys of "Full Name (FN)", and of acronyms that stand elsewhere in the post."""
    aliases = sorted((alias for group in groups.values() for alias in group), key=lambda alias: alias.start)
    for full, short in pairwise(aliases):
        surface = document.text[short.start : short.end]
        if (
            full.kind == short.kind == "ORG"
            and _IN_BRACKETS.fullmatch(document.text, full.end, short.start)
            and len(surface) < 8
        ):
            yield short.key, full.key
    acronyms = {_acronym(document.text[alias.start : alias.end]): alias.key for alias in aliases if alias.kind == "ORG"}
    for alias in aliases:
        surface = document.text[alias.start : alias.end].replace(".", "")
        if alias.kind == "ORG" and surface.isupper() and len(surface) > 1 and surface in acronyms:
            yield alias.key, acronyms[surface]


def _is_acronym(document: Document, group: Sequence[Alias]) -> bool:
    """Tell whether an organisation goes by a Latin acronym: "UEFA Champions League" is another than UEFA."""
    return any(_ACRONYM.fullmatch(document.text, alias.start, alias.end) for alias in group)


def _acronym(surface: str) -> str:
    words = [word for word in re.split(r"[\s-]+", surface) if word and word.lower() not in _SMALL_WORDS]
    return "".join(word[0] for word in words).upper() if len(words) > 1 else ""


def _parts_of_persons(keys: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield a surname or first name and the first full name that holds it."""
    split = {key: [word for word in key.split() if not _is_patronymic(word)] or key.split() for key in keys}
    by_stem: defaultdict[str, list[str]] = defaultdict(list)
    for key, words in split.items():
        for word in words:
            by_stem[word[:_STEM]].append(key)
    for short, words in split.items():
        for full in by_stem[words[0][:_STEM]]:
            longer = (len(split[full]), full) > (len(words), short)
            if full != short and longer and _is_part(words, split[full]):
                yield short, full
                break


def _is_patronymic(word: str) -> bool:
    return "Patr" in parse(word).best if "а" <= word[0] <= "я" else False


def _is_part(short: Sequence[str], full: Sequence[str]) -> bool:
    return all(any(_is_same_word(one, other) for other in full) for one in short)


def _is_same_word(one: str, other: str) -> bool:
    """Compare dictionary forms, which pymorphy guesses differently for cases of rare surnames."""
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < _STEM or not "а" <= one[0] <= "я":
        return False
    common = next((i for i, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    return common >= max(_STEM, len(shorter) - 2) and len(longer) - common <= 3


def _parts_of_organisations(keys: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield a name and the other that holds all of its words side by side ("Samsung", "Samsung Electronics").

    One word alone ("Bank") means another name only if no third name shares it, and it is the first or last there.
    """
    split = {key: key.split() for key in keys}
    by_stem: defaultdict[str, list[str]] = defaultdict(list)
    for key, words in split.items():
        for stem in {word[:_STEM] for word in words}:
            by_stem[stem].append(key)
    for short, words in split.items():
        others = by_stem[words[0][:_STEM]]
        fuller = [full for full in others if full != short and _holds(split[full], words)]
        if len(fuller) == 1 or (fuller and len(words) > 1):
            yield short, fuller[0]


def _holds(full: Sequence[str], words: Sequence[str]) -> bool:
    size = len(words)
    if size >= len(full):
        return False
    places = range(len(full) - size + 1) if size > 1 else (0, len(full) - 1)
    return any(all(map(_is_same_word, words, full[place : place + size])) for place in places)
