"""`sitrep playground`: the local Telegram and the real bot, each as a process of its own."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.errors import InputFault
from bot.playground.bot_api.telegram import Telegram
from bot.playground.control.places import Places
from bot.playground.server import Server, listen
from bot.playground.stage import furnish
from bot.playground.world.clock import Clock
from bot.playground.world.persistence import load_state, save_state
from bot.playground.world.world import World

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator

TOKEN = "6000000001:local-telegram-needs-no-secret"  # noqa: S105 - opens nothing but the local server
_STATE = "telegram.json"
_CLOCK = "clock"
_SET_HERE = ("SITREP_TELEGRAM__", "SITREP_DATABASE__", "WEBHOOK_", "SENTRY_DSN", "OTEL_")
_BOT_SECONDS = 12


def play(port: int, token: str, *, with_bot: bool, data: Path | None) -> int:
    """Serve until Ctrl-C or SIGTERM; return the exit code.

    Args:
        port: 0 for any free one.
        token: the bot's.
        with_bot: start the bot too; without, any program may use the token.
        data: folder that keeps the database and the state; a temporary one if None.

    Raises:
        PortTaken: the port can't be used.
        InputFault: the folder can't be made, or the saved state can't be read.
    """
    with listen(port) as listening, _folder(data) as folder:
        saved = folder / _STATE
        world = _load(saved) if saved.exists() else World()
        world.clock = Clock(world.state.shift, folder / _CLOCK)
        if not any(bot.token == token for bot in world.state.bots.values()):
            _add_bot(world, token)
        code = asyncio.run(_run(world, listening, _environment(folder, token) if with_bot else None))
        world.state.shift = world.clock.shift
        saved.write_bytes(save_state(world.state))
    return code


async def _run(world: World, listening: socket.socket, environment: dict[str, str] | None) -> int:
    """Serve until a signal comes or the bot ends by itself; the bot is stopped before its server."""
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    server = Server(Telegram(world, insecure_webhooks=True))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    click.echo(f"Playground: {url} (Ctrl-C ends it)")
    try:
        return await _run_bot({**environment, "TELEGRAM_API_URL": url}, stop) if environment else await _wait(stop)
    finally:
        server.should_exit = True
        await serving


async def _wait(stop: asyncio.Event) -> int:
    await stop.wait()
    return 0


async def _run_bot(environment: dict[str, str], stop: asyncio.Event) -> int:
    """Run the bot until it is to stop or ends by itself; return its exit code.

    It gets a session of its own, so that Ctrl-C reaches only us.
    """
    bot = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=environment, start_new_session=True
    )
    stopping, ending = asyncio.create_task(stop.wait()), asyncio.create_task(bot.wait())
    await asyncio.wait([stopping, ending], return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not ending.done():
        bot.terminate()
        await asyncio.wait([ending], timeout=_BOT_SECONDS)
    if not ending.done():
        bot.kill()
    return await ending


def _load(saved: Path) -> World:
    try:
        state = load_state(saved.read_bytes())
    except OSError as error:
        raise InputFault(f"{saved} can't be read: {error.strerror}") from None
    except ValueError:
        raise InputFault(
            f"{saved} can't be read: it is not what a playground left; delete it, or name another folder"
        ) from None
    return World(state)


def _add_bot(world: World, token: str) -> None:
    """Make the bot; an empty world gets its people and chats too."""
    is_empty = not world.state.users
    made = Places(world).add_bot("sitrep_bot", "Sitrep", token=token)
    if is_empty:
        furnish(world, made["id"])


def _environment(folder: Path, token: str) -> dict[str, str]:
    """Return the environment of the bot: ours, but for where it talks to and what it remembers.

    It tells of trouble only, unless LOG_LEVEL asks for more: the terminal is for the address.
    """
    ours = {name: value for name, value in os.environ.items() if not name.upper().startswith(_SET_HERE)}
    database = f"sqlite:///{folder.resolve() / 'sitrep.sqlite3'}"
    clock = str(folder.resolve() / _CLOCK)
    return {
        "LOG_LEVEL": "warning",
        **ours,
        "TELEGRAM_TOKEN": token,
        "DATABASE_URL": database,
        "PLAYGROUND_CLOCK": clock,
    }


@contextmanager
def _folder(data: Path | None) -> Iterator[Path]:
    """Hand out the folder to keep things in, or one that is gone afterwards."""
    if data:
        try:
            data.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputFault(f"{data} can't be made: {error.strerror}") from None
        yield data
    else:
        with tempfile.TemporaryDirectory(prefix="sitrep-playground-") as name:
            yield Path(name)
