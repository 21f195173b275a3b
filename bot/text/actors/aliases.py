"""Tell which mentions of a post mean the same actor: surnames, acronyms, cases, names of states."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.text.actors.identities import Same, parts_of_organisations, parts_of_persons
from bot.text.actors.mentions import Mention
from bot.text.actors.positions import decides_inside, stands_at_place
from bot.text.actors.states import find_state, fold
from bot.text.words.document import Document

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
    "всу": "вооруженный сила украина",
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
_IN_BRACKETS = re.compile(r"[»\"”.]?\s*\((?:далее\s*[—–-]\s*)?[«\"“]?")
_ACRONYM = re.compile(r"[A-Z]\.?[A-Z.]{1,5}")


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
    same = Same()
    keys = {key: groups[key][0].kind for key in groups}
    for short, full in _definitions(document, groups):
        same.join(short, full)
    persons = [key for key, kind in keys.items() if kind == "PER"]
    for short, full in parts_of_persons(persons):
        same.join(short, full)
    organisations = [key for key, kind in keys.items() if kind == "ORG" and not _is_acronym(document, groups[key])]
    for short, full in parts_of_organisations(organisations):
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
    return stands_at_place(text, mention.start) and not decides_inside(text, mention.start, mention.end)


def _state_key(code: str, folded: str) -> str:
    """Return the key of a state, or of its organ: soldiers by any noun are its forces."""
    noun = folded.rsplit(" ", 1)[-1]
    if noun in _GOVERNMENTS:
        return f"state:{code}"
    return f"{code.lower()} {'forces' if noun in _SOLDIERS else noun}"


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
        known = surface.lower() in _SHORT_FORMS
        if alias.kind == "ORG" and surface.isupper() and len(surface) > 1 and surface in acronyms and not known:
            yield alias.key, acronyms[surface]


def _is_acronym(document: Document, group: Sequence[Alias]) -> bool:
    """Tell whether an organisation goes by a Latin acronym: "UEFA Champions League" is another than UEFA."""
    return any(_ACRONYM.fullmatch(document.text, alias.start, alias.end) for alias in group)


def _acronym(surface: str) -> str:
    words = [word for word in re.split(r"[\s-]+", surface) if word and word.lower() not in _SMALL_WORDS]
    return "".join(word[0] for word in words).upper() if len(words) > 1 else ""
