"""Weigh how much an actor matters to its post.

A logistic regression over what is seen of the actor's mentions. Its weights were fitted by tools/fit_salience.py on
the annotated posts of tests/data/gold; docs/quality.md has the figures.
"""

import math
import re
from collections.abc import Sequence

from bot.text.aliases import Alias
from bot.text.document import Document
from bot.text.morphology import parse

# A place after one of these is where something happens, not who acts.
_AT_PLACE = re.compile(
    r"(?:^|\W)(?:in|at|near|from|to|into|across|outside|inside|around|through|throughout|over|off|toward|towards|within|on|"
    r"в|во|на|из|под|над|около|возле|по|до|через|близ|вблизи|к|ко)(?:\s+the|\s+[a-z]+ern|\s+всей)?\s*[«\"*]*$",
    re.IGNORECASE,
)
_OF = re.compile(r"(?:^|\W)of(?:\s+the)?\s*$", re.IGNORECASE)
_ACTS = re.compile(
    r"\s*(?:['’]s\s|[,–—-]?\s*(?:has|have|had|is|was|were|will|would|could|may|said|says|and\s)\b|(?:also\s+)?\w+(?:ed|s)\s|"
    r"\s(?:не\s+)?\w+(?:ал|ял|ил|ел|ул|ала|яла|ила|ела|али|или|ели|ло|ет|ит|ют|ут|ат|ят|лся|лась|лись|ется|ится)\b)"
)
_SPEAKS = re.compile(
    r"^[^\w\n]*(?:\w+\s+){0,2}?(?:said|says|told|announced|reported|reports|warned|confirmed|added|stated|denied|accused|urged|claimed|"
    r"сообщил|заявил|сказал|рассказал|объявил|отметил|подчеркнул|предложил|потребовал|подтвердил|обвинил|добавил|пиш|переда|"
    r"написал|сообща|считает|призвал|пояснил|уточнил)",
    re.IGNORECASE,
)
_CITED = re.compile(
    r"(?:according to|told|said|reported by|по данным|по словам|сообщает|сообщил\w*|пишет|передает|передаёт|заявил\w*|рассказал\w*|"
    r"со ссылкой на|сообщили в|заявили в|считает|уточнил\w*|отметил\w*)\s+(?:the\s+)?[«\"*]*$",
    re.IGNORECASE,
)
_BY = re.compile(r"\bby(?:\s+the)?\s*$", re.IGNORECASE)
_LISTED = re.compile(r"^\s*(?:,|and|и)\s+(?:the\s+)?[A-ZА-ЯЁ]")
_REACH = 40

WEIGHTS = {
    "one": -1.56, "person": 0.49, "org": 0.27, "norp": 0.03, "state": -0.16, "place": -0.64, "headline": 0.49,
    "first": 0.36, "second": -0.21, "count": 0.54, "lines": 0.28, "early": 0.24, "at": -0.42, "at_place": -1.0,
    "of_place": -0.75, "speaks": 0.33, "cited": 0.13, "by": 0.18, "subject": 0.54, "acts": 0.18, "acts_place":
    0.54, "listed": 0.38, "role": 0.31, "full": 0.53, "shouted": 0.03, "metonym": -0.15, "nominative": 0.69,
    "genitive": 0.36, "foreign": 0.18, "quoted": 0.12, "digit": -0.43,
}  # fmt: skip
# Below this score a name is more likely a bystander than an actor.
LEAST = 0.3


def salience(document: Document, group: Sequence[Alias], kind: str, *, has_role: bool) -> float:
    """Return the probability that a reader would list this actor, nearer to 1 the more he must know it."""
    features = salience_features(document, group, kind, has_role=has_role)
    return 1 / (1 + math.exp(-sum(WEIGHTS[name] * value for name, value in features.items())))


def salience_features(document: Document, group: Sequence[Alias], kind: str, *, has_role: bool) -> dict[str, float]:
    """Return what speaks for and against an actor, each about 0 to 1."""
    text = document.text
    before = [text[max(0, alias.start - _REACH) : alias.start] for alias in group]
    after = [text[alias.end : alias.end + _REACH] for alias in group]
    surfaces = [text[alias.start : alias.end] for alias in group]
    starts = {line.tokens[0].start for line in document.lines if line.tokens}
    headline = [line for line in document.lines if line.headline]
    body = [line for line in document.lines if not line.headline][:2]

    def in_line(line: object) -> bool:
        return any(line.start <= alias.start < line.end for alias in group)  # type: ignore[attr-defined]

    def share(hits: Sequence[object]) -> float:
        return sum(map(bool, hits)) / len(group)

    at_place = share([_AT_PLACE.search(part) for part in before])
    is_state = group[0].key.startswith("state:")
    is_place = kind == "GPE"
    acts = share([_ACTS.match(part) for part in after])
    cases = [parse(surface.split()[-1].lower()).case for surface in surfaces if "а" <= surface[-1].lower() <= "я"]
    return {
        "one": 1.0,
        "person": float(kind == "PER"),
        "org": float(kind == "ORG"),
        "norp": float(kind == "NORP"),
        "state": float(is_state),
        "place": float(is_place and not is_state),
        "headline": float(any(map(in_line, headline))),
        "first": float(bool(body) and in_line(body[0])),
        "second": float(len(body) > 1 and in_line(body[1])),
        "count": math.log(len(group)),
        "lines": sum(map(in_line, document.lines)) / max(1, len(document.lines)),
        "early": 1 - group[0].start / max(1, len(text)),
        "at": at_place * (not is_place),
        "at_place": at_place * is_place,
        "of_place": share([_OF.search(part) for part in before]) * is_place,
        "speaks": float(any(_SPEAKS.search(part) for part in after)),
        "cited": float(any(_CITED.search(part) for part in before)),
        "by": float(any(_BY.search(part) for part in before)),
        "subject": float(any(alias.start in starts for alias in group)),
        "acts": acts * (not is_place),
        "acts_place": acts * is_place,
        "listed": share([_LISTED.match(part) for part in after]),
        "role": float(has_role),
        "full": float(any(" " in surface for surface in surfaces)),
        "shouted": float(all(surface.isupper() for surface in surfaces)),
        "metonym": float(all(alias.metonym for alias in group)),
        "nominative": sum(case == "nomn" for case in cases) / len(group),
        "genitive": sum(case == "gent" for case in cases) / len(group),
        "foreign": float(document.lang == "ru" and all("a" <= surface[0].lower() <= "z" for surface in surfaces)),
        "quoted": share([part.endswith(("«", '"', "“")) for part in before]),
        "digit": float(any(char.isdigit() for surface in surfaces for char in surface)),
    }
