"""The crash test of recaps: the real process, killed at random moments while they are due and faults come."""

import asyncio
import random
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot import clock
from bot.playground.client import LocalTelegram
from bot.playground.serving import serving
from bot.posts import Desk
from bot.recap import Length, RecapOptions
from bot.recaps.schedule import write_schedule
from bot.recaps.slots import next_slot
from bot.store import channel_messages, chats, posts, recaps
from bot.store.chats import Chat
from bot.store.engine import open_store
from bot.store.migrate import migrate
from tests.e2e.process import TOKEN, BotProcess
from tests.faults.places import Where, make_place, seen_in
from tests.faults.telling import Lived, headlines, recaps_among, report, wrong_messages
from tests.faults.timelines import EVERY_HOUR, Made

_KINDS = ("channel", "channel", "channel", "channel", "private", "group", "topic", "channel")
_FAULTS = ("drop_before", "drop_after", "error_before", "error_after", "late", "slow", "html", "flood", "hang_after")
_HOUR = 3600.0
_DESK = Desk(9_000_000)
_LONGEST_LIFE = 8.0
_LONGEST_END = 150.0


@dataclass(frozen=True)
class Plan:
    """A run that can be repeated, but for what the machine makes of it."""

    seed: int
    kills: int


def crash(plan: Plan, home: Path) -> list[str]:
    """Carry a plan out in a folder; tell what was wrong in the end."""
    rng = random.Random(plan.seed)  # noqa: S311 - it must come again, not be secret
    with serving(clock=home / "clock") as telegram:
        crashes = _Crashes(telegram, home, rng)
        try:
            for _ in range(plan.kills):
                crashes.once()
            crashes.end()
        finally:
            crashes.process.close()
        return crashes.wrong() + telegram.wrong_requests()


class _Crashes:
    """Kills a process that posts recaps, each hour of a clock that is moved ahead."""

    def __init__(self, telegram: LocalTelegram, home: Path, rng: random.Random) -> None:
        self._telegram = telegram
        self._rng = rng
        self._url = f"sqlite:///{home / 'sitrep.sqlite3'}"
        self._account = telegram.bot("sitrep_bot", token=TOKEN)
        self._places: list[tuple[str, Where]] = []
        self._reports: list[str] = []
        self.process = BotProcess(
            telegram.url, home, **{clock.FILE: str(home / "clock"), "SITREP_TELEGRAM__POLL_SECONDS": "2"}
        )
        made = [(kind, *make_place(telegram, self._account, kind)) for kind in _KINDS]
        self._places = [(kind, where) for kind, where, _ in made]
        asyncio.run(self._set_up([(kind, Desk(where.id, thread)) for kind, where, thread in made]))

    def once(self) -> None:
        """Let recaps be due, and kill the process while it posts them."""
        asyncio.run(self._add_reports(self._rng.choice((1, 1, 2, 6))))
        for _ in range(self._rng.randrange(4)):
            _, where = self._rng.choice(self._places)
            fault = self._rng.choice(_FAULTS)
            self._telegram.fault(fault, "sendMessage", chat=where.id, skip=self._rng.randrange(2), seconds=1)
        starts_before = self._rng.random() < 0.7
        if starts_before:
            self._start()
        self._telegram.advance(_HOUR)
        if not starts_before:
            self._start()
        self._live_for_a_while()
        self.process.kill()

    def end(self) -> None:
        """Let the process finish what it was broken off at."""
        self._telegram.clear_faults()
        self._start()
        self._telegram.advance(_HOUR)
        give_up = time.monotonic() + _LONGEST_END
        # Whatever is not there by then is found missing when all is judged.
        while time.monotonic() < give_up and not self._is_all_told():
            self._telegram.advance(60)
            time.sleep(1)
        time.sleep(2)
        self.process.stop()

    def wrong(self) -> list[str]:
        """Tell what is wrong with what stands in the chats."""
        found = []
        for number, (kind, where) in enumerate(self._places):
            made = Made(kind, 0, EVERY_HOUR, ())
            texts = recaps_among(seen_in(where, self._account))
            lived = Lived(made, [], texts, is_certain=False, reports=self._reports)
            found += [f"recap {number} ({kind}): {fault}" for fault in wrong_messages(lived)]
        return found

    def _start(self) -> None:
        before = len(self._telegram.calls("getUpdates"))
        self.process.start()
        # A process that starts slowly is killed in the middle of its start.
        give_up = time.monotonic() + _LONGEST_LIFE
        while time.monotonic() < give_up and len(self._telegram.calls("getUpdates")) == before:
            time.sleep(0.05)

    def _live_for_a_while(self) -> None:
        """Wait for some messages, and then a moment."""
        last = self._telegram.calls()
        after, enough = (last[-1]["number"] if last else 0), self._rng.randint(0, 2 * len(_KINDS))
        give_up = time.monotonic() + _LONGEST_LIFE
        while time.monotonic() < give_up and len(self._telegram.calls("sendMessage", after=after)) < enough:
            time.sleep(0.01)
        time.sleep(self._rng.uniform(0, 0.05))

    def _is_all_told(self) -> bool:
        return all(set(self._reports) <= set(headlines(seen_in(where, self._account))) for _, where in self._places)

    async def _set_up(self, places: list[tuple[str, Desk]]) -> None:
        await migrate(self._url)
        store = await open_store(self._url)
        now = self._now()
        async with store.write() as conn:
            for kind, desk in places:
                if kind == "channel":
                    await chats.touch(conn, Chat(desk.chat_id, "channel", "Channel"))
                    await channel_messages.note(conn, desk.chat_id, 1, now - timedelta(days=1))
                await recaps.create(
                    conn,
                    owner_id=_DESK.chat_id,
                    source=_DESK,
                    destination=desk,
                    title="News",
                    schedule=write_schedule(EVERY_HOUR),
                    options=RecapOptions(length=Length.LONG),
                    next_slot=next_slot(EVERY_HOUR, now),
                    now=now,
                )
        await store.close()

    async def _add_reports(self, count: int) -> None:
        store = await open_store(self._url)
        now = self._now()
        async with store.write() as conn:
            for _ in range(count):
                one = report(0, len(self._reports))
                await posts.add(conn, _DESK, one, now)
                self._reports.append(one.text.partition(" ")[0])
        await store.close()

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._telegram.advance(0), UTC)
