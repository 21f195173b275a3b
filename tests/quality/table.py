"""Lay the figures out as one table: ours beside the baselines, per language, with the goals."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rich.table import Table

from tests.quality.measuring import Figures
from tests.quality.sumy_alone import LEAD
from tests.quality.systems import OURS, SYSTEMS, Task

HEADINGS = ("measure", "en sitrep", "baseline", "goal", "ru sitrep", "baseline", "goal", "baseline")
WIDTH = 120

Results = Mapping[tuple[Task, str], Figures]


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure, its name for readers, its goals, and the baseline that stands beside it."""

    key: str
    label: str
    goals: Mapping[str, str]
    baseline: str


def _goals(en: str, ru: str) -> dict[str, str]:
    return {"en": en, "ru": ru}


_RUNS = "capitalised runs"
_DIGITS = "digits, next word"
_LINKAGE = "average linkage"
MEASURES = {
    "posts": (
        Measure("actors_f1", "actors F1", _goals(".75", ".80"), _RUNS),
        Measure("key_actors_found", "key actors found", _goals(".93", ".95"), _RUNS),
        Measure("top_actor_is_key", "top actor is key", _goals(".85", ".85"), _RUNS),
        Measure("kind_accuracy", "kind accuracy", _goals("", ""), "word pair: person"),
        Measure("roles_f1", "roles F1", _goals(".70", ".65"), "none"),
        Measure("numbers_f1", "numbers F1", _goals(".88", ".88"), _DIGITS),
        Measure("unit_accuracy", "unit accuracy", _goals(".90", ".90"), _DIGITS),
        Measure("qualifier_accuracy", "qualifier accuracy", _goals(".95", ".95"), "always exact"),
        Measure("about_accuracy", "about accuracy", _goals(".70", ".70"), "none"),
        Measure("lead_hit", "lead hit", _goals(".92", ".92"), "sumy LexRank"),
    ),
    "stories": (
        Measure("stories_b3", "stories B3 F1", _goals("", ".94"), _LINKAGE),
        Measure("stories_pairs", "stories pair F1", _goals("", ".80"), _LINKAGE),
        Measure("top_ten_found", "top ten found", _goals("", "8"), "biggest groups"),
        Measure("noise_f1", "noise F1", _goals("", ".80"), "none"),
    ),
}


def lay_out(results: Results) -> Iterator[list[tuple[str, ...]]]:
    """Yield the rows of each part of the table, as cells under `HEADINGS`."""
    for kind, measures in MEASURES.items():
        baseline = SYSTEMS[kind][1]
        yield [
            (
                measure.label,
                *(
                    cell
                    for lang in ("en", "ru")
                    for cell in (
                        _figure(results, Task(kind, lang), OURS, measure.key),
                        _figure(results, Task(kind, lang), baseline, measure.key),
                        measure.goals[lang],
                    )
                ),
                measure.baseline,
            )
            for measure in measures
        ]
    yield [
        (
            "summaries, ROUGE-1/2" if not place else "",
            *(
                cell
                for lang in ("en", "ru")
                for cell in (
                    _rouge(results, Task("summaries", lang), OURS) if not place else "",
                    _rouge(results, Task("summaries", lang), method),
                    "best" if not place else "",
                )
            ),
            method if method == LEAD else f"sumy {method}",
        )
        for place, method in enumerate(SYSTEMS["summaries"][1:])
    ]


def as_table(results: Results) -> Table:
    """Return the table for a terminal."""
    table = Table(title="How well it reads")
    for place, heading in enumerate(HEADINGS):
        in_words = place in (0, len(HEADINGS) - 1)
        table.add_column(heading, justify="left" if in_words else "right", style="bold" if OURS in heading else None)
    for part in lay_out(results):
        for cells in part:
            table.add_row(*cells)
        table.add_section()
    return table


def as_markdown(results: Results) -> str:
    """Return the table for a page."""
    lines = [HEADINGS, ("---", *("--:" for _ in HEADINGS[1:-1]), "---")]
    lines += [cells for part in lay_out(results) for cells in part]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _figure(results: Results, task: Task, system: str, key: str) -> str:
    if (task, system) not in results:
        return ""
    figure = results[task, system][key]
    return f"{figure:.0f}" if key == "top_ten_found" else f"{figure:.3f}".removeprefix("0")


def _rouge(results: Results, task: Task, system: str) -> str:
    figures = results[task, system]
    return f"{100 * figures['rouge_1']:.2f}/{100 * figures['rouge_2']:.2f}"
