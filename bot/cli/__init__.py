"""The commands of `sitrep`, thin: each reads its arguments and hands over to the part that does the work.

What a command needs is imported inside it, so that `sitrep digest` does not wait for the bot, nor
`sitrep --help` for the reading.
"""

from __future__ import annotations

import atexit
import gc
import sys
from typing import TYPE_CHECKING

import click

from bot import __version__
from bot.cli.operating import backup, doctor, import_file, migrate
from bot.cli.parked import inbox, outbox
from bot.cli.reading import digest
from bot.cli.running import clock, playground, run, web, worker
from bot.errors import SitrepError

if TYPE_CHECKING:
    from types import TracebackType

_ALL = (digest, playground, run, web, worker, clock, migrate, backup, import_file, doctor, inbox, outbox)


class _Commands(click.Group):
    """The commands; a fault of any becomes one line on standard error, and the exit code of its kind."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except SitrepError as fault:
            click.echo(f"sitrep: {_redacted(' '.join(str(fault).splitlines()))}", err=True)
            ctx.exit(fault.exit_code)


def _print_crash(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Print what nobody caught, as Python does, but without secrets."""
    import traceback

    click.echo(_redacted("".join(traceback.format_exception(kind, error, trace))), nl=False, err=True)


def _redacted(text: str) -> str:
    from bot.logs import redact

    return redact(text)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sitrep")
def main() -> None:
    """Read posts and tell what happened, who and how many, in their own words."""
    sys.excepthook = _print_crash
    # The system takes all memory back at once; Python would look through it for garbage before, for 0.2 s.
    atexit.register(gc.freeze)


for _command in _ALL:
    main.add_command(_command)
