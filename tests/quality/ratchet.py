"""The figures that were reached, and by how much a change may lower them."""

import json
from collections.abc import Mapping
from pathlib import Path

from tests.quality.measuring import Figures

PATH = Path(__file__).with_name("figures.json")
# Half an actor or number in a hundred comes and goes with any change; a summary's overlap moves in smaller steps.
_MARGINS = {"rouge_1": 0.003, "rouge_2": 0.003, "top_ten_found": 1.0}
_MARGIN = 0.015


def read_figures() -> dict[str, Figures]:
    """Return the figures that were reached, by task."""
    figures: dict[str, Figures] = json.loads(PATH.read_text(encoding="utf-8"))
    return figures


def write_figures(figures: Mapping[str, Figures]) -> None:
    """Keep figures as the ones that were reached."""
    rounded = {task: {key: round(figure, 4) for key, figure in row.items()} for task, row in figures.items()}
    PATH.write_text(json.dumps(rounded, indent=2) + "\n", encoding="utf-8")


def fallen(reached: Figures, now: Figures) -> dict[str, str]:
    """Return the figures that are lower than reached by more than their margin, told as "0.812, was 0.840"."""
    return {
        key: f"{now[key]:.4f}, was {figure:.4f}"
        for key, figure in reached.items()
        if now[key] < figure - _MARGINS.get(key, _MARGIN)
    }
