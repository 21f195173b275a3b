"""Train the models of bot/text, or measure them by cross-validation.

    python tools/train_names.py train      writes {names,roles}_{en,ru}.crfsuite and trained.json into bot/text/models
    python tools/train_names.py measure    prints precision, recall and F1 over five folds

The data are tests/data/ner; crfsuite's L-BFGS is deterministic, so on one machine the same data and library give the
same bytes. trained.json tells what the models were made of: whoever changes that without training anew is told so by
tests/text/test_training.py.
"""

import hashlib
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pycrfsuite

from bot.posts import Post
from bot.text.actors.features import Row, document_features
from bot.text.actors.known import keep_all
from bot.text.actors.names import Name, consistent, read_lines
from bot.text.actors.roles import lines_with_names, read_roles
from bot.text.words.document import Document, Line, read_document

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "data" / "ner"
MODELS = ROOT / "bot" / "text" / "models"
CORPORA = {"en": ("en.jsonl", "wikigold_en.jsonl"), "ru": ("ru.jsonl",)}
PARAMETERS = {"c1": 0.15, "c2": 0.1, "max_iterations": 80, "feature.possible_transitions": True}
FOLDS = 5
# Every so many documents are looked at to tell whether features or labels have changed.
PROBE = 10


@dataclass(frozen=True, slots=True)
class Sample:
    """An annotated document; offsets are of the cleaned text."""

    document: Document
    names: tuple[Name, ...]
    roles: tuple[tuple[int, int, int], ...]
    plain: bool
    """Wikigold: it has no roles, and does not tell states and cities from other places."""


def load(lang: str) -> list[Sample]:
    """Read the annotated documents of a language."""
    samples = []
    for file in CORPORA[lang]:
        for line in (DATA / file).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            document = read_document(Post(row["id"], row["text"]), lang)
            back = {offset: index for index, offset in enumerate(document.clean.offsets)}
            names = tuple(
                Name(back[start], back[end - 1] + 1, kind)
                for start, end, kind in row["ents"]
                if start in back and end - 1 in back
            )
            roles = tuple(
                (back[start], back[end - 1] + 1, back[owner])
                for start, end, owner, _ in row.get("roles", ())
                if start in back and end - 1 in back and owner in back
            )
            samples.append(Sample(document, names, roles, plain=file.startswith("wikigold")))
    return samples


def bio(line: Line, spans: Iterable[tuple[int, int, str]]) -> list[str]:
    """Label the tokens of a line: B or I and the kind inside of a span, O outside."""
    labels = []
    inside = [span for span in spans if span[0] < line.end and line.start < span[1]]
    for token in line.tokens:
        span = next((span for span in inside if span[0] <= token.start and token.end <= span[1]), None)
        if span is None:
            labels.append("O")
        else:
            labels.append(f"{'B' if token.start == span[0] else 'I'}{span[2]}")
    return labels


Examples = Callable[[Sample], Iterable[tuple[list[Row], list[str]]]]


def name_examples(sample: Sample) -> Iterable[tuple[list[Row], list[str]]]:
    """Yield the features and labels of every line."""
    spans = [
        (name.start, name.end, "-GPE" if sample.plain and name.kind == "LOC" else f"-{name.kind}")
        for name in sample.names
    ]
    for line, rows in document_features(sample.document, keep_all):
        yield rows, bio(line, spans)


def role_examples(sample: Sample) -> Iterable[tuple[list[Row], list[str]]]:
    """Yield the features and labels of every line that may hold a role."""
    if not sample.plain:
        spans = [(start, end, "") for start, end, _ in sample.roles]
        for named in lines_with_names(document_features(sample.document, keep_all), sample.names):
            yield named.rows, bio(named.line, spans)


TASKS = {"names": name_examples, "roles": role_examples}


