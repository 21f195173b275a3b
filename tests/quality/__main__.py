"""Print how well it reads: our figures beside those of the baselines, over the gold data of tests/data."""

import warnings
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor

import click
from rich.console import Console

from tests.quality.measuring import Figures
from tests.quality.ratchet import write_figures
from tests.quality.systems import OURS, SYSTEMS, TASKS, Task, measure
from tests.quality.table import WIDTH, Results, as_markdown, as_table


@click.command(help=__doc__)
@click.option("--markdown", is_flag=True, help="Print the table as Markdown, for docs/quality.md.")
@click.option("--write", is_flag=True, help="Keep our figures as those that the ratchet test holds.")
def main(*, markdown: bool, write: bool) -> None:
    """Measure, and print the table."""
    with Console(stderr=True).status("Reading ..."):
        results = _measure_all([(task, system) for task in TASKS for system in SYSTEMS[task.kind]])
    if write:
        write_figures({str(task): figures for (task, system), figures in results.items() if system == OURS})
    if markdown:
        click.echo(as_markdown(results))
    else:
        console = Console()
        # Into a file or a log, where nobody has said how wide it is, the table is printed whole.
        (console if console.is_terminal else Console(width=WIDTH)).print(as_table(results))


def _measure_all(jobs: Sequence[tuple[Task, str]]) -> Results:
    with ProcessPoolExecutor() as pool:
        return dict(zip(jobs, pool.map(_measure_quietly, *zip(*jobs, strict=True)), strict=True))


def _measure_quietly(task: Task, system: str) -> Figures:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # sumy divides by zero where no two sentences share a word
        return measure(task, system)


if __name__ == "__main__":
    main()
