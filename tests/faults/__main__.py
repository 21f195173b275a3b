"""Kill the bot hundreds of times while thousands of updates come, and see whether anything was lost or doubled."""

import random
import shutil
import sys
import tempfile
from pathlib import Path

import click

from tests.faults.crashes import Plan, crash


@click.command(help=__doc__)
@click.option("--kills", default=300, show_default=True, help="How often, half of it behind a webhook.")
@click.option("--acts", default=3000, show_default=True, help="How many messages people send.")
@click.option("--people", default=40, show_default=True, help="How many people send them.")
@click.option("--seed", envvar="FAULTS_SEED", type=int, help="Of an earlier run; else a new one.  [env: FAULTS_SEED]")
def main(*, kills: int, acts: int, people: int, seed: int | None) -> None:
    """Run both modes, and end with 1 if anything was wrong."""
    seed = random.SystemRandom().randrange(1_000_000) if seed is None else seed
    wrong: list[str] = []
    for webhook in (False, True):
        plan = Plan(seed, kills // 2, acts // 2, webhook=webhook, people=people)
        click.echo(plan)
        home = Path(tempfile.mkdtemp(prefix="sitrep-"))
        outcome = crash(plan, home)
        click.echo(f"  {outcome.sent} answers to {outcome.questions} commands, {len(outcome.wrong)} faults")
        if outcome.wrong:
            click.echo(f"  database and log are in {home}")
        else:
            shutil.rmtree(home)
        wrong += outcome.wrong
    for line in wrong:
        click.echo(f"  {line}")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
