"""Recaps: how long one of many posts takes and how much memory, and whether many that are due at once keep to limits.

Run as a program, it writes a recap and prints what that took: the process is then one that holds the bot and no more.
"""

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import bot.app  # noqa: F401 - the memory is that of the whole bot
from bot import clock
from bot.playground.client.local_telegram import LocalTelegram
from bot.playground.serving import serving
from bot.posts import Desk, Origin, OriginKind, Post
from bot.recap import Recap, RecapOptions
from bot.settings import load_settings
from bot.store.desks import analyses, posts
from bot.store.engine import Store, open_store
from bot.store.recapping import recaps
from bot.store.upkeep.migrate import migrate
from bot.telegram.recapping.writing import write
from bot.text.analysis import analyse
from tests.benchmarks.material import made_posts
from tests.benchmarks.rows import Row, most_memory, run_python
from tests.e2e.process import TOKEN, BotProcess

_POSTS = 10_000
_RECAPS = 1_000
_DESK = Desk(7)
_DAY = timedelta(days=1)
_LONGEST = 600.0
_NEWS = (
    "A flood in Riverton killed 12 people on Monday, the mayor said. Rescuers searched the old town.",
    "Train drivers in Lakeland went on strike over pay. About 300 trains were cancelled on Tuesday.",
)


def measure() -> Iterator[Row]:
    """Yield the rows."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/posts.sqlite3"
        asyncio.run(_fill(url, made_posts(_POSTS)))
        took = json.loads(run_python("-m", "tests.benchmarks.recaps", url).output)
    yield Row(f"a recap of {took['posts']:,} posts, read before", f"{took['seconds']:.1f} s", "5 s")
    yield Row("memory of the bot while it is written, at most", f"{took['megabytes']:.0f} MB", "300 MB")
    with tempfile.TemporaryDirectory() as folder:
        yield _due_at_once(Path(folder))


async def _fill(url: str, made: tuple[Post, ...]) -> None:
    """Store posts that were read."""
    await migrate(url)
    store = await open_store(url)
    for post in made:
        analysis = analyse(post)
        async with store.write() as conn:
            stored = await posts.add(conn, _DESK, post, clock.now(), by_text=False)
            await analyses.put(conn, {stored.seq: analysis})
    await store.close()


async def _write(url: str) -> dict[str, float]:
    """Write a recap of all posts of the desk, and tell what that took."""
    store = await open_store(url)
    recap = await _add(store, Desk(-1), clock.now() + _DAY)
    begin = time.process_time()
    written = await write(store, load_settings(), recap, clock.now())
    seconds = time.process_time() - begin
    await store.close()
    return {"seconds": seconds, "megabytes": most_memory(), "posts": written.posts}


async def _add(store: Store, destination: Desk, slot: datetime) -> Recap:
    async with store.write() as conn:
        return await recaps.create(
            conn,
            owner_id=_DESK.chat_id,
            source=_DESK,
            destination=destination,
            title="News",
            schedule=f"daily {slot:%H:%M} UTC",
            options=RecapOptions(),
            next_slot=slot,
            now=clock.now(),
        )


def _due_at_once(home: Path) -> Row:
    """Let many recaps be due in one minute, each for a channel of its own, where the flood limits hold."""
    with serving(clock=home / "clock") as telegram:
        sitrep = telegram.bot("sitrep_bot", token=TOKEN)
        telegram.limit_floods()
        channels = []
        for number in range(_RECAPS):
            channel = telegram.channel(f"Channel {number}")
            channel.adds(sitrep)
            channels.append(channel.id)
        slot = datetime.fromtimestamp(telegram.advance(0), UTC).replace(second=0, microsecond=0) + timedelta(minutes=3)
        asyncio.run(_set_up(f"sqlite:///{home / 'sitrep.sqlite3'}", channels, slot))
        process = BotProcess(telegram.url, home, **{clock.FILE: str(home / "clock")})
        process.start()
        try:
            telegram.waits_for_call("getUpdates")
            telegram.advance((slot - datetime.fromtimestamp(telegram.advance(0), UTC)).total_seconds())
            begin = time.monotonic()
            posted, refused = _wait_for_messages(telegram)
            wall = time.monotonic() - begin
        finally:
            process.close()
    what = f"{_RECAPS:,} recaps due at once: posted, answered by 429"
    return Row(what, f"{posted:,}, {refused} ({wall:.0f} s)", f"{_RECAPS:,}, 0 (at best {_RECAPS / 30:.0f} s)")


async def _set_up(url: str, channels: list[int], slot: datetime) -> None:
    origin = Origin(OriginKind.CHANNEL, "River News")
    await _fill(url, tuple(Post(f"p{number}", text, clock.now(), origin) for number, text in enumerate(_NEWS)))
    store = await open_store(url)
    for channel in channels:
        await _add(store, Desk(channel), slot)
    await store.close()


def _wait_for_messages(telegram: LocalTelegram) -> tuple[int, int]:
    """Wait until there is a message in every channel; tell in how many there is, and how many were answered by 429.

    Each look reads what is new: a server that writes out all that happened lets messages wait, and then come at once.
    """
    give_up = time.monotonic() + _LONGEST
    posted, refused, last = set[str](), 0, 0
    while time.monotonic() < give_up and len(posted) < _RECAPS:
        time.sleep(0.2)
        for call in telegram.calls(after=last):
            last = call["number"]
            if call["method"] == "sendMessage":
                refused += call["status"] == 429
                posted |= {call["params"]["chat_id"]} if call["status"] == 200 else set()
    return len(posted), refused


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(_write(sys.argv[1]))))
