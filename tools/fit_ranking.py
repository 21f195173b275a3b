"""Choose the weights of bot/text/ranking.py, and measure them by cross-validation.

    python -m tools.fit_ranking

For English posts, Russian posts and topics of many posts tries all settings of a grid, and prints the best one, to be
copied into the module. What a setting is worth: ROUGE-1 and ROUGE-2 against what people wrote, each as a ratio to that
of the first sentences, the mean over the kinds of data. Over five folds it prints what the setting that is best on the
others is worth on each, beside the settings that ship and the first sentences.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from itertools import product
from pathlib import Path
from statistics import fmean
from typing import Any

from bot.posts import Analysis, Post
from bot.text.analysis import analyse
from bot.text.ranking import Weights, weights_for
from bot.text.summary import Options, rank_sentences, summarise
from tests.quality.rouge import rouge

DATA = Path(__file__).parents[1] / "tests" / "data"
FOLDS = 5
POSITION = (0.2, 0.3, 0.4, 0.6, 0.8, 1.0, 1.2, 1.5)
CARRIED = {"actors": (0.0, 0.1, 0.2), "numbers": (0.0, 0.1, 0.2, 0.3)}
ONE_POST = {"position": POSITION, "headline": (1.0, 1.5), **CARRIED}
MANY_POSTS = {"position": POSITION[:5], "bigrams": (0.0, 0.25, 0.5), "headline": (1.0,), **CARRIED}


@dataclass(frozen=True, slots=True)
class Example:
    """Posts, what people wrote of them, and how much; ``kind`` names the data."""

    kind: str
    posts: tuple[Post, ...]
    analyses: tuple[Analysis, ...]
    references: tuple[str, ...]
    budget: Options


def _rows(path: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / path).read_text(encoding="utf-8").splitlines()]


def _example(kind: str, texts: Sequence[str], references: Sequence[str], budget: Options, lang: str) -> Example:
    posts = tuple(Post(str(number), text, lang=lang) for number, text in enumerate(texts))
    return Example(kind, posts, tuple(analyse(post) for post in posts), tuple(references), budget)


def examples_of_posts(lang: str) -> Iterator[Example]:
    """Yield single posts: with their annotated leads, and without their headlines, which are to be found again."""
    for row in _rows(f"gold/posts_{lang}.jsonl"):
        yield _example("leads", [row["text"]], ["\n".join(row["lead"])], Options(sentences=len(row["lead"])), lang)
    if lang == "ru":
        told = [(row["summary"], row["text"]) for row in _rows("summaries/headlines_ru.jsonl")]
    else:
        told = [tuple(row["text"].split("\n", 1)) for row in _rows("ner/en.jsonl") if row["id"].startswith("wn-")]
    for headline, body in told:
        yield _example("headlines", [body], [headline], Options(sentences=1), lang)


def examples_of_topics() -> Iterator[Example]:
    """Yield topics of ten articles, with three summaries of 250 words."""
    for row in _rows("summaries/topics_en.jsonl"):
        yield _example("topics", row["docs"], row["summaries"], Options(sentences=None, words=250), "en")


def measure(example: Example, weights: Weights, method: str = "sitrep") -> tuple[float, float]:
    """Return ROUGE-1 and ROUGE-2 of a summary."""
    options = replace(example.budget, method=method)
    sentences = summarise(rank_sentences(example.posts, example.analyses, options, weights), options)
    summary = "\n".join(sentence.span.text for sentence in sentences)
    return rouge(summary, example.references, 1), rouge(summary, example.references, 2)


def worth(
    examples: Sequence[Example], figures: Sequence[tuple[float, float]], first: Sequence[tuple[float, float]]
) -> float:
    """Return how many times better figures are than those of the first sentences, the mean over kinds of data."""
    mine: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    theirs: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for example, one, other in zip(examples, figures, first, strict=True):
        mine[example.kind].append(one)
        theirs[example.kind].append(other)
    return fmean(
        fmean(one[n] for one in mine[kind]) / fmean(one[n] for one in theirs[kind]) for kind in mine for n in (0, 1)
    )


def report(name: str, examples: Sequence[Example], grid: dict[str, tuple[float, ...]], shipped: Weights) -> None:
    """Print the best setting for some examples, and what settings are worth."""
    settings = [replace(shipped, **dict(zip(grid, values, strict=True))) for values in product(*grid.values())]
    figures = {setting: [measure(example, setting) for example in examples] for setting in {*settings, shipped}}
    first = [measure(example, shipped, "lead") for example in examples]

    def on(setting: Weights, chosen: Sequence[int]) -> float:
        return worth(
            [examples[index] for index in chosen],
            [figures[setting][index] for index in chosen],
            [first[index] for index in chosen],
        )

    held_out = []
    for fold in range(FOLDS):
        rest = [index for index in range(len(examples)) if index % FOLDS != fold]
        best = max(settings, key=lambda setting: on(setting, rest))
        held_out.append(on(best, range(fold, len(examples), FOLDS)))
    everything = range(len(examples))
    best = max(settings, key=lambda setting: on(setting, everything))
    print(f"{name}: {len(examples)} examples, {len(settings)} settings; times the worth of the first sentences:")
    print(f"  chosen on the other folds {fmean(held_out):.3f}, shipped {on(shipped, everything):.3f}")
    print(
        f"  best {on(best, everything):.3f}:",
        ", ".join(f"{field.name} {getattr(best, field.name)}" for field in fields(best)),
    )


def main() -> None:
    """Print the figures and the weights."""
    for lang in ("en", "ru"):
        report(f"posts in {lang}", list(examples_of_posts(lang)), ONE_POST, weights_for(lang, 1))
    report("topics", list(examples_of_topics()), MANY_POSTS, weights_for("en", 10))


if __name__ == "__main__":
    main()
