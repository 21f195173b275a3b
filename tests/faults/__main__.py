"""Kill the bot hundreds of times while thousands of updates come, and see whether anything was lost or doubled."""

import math
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from tests.faults import recap_crashes
from tests.faults.crashes import Plan, crash


@contextmanager
def _home() -> Iterator[tuple[Path, list[str]]]:
    """Make a folder for a run and a list for what was wrong; the folder stays if there is anything in the list."""
    home, wrong = Path(tempfile.mkdtemp(prefix="sitrep-")), list[str]()
    yield home, wrong
    if wrong:
        click.echo(f"  database and log are in {home}")
    else:
        shutil.rmtree(home)


@click.command(help=__doc__)
@click.option("--kills", default=300, show_default=True, help="How often, half of it behind a webhook.")
@click.option("--acts", default=3000, show_default=True, help="How many messages people send.")
@click.option("--people", default=40, show_default=True, help="How many people send them.")
@click.option("--recap-kills", default=100, show_default=True, help="How often while recaps are due, behind these.")
@click.option("--minutes", type=float, help="For how long in each of both modes, if that is not enough for all kills.")
@click.option("--seed", envvar="FAULTS_SEED", type=int, help="Of an earlier run; else a new one.  [env: FAULTS_SEED]")
def main(*, kills: int, acts: int, people: int, recap_kills: int, minutes: float | None, seed: int | None) -> None:
    """Run both modes and that of recaps, and end with 1 if anything was wrong."""
    seed = random.SystemRandom().randrange(1_000_000) if seed is None else seed
    wrong: list[str] = []
    for webhook in (False, True):
        seconds = math.inf if minutes is None else minutes * 60
        plan = Plan(seed, kills // 2, acts // 2, webhook=webhook, people=people, seconds=seconds)
        click.echo(plan)
        with _home() as (home, found):
            outcome = crash(plan, home)
            click.echo(
                f"  {outcome.kills} kills: {outcome.sent} answers to {outcome.questions} commands, "
                f"{len(outcome.wrong)} faults"
            )
            found.extend(outcome.wrong)
        wrong += found
    recap_plan = recap_crashes.Plan(seed, recap_kills)
    click.echo(recap_plan)
    with _home() as (home, found):
        found.extend(recap_crashes.crash(recap_plan, home))
        click.echo(f"  {len(found)} faults")
    wrong += found
    for line in wrong:
        click.echo(f"  {line}")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
