"""Recaps of every kind of chat, due each hour of a clock that is moved ahead, and what must have come of them."""

import asyncio
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.playground.client.local_telegram import LocalTelegram
from bot.posts import Desk
from bot.recap import Length, RecapOptions
from bot.recaps.compose import AMOUNTS
from bot.recaps.schedule import write_schedule
from bot.recaps.slots import next_slot
from bot.store.connection import Connection
from bot.store.desks import chats, posts
from bot.store.desks.chats import Chat
from bot.store.engine import open_store
from bot.store.queues import channel_messages
from bot.store.recapping import recaps
from bot.store.upkeep.migrate import migrate
from tests.e2e.process import TOKEN
from tests.faults.places import Where, make_place, seen_in
from tests.faults.telling import Lived, headlines, recaps_among, report, wrong_messages
from tests.faults.timelines import EVERY_HOUR, Made

_KINDS = ("channel", "channel", "channel", "channel", "private", "group", "topic", "channel")
_FAULTS = ("drop_before", "drop_after", "error_before", "error_after", "late", "slow", "html", "flood", "hang_after")
_DESK = Desk(9_000_000)
_MOST_STORIES = AMOUNTS[Length.LONG].stories
_HOUR = 3600.0
LEAST_MESSAGES = len(_KINDS)
"""So many come of an hour in which there was something to tell."""
MOST_MESSAGES = 2 * LEAST_MESSAGES
"""So many are on their way in an hour, if not more."""


class Hours:
    """Recaps that all read one desk, and the reports that come there.

    Args:
        telegram: follows the clock that is moved.
        url: of an empty database.
        rng: decides what comes.

    """

    def __init__(self, telegram: LocalTelegram, url: str, rng: random.Random) -> None:
        self._telegram = telegram
        self._url = url
        self._rng = rng
        self._account = telegram.bot("sitrep_bot", token=TOKEN)
        self._reports: list[str] = []
        made = [(kind, *make_place(telegram, self._account, kind)) for kind in _KINDS]
        self._places: list[tuple[str, Where]] = [(kind, where) for kind, where, _ in made]
        asyncio.run(self._set_up([(kind, Desk(where.id, thread)) for kind, where, thread in made]))

    def let_recaps_be_due(self, start: Callable[[], None], chance: float) -> None:
        """Bring reports and move the clock on by an hour; `start` what is down before it by this chance, else after."""
        self._bring_reports()
        starts_before = self._rng.random() < chance
        if starts_before:
            start()
        self._telegram.advance(_HOUR)
        if not starts_before:
            start()

    def live_for_a_while(self, most: int, seconds: float) -> None:
        """Wait up to `seconds` for some messages, `most` at most, and then a moment."""
        last = self._telegram.calls()
        after, enough = (last[-1]["number"] if last else 0), self._rng.randint(0, most)
        give_up = time.monotonic() + seconds
        while time.monotonic() < give_up and len(self._telegram.calls("sendMessage", after=after)) < enough:
            time.sleep(0.01)
        time.sleep(self._rng.uniform(0, 0.05))

    def let_all_be_told(self, start: Callable[[], None], seconds: float) -> None:
        """End the faults, `start` what is down, and move the clock until all is told, up to `seconds` of ours.

        Whatever is not there by then is found missing when all is judged.
        """
        self._telegram.clear_faults()
        start()
        self._telegram.advance(_HOUR)
        give_up = time.monotonic() + seconds
        while time.monotonic() < give_up and any(self._untold()):
            self._telegram.advance(60)
            time.sleep(1)
        # For what would come once more.
        time.sleep(2)

    def _bring_reports(self) -> None:
        """Let reports come, and some of the calls that tell them go wrong.

        None come while some recap has more to tell than it can: it leaves out what is too much.
        """
        count = self._rng.choice((1, 1, 2, 6))
        if max(map(len, self._untold())) + count <= _MOST_STORIES:
            asyncio.run(self._add_reports(count))
        for _ in range(self._rng.randrange(4)):
            _, where = self._rng.choice(self._places)
            fault = self._rng.choice(_FAULTS)
            self._telegram.fault(fault, "sendMessage", chat=where.id, skip=self._rng.randrange(2), seconds=1)

    def _untold(self) -> list[set[str]]:
        """Return what each recap has not told yet."""
        return [set(self._reports) - set(headlines(seen_in(where, self._account))) for _, where in self._places]

    def wrong(self) -> list[str]:
        """Tell what is wrong with what stands in the chats."""
        found = []
        for number, (kind, where) in enumerate(self._places):
            made = Made(kind, 0, EVERY_HOUR, ())
            texts = recaps_among(seen_in(where, self._account))
            lived = Lived(made, [], texts, is_certain=False, reports=self._reports)
            found += [f"recap {number} ({kind}): {fault}" for fault in wrong_messages(lived)]
        return found

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
        new = [report(0, len(self._reports) + number) for number in range(count)]
        store = await open_store(self._url)
        now = self._now()

        async def add(conn: Connection) -> None:
            for one in new:
                await posts.add(conn, _DESK, one, now)

        await store.change(add)
        await store.close()
        self._reports += [one.text.partition(" ")[0] for one in new]

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._telegram.advance(0), UTC)
