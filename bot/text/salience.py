"""Weigh how much an actor matters to its post.

A logistic regression over what is seen of the actor's mentions. Its weights were fitted by tools/fit_salience.py on
the annotated posts of tests/data/gold, which prints the figures too.
"""

import math
import re
from collections.abc import Sequence

from bot.text.contenders import Contender
from bot.text.document import Document
from bot.text.morphology import parse
from bot.text.positions import acts_inside, after, before, stands_at_place

_OF = re.compile(r"(?:^|\W)of(?:\s+the)?\s*$", re.IGNORECASE)
_ACTS = re.compile(
    r"\s*(?:['’]s\s|[,–—-]?\s*(?:has|have|had|is|was|were|will|would|could|may|said|says|and\s)\b|(?:also\s+)?\w+(?:ed|s)\s|"
    r"\s(?:не\s+)?\w+(?:ал|ял|ил|ел|ул|ала|яла|ила|ела|али|или|ели|ло|ет|ит|ют|ут|ат|ят|лся|лась|лись|ется|ится)\b)"
)
_SPEAKS = re.compile(
    r"^[^\w\n]*(?:\w+\s+){0,2}?(?:said|says|told|announced|reported|reports|warned|confirmed|added|stated|denied|"
    r"accused|urged|claimed|"
    r"сообщил|заявил|сказал|рассказал|объявил|отметил|подчеркнул|предложил|потребовал|подтвердил|обвинил|добавил|пиш|переда|"
    r"написал|сообща|считает|призвал|пояснил|уточнил)",
    re.IGNORECASE,
)
_CITED = re.compile(
    r"(?:according to|told|said|reported by|по данным|по словам|сообщает|сообщил\w*|пишет|передает|передаёт|"
    r"заявил\w*|рассказал\w*|со ссылкой на|сообщили в|заявили в|считает|уточнил\w*|отметил\w*)\s+(?:the\s+)?[«\"*]*$",
    re.IGNORECASE,
)
WEIGHTS = {
    "one": -3.03, "person": 0.60, "org": -0.01, "state": 0.02, "place": -0.64, "headline": 0.34, "first": 0.22,
    "count": 0.51, "lines": 0.85, "early": 0.42, "foremost": 0.37, "agent": 0.37, "at": -0.50, "at_place":
    -0.99, "of_place": -0.57, "speaks": 0.29, "cited": 0.31, "subject": 0.95, "acts_place": 0.53, "role": 0.68,
    "in_role": -0.45, "sure": 0.99, "sure_org": 0.70, "full": 0.46, "metonym": -0.68, "nominative": 0.41,
    "genitive": 0.25, "foreign": -0.34, "digit": -0.39,
}  # fmt: skip
# Below this score a name is more likely a bystander than an actor.
LEAST = 0.2


def salience(document: Document, contender: Contender) -> float:
    """Return the probability that a reader would list this actor, nearer to 1 the more he must know it."""
    features = salience_features(document, contender)
    return 1 / (1 + math.exp(-sum(WEIGHTS[name] * value for name, value in features.items())))


def salience_features(document: Document, contender: Contender) -> dict[str, float]:
    """Return what speaks for and against an actor, each about 0 to 1."""
    group, kind = contender.aliases, contender.kind
    text = document.text
    left = [before(text, alias.start) for alias in group]
    right = [after(text, alias.end) for alias in group]
    surfaces = [text[alias.start : alias.end] for alias in group]
    lines = [document.lines[index] for index in contender.lines]
    body = next((index for index, line in enumerate(document.lines) if not line.headline), None)

    def share(hits: Sequence[object]) -> float:
        return sum(map(bool, hits)) / len(group)

    # A town is where they did it; only an institution, or a place that stands for one, did it itself.
    agent = [(kind == "ORG" or alias.metonym) and acts_inside(text, alias.start, alias.end) for alias in group]
    at_place = share(
        [stands_at_place(text, alias.start) and not acts for alias, acts in zip(group, agent, strict=True)]
    )
    is_state = group[0].key.startswith("state:")
    is_place = kind == "GPE"
    acts = share([_ACTS.match(part) for part in right])
    cases = [parse(surface.split()[-1].lower()).case for surface in surfaces if "а" <= surface[-1].lower() <= "я"]
    return {
        "one": 1.0,
        "person": float(kind == "PER"),
        "org": float(kind == "ORG"),
        "state": float(is_state),
        "place": float(is_place and not is_state),
        "headline": float(any(line.headline for line in lines)),
        "first": float(body in contender.lines),
        "count": math.log(len(group)),
        "lines": len(set(contender.lines)) / len(document.lines),
        "early": 1 - group[0].start / max(1, len(text)),
        "foremost": 1 / (1 + contender.order),
        "agent": share(agent),
        "at": at_place * (not is_place),
        "at_place": at_place * is_place,
        "of_place": share([_OF.search(part) for part in left]) * is_place,
        "speaks": float(any(_SPEAKS.search(part) for part in right)),
        "cited": float(any(_CITED.search(part) for part in left)),
        "subject": float(any(line.tokens[0].start == alias.start for alias, line in zip(group, lines, strict=True))),
        "acts_place": acts * is_place,
        "role": float(contender.role is not None),
        "in_role": contender.in_role,
        "sure": max(alias.sure for alias in group),
        "sure_org": max(alias.sure for alias in group) * (kind == "ORG"),
        "full": float(any(" " in surface for surface in surfaces)),
        "metonym": float(all(alias.metonym for alias in group)),
        "nominative": sum(case == "nomn" for case in cases) / len(group),
        "genitive": sum(case == "gent" for case in cases) / len(group),
        "foreign": float(document.lang == "ru" and all("a" <= surface[0].lower() <= "z" for surface in surfaces)),
        "digit": float(any(char.isdigit() for surface in surfaces for char in surface)),
    }
