"""Kill the bot hundreds of times while thousands of updates come, and see whether anything was lost or doubled.

First in one process, then in seven on one Postgres, which is killed too. An option of 0 leaves its part out.
"""

import math
import random
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from tests.faults import crashes, many_crashes, many_recap_crashes, recap_crashes
from tests.faults.crashes import Outcome

# How long some processes stand still, and how long Postgres is away, in seconds.
_PAUSES = (0, 0, 0, 12, 12, 65)
_OUTAGES = (3, 45)

Plan = TypeVar("Plan")


@click.command(help=__doc__)
@click.option("--kills", default=300, show_default=True, help="How often, half of it behind a webhook.")
@click.option("--acts", default=3000, show_default=True, help="How many messages people send.")
@click.option("--people", default=40, show_default=True, help="How many people send them.")
@click.option("--recap-kills", default=100, show_default=True, help="How often while recaps are due, behind these.")
@click.option("--many-kills", default=200, show_default=True, help="How often one of several processes.")
@click.option("--many-recap-kills", default=50, show_default=True, help="How often one of them while recaps are due.")
@click.option("--minutes", type=float, help="For how long in each mode, if that is not enough for all kills.")
@click.option("--seed", envvar="FAULTS_SEED", type=int, help="Of an earlier run; else a new one.  [env: FAULTS_SEED]")
def main(
    *,
    kills: int,
    acts: int,
    people: int,
    recap_kills: int,
    many_kills: int,
    many_recap_kills: int,
    minutes: float | None,
    seed: int | None,
) -> None:
    """Run all modes, and end with 1 if anything was wrong."""
    seed = random.SystemRandom().randrange(1_000_000) if seed is None else seed
    seconds = math.inf if minutes is None else minutes * 60
    wrong: list[str] = []
    for webhook in (False, True) if kills else ():
        plan = crashes.Plan(seed, kills // 2, acts // 2, webhook=webhook, people=people, seconds=seconds)
        wrong += _carry_out(plan, lambda plan, home: _told(crashes.crash(plan, home)))
    if recap_kills:
        wrong += _carry_out(recap_crashes.Plan(seed, recap_kills), recap_crashes.crash)
    if many_kills:
        many = many_crashes.Plan(
            seed, many_kills, acts * 2 // 3, people, _PAUSES[:many_kills], _OUTAGES[:many_kills], seconds
        )
        wrong += _carry_out(many, lambda plan, home: _told(many_crashes.crash(plan, home)))
    if many_recap_kills:
        wrong += _carry_out(
            many_recap_crashes.Plan(seed, many_recap_kills, _OUTAGES[:many_recap_kills]), many_recap_crashes.crash
        )
    click.echo(f"{len(wrong)} faults")
    for line in wrong:
        click.echo(f"  {line}")
    sys.exit(bool(wrong))


def _carry_out(plan: Plan, crash: Callable[[Plan, Path], list[str]]) -> list[str]:
    """Carry a plan out in a new folder, which stays if anything was wrong."""
    click.echo(plan)
    home = Path(tempfile.mkdtemp(prefix="sitrep-"))
    wrong = crash(plan, home)
    if wrong:
        click.echo(f"  {len(wrong)} faults; logs, and databases in files, are in {home}")
    else:
        shutil.rmtree(home)
    return wrong


def _told(outcome: Outcome) -> list[str]:
    click.echo(f"  {outcome.kills} kills: {outcome.sent} answers to {outcome.questions} commands")
    return outcome.wrong


if __name__ == "__main__":
    main()
