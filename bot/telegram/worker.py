"""Handle what is in the inbox, each chat's updates in order.

An update whose handling fails is tried again, then parked with its error, and the ones after it go on. Who asked for
something gets a reference then, which the log has too.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial

import structlog
from telegram import Message, MessageEntity, Update
from telegram.constants import ChatType

from bot import clock
from bot.errors import StoreFault
from bot.metrics import HANDLED
from bot.settings import Settings
from bot.store.connection import Connection
from bot.store.desks import chat_settings
from bot.store.engine import Store
from bot.store.queues import inbox, progress
from bot.store.queues.inbox import InboxItem
from bot.store.queues.lanes import Claim, Turn
from bot.telegram.crew import Crew
from bot.telegram.handling import LEASE, BotApplication, Handling, Later, Superseded, current
from bot.telegram.limits import Limits
from bot.telegram.progress import take_back
from bot.telegram.quotas import Quotas
from bot.tracing import note, span

_log = structlog.get_logger(__name__)

MOST_ATTEMPTS = 3
"""After so many failures an update is parked: 5 s pass until then, which somebody who waits for an answer bears."""
MOST_DEATHS = 9
"""An update at more deaths of the process is parked, all but the first while nothing else was handled.

Fewer may be bad luck: the first post that a process reads takes it seconds, and it may be killed from outside.
"""
_HANDS = 8


class Worker:
    """Takes updates from the inbox and has the application handle them.

    Args:
        store: open.
        settings: of the whole bot.
        application: initialised.
        on_messages: called when there is something to send.
        on_handled: called when an update was handled.
        calm: waits until there is time for handling.
        holder: tells the number of this process, if it has one (`bot.store.processes`).
        limits: of the process that sends messages, if it is this one.

    """

    def __init__(  # noqa: PLR0913 - it stands between all of these
        self,
        store: Store,
        settings: Settings,
        application: BotApplication,
        *,
        on_messages: Callable[[], None],
        on_handled: Callable[[], None],
        calm: Callable[[], Awaitable[None]] | None = None,
        holder: Callable[[], int | None] = lambda: None,
        limits: Limits | None = None,
    ) -> None:
        self._store = store
        self._settings = settings
        self._application = application
        self._quotas = Quotas(store, settings.limits)
        self._on_messages = on_messages
        self._on_handled = on_handled
        self._calm = calm
        self._holder = holder
        self._limits = limits or Limits()
        self._waits = False
        self._turn = Turn()
        self.crew = Crew(
            "worker",
            claim=self._claim,
            work=self._handle,
            next_due=self._next_due,
            hands=_HANDS,
            renew=lambda items: store.change(lambda conn: inbox.renew(conn, _claims(items), clock.now() + LEASE)),
            release=lambda items: store.change(lambda conn: inbox.release(conn, _claims(items))),
        )

    async def run(self) -> None:
        """Handle updates until the crew is stopped; cancelled, give back what is in hand, for others to handle."""
        try:
            await self.crew.run()
        except asyncio.CancelledError:
            in_hand = _claims(self.crew.in_hand)
            with suppress(StoreFault):  # then it is left to its leases
                await self._store.change(lambda conn: inbox.release(conn, in_hand))
            raise

    async def _claim(self, limit: int) -> list[InboxItem]:
        if self._calm:
            await self._calm()
        in_hand = self.crew.in_hand
        alone = any(item.deaths for item in in_hand)
        claimed = None if alone else await self._store.claim(partial(self._claim_beside, in_hand, limit))
        self._waits = claimed is None
        return claimed or []

    async def _claim_beside(self, in_hand: Sequence[InboxItem], limit: int, conn: Connection) -> list[InboxItem] | None:
        asking = _HANDS // 2 - sum(item.asks for item in in_hand)
        return await inbox.claim(
            conn, clock.now(), LEASE, limit, _ids(in_hand), turn=self._turn, asking=asking, held_by=self._holder()
        )

    async def _next_due(self) -> datetime | None:
        """Tell when there is more to do; while others wait for what is in hand, its end tells that."""
        return None if self._waits else await self._store.look(inbox.next_due)

    async def _handle(self, item: InboxItem) -> None:
        of = {"reference": _reference(item), "chat": item.chat_id}
        with structlog.contextvars.bound_contextvars(**of), span("handle", **of, attempt=item.attempts):
            if item.deaths > MOST_DEATHS:
                await self._give_up(item)
                return
            try:
                to_send = await self._dispatch(item)
            except StoreFault:
                raise
            except Later as later:
                await self._put_back(item, later)
                _ended("put back")
            except Superseded:
                _ended("superseded")
                _log.info("somebody else handled the update meanwhile")
            except Exception as error:  # noqa: BLE001 - whatever one update does, the others must go on
                await self._fail(item, error)
            else:
                _ended("handled")
                self._on_handled()
                if to_send:
                    self._on_messages()

    async def _dispatch(self, item: InboxItem) -> bool:
        """Handle an update and commit what came of it; tell whether there is something to send."""
        handling = self._handling(item)
        current.set(handling)
        await self._application.process_update(Update.de_json(item.raw, self._application.bot))
        if handling.fault:
            raise handling.fault
        return await handling.commit()

    async def _fail(self, item: InboxItem, error: Exception) -> None:
        """Have the update tried again; after the last attempt park it and tell who waits for an answer."""
        apology = await self._apology(item)

        async def fail(conn: Connection) -> bool:
            named = f"{type(error).__name__}: {error}"
            parked = await inbox.fail(conn, item.claim, named, apology.now, MOST_ATTEMPTS)
            if parked:
                await apology.queue(conn)
            return parked

        parked = await self._store.change(fail)
        _ended("parked" if parked else "failed")
        _log.error("an update could not be handled", parked=parked, exc_info=error)
        self._on_messages()

    async def _apology(self, item: InboxItem) -> Handling:
        """Prepare what is said to who waits for an answer, in the language of the chat: nothing if nobody waits."""
        apology = self._handling(item)
        try:
            update = Update.de_json(item.raw, self._application.bot)
            message, query = update.effective_message, update.callback_query
        except Exception:  # noqa: BLE001 - the update can't even be read: there is nobody to tell
            return apology
        if message is None:
            return apology
        chosen = await self._store.look(lambda conn: chat_settings.get(conn, message.chat.id))
        apology.choose(chosen)
        texts, reference = apology.texts_for(update.effective_user), _reference(item)
        if query:
            apology.tell(query, texts.say("fault-pressed", reference=reference))
        elif update.message and _wants_an_answer(update.message):
            apology.answer(update.message, texts.say("fault", reference=reference))
        if progress_id := await self._store.look(lambda conn: progress.sent(conn, item.update_id)):
            take_back(apology, message, progress_id)
        return apology

    async def _put_back(self, item: InboxItem, later: Later) -> None:
        await self._store.change(lambda conn: inbox.put_back(conn, item.claim, clock.now() + later.wait))

    async def _give_up(self, item: InboxItem) -> None:
        why = f"the process ended {item.deaths} times while this was handled"
        apology = await self._apology(item)

        async def give_up(conn: Connection) -> None:
            if await inbox.park(conn, item.claim, why):
                await apology.queue(conn)

        await self._store.change(give_up)
        _ended("parked")
        self._on_messages()
        _log.error("an update was parked: the process ended each time that it was handled", deaths=item.deaths)

    def _handling(self, item: InboxItem) -> Handling:
        return Handling(item.claim, self._store, self._settings, self._quotas, self._on_messages, limits=self._limits)


def _ids(items: Sequence[InboxItem]) -> list[int]:
    return [item.update_id for item in items]


def _claims(items: Sequence[InboxItem]) -> list[Claim]:
    return [item.claim for item in items]


def _reference(item: InboxItem) -> str:
    """Name an update for a reader who asks the operator; the log has the same name, and `sitrep inbox` knows it."""
    return str(item.update_id)


def _ended(result: str) -> None:
    HANDLED.labels(result).inc()
    note(outcome=result)


def _wants_an_answer(message: Message) -> bool:
    commands = message.parse_entities([MessageEntity.BOT_COMMAND])
    return message.chat.type == ChatType.PRIVATE or any(entity.offset == 0 for entity in commands)
