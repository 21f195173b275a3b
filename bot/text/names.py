"""Find names: conditional random fields (Lafferty et al. 2001) over the tokens of a line, then the whole post at once.

models/README.md tells what the models were trained on, how well they read, and how to rebuild them.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Any, Literal

from bot.text.document import Document
from bot.text.features import document_features, model_language
from bot.text.tokens import Token

NameKind = Literal["PER", "ORG", "GPE", "LOC", "NORP", "MISC"]


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the cleaned text of a document, in code points."""

    start: int
    end: int
    kind: NameKind


def find_names(document: Document) -> tuple[Name, ...]:
    """Return all names in the order of the text; they don't overlap."""
    tagger = load_tagger(f"names_{model_language(document.lang)}")
    names: list[Name] = []
    for line, rows in zip(document.lines, document_features(document), strict=True):
        names += decode(line.tokens, tagger.tag(rows))
    return consistent(document, names)


@cache
def load_tagger(model: str) -> Any:
    """Load a model of bot/text/models, once."""
    import pycrfsuite

    tagger = pycrfsuite.Tagger()
    with as_file(files("bot.text") / "models" / f"{model}.crfsuite") as path:
        tagger.open(str(path))
    return tagger


def decode(tokens: Sequence[Token], labels: Sequence[str]) -> list[Name]:
    """Turn B-PER, I-PER, O ... labels of a line into names."""
    names: list[Name] = []
    start = None
    for index, label in enumerate([*labels, "O"]):
        if start is not None and (label[0] != "I" or label[2:] != labels[start][2:]):
            names.append(Name(tokens[start].start, tokens[index - 1].end, labels[start][2:]))  # type: ignore[arg-type] # the labels are the model's
            start = None
        if start is None and label != "O":
            start = index
    return names


def consistent(document: Document, names: Sequence[Name]) -> tuple[Name, ...]:
    """Let the whole post decide what the model decided line by line.

    A surface has its majority kind everywhere, a surname has the kind of the full name, and a surface that was found
    once is found wherever it stands as whole tokens.
    """
    votes: defaultdict[str, Counter[NameKind]] = defaultdict(Counter)
    for name in names:
        votes[document.text[name.start : name.end]][name.kind] += 1
    for surface, kinds in list(votes.items()):
        if " " in surface and max(kinds, key=lambda kind: kinds[kind]) == "PER":
            votes[surface.rsplit(" ", 1)[1]]["PER"] += 1
    kind_of = {surface: max(kinds, key=lambda kind: kinds[kind]) for surface, kinds in votes.items()}
    taken = [(name.start, name.end) for name in names]
    repeats = _repeats(document, kind_of, taken)
    found = [Name(start, end, kind_of[document.text[start:end]]) for start, end in [*taken, *repeats]]
    return tuple(sorted(found, key=lambda name: name.start))


def _repeats(document: Document, surfaces: Collection[str], taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Find where else a surface stands, longest first, outside of the names that were found."""
    surfaces = sorted((surface for surface in surfaces if len(surface) > 2), key=len, reverse=True)
    if not surfaces:
        return []
    starts = {token.start for line in document.lines for token in line.tokens}
    ends = {token.end for line in document.lines for token in line.tokens}
    busy = {offset for start, end in taken for offset in range(start, end)}
    pattern = re.compile("|".join(map(re.escape, surfaces)))
    return [
        match.span()
        for match in pattern.finditer(document.text)
        if match.start() in starts and match.end() in ends and match.start() not in busy and match.end() - 1 not in busy
    ]
