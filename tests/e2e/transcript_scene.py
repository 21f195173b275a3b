"""What is to be talked about in a transcript, and the local Telegram and the bot for it."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

from bot.playground.serving import serving
from bot.playground.world.clock import Clock
from bot.playground.world.world import World
from tests.e2e.process import TOKEN
from tests.e2e.transcript import Story

BEGIN = datetime(2026, 3, 2, 6, tzinfo=UTC)
_LEGEND = "[A button] · ⌨️ [one in place of the keyboard] · ❝what shows folded❞"


@dataclass(frozen=True)
class Scene:
    """A conversation to be had: its name in those of files, its title, who plays it, and the settings of the bot."""

    name: str
    title: str
    play: Callable[[Story], None]
    settings: Mapping[str, str] = field(default_factory=dict)


@contextmanager
def story(home: Path, scene: Scene, lang: str) -> Iterator[Story]:
    """Begin a conversation with a bot that nobody has written to yet."""
    clock, store, log = home / "clock", home / "sitrep.sqlite3", home / "bot.log"
    log.touch()
    world = World(clock=Clock(BEGIN.timestamp() - time.time(), clock))
    with serving(world) as telegram:
        bot = telegram.bot("sitrep_bot", token=TOKEN, inline=True, first_name="Sitrep")
        environment = {
            "HOME": str(home),
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_API_URL": telegram.url,
            "DATABASE_URL": f"sqlite:///{store}",
            "PLAYGROUND_CLOCK": str(clock),
            **scene.settings,
        }
        forks = get_context("forkserver")
        forks.set_forkserver_preload(["tests.e2e.transcript_bot"])
        process = forks.Process(target=_be_a_bot, args=(environment, str(log)), daemon=True)
        process.start()
        try:
            telegram.waits_for_call("deleteWebhook")  # the tables are there
            yield Story(telegram, bot, store, lang, [f"# {scene.title}", "", _LEGEND, ""])
        except Exception as error:
            error.add_note(log.read_text(encoding="utf-8"))
            raise
        finally:
            process.terminate()
            process.join()
        assert telegram.wrong_requests() == []


def _be_a_bot(environment: dict[str, str], log: str) -> None:
    from tests.e2e.transcript_bot import run  # noqa: PLC0415 - it loads what only the bot's process needs

    run(environment, log)
