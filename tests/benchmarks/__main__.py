"""Print how fast it is and how much memory it takes, beside peers in the same run."""

import warnings
from collections.abc import Callable, Iterator

import click
from rich.console import Console
from rich.table import Table

from tests.benchmarks import crowd, intake, ranking, reading, recaps, scale, sending, starting
from tests.benchmarks.rows import Row

BENCHMARKS: dict[str, Callable[[], Iterator[Row]]] = {
    "starting": starting.measure,
    "reading": reading.measure,
    "ranking": ranking.measure,
    "crowd": crowd.measure,
    "sending": sending.measure,
    "intake": intake.measure,
    "recaps": recaps.measure,
    "scale": scale.measure,
}
HEADINGS = ("benchmark", "sitrep", "goal", "peer", "its figure", "ratio")
_WIDTH = 130


@click.command(help=__doc__)
@click.option("--only", type=click.Choice(list(BENCHMARKS)), help="Only this one.")
@click.option("--markdown", is_flag=True, help="Print the table as Markdown, for docs/quality.md.")
def main(*, only: str | None, markdown: bool) -> None:
    """Measure, and print the table."""
    # sumy divides by zero where no two sentences share a word.
    warnings.simplefilter("ignore", RuntimeWarning)
    rows = []
    with Console(stderr=True).status("") as status:
        for name in [only] if only else BENCHMARKS:
            status.update(f"{name} ...")
            for row in BENCHMARKS[name]():
                rows.append(_cells(row))
                status.console.print(f"{row.what}: [bold]{row.figure}")
    if markdown:
        lines = [HEADINGS, ("---", "--:", "--:", "---", "--:", "--:"), *rows]
        click.echo("\n".join(f"| {' | '.join(cells)} |" for cells in lines))
        return
    table = Table(*HEADINGS, title="How fast it is")
    for cells in rows:
        table.add_row(*cells)
    console = Console()
    (console if console.is_terminal else Console(width=_WIDTH)).print(table)


def _cells(row: Row) -> tuple[str, ...]:
    ratio = "" if row.ratio is None else f"{row.ratio:,.1f} x" if row.ratio < 10 else f"{row.ratio:,.0f} x"
    return row.what, row.figure, row.goal, row.peer, row.peer_figure, ratio


if __name__ == "__main__":
    main()
