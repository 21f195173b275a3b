"""Weigh how much an actor matters to its post.

A logistic regression over what is seen of the actor's mentions. Its weights were fitted by tools/fit_salience.py on
the annotated posts of tests/data/gold; the tool writes them here, and prints the figures.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from bot.text.actors.aliases import Alias
from bot.text.actors.contenders import Contender
from bot.text.actors.positions import (
    acts,
    acts_inside,
    before,
    decides_inside,
    describes,
    is_cited,
    owns,
    speaks,
    stands_after_comma,
    stands_after_of,
    stands_at_place,
)
from bot.text.words.document import Document, Line
from bot.text.words.morphology import parse

# A line of so few words before the first sentence gives the date or the place.
_DATELINE = 6
# A place is idle if more than this share of its mentions only say where, whose or what kind. English alone: Russian
# prepositions say less of who acts ("санкции против", "удар по").
_MOST = 0.7
# Among so many lines the first sentence stands, if there is any.
_OPENING = 20
_CALLED = re.compile("he (?=([^ ]+) )")
_PERSONAL = frozenset(("Name", "Surn", "Patr"))
WEIGHTS = {
    "one": -4.21, "person": 0.70, "org": 0.03, "state": 0.22, "place": -0.95, "full": 0.39, "digit": -0.38,
    "common": -0.70, "metonym": -1.00, "headline": 0.54, "first": 0.56, "count": 0.86, "again": 0.58, "lines": 1.11,
    "early": 1.39, "foremost": 1.07, "subject": 1.01, "agent": 0.37, "at": -0.20, "at_place": -1.78,
    "of_place": -0.32, "of_body": -0.51, "after_comma": -0.06, "bracketed": -0.27, "acts_place": 0.12,
    "owner": -0.13, "describes": -0.04, "idle": -0.94, "speaks": 0.31, "cited": 0.21, "nominative": 0.40,
    "genitive": 0.32, "role": 0.87, "in_role": -1.00, "sure": 0.74, "sure_org": 0.76, "foreign": -0.58,
}  # fmt: skip
# Below this score a name is more likely a bystander than an actor. At 0.09 and at 0.10 F1 is the same on posts left
# out of the fitting; at 0.10 a fiftieth of the key actors is lost there.
LEAST = 0.09
# States that are only mentioned stand in most posts. At 0.15 F1 is higher by 0.004 to 0.009 in each of the annotated
# files of both languages; of 235 key actors of Russian posts one is lost, of 175 of English articles none.
LEAST_STATE = 0.15
# In languages whose verbs of acting and saying are not known here, which halves the odds.
LEAST_UNREAD = 0.05


def salience(document: Document, contender: Contender) -> float:
    """Return the probability that a reader would list this actor, nearer to 1 the more he must know it."""
    features = salience_features(document, contender)
    return 1 / (1 + math.exp(-sum(WEIGHTS[name] * value for name, value in features.items())))


def salience_features(document: Document, contender: Contender) -> dict[str, float]:
    """Return what speaks for and against an actor, each about 0 to 1."""
    group, text = contender.aliases, document.text
    surfaces = [text[alias.start : alias.end] for alias in group]
    return {
        "one": 1.0,
        **_by_kind(contender, surfaces),
        **_by_place(document, contender),
        **_by_grammar(document, contender, surfaces),
        "role": float(contender.role is not None),
        "in_role": contender.in_role,
        "sure": max(alias.sure for alias in group),
        "sure_org": max(alias.sure for alias in group) * (contender.kind == "ORG"),
        "foreign": float(document.lang == "ru" and all("a" <= surface[0].lower() <= "z" for surface in surfaces)),
    }


def _by_kind(contender: Contender, surfaces: list[str]) -> dict[str, float]:
    """Tell what kind of name it is."""
    is_state = contender.aliases[0].key.startswith("state:")
    return {
        "person": float(contender.kind == "PER"),
        "org": float(contender.kind == "ORG"),
        "state": float(is_state),
        "place": float(contender.kind == "GPE" and not is_state),
        "full": float(any(" " in surface for surface in surfaces)),
        "digit": float(any(char.isdigit() for surface in surfaces for char in surface)),
        "common": float(contender.kind == "PER" and all(map(_is_common, surfaces))),
        "metonym": float(all(alias.metonym for alias in contender.aliases)),
    }


def _by_place(document: Document, contender: Contender) -> dict[str, float]:
    """Tell where in the post, and how often, it is named."""
    group, text = contender.aliases, document.text
    lines = [document.lines[index] for index in contender.lines]
    opening = enumerate(document.lines[:_OPENING])
    body = next((index for index, line in opening if not line.headline and len(line.tokens) > _DATELINE), None)
    is_body = contender.kind == "ORG"
    heads = {text[alias.start : alias.end].rpartition(" ")[2] for alias in group} if is_body else ()
    return {
        "headline": float(any(line.headline for line in lines)),
        "first": float(body in contender.lines),
        "count": math.log(len(group)),
        "again": math.log1p(max((_repeats(text, head) for head in heads), default=0)),
        "lines": len(set(contender.lines)) / len(document.lines),
        "early": 1 - group[0].start / max(1, len(text)),
        "foremost": 1 / (1 + contender.order),
        "subject": float(any(_opens(text, alias, line) for alias, line in zip(group, lines, strict=True))),
    }


def _by_grammar(document: Document, contender: Contender, surfaces: list[str]) -> dict[str, float]:
    """Tell what it does in its sentences, by the share of mentions."""
    group, text = contender.aliases, document.text
    is_place, is_body, is_english = contender.kind == "GPE", contender.kind == "ORG", document.lang == "en"

    def share(hits: Iterable[bool]) -> float:
        return sum(hits) / len(group)

    # A town is where they did it; only an institution, or a place that stands for one, did it itself.
    agent = [
        acts_inside(text, alias.start, alias.end)
        if is_body
        else alias.metonym and decides_inside(text, alias.start, alias.end)
        for alias in group
    ]
    at = share(
        stands_at_place(text, alias.start) and not is_agent for alias, is_agent in zip(group, agent, strict=True)
    )
    of = share((is_place or is_body) and stands_after_of(text, alias.start) for alias in group)
    cases = [parse(surface.split()[-1].lower()).case for surface in surfaces if "а" <= surface[-1].lower() <= "я"]
    return {
        "agent": share(agent),
        "at": at * (not is_place),
        "at_place": at * is_place,
        "of_place": of * is_place,
        "of_body": of * is_body,
        "after_comma": share(is_place and stands_after_comma(text, alias.start) for alias in group),
        "bracketed": float(all(before(text, alias.start).endswith("(") for alias in group)),
        "acts_place": share(is_place and acts(text, alias.end) for alias in group),
        "owner": share(is_place and owns(text, alias.end) for alias in group),
        "describes": share(is_english and describes(text, alias.end) for alias in group),
        "idle": float(is_place and is_english and share(_is_idle(text, alias) for alias in group) > _MOST),
        "speaks": float(any(speaks(text, alias.end) for alias in group)),
        "cited": float(any(is_cited(text, alias.start) for alias in group)),
        "nominative": sum(case == "nomn" for case in cases) / len(group),
        "genitive": sum(case == "gent" for case in cases) / len(group),
    }


def _opens(text: str, alias: Alias, line: Line) -> bool:
    """Tell whether a sentence begins with the name, and not with something in that place."""
    return line.tokens[0].start == alias.start and not (alias.kind == "GPE" and owns(text, alias.end))


def _is_idle(text: str, alias: Alias) -> bool:
    """Tell whether a place is named only for where something is, whose, or what it is like ("U.S. visitors")."""
    return (
        stands_at_place(text, alias.start)
        or stands_after_of(text, alias.start)
        or stands_after_comma(text, alias.start)
        or owns(text, alias.end)
        or describes(text, alias.end)
    )


def _is_common(surface: str) -> bool:
    """Tell whether a Russian name is a word of the language as well ("Солнце")."""
    form = parse(surface.lower())
    return form.known and not _PERSONAL & form.tags


def _repeats(text: str, head: str) -> int:
    """Count how often an English text calls an institution by its last word alone ("the ministry")."""
    return _called(text)[head.lower()] if head.istitle() else 0


@lru_cache(maxsize=1)
def _called(text: str) -> Counter[str]:
    """Count the words of a text that stand behind "the" or "The"; remembered, since everybody in it is asked for."""
    return Counter(_CALLED.findall(text))
