import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.settings import Settings
from bot.store import tables
from bot.store.engine import Store
from bot.store.queues import outbox
from bot.store.queues.outbox import Outgoing
from bot.store.tables import State
from bot.telegram import limits
from bot.telegram.delivery import deliver
from bot.telegram.delivery.deliver import MOST_DOUBTS, Deliverer
from bot.telegram.handling import MESSAGE_OF, BotApplication
from tests.telegram.api import DROPPED, MESSAGE, Answer, Api, error, ok, running_api
from tests.waiting import until

ANNA, BORIS, GROUP = 7, 8, -1009

REFUSALS = [
    error(403, "Forbidden: bot was blocked by the user"),
    error(403, "Forbidden: bot was kicked from the supergroup chat"),
    error(400, "Bad Request: chat not found"),
    error(400, "Bad Request: can't parse entities: Unclosed start tag at byte offset 3"),
    error(400, "Bad Request: message is too long"),
]
DOUBTS = [
    DROPPED,
    error(500, "Internal Server Error: restart"),
    error(502, "Bad Gateway"),
    Answer(b"<html>", 504),
    Answer(b"cut off in the mid", 200),
]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deliver, "_FIRST_PAUSE", timedelta(milliseconds=1))
    monkeypatch.setattr(limits, "_CHAT", (1, 0.2))


@asynccontextmanager
async def _delivering(store: Store, application: BotApplication) -> AsyncIterator[Deliverer]:
    deliverer = Deliverer(store, application.bot, "resend")
    task = asyncio.create_task(deliverer.crew.run())
    yield deliverer
    deliverer.crew.stop()
    await asyncio.wait_for(task, 5)


@pytest.fixture
async def deliverer(store: Store, application: BotApplication, api: Api) -> AsyncIterator[Deliverer]:
    async with _delivering(store, application) as deliverer:
        yield deliverer


async def _queue(store: Store, *messages: tuple[int, str], method: str = "sendMessage") -> None:
    async with store.write() as conn:
        await outbox.enqueue(
            conn,
            [
                Outgoing(chat_id, 0, f"{chat_id}:{text}", method, {"chat_id": chat_id, "text": text, "message_id": 5})
                for chat_id, text in messages
            ],
        )


async def _settled(store: Store, count: int) -> list[tuple[str, State, int | None]]:
    """Wait until so many messages are settled, and tell what became of them."""
    columns = tables.outbox.c
    statement = sa.select(columns.key, columns.state, columns.message_id).where(columns.state != State.WAITING)

    async def settled() -> list[tuple[str, State, int | None]] | None:
        async with store.read() as conn:
            rows = (await conn.execute(statement.order_by(columns.id))).all()
        return [(key, State(state), message_id) for key, state, message_id in rows] if len(rows) >= count else None

    return await until(settled)


