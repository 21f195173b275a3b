"""Gather what a post says of everybody whom it names: all mentions, the kind, the role."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.text.actors.aliases import Alias, group_aliases
from bot.text.actors.bodies import know_bodies
from bot.text.actors.borders import mend_borders
from bot.text.actors.companies import know_companies
from bot.text.actors.credits import leave_out_credits
from bot.text.actors.described import LEGAL_FORMS, find_described
from bot.text.actors.features import Features
from bot.text.actors.foreign.find import READ_NATIVELY, adapt_names
from bot.text.actors.foreign.titles import find_titles
from bot.text.actors.introduced import know_introduced
from bot.text.actors.mentions import Mention, join_names
from bot.text.actors.names import Name
from bot.text.actors.offices import role_rank, settle_roles
from bot.text.actors.positions import is_inside
from bot.text.actors.roles import Role, find_roles
from bot.text.actors.scenes import leave_out_scenes
from bot.text.actors.states import fold
from bot.text.actors.things import leave_out_things
from bot.text.words.document import Document
from bot.text.words.gazetteers import base, demonyms

# What is known of names beside what the model says, each step after the one before.
_ENGLISH = (leave_out_credits, know_companies, know_bodies, know_introduced)


@dataclass(frozen=True, slots=True)
class Contender:
    """Somebody who is named in a post.

    Attributes:
        kind: the kind of name that most mentions are.
        in_role: the share of mentions inside of somebody's role ("глава МИД Турции").
        order: how many others were named before.
        lines: the index of the line that each mention is in.

    """

    aliases: list[Alias]
    kind: str
    role: Role | None
    in_role: float
    order: int
    lines: tuple[int, ...]


def find_contenders(document: Document, names: Sequence[Name], features: Features | None = None) -> list[Contender]:
    """Return everybody who is named in a post, but for the channel that wrote it.

    ``features`` are those of the document, if they are known already.
    """
    if document.lang not in READ_NATIVELY:
        names = adapt_names(document, names)
    elif document.lang == "en":
        for step in _ENGLISH:
            names = step(document, names)
    mentions = _find_mentions(document, names)
    bearers = [Name(mention.start, mention.end, mention.kind) for mention in mentions]
    roles = list(_find_roles(document, bearers, names, features))
    publisher = _publisher(document)
    role_of = {role.name.start: role for role in reversed(roles)}
    in_roles = {offset for role in roles for offset in range(role.start, role.end)}
    line_starts = [line.start for line in document.lines]
    contenders = []
    for order, group in enumerate(group_aliases(document, mentions)):
        if publisher.isdisjoint(fold(document.text[alias.start : alias.end]) for alias in group):
            role = _best_role(document.text, [role_of[alias.start] for alias in group if alias.start in role_of])
            lines = tuple(bisect_right(line_starts, alias.start) - 1 for alias in group)
            inside = sum(alias.start in in_roles for alias in group) / len(group)
            contenders.append(Contender(group, _kind_of(group), role, inside, order, lines))
    return contenders


def _find_roles(
    document: Document, bearers: Sequence[Name], names: Sequence[Name], features: Features | None
) -> Iterator[Role]:
    if document.lang not in READ_NATIVELY:
        return find_titles(document, bearers)
    found = find_roles(document, [*bearers, *(name for name in names if name.kind in ("MISC", "LOC"))], features)
    return settle_roles(document.text, found, bearers)


def _find_mentions(document: Document, names: Sequence[Name]) -> list[Mention]:
    joined = join_names(document.text, mend_borders(document, names), persons=document.lang in READ_NATIVELY)
    acting = (mention for mention in joined if _may_act(document.text, mention))
    mentions = leave_out_things(document, acting)
    if document.lang == "en":
        mentions = leave_out_scenes(document.text, mentions)
    return find_described(document, mentions)


def _may_act(text: str, mention: Mention) -> bool:
    """Leave out works and landscapes, bare legal forms, and peoples ("россияне"), who are nobody in particular."""
    surface = text[mention.start : mention.end]
    if mention.kind in ("MISC", "LOC"):
        return False
    if mention.kind == "PER" and " " not in surface and is_inside(text, mention.start):
        return False  # "в Липове": a place that no list has
    if len(surface) == 1 and text[mention.start - 1 : mention.start] == "(":
        return False  # "Gov. Jerry Brown (D)"
    if surface.isupper() and text[mention.start - 1 : mention.start] == "[" and text.startswith("]", mention.end):
        return False  # "[ХАБРААРХИВ]": a rubric
    return surface not in LEGAL_FORMS and not (mention.kind == "NORP" and base(surface) in demonyms())


def _publisher(document: Document) -> frozenset[str]:
    """Return the names of the channel that wrote the post: it signs, but does not act."""
    origin = document.post.origin
    if origin is None:
        return frozenset()
    titles = [origin.title, *re.split(r"[|/—–•.]", origin.title), origin.username or ""]
    return frozenset(fold(title) for title in titles if title.strip())


def _best_role(text: str, roles: Sequence[Role]) -> Role | None:
    """Return the first role, or the first in the nominative if that one is not."""
    return max(roles, key=lambda role: role_rank(text[role.start : role.end])[0], default=None)


def _kind_of(group: Sequence[Alias]) -> str:
    """Return the kind that most mentions have."""
    return Counter(alias.kind for alias in group).most_common(1)[0][0]
