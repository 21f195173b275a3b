"""Tell posts that carry no news: advertising, greetings, polls, self-promotion, jokes, weather cards, lists of events.

Marked advertising, lists of many events, polls, greetings, weather cards are told by rules. For the others a logistic
regression over signs of data/noise.txt decides; its weights stand here, as fitted by tools/fit_noise.py
(models/README.md). In doubt a post is news: what is lost is worse than what is read in vain.
"""

import math
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from itertools import islice, takewhile

from bot.text.words.document import Document, Line
from bot.text.words.tokens import is_stopword

WEIGHTS = {
    "calls": 3.61,
    "offers": 3.26,
    "goods": 2.40,
    "praise": 2.33,
    "promotion": 3.56,
    "reader": 1.03,
    "jokes": 2.63,
    "reports": -1.81,
    "told": -1.27,
    "one": -2.04,
    "exclaims": 4.21,
    "links": 2.38,
    "tracked": 2.24,
    "disguised": 0.89,
    "asks": 1.22,
    "digest": 4.08,
    "occasion": 3.02,
    "named": -1.48,
    "short": 1.93,
    "captions": 3.24,
    "caption": 1.70,
    "length": 1.03,
}
# How sure it must be that a post is noise. By weights that have not seen the day, over all that is annotated: precision
# .94 and recall .58; at 0.55 they are .89 and .60.
LEAST = 0.65

# That the signs are written for: elsewhere every short post would look like a caption.
LANGUAGES = ("en", "ru")

_TRACKED = re.compile(r"[?&](?:utm_\w+|erid|ref|start|promo\w*|aff\w*|partner\w*|click_?id|subid\d?)=", re.IGNORECASE)
# How many words a post has at most that is a greeting, a weather card, or tells of the day of something.
_SMALL = 60
# A weather card has so many temperatures and words of the weather; a warning of a storm has fewer.
_TEMPERATURES, _WEATHER = 2, 4
_TEMPERATURE = re.compile(r"(?<!\d)(?<!\d )[+−–-]\d{1,2}\b|\d ?°|\d (?:градус|degree)", re.IGNORECASE)
_HEAD = 120
# A poll has so many answers at least, of so many words at most.
_ANSWERS, _LONGEST_ANSWER = 2, 8
_COUNTED = ("calls", "offers", "goods", "praise", "promotion", "reader", "jokes", "reports", "told")
_USUAL_LENGTH = 30
_QUOTES = " «\"“'"
_SHORT = 7
_MANY_LINES = 6
# Channels sign with so many links ("Subscribe | Send us news").
_LINKS_OF_SIGNATURE = 2
# A Cyrillic word with Latin letters inside hides from filters.
_LOOKALIKES = str.maketrans("aceopxyABCEHKMOPTXY", "асеорхуАВСЕНКМОРТХУ")
_DISGUISED = re.compile(r"\b(?=[^\W\d_]*[a-z])(?=[^\W\d_]*[а-яё])[^\W\d_]{3,}\b", re.IGNORECASE)


def is_noise(document: Document) -> bool:
    """Tell whether a post says nothing that a digest should carry."""
    if is_decided(document):
        return True
    return document.lang in LANGUAGES and noisiness(noise_features(document)) >= LEAST


def is_decided(document: Document) -> bool:
    """Tell whether a post says itself that it is no news: marked, a list of events, a poll, a greeting, the weather."""
    text = document.text.lower()
    head = text[:_HEAD]
    words = sum(token.text[0].isalnum() for line in document.lines for token in line.tokens)
    if _signs("marked").search(document.post.text.lower()):
        return True
    if len(document.lines) >= _MANY_LINES and _signs("digests").search(head):
        return True
    if _is_poll(document):
        return True
    if words > _SMALL or _signs("reports").search(text):
        return False
    greets = _signs("greetings").match(head.lstrip(_QUOTES)) is not None
    temperatures = len(_TEMPERATURE.findall(text))
    return greets or (temperatures >= _TEMPERATURES and len(_signs("weather").findall(text)) >= _WEATHER)


def _is_poll(document: Document) -> bool:
    """Tell whether a post asks, and nothing but answers follows, each behind an emoji of its own to react with."""
    questions = list(takewhile(lambda line: document.text[line.start : line.end].endswith("?"), document.lines))
    answers = document.lines[len(questions) :]
    if not questions or len(answers) < _ANSWERS:
        return False
    signs = {_sign_before(document, line) for line in answers}
    return None not in signs and len(signs) == len(answers)


def _sign_before(document: Document, line: Line) -> str | None:
    """Return the emoji that a short line of a post begins with, or None."""
    if len(document.text[line.start : line.end].split()) > _LONGEST_ANSWER:
        return None
    text, start = document.post.text, document.span(line.start, line.end).start
    before = text[text.rfind("\n", 0, start) + 1 : start]
    return next((char for char in before if unicodedata.category(char) == "So"), None)


def noisiness(features: Mapping[str, float]) -> float:
    """Return how sure it is that a post is noise, 0..1."""
    return 1 / (1 + math.exp(-sum(WEIGHTS[name] * value for name, value in features.items())))


def noise_features(document: Document) -> dict[str, float]:
    """Return what speaks for and against a post being noise, each about 0 to 3."""
    disguised = len(_DISGUISED.findall(document.text))
    written = document.text
    if disguised:
        written = _DISGUISED.sub(lambda match: match[0].translate(_LOOKALIKES), written)
    text = written.lower()
    # Where nothing is written with capitals, names can't be seen.
    named = written == text or any(map(_may_be_named, document.lines))
    head = text[:_HEAD]
    words = [token.text for line in document.lines for token in line.tokens if token.text[0].isalnum()]
    # Long texts have more of everything.
    thinned = min(1.0, math.sqrt(_USUAL_LENGTH / max(1, len(words))))
    counts = {section: math.log1p(len(_signs(section).findall(text))) * thinned for section in _COUNTED}
    # Whether they are few is all that is asked.
    content = len(list(islice((word for word in words if not is_stopword(word, document.lang)), _SHORT + 1)))
    addresses = [mark.url for mark in document.post.marks if mark.url]
    links = len(addresses) + document.post.text.count("](http")
    short = content <= _SHORT
    return counts | {
        "one": 1.0,
        "exclaims": math.log1p(text.count("!")) * thinned,
        "links": math.log1p(max(0, links - _LINKS_OF_SIGNATURE)) * thinned,
        "tracked": float(any(map(_TRACKED.search, (document.post.text, *addresses)))),
        "disguised": min(2.0, disguised),
        "asks": float("?" in head),
        "digest": float(_signs("digests").search(head) is not None),
        "occasion": float(len(words) < _SMALL and _signs("occasions").search(text) is not None),
        "named": float(named),
        "short": float(short),
        "captions": short * math.log1p(len(_signs("captions").findall(text))),
        # A few words without any small one may well be of another language.
        "caption": float(short and content < len(words) and not (named or counts["told"] or counts["reports"])),
        "length": math.log1p(len(words)) / 4,
    }


def _may_be_named(line: Line) -> bool:
    return any(token.text[0].isupper() or token.text[0].isdigit() for token in line.tokens[1:])


@cache
def _signs(section: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?=[\w#])(?:{'|'.join(_sections()[section])})", re.MULTILINE)


@cache
def _sections() -> dict[str, list[str]]:
    """Read noise.txt: sections of regular expressions."""
    sections: dict[str, list[str]] = {}
    for line in (files("bot.text") / "data" / "noise.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            rows = sections.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            rows.append(line)
    return sections