async def test_a_message_is_sent_with_its_parameters_and_its_id_is_kept(
    store: Store, api: Api, deliverer: Deliverer
) -> None:
    payload = {"chat_id": ANNA, "text": "<b>a</b>", "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
    async with store.write() as conn:
        await outbox.enqueue(conn, [Outgoing(ANNA, 0, "a", "sendMessage", payload)])
    deliverer.crew.wake()
    assert await _settled(store, 1) == [("a", State.DONE, MESSAGE["message_id"])]
    (call,) = api.asked("sendMessage")
    assert call == {
        "chat_id": "7",
        "text": "<b>a</b>",
        "parse_mode": "HTML",
        "link_preview_options": '{"is_disabled": true}',
    }


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
async def test_what_telegram_refuses_is_given_up_and_the_next_goes_on(
    store: Store, api: Api, deliverer: Deliverer, refusal: Answer
) -> None:
    api.will_say("sendMessage", refusal)
    await _queue(store, (ANNA, "first"), (ANNA, "second"))
    deliverer.crew.wake()
    assert [state for _, state, _ in await _settled(store, 2)] == [State.PARKED, State.DONE]
    assert [call["text"] for call in api.asked("sendMessage")] == ["first", "second"]


@pytest.mark.parametrize("doubt", DOUBTS, ids=str)
async def test_what_may_have_been_sent_is_sent_again(
    store: Store, api: Api, deliverer: Deliverer, doubt: Answer
) -> None:
    api.will_say("sendMessage", doubt)
    await _queue(store, (ANNA, "a"))
    deliverer.crew.wake()
    assert [state for _, state, _ in await _settled(store, 1)] == [State.DONE]
    assert len(api.asked("sendMessage")) == 2


async def test_what_may_have_been_sent_many_times_is_held_and_the_next_goes_on(
    store: Store, api: Api, deliverer: Deliverer
) -> None:
    api.will_say("sendMessage", *[DROPPED] * (MOST_DOUBTS + 1))
    await _queue(store, (ANNA, "a"), (ANNA, "b"))
    deliverer.crew.wake()
    assert [state for _, state, _ in await _settled(store, 2)] == [State.UNCERTAIN, State.DONE]
    assert [call["text"] for call in api.asked("sendMessage")] == ["a"] * (MOST_DOUBTS + 1) + ["b"]


async def test_who_wants_nothing_twice_gets_an_uncertain_message_once(
    store: Store, api: Api, application: BotApplication
) -> None:
    deliverer = Deliverer(store, application.bot, "hold")
    task = asyncio.create_task(deliverer.crew.run())
    api.will_say("sendMessage", DROPPED)
    await _queue(store, (ANNA, "a"), (ANNA, "b"))
    deliverer.crew.wake()
    assert [state for _, state, _ in await _settled(store, 2)] == [State.UNCERTAIN, State.DONE]
    assert [call["text"] for call in api.asked("sendMessage")] == ["a", "b"]
    deliverer.crew.stop()
    await asyncio.wait_for(task, 5)


@pytest.mark.parametrize(
    ("when_uncertain", "begun", "sent"), [("resend", True, 1), ("hold", True, 0), ("hold", False, 1)]
)
async def test_a_message_whose_call_had_begun_when_the_process_died_is_uncertain_and_no_other(
    store: Store,
    api: Api,
    application: BotApplication,
    *,
    when_uncertain: deliver.WhenUncertain,
    begun: bool,
    sent: int,
) -> None:
    await _queue(store, (ANNA, "a"))
    async with store.write() as conn:
        (item,) = await outbox.claim(conn, datetime.now(UTC) - timedelta(hours=1), timedelta(minutes=1), 1)
        if begun:
            await outbox.begin(conn, item.claim, datetime.now(UTC))
    deliverer = Deliverer(store, application.bot, when_uncertain)
    task = asyncio.create_task(deliverer.crew.run())
    await _settled(store, 1)
    assert len(api.asked("sendMessage")) == sent
    deliverer.crew.stop()
    await asyncio.wait_for(task, 5)


async def test_what_never_left_is_sent_when_the_network_is_back(
    store: Store, settings: Settings, application: BotApplication, api: Api
) -> None:
    api.stop()
    deliverer = Deliverer(store, application.bot, "hold")
    task = asyncio.create_task(deliverer.crew.run())
    await _queue(store, (ANNA, "a"))
    deliverer.crew.wake()

    async def tried() -> bool:
        async with store.read() as conn:
            return ((await conn.execute(sa.select(tables.outbox.c.attempts))).scalar() or 0) >= 3

    await until(tried)
    async with running_api(api.port) as again:
        assert [state for _, state, _ in await _settled(store, 1)] == [State.DONE]
        assert len(again.asked("sendMessage")) == 1
        deliverer.crew.stop()
        await asyncio.wait_for(task, 5)


async def test_telegram_s_wish_to_wait_holds_up_that_chat_only(store: Store, api: Api, deliverer: Deliverer) -> None:
    api.will_say("sendMessage", error(429, "Too Many Requests: retry after 1", retry_after=1))
    await _queue(store, (ANNA, "a"))
    deliverer.crew.wake()

    async def asked() -> bool:
        return bool(api.asked("sendMessage"))

    await until(asked)
    started = asyncio.get_running_loop().time()
    await _queue(store, (BORIS, "b"))
    deliverer.crew.wake()
    assert [key for key, *_ in await _settled(store, 1)] == ["8:b"]
    assert asyncio.get_running_loop().time() - started < 0.5
    assert [key for key, *_ in await _settled(store, 2)] == ["7:a", "8:b"]
    assert asyncio.get_running_loop().time() - started >= 0.9


async def test_a_group_that_moved_is_followed(store: Store, api: Api, deliverer: Deliverer) -> None:
    moved = error(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=GROUP)
    api.will_say("sendMessage", moved)
    await _queue(store, (-9, "a"))
    deliverer.crew.wake()
    assert await _settled(store, 1) == [("-9:a", State.DONE, MESSAGE["message_id"])]
    assert [call["chat_id"] for call in api.asked("sendMessage")] == ["-9", str(GROUP)]


async def test_what_waits_for_a_group_that_moved_comes_in_order(store: Store, api: Api, deliverer: Deliverer) -> None:
    moved = error(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=GROUP)
    api.will_say("sendMessage", moved)
    await _queue(store, (-9, "a"), (-9, "b"), (-9, "c"))
    deliverer.crew.wake()
    assert [state for _, state, _ in await _settled(store, 3)] == [State.DONE] * 3
    asked = [(call["chat_id"], call["text"]) for call in api.asked("sendMessage")]
    assert asked == [("-9", "a"), (str(GROUP), "a"), (str(GROUP), "b"), (str(GROUP), "c")]


async def test_a_chat_gets_one_message_a_second(
    store: Store, api: Api, application: BotApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    started = asyncio.get_running_loop().time()
    await _queue(store, (ANNA, "a"), (ANNA, "b"), (ANNA, "c"))
    async with _delivering(store, application):
        await _settled(store, 3)
    assert asyncio.get_running_loop().time() - started >= 1.9
    assert [call["text"] for call in api.asked("sendMessage")] == ["a", "b", "c"]


async def test_reactions_do_not_wait_as_messages_do(
    store: Store, api: Api, application: BotApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "_CHAT", (1, 600.0))
    await _queue(store, *((ANNA, str(number)) for number in range(10)), method="setMessageReaction")
    async with _delivering(store, application):
        await _settled(store, 10)
    assert len(api.asked("setMessageReaction")) == 10


async def test_a_call_that_nobody_can_make_is_given_up(store: Store, deliverer: Deliverer) -> None:
    await _queue(store, (ANNA, "a"), method="sendPigeon")
    deliverer.crew.wake()
    assert [state for _, state, _ in await _settled(store, 1)] == [State.PARKED]


@pytest.mark.parametrize(
    ("answer", "method"),
    [(ok(MESSAGE), "editMessageText"), (REFUSALS[0], "sendMessage")],
    ids=["it was sent", "it was refused"],
)
async def test_a_message_that_was_queued_before_is_edited_and_if_it_never_came_a_new_one_is_sent(
    store: Store, deliverer: Deliverer, api: Api, answer: Answer, method: str
) -> None:
    api.will_say("sendMessage", answer)
    edit = Outgoing(ANNA, 0, "edit", "editMessageText", {"chat_id": ANNA, "text": "Done", MESSAGE_OF: "7:Reading"})
    await _queue(store, (ANNA, "Reading"))
    async with store.write() as conn:
        await outbox.enqueue(conn, [edit])
    deliverer.crew.wake()
    await _settled(store, 2)
    called, parameters = api.calls[-1]
    assert (called, parameters["text"]) == (method, "Done")
    assert MESSAGE_OF not in parameters
    assert parameters.get("message_id") == (str(MESSAGE["message_id"]) if method == "editMessageText" else None)
