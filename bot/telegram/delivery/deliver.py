"""Deliver what is in the outbox, each chat's messages in order; never lost, and twice only where nobody can know.

What a failed call leads to (`bot.telegram.delivery.calls` tells the kinds):

    NotSent                again, after a pause that grows to a minute, until it is sent
    Telegram wants a rest  again when that is over; other chats go on
    Refused                given up (bot blocked, chat gone, message wrong); the ones after it go on. One with a picture
                           is sent without it first
    moved                  sent to the group's new id, with all that waits for it
    MaybeSent              by ``delivery.when_uncertain``: "resend", since a reader takes an answer that comes twice
                           more easily than none, until `MOST_DOUBTS` such attempts; or "hold": not again

A process that dies while it sends leaves the same doubt. In channels we look whether the message arrived (`probe`)
before it is sent again; private chats and groups give no way to see that.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Literal

import structlog
from telegram import Bot

from bot import clock
from bot.errors import ApiFault, MaybeSent, NotSent, Refused, StoreFault
from bot.metrics import DELIVERED
from bot.store.connection import Connection
from bot.store.engine import Store
from bot.store.queues import channel_messages, outbox, pictures
from bot.store.queues.lanes import Claim, Turn
from bot.store.queues.outbox import OutboxItem, Outgoing
from bot.store.recapping import recaps
from bot.telegram.crew import Crew
from bot.telegram.delivery.calls import MESSAGES, Brought, FloodWait, Moved, call, kind_of
from bot.telegram.delivery.pictures import without_picture
from bot.telegram.delivery.probe import FINDABLE, Prober, Unsound
from bot.telegram.delivery.recalling import counts_as_message, recall
from bot.telegram.delivery.recaps import part_refused, part_settled
from bot.telegram.handling import MESSAGE_OF
from bot.telegram.limits import GROUP_PAUSE, Limits
from bot.tracing import note, span

_log = structlog.get_logger(__name__)

MOST_DOUBTS = 4
"""After so many attempts that all may have brought the message, it is not sent again."""
# Longer than a call takes: at most 10 s for a connection, 10 s to connect and 30 s for the answer. Who stands still, or
# has lost the database, has so long to come back and tell what became of it; who has ended won't be waited for.
_LEASE = timedelta(seconds=60)
_HANDS = 32
# Before it is looked for again; Telegram may still be at it.
_LOOKS = (timedelta(seconds=3), timedelta(seconds=10), timedelta(seconds=20))
_INTERRUPTED = "the process ended, or the connection broke, while it was sent"
_FIRST_PAUSE = timedelta(seconds=1)
_LONGEST_PAUSE = timedelta(minutes=1)
_STORE_PAUSE = timedelta(seconds=2)

WhenUncertain = Literal["resend", "hold"]


class Deliverer:
    """Takes messages from the outbox and sends them.

    It does so from the beginning. Where several processes could, it is to `hand_over` until it may `take_over`.

    Args:
        store: open.
        bot: initialised.
        when_uncertain: what to do with a message of which nobody knows whether it was sent.
        limits: what this process has sent of late.
        holder: tells the number of this process, if it has one (`bot.store.processes`).

    """

    def __init__(
        self,
        store: Store,
        bot: Bot,
        when_uncertain: WhenUncertain,
        limits: Limits | None = None,
        holder: Callable[[], int | None] = lambda: None,
    ) -> None:
        self._store = store
        self._bot = bot
        self._resends = when_uncertain == "resend"
        self._limits = limits or Limits()
        self._holder = holder
        self._prober = Prober(store, bot, self._limits)
        self._turn = Turn()
        self._is_active = True
        self.crew = Crew(
            "deliverer",
            claim=self._claim,
            work=self._deliver,
            next_due=self._next_due,
            hands=_HANDS,
            renew=lambda items: store.change(lambda conn: outbox.renew(conn, _claims(items), clock.now() + _LEASE)),
            release=lambda items: store.change(lambda conn: outbox.release(conn, _claims(items))),
        )

    async def take_over(self) -> None:
        """Send from now on; keep to the limits together with whoever did it before."""
        await _insist(lambda: recall(self._store, self._limits), "what was sent of late can't be looked up")
        self._is_active = True
        self.crew.wake()

    def hand_over(self) -> None:
        """Begin nothing more, since another process may; what is under way comes to its end, and is noted."""
        self._is_active = False

    async def _next_due(self) -> datetime | None:
        return await self._store.look(outbox.next_due) if self._is_active else None

    async def _claim(self, limit: int) -> list[OutboxItem]:
        if not self._is_active:
            return []
        in_hand, holder = _ids(self.crew.in_hand), self._holder()
        return await self._store.claim(
            lambda conn: outbox.claim(conn, clock.now(), _LEASE, limit, in_hand, turn=self._turn, held_by=holder)
        )

    async def _deliver(self, item: OutboxItem) -> None:
        item = replace(item, message=await self._pictured(await self._named(item.message)))
        message = item.message
        of: dict[str, str | int] = {"message": message.key, "chat": message.chat_id}
        with structlog.contextvars.bound_contextvars(**of), span("deliver", **of, attempt=item.attempts):
            if counts_as_message(message) and self._limits.group_is_full(message.chat_id):
                await self._again(item, timedelta(seconds=GROUP_PAUSE), "the group has had enough messages")
            elif item.doubts and message.method in FINDABLE:
                await self._look_for(item)
            elif item.doubts and not self._may_come_twice(item):
                await self._hold(item, _INTERRUPTED)
            else:
                await self._try(item)

    async def _look_for(self, item: OutboxItem) -> None:
        """See whether a message has arrived, where that can be seen; send it again if it has not, after some looks."""
        try:
            message_id = await self._prober.look_for(item)
        except Unsound:
            if item.doubts <= MOST_DOUBTS and self._resends:
                await self._try(item)
            else:
                await self._hold(item, _INTERRUPTED)
        except Refused as refusal:
            await self._settle(item, refusal)
        except ApiFault as fault:
            wait = fault.wait if isinstance(fault, FloodWait) else _pause_after(item.attempts)
            await self._again(item, wait, str(fault))
        else:
            if message_id is not None:
                await self._arrived(item, Brought(message_id))
            elif item.probes < len(_LOOKS):
                pause = _LOOKS[item.probes]
                await self._note(lambda conn: outbox.probe_again(conn, item.claim, clock.now() + pause))
            else:
                await self._try(item)

    async def _named(self, message: Outgoing) -> Outgoing:
        """Put in the id of the message that is to be edited, if an earlier call brought it; else send a new one."""
        payload = dict(message.payload)
        if (key := payload.pop(MESSAGE_OF, None)) is None:
            return message
        async with self._store.read() as conn:
            message_id = await outbox.message_of(conn, key)
        if message_id is not None:
            return replace(message, payload=payload | {"message_id": message_id})
        thread = {"message_thread_id": message.thread_id} if message.thread_id else {}
        return replace(message, method="sendMessage", payload=payload | thread)

    async def _pictured(self, message: Outgoing) -> Outgoing:
        """Put in the picture that another call holds; if it is gone, do without."""
        photo = message.payload.get("photo")
        if not isinstance(photo, dict) or pictures.PICTURE_OF not in photo:
            return message
        async with self._store.read() as conn:
            found = await pictures.get(conn, photo[pictures.PICTURE_OF])
        return replace(message, payload=message.payload | {"photo": found}) if found else without_picture(message)

    async def _try(self, item: OutboxItem) -> None:
        message = item.message
        try:
            async with self._limits.message(message.chat_id) if counts_as_message(message) else self._limits.call():
                if not self._is_active:
                    await self._store.change(lambda conn: outbox.release(conn, [item.claim]))
                    return
                until = clock.now() + _LEASE
                if not await self._store.change(lambda conn: outbox.begin(conn, item.claim, until)):
                    _log.info("somebody else has taken a message over meanwhile")
                    return
                if clock.now() >= until:  # we stood still: somebody else may have made the call since
                    await self._store.change(lambda conn: outbox.release(conn, [item.claim]))
                    return
                brought = await call(self._bot, message.method, message.payload)
        except ApiFault as fault:
            await self._settle(item, fault)
        except StoreFault:
            raise
        except Exception as error:  # noqa: BLE001 - a message that can't even be tried must not stop its chat
            _log.exception("a message can't be sent")
            await self._give_up(item, repr(error))
        else:
            await self._arrived(item, brought)

    async def _arrived(self, item: OutboxItem, brought: Brought | None) -> None:
        message, now = item.message, clock.now()
        _ended("sent")

        async def note(conn: Connection) -> None:
            if await outbox.sent(conn, item.claim, brought.message_id if brought else None, now):
                if brought:
                    await channel_messages.note_ours(conn, message.chat_id, brought.message_id, now)
                if brought and brought.picture:
                    await pictures.note(conn, message.key, brought.picture)
                await part_settled(conn, message, now)

        await self._note(note)

    async def _settle(self, item: OutboxItem, fault: ApiFault) -> None:
        """Decide what becomes of a message whose sending failed."""
        _ended(kind_of(fault))
        match fault:
            case FloodWait(wait=wait):
                await self._again(item, wait, str(fault))
            case Moved(chat_id=chat_id):
                await self._follow(item, chat_id)
            case NotSent():
                await self._again(item, _pause_after(item.attempts), str(fault))
            case MaybeSent() if self._may_come_twice(item) or await self._may_be_found(item):
                await self._again(item, _pause_after(item.doubts + 1), str(fault), doubtful=True)
            case MaybeSent():
                await self._hold(item, str(fault))
            case _:
                await self._give_up(item, str(fault), fault)

    def _may_come_twice(self, item: OutboxItem) -> bool:
        return item.doubts < MOST_DOUBTS and (self._resends or item.message.method not in MESSAGES)

    async def _may_be_found(self, item: OutboxItem) -> bool:
        message = item.message
        return (
            item.doubts < MOST_DOUBTS and message.method in FINDABLE and await self._prober.is_channel(message.chat_id)
        )

    async def _again(self, item: OutboxItem, pause: timedelta, why: str, *, doubtful: bool = False) -> None:
        _log.info("a message is sent again", why=why, after=pause.total_seconds(), doubtful=doubtful)
        await self._note(lambda conn: outbox.retry(conn, item.claim, clock.now() + pause, why, doubtful=doubtful))

    async def _hold(self, item: OutboxItem, why: str) -> None:
        _ended("held")
        _log.warning("nobody knows whether a message arrived; it is not sent again", why=why)

        async def note(conn: Connection) -> None:
            if await outbox.uncertain(conn, item.claim, why):
                await part_settled(conn, item.message, clock.now())

        await self._note(note)

    async def _give_up(self, item: OutboxItem, why: str, fault: ApiFault | None = None) -> None:
        _log.warning("a message was refused", why=why)
        if item.message.method == "sendPhoto":  # a picture is no reason for not being told
            await self._note(lambda conn: pictures.leave_out(conn, item.claim, without_picture(item.message), why))
            return

        async def note(conn: Connection) -> None:
            if await outbox.fail(conn, item.claim, why):
                await part_refused(conn, item.message, fault, clock.now())

        await self._note(note)

    async def _follow(self, item: OutboxItem, chat_id: int) -> None:
        """Let what waits for a group, and the recaps that are posted there, go to the id that it has now."""
        old = item.message.chat_id
        _log.info("a group moved", to=chat_id)

        async def note(conn: Connection) -> None:
            await outbox.follow(conn, old, chat_id)
            await recaps.move(conn, old, chat_id)

        await self._note(note)

    async def _note(self, note: Callable[[Connection], Coroutine[Any, Any, object]]) -> None:
        """Write down what became of a message, as soon as the store can: if it were forgotten, it would come twice."""
        await _insist(lambda: self._store.change(note), "what became of a message can't be written down")


async def _insist(work: Callable[[], Awaitable[object]], failed: str) -> None:
    """Do something as soon as the store can."""
    attempts = 0
    while True:
        try:
            await work()
        except StoreFault as fault:
            attempts += 1
            pause = min(_pause_after(attempts), _STORE_PAUSE).total_seconds()
            _log.error(failed, fault=str(fault), again_in=pause)
            await asyncio.sleep(pause)
        else:
            return


def _ended(result: str) -> None:
    DELIVERED.labels(result).inc()
    note(outcome=result)


def _ids(items: Sequence[OutboxItem]) -> list[int]:
    return [item.id for item in items]


def _claims(items: Sequence[OutboxItem]) -> list[Claim]:
    return [item.claim for item in items]


def _pause_after(attempts: int) -> timedelta:
    """Wait 1 s after the first attempt, and twice as long after each further one, up to a minute."""
    return min(_FIRST_PAUSE * (1 << min(attempts - 1, 10)), _LONGEST_PAUSE)
