"""Take late edits over: when a post that a recap quotes is edited within a day, what was posted is edited, too.

Which recaps quote an edition that has been replaced is asked of the tables, once a minute, so that nothing is lost by a
restart and several edits become one. The story is told again of the posts as they are now, and put in the place of what
stands in the message; all else stays. Where that is impossible (the message has no room, the story was divided among
two messages, Telegram refuses) the recap stays as it is.
"""

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot import clock
from bot.errors import StoreFault
from bot.recap import Quotation, Recap, Run
from bot.recaps.compose import retell
from bot.recaps.events import Read
from bot.settings import Settings
from bot.store.connection import Connection
from bot.store.desks import analyses
from bot.store.engine import Store
from bot.store.queues import outbox
from bot.store.queues.outbox import Outgoing
from bot.store.recapping import quotations, recaps, runs, windows
from bot.store.recapping.quotations import StoredQuotation
from bot.telegram.crew import Crew
from bot.telegram.delivery.probe import as_edit
from bot.telegram.delivery.recaps import key_of_part
from bot.telegram.recapping.render import render_story
from bot.telegram.recapping.writing import completed, texts_of
from bot.telegram.writing.markup import CAPTION_UNITS, MOST_UNITS, has_room
from bot.text.analysis import VERSION

_log = structlog.get_logger(__name__)

LONGEST = timedelta(hours=24)
"""For so long after it was posted a recap follows edits."""
PAUSE = timedelta(minutes=1)
"""The messages of a recap are edited no more often than this."""
_TEXT = {"sendMessage": "text", "sendPhoto": "caption"}


class Follower:
    """Finds recaps that quote what was edited, and has their messages edited.

    Args:
        store: open.
        settings: of the whole bot.
        on_messages: called when there is something to send.

    """

    def __init__(self, store: Store, settings: Settings, on_messages: Callable[[], None]) -> None:
        self._store = store
        self._method = settings.summary.method
        self._on_messages = on_messages
        self.crew = Crew("follower", claim=self._claim, work=self._follow, next_due=self._next_due, hands=1)

    async def _claim(self, limit: int) -> list[int]:
        """Find runs to be brought up to date; they need no lease, since there is one hand."""
        now = clock.now()
        async with self._store.read() as conn:
            edited = await quotations.edited_runs(conn, now - LONGEST)
            return [run_id for run_id in edited if await _has_rested(conn, run_id, now)][:limit]

    async def _next_due(self) -> datetime | None:
        now = clock.now()
        async with self._store.read() as conn:
            return now + PAUSE if await quotations.edited_runs(conn, now - LONGEST) else None

    async def _follow(self, run_id: int) -> None:
        async with self._store.read() as conn:
            edited = await quotations.edited_of_run(conn, run_id)
            run = await runs.get(conn, run_id)
            recap = await recaps.get(conn, run.recap_id) if run else None
        if run is None or recap is None:
            return
        with structlog.contextvars.bound_contextvars(recap=recap.id, run=run.id):
            try:
                again = [(one, await self._again(recap, one.quotation)) for one in edited]
                await self._store.change(lambda conn: _replace(conn, run, again))
            except StoreFault:
                raise
            except Exception:  # noqa: BLE001 - whatever one recap does, the others must go on
                _log.exception("an edit can't be taken over")
                await self._store.change(lambda conn: quotations.drop(conn, [one.id for one in edited]))
        self._on_messages()

    async def _again(self, recap: Recap, quotation: Quotation) -> Quotation | None:
        """Tell a story again; None if there is nothing to tell any more."""
        new = await self._read([seq for seq, _ in quotation.posts])
        old = await self._read(quotation.old)
        item = await asyncio.to_thread(retell, new, old, recap.options, self._method)
        if item is None:
            return None
        html, line = render_story(item, texts_of(recap), quotation.at)
        editions = tuple((one.seq, one.post.id) for one in new)
        return replace(quotation, html=html, line=line, posts=editions)

    async def _read(self, seqs: Sequence[int]) -> list[Read]:
        async with self._store.read() as conn:
            stored = await windows.by_seq(conn, seqs)
            known = await analyses.get(conn, seqs, VERSION)
        known = await completed(self._store, stored, known)
        return [Read(post.seq, post.post, known[post.seq]) for post in stored if post.seq in known]


async def _has_rested(conn: Connection, run_id: int, now: datetime) -> bool:
    is_waiting, last = await quotations.edited_last(conn, run_id)
    return not is_waiting and (last is None or last <= now - PAUSE)


async def _replace(conn: Connection, run: Run, again: Sequence[tuple[StoredQuotation, Quotation | None]]) -> None:
    """Put stories that were told again in the place of what stands in a recap's messages, and queue the edits."""
    messages = await _posted(conn, run)
    texts = [_text_of(message.call) for message in messages]
    for stored, new in again:
        edited = (
            retouched(texts, [_room_of(message.call) for message in messages], stored.quotation, new) if new else None
        )
        if new and edited:
            texts = edited
            await quotations.change(conn, stored.id, new)
        else:
            _log.warning("a recap can't be brought up to date", part=stored.quotation.part, is_empty=new is None)
            await quotations.drop(conn, [stored.id])
    for message, text in zip(messages, texts, strict=True):
        if text != _text_of(message.call):
            await _queue_edit(conn, message, text, clock.now())


@dataclass(frozen=True, slots=True)
class _Posted:
    """A message that was posted, as it is shown."""

    call: Outgoing
    message_id: int


async def _posted(conn: Connection, run: Run) -> list[_Posted]:
    """Get the messages of a run; none if it is not known of all of them where they are."""
    calls = {call.key: call for call in await outbox.posted_of_run(conn, run.id)}
    keys = [key_of_part(run, part) for part in range(1, (run.parts or 0) + 1)]
    ids = [await outbox.message_of(conn, key) for key in keys]
    return [_Posted(calls[key], number) for key, number in zip(keys, ids, strict=True) if number] if all(ids) else []


async def _queue_edit(conn: Connection, message: _Posted, text: str, now: datetime) -> None:
    call = message.call
    shown = replace(call, payload=call.payload | {_TEXT[call.method]: text})
    await quotations.note_shown(conn, shown)
    key = f"{call.key}:edit:{now.timestamp():.6f}"
    edit = Outgoing(call.chat_id, call.thread_id, key, *as_edit(shown, message.message_id), call.run_id)
    await outbox.enqueue(conn, [edit], now)


def retouched(texts: Sequence[str], rooms: Sequence[int], old: Quotation, new: Quotation) -> list[str] | None:
    """Put a story, and its line among the headlines, in the place of an older telling of it.

    Args:
        texts: the HTML of the messages.
        rooms: how many units each may have.
        old: what stands there.
        new: what is to stand there.

    Returns:
        The messages; None if the older telling is not in one of them as a whole, or there is no room for the new one.

    """
    place = old.part - 1
    if place >= len(texts) or texts[place].count(old.html) != 1:
        return None
    line = re.compile(rf"(?<=[\n>]){re.escape(old.line)}(?=\n|</blockquote>)")
    edited = [line.sub(lambda _: new.line, text, count=1) for text in texts]
    edited[place] = edited[place].replace(old.html, new.html)
    return edited if all(map(has_room, edited, rooms)) else None


def _text_of(call: Outgoing) -> str:
    return str(call.payload[_TEXT[call.method]])


def _room_of(call: Outgoing) -> int:
    return CAPTION_UNITS if call.method == "sendPhoto" else MOST_UNITS
