"""Tell which names of a post mean the same actor: surnames, acronyms, cases, names of states."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.text.document import Document
from bot.text.names import Name
from bot.text.states import find_state, fold

# An institution that needs a place to be itself: "Security Council" + "of the Nagorno-Karabakh Republic".
_OF_PLACE = re.compile(r"\s+of\s+(?:the\s+)?")
_INSTITUTION = re.compile(
    r"(?:Council|Ministry|Committee|Government|Parliament|Assembly|Commission|Bank|Court|Department|Office|University|"
    r"Academy|Agency|Army|Forces|Union|Bureau|Service|Senate|Congress|Party|Church|Institute|Board|Guard|Republic)$"
)
_SMALL_WORDS = {"of", "the", "and", "for", "in", "de", "la", "и", "по", "в", "на", "о"}


@dataclass(frozen=True, slots=True)
class Alias:
    """A name in the text, extended where it must be, with the key that its aliases share."""

    start: int
    end: int
    kind: str
    key: str
    metonym: bool = False


def extend(document: Document, names: Sequence[Name]) -> list[Name]:
    """Join an institution with the place that it belongs to."""
    joined: list[Name] = []
    for name in names:
        last = joined[-1] if joined else None
        if (
            last
            and last.kind == "ORG"
            and name.kind in ("GPE", "LOC", "ORG")
            and _INSTITUTION.search(document.text[last.start : last.end])
            and _OF_PLACE.fullmatch(document.text, last.end, name.start)
        ):
            joined[-1] = Name(last.start, name.end, "ORG")
        else:
            joined.append(name)
    return joined


def group_aliases(document: Document, names: Sequence[Name]) -> list[list[Alias]]:
    """Return the names grouped by the actor they mean, groups in the order of their first names."""
    surfaces = {name: document.text[name.start : name.end] for name in names}
    states = {name: find_state(surfaces[name]) for name in names if name.kind in ("GPE", "ORG", "LOC")}
    full = _full_names([fold(surfaces[name]) for name in names if name.kind == "PER"])
    acronyms = {_acronym(surface): fold(surface) for name, surface in surfaces.items() if " " in surface and name.kind == "ORG"}
    groups: defaultdict[str, list[Alias]] = defaultdict(list)
    for name in names:
        surface, state = surfaces[name], states.get(name)
        key = fold(surface)
        if state:
            key = f"state:{state.code}"
        elif name.kind == "PER":
            key = full.get(key, key)
        elif surface.isupper() and surface in acronyms:
            key = acronyms[surface]
        groups[key].append(Alias(name.start, name.end, name.kind, key, bool(state and state.metonym)))
    return _merge_parts(groups)


def _full_names(folded: Sequence[str]) -> dict[str, str]:
    """Map a surname or first name that stands alone to the one full name that holds it; the latest if several do."""
    full = {}
    for name in folded:
        words = name.split()
        for longer in folded:
            others = longer.split()
            if len(others) > len(words) and set(words) <= set(others):
                full[name] = longer
    return full


def _acronym(surface: str) -> str:
    words = [word for word in re.split(r"[\s-]+", surface) if word and word.lower() not in _SMALL_WORDS]
    return "".join(word[0] for word in words).upper()


def _merge_parts(groups: dict[str, list[Alias]]) -> list[list[Alias]]:
    """Merge an organisation into the one other whose name begins or ends with all of its words ("Samsung", "Samsung Electronics")."""
    keys = list(groups)
    for key in keys:
        if key.startswith("state:") or any(alias.kind != "ORG" for alias in groups[key]):
            continue
        longer = [
            other
            for other in keys
            if other != key
            and other in groups
            and groups[other][0].kind == "ORG"
            and (f"{other} ".startswith(f"{key} ") or f" {other}".endswith(f" {key}") and len(key.split()) > 1)
        ]
        if len(longer) == 1:
            groups[longer[0]] += groups.pop(key)
    return sorted((sorted(group, key=lambda alias: alias.start) for group in groups.values()), key=lambda group: group[0].start)