def fit(samples: Iterable[Sample], examples: Examples, path: Path) -> Any:
    """Train a model, write it, and return it as a tagger."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(PARAMETERS)
    for sample in samples:
        for rows, labels in examples(sample):
            trainer.append(rows, labels)
    trainer.train(str(path))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    return tagger


class Tally:
    """Counts spans that were annotated, found, and found rightly, by kind."""

    def __init__(self) -> None:
        self.gold: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.right: Counter[str] = Counter()

    def add(self, gold: set[Any], found: set[Any]) -> None:
        """Count one document; the last part of a span is its kind."""
        for counter, spans in ((self.gold, gold), (self.found, found), (self.right, gold & found)):
            counter.update(str(span[-1]) for span in spans)
            counter["all"] += len(spans)

    def __str__(self) -> str:
        """Print F1 by kind, the most frequent first."""
        scores = [
            f"{kind} {200 * self.right[kind] / (self.gold[kind] + self.found[kind]):.1f}"
            for kind, _ in self.gold.most_common(7)
        ]
        precision, recall = (self.right["all"] / max(1, count["all"]) for count in (self.found, self.gold))
        return f"P {100 * precision:.1f} R {100 * recall:.1f} F1 {'  '.join(scores)}"


def measure(lang: str) -> None:
    """Print the figures of five folds; Wikigold is trained on, not measured."""
    samples = load(lang)
    alone, together, roles = Tally(), Tally(), Tally()
    words, seconds = 0, 0.0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model"
        for fold in range(FOLDS):
            rest = [sample for index, sample in enumerate(samples) if index % FOLDS != fold]
            tagger, role_tagger = fit(rest, name_examples, path), fit(rest, role_examples, path.with_suffix(".roles"))
            for sample in (sample for sample in samples[fold::FOLDS] if not sample.plain):
                begin = time.perf_counter()
                names = read_lines(document_features(sample.document, keep_all), tagger)
                seconds += time.perf_counter() - begin
                words += len(sample.document.text.split())
                alone.add(_spans(sample.names), _spans(names))
                together.add(_spans(sample.names), _spans(consistent(sample.document, names)))
                roles.add({(*role, "role") for role in sample.roles}, _roles(sample, role_tagger))
    print(lang, "names by line ", alone)
    print(lang, "names by post ", together, f"at {words / seconds:,.0f} words/s")
    print(lang, "roles         ", roles)


def _spans(names: Sequence[Name]) -> set[tuple[int, int, str]]:
    return {(name.start, name.end, name.kind) for name in names}


def _roles(sample: Sample, tagger: Any) -> set[tuple[int, int, int, str]]:
    """Read the roles of the annotated names."""
    named = lines_with_names(document_features(sample.document, keep_all), sample.names)
    roles = (role for line in named for role in read_roles(sample.document.text, line, tagger))
    return {(role.start, role.end, role.name.start, "role") for role in roles}


def fingerprint(samples: Sequence[Sample], examples: Examples) -> str:
    """Return a hash of what a model is trained on, taken from a part of the documents."""
    digest = hashlib.sha256()
    for sample in samples[::PROBE]:
        for rows, labels in examples(sample):
            digest.update(repr((rows, labels)).encode())
    return digest.hexdigest()


def train() -> None:
    """Write all models, and what they were trained on."""
    trained = {}
    for lang in CORPORA:
        samples = load(lang)
        for task, examples in TASKS.items():
            path = MODELS / f"{task}_{lang}.crfsuite"
            fit(samples, examples, path)
            trained[path.stem] = {
                "examples": fingerprint(samples, examples),
                "model": hashlib.sha256(path.read_bytes()).hexdigest(),
            }
    (MODELS / "trained.json").write_text(json.dumps(trained, indent=2) + "\n", encoding="utf-8")


def main(arguments: Sequence[str]) -> None:
    """Run the command."""
    match arguments:
        case ["measure"]:
            for lang in CORPORA:
                measure(lang)
        case ["train"]:
            train()
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
