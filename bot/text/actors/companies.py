"""Know companies by what stands behind their names: the legal form ("Inc."), the exchange that lists them."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.text.actors.names import Name
from bot.text.actors.states import find_state
from bot.text.words.document import Document
from bot.text.words.gazetteers import calendar
from bot.text.words.tokens import is_stopword

_WORD = r"[A-Z0-9][\w.&'’-]*"
_RUN = rf"(?<![\w.&'’-]){_WORD}(?:[ ](?:&[ ])?{_WORD}){{0,4}}?"
# Forms that nothing else has, and forms that are also words or initials: these only tell the kind of a name.
_SURE = r"(?:Inc|Incorporated|Corp|Ltd|LLC|LLP|PLC|Plc|plc|GmbH|SpA|Oyj)(?![\w-])\.?"
_MAYBE = r"(?:Corporation|Limited|Company|Co|AG|SA|NV|AB|ASA|Holdings?|Group|Industries|Partners|Bros)(?![\w-])\.?"
_WITH_FORM = re.compile(rf"(?P<stem>{_RUN}),?[ ](?:(?:Co|Holdings?|Group)\.?,?[ ])?{_SURE}")
_EXCHANGES = r"NYSE|NASDAQ|Nasdaq|AMEX|LSE|LON|TSXV?|ASX|HKEX|NSE|BSE|OTC\w*|ETR|FRA|EPA|TYO|SWX|JSE"
_TICKER = re.compile(rf"(?P<stem>{_RUN}),?[ ]?(?P<ticker>\((?:{_EXCHANGES})\b[^()\n]{{1,30}}\))")
_FORM_AFTER = re.compile(rf",?[ ](?:{_SURE}|{_MAYBE})")
_FORM_INSIDE = re.compile(rf",?[ ](?:{_SURE}|{_MAYBE})$")
# Most posts have none of these, and no name needs to be looked at.
_ANY = re.compile(rf"\b(?:{_SURE}|{_MAYBE})|\((?:{_EXCHANGES})\b")
_POSSESSED = re.compile(r"['’]s?[ ]")
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class _Company:
    """A company in the text: its name with the legal form, and where the name without it ends."""

    start: int
    end: int
    stem: int


def know_companies(document: Document, names: Sequence[Name]) -> list[Name]:
    """Return the names with companies whole, told as such and wherever they are named; without their tickers."""
    text = document.text
    if not _ANY.search(text):
        return list(names)
    companies = _companies(document)
    tickers = {place for match in _TICKER.finditer(text) for place in range(match.start("ticker") + 1, match.end())}
    others = []
    for name in names:
        whole = bisect_right(companies, name.start, key=lambda company: company.end)
        if name.start in tickers:
            continue
        if whole == len(companies) or name.end <= companies[whole].start:
            others.append(_told(text, name))
        elif name.kind == "ORG":  # "Bank of" America Corp.
            companies[whole] = replace(companies[whole], start=min(name.start, companies[whole].start))
        elif owned := _POSSESSED.match(text, name.end, companies[whole].stem):  # "Germany's Bayer AG"
            companies[whole] = replace(companies[whole], start=owned.end())
            others.append(name)
    found = [*others, *(Name(one.start, one.end, "ORG") for one in companies)]
    return sorted(found, key=lambda name: name.start)


def _companies(document: Document) -> list[_Company]:
    """Find the names that a form or a ticker stands behind, there and elsewhere, in order; they don't overlap."""
    text = document.text
    found: list[_Company] = []
    for match in (*_WITH_FORM.finditer(text), *_TICKER.finditer(text)):
        start, stem = _begin(text, *match.span("stem")), match.end("stem")
        if start < stem:
            found.append(_Company(start, stem if match.re is _TICKER else match.end(), stem))
    apart: list[_Company] = []
    for one in sorted([*found, *_repeats(text, found)], key=lambda one: (one.start, -one.end)):
        if not apart or apart[-1].end <= one.start:
            apart.append(one)
    return apart


def _begin(text: str, start: int, end: int) -> int:
    """Return where a run of capitals begins to be a name: behind small words, days, and the state whose it is."""
    while start < end:
        word = text[start:end].partition(" ")[0]
        owner = word.removesuffix("'s").removesuffix("’s")
        if not (is_stopword(word, "en") or word.lower() in calendar() or (owner != word and find_state(owner))):
            return start
        start += len(word) + 1
    return end


def _told(text: str, name: Name) -> Name:
    """Take a name for a company's, if a form stands in it or behind it."""
    if name.kind == "ORG":
        return name
    if after := _FORM_AFTER.match(text, name.end):
        return replace(name, end=after.end(), kind="ORG")
    return replace(name, kind="ORG") if _FORM_INSIDE.search(text[name.start : name.end]) else name


def _repeats(text: str, companies: Sequence[_Company]) -> Iterator[_Company]:
    """Find where companies are named without their forms."""
    for stem in {text[one.start : one.stem] for one in companies}:
        if len(stem) >= _SHORTEST:
            for match in re.finditer(rf"(?<![\w-]){re.escape(stem)}(?![\w-])", text):
                yield _Company(*match.span(), match.end())
