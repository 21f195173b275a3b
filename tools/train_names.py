"""Train the models of bot/text/names.py, or measure them by cross-validation.

    python tools/train_names.py train          writes bot/text/models/names_{en,ru}.crfsuite
    python tools/train_names.py measure        prints precision, recall and F1 over five folds
"""

import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pycrfsuite

from bot.posts import Post
from bot.text.document import Document, read_document
from bot.text.features import Known, token_features
from bot.text.names import Name, consistent, decode

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "data" / "ner"
MODELS = ROOT / "bot" / "text" / "models"
CORPORA = {"en": ["en.jsonl", "wikigold_en.jsonl"], "ru": ["ru.jsonl"]}
PARAMETERS = {"c1": 0.1, "c2": 0.1, "max_iterations": 80, "feature.possible_transitions": True, "feature.minfreq": 2}
FOLDS = 5


def load(lang: str) -> list[tuple[Document, list[tuple[int, int, str]], bool]]:
    rows = []
    for name in CORPORA[lang]:
        for line in (DATA / name).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            document = read_document(Post(row["id"], row["text"]), lang)
            rows.append((document, [tuple(entity) for entity in row["ents"]], "wikigold" in name, row.get("roles", [])))
    return rows


def labels(document: Document, line: Any, entities: list[tuple[int, int, str]]) -> list[str]:
    """BIO labels of a line; entity offsets are of the original text."""
    out = []
    for token in line.tokens:
        start, end = document.clean.original(token.start, token.end)
        label = "O"
        for left, right, kind in entities:
            if left <= start and end <= right:
                label = f"{'B' if start == left or not out or out[-1][2:] != kind else 'I'}-{kind}"
                break
        out.append(label)
    return out


def fit(rows: list[tuple[Document, list[tuple[int, int, str]], bool]], path: Path) -> None:
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(PARAMETERS)
    for document, entities, wikigold, _ in rows:
        known = Known(document.lines)
        for line in document.lines:
            gold = labels(document, line, entities)
            if wikigold:  # it does not tell states and cities from other places
                gold = [label.replace("LOC", "GPE") for label in gold]
            trainer.append(token_features(document, line, known), gold)
    trainer.train(str(path))


def tag(document: Document, tagger: Any) -> list[Name]:
    known = Known(document.lines)
    return [
        name
        for line in document.lines
        for name in decode(line.tokens, tagger.tag(token_features(document, line, known)))
    ]


def figures(gold: Counter[str], mine: Counter[str], right: Counter[str]) -> str:
    parts = []
    for kind in ("ALL", "PER", "ORG", "GPE", "LOC", "NORP", "MISC"):
        precision, recall = right[kind] / max(1, mine[kind]), right[kind] / max(1, gold[kind])
        parts.append(f"{kind} {100 * 2 * precision * recall / max(1e-9, precision + recall):.1f}")
    precision, recall = right["ALL"] / max(1, mine["ALL"]), right["ALL"] / max(1, gold["ALL"])
    return f"P {100 * precision:.1f} R {100 * recall:.1f} F1: " + "  ".join(parts)


def measure(lang: str) -> None:
    rows = load(lang)
    counts = {key: (Counter(), Counter(), Counter()) for key in ("lines", "post")}
    words = seconds = 0.0
    for fold in range(FOLDS):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "model"
            fit([row for index, row in enumerate(rows) if index % FOLDS != fold], path)
            tagger = pycrfsuite.Tagger()
            tagger.open(str(path))
            for document, entities, wikigold, _ in rows[fold::FOLDS]:
                if wikigold:
                    continue
                begin = time.perf_counter()
                names = tag(document, tagger)
                seconds += time.perf_counter() - begin
                words += len(document.text.split())
                gold = {entity for entity in entities}
                for key, found in (("lines", names), ("post", consistent(document, names))):
                    mine = {(*document.clean.original(name.start, name.end), name.kind) for name in found}
                    for counter, spans in zip(counts[key], (gold, mine, gold & mine), strict=True):
                        counter.update(["ALL"] * len(spans))
                        counter.update(kind for _, _, kind in spans)
    for key, counters in counts.items():
        print(lang, key, figures(*counters), f"{words / seconds:,.0f} words/s")


if __name__ == "__main__":
    for language in CORPORA:
        if sys.argv[1:] == ["measure"]:
            measure(language)
        elif sys.argv[1:] == ["train"]:
            fit(load(language), MODELS / f"names_{language}.crfsuite")
        else:
            sys.exit(__doc__)
