"""Find names: conditional random fields (Lafferty et al. 2001) over the tokens of a line, then the whole post at once.

models/README.md tells what the models were trained on, how well they read, and how to rebuild them.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Any, Literal, get_args

from bot.text.actors.features import Features, document_features, model_language
from bot.text.words.document import Document
from bot.text.words.tokens import Token, tokenise

NameKind = Literal["PER", "ORG", "GPE", "LOC", "NORP", "MISC"]
_KINDS: dict[str, NameKind] = {kind: kind for kind in get_args(NameKind)}
# Words with capitals inside; of 117 in the training data that have two humps, 115 are names.
_HUMPS = re.compile(r"[A-ZА-ЯЁ][a-zа-яё]+[A-ZА-ЯЁ][a-zа-яё]\w*")
_BY_FORM = 0.5
# Surfaces of one or two letters are too often something else.
_SHORTEST_REPEAT = 2


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the cleaned text of a document, in code points; ``sure`` is how probable the model finds it, 0 to 1."""

    start: int
    end: int
    kind: NameKind
    sure: float = 1.0


def overlapping(names: Sequence[Name], start: int, end: int) -> slice:
    """Return which of the names, that are in order and apart, overlap a stretch of the text."""
    first = bisect_right(names, start, key=lambda name: name.end)
    return slice(first, max(first, bisect_left(names, end, key=lambda name: name.start)))


def find_names(document: Document, features: Features | None = None) -> tuple[Name, ...]:
    """Return all names in the order of the text; they don't overlap.

    ``features`` are those of the document, if they are known already.
    """
    features = document_features(document) if features is None else features
    return consistent(document, read_lines(features, load_tagger(f"names_{model_language(document.lang)}")))


def read_lines(features: Features, tagger: Any) -> list[Name]:
    """Read the names of every line by itself with a pycrfsuite tagger."""
    names: list[Name] = []
    for line, rows in features:
        labels = tagger.tag(rows)
        names += _decode(line.tokens, labels, tagger.marginal)
        names += _by_form(line.tokens, labels)
    return names


def _by_form(tokens: Sequence[Token], labels: Sequence[str]) -> Iterator[Name]:
    """Yield the words that only a name can look like ("XiTiMonitor"), where the model did not know them."""
    for token, label in zip(tokens, labels, strict=True):
        if label == "O" and not token.text.islower() and _HUMPS.fullmatch(token.text):
            yield Name(token.start, token.end, "ORG", _BY_FORM)


@cache
def load_tagger(model: str) -> Any:
    """Load a model of bot/text/models, once."""
    import pycrfsuite

    tagger = pycrfsuite.Tagger()
    with as_file(files("bot.text") / "models" / f"{model}.crfsuite") as path:
        tagger.open(str(path))
    return tagger


def _decode(tokens: Sequence[Token], labels: Sequence[str], marginal: Callable[[str, int], float]) -> list[Name]:
    """Turn B-PER, I-PER, O ... labels of a line into names."""
    names: list[Name] = []
    start = None
    for index, label in enumerate([*labels, "O"]):
        if start is not None and (label[0] != "I" or label[2:] != labels[start][2:]):
            sure = sum(marginal(labels[inside], inside) for inside in range(start, index)) / (index - start)
            names.append(Name(tokens[start].start, tokens[index - 1].end, _KINDS[labels[start][2:]], sure))
            start = None
        if start is None and label != "O":
            start = index
    return names


def consistent(document: Document, names: Sequence[Name]) -> tuple[Name, ...]:
    """Let the whole post decide what the model decided line by line.

    A surface has everywhere the kind that the model is surest of, a surname has the kind of the full name, and a
    surface that was found once is found wherever it stands as whole tokens.
    """
    votes: defaultdict[str, Counter[NameKind]] = defaultdict(Counter)
    sure: defaultdict[str, float] = defaultdict(float)
    for name in names:
        surface = document.text[name.start : name.end]
        votes[surface][name.kind] += name.sure  # type: ignore[assignment] # a Counter adds floats as well
        sure[surface] = max(sure[surface], name.sure)
    for surface, kinds in list(votes.items()):
        if " " in surface and kinds.most_common(1)[0][0] == "PER":
            surname = surface.rsplit(" ", 1)[1]
            votes[surname]["PER"] += sure[surface]  # type: ignore[assignment] # the same
            sure[surname] = max(sure[surname], sure[surface])
    kind_of = {surface: kinds.most_common(1)[0][0] for surface, kinds in votes.items()}
    spans = [(name.start, name.end) for name in names]
    spans += _repeats(document, kind_of, spans)
    return tuple(
        Name(start, end, kind_of[surface], sure[surface])
        for start, end, surface in sorted((start, end, document.text[start:end]) for start, end in spans)
    )


def _repeats(
    document: Document, surfaces: Iterable[str], taken: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Find where else a surface stands as whole tokens, the longest first, outside of the names that were found."""
    by_word: defaultdict[str, list[str]] = defaultdict(list)
    for surface in sorted(surfaces, key=len, reverse=True):
        if len(surface) > _SHORTEST_REPEAT:
            by_word[next(tokenise(surface)).text].append(surface)
    ends = {token.end for line in document.lines for token in line.tokens}
    busy = {offset for start, end in taken for offset in range(start, end)}
    for line in document.lines:
        for token in line.tokens:
            for surface in by_word.get(token.text, ()):
                end = token.start + len(surface)
                if end in ends and document.text.startswith(surface, token.start) and not busy & {token.start, end - 1}:
                    yield token.start, end
                    busy.update(range(token.start, end))
                    break
