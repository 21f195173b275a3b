"""`sitrep run`, `web`, `worker` and `clock`: the bot; `sitrep playground`: the bot without Telegram."""

import os
import sys
from pathlib import Path

import click


@click.command()
def run() -> None:
    """Run the whole bot in one process.

    It asks Telegram for updates, or is posted them at WEBHOOK_URL if that is set.
    """
    _play("run")


@click.command()
def web() -> None:
    """Receive updates at WEBHOOK_URL, for `sitrep worker`.

    One of several processes that share a Postgres; any number of them may run.
    """
    _play("web")


@click.command()
def worker() -> None:
    """Handle updates, make recaps and send messages.

    One of several processes that share a Postgres; any number of them may run, of which one sends.
    """
    _play("worker")


@click.command()
def clock() -> None:
    """Begin recaps when they are due, and delete what is old.

    One of several processes that share a Postgres; of those that run one is active.
    """
    _play("clock")


def _play(role: str) -> None:
    import asyncio

    from bot.garbage import uncollected

    with uncollected():
        from bot.app import run
        from bot.logs import set_up_logs
        from bot.running.observed import observed
        from bot.settings import load_settings

    settings = load_settings()
    set_up_logs(settings.logs.level, settings.logs.format)
    with observed(settings, role):
        code = asyncio.run(run(settings, role))
    sys.exit(code)


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0 takes any free one.")
@click.option("--no-bot", is_flag=True, help="Only the local Telegram: any bot may use the token.")
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Folder to keep everything in.")
def playground(port: int, data: Path | None, *, no_bot: bool) -> None:
    """Try the bot in the browser; no token needed.

    It runs against a local Telegram, which any other bot can use as well.
    """
    from bot.playground.start import TOKEN, play

    sys.exit(play(port, os.environ.get("TELEGRAM_TOKEN") or TOKEN, with_bot=not no_bot, data=data))
