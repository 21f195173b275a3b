import asyncio
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot import clock
from bot.posts import Desk, Origin, OriginKind, Post
from bot.recap import Length, PausedWhy, Recap, RecapOptions, RecapState, Run, RunState
from bot.settings import Settings
from bot.store import tables
from bot.store.desks import chats, posts
from bot.store.desks.chats import Chat
from bot.store.engine import Store
from bot.store.recapping import recaps, runs, subscribers
from bot.store.tables import State
from bot.telegram import limits
from bot.telegram.delivery import deliver
from bot.telegram.delivery.deliver import Deliverer
from bot.telegram.handling import BotApplication
from bot.telegram.recapping import recapper
from bot.telegram.recapping.recapper import MOST_ATTEMPTS, Recapper
from bot.telegram.recapping.writing import write
from bot.tracing import record
from tests.recaps.making import CHANNEL, DESK, add_recap
from tests.recorder import Kept
from tests.telegram.api import MESSAGE, Answer, Api, error, ok
from tests.waiting import until

ANNA, BORIS, VERA = 7, 8, 9
TEXTS = (
    "A flood in Riverton killed 12 people on Monday, the mayor said. Rescuers searched the old town.",
    "Train drivers in Lakeland went on strike over pay. About 300 trains were cancelled on Tuesday.",
    "The museum of Brixby bought a painting by Rembrandt for $2 million. It is shown from Friday on.",
)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recapper, "_PAUSE", timedelta(0))
    monkeypatch.setattr(deliver, "_FIRST_PAUSE", timedelta(milliseconds=1))
    monkeypatch.setattr(limits, "_CHAT", (1000, 1.0))


async def _collect(store: Store, *texts: str) -> None:
    async with store.write() as conn:
        for text in texts:
            post = Post(f"p{hash(text)}", text, clock.now(), Origin(OriginKind.CHANNEL, "River News"))
            await posts.add(conn, DESK, post, clock.now())


async def _set_up(store: Store, *, readers: Sequence[int] = (), **fields: Any) -> Recap:
    async with store.write() as conn:
        await chats.touch(conn, Chat(CHANNEL.chat_id, "channel", "River"))
        recap = await add_recap(conn, now=clock.now(), **fields)
        for reader in readers:
            await subscribers.subscribe(conn, recap.id, reader, clock.now())
    return recap


async def _make(store: Store, settings: Settings, recap: Recap, slot: datetime | None = None) -> Run:
    """Begin a slot, and have it made."""
    slot = slot or clock.now()
    async with store.write() as conn:
        await runs.open_run(conn, recap.id, slot, slot)
    maker = Recapper(store, settings, on_messages=lambda: None)
    task = asyncio.create_task(maker.crew.run())

    async def made() -> Run | None:
        async with store.read() as conn:
            (run,) = await runs.history(conn, recap.id, 1)
        return run if run.state is not RunState.WAITING else None

    run = await until(made)
    maker.crew.stop()
    await task
    return run


async def _queued(store: Store) -> list[tuple[str, State, str]]:
    columns = tables.outbox.c
    async with store.read() as conn:
        rows = await conn.execute(sa.select(columns.key, columns.state, columns.payload).order_by(columns.id))
        return [(key, State(state), payload.get("text", "")) for key, state, payload in rows]


async def _deliver(store: Store, application: BotApplication) -> None:
    deliverer = Deliverer(store, application.bot, "resend")
    task = asyncio.create_task(deliverer.crew.run())

    async def sent() -> bool:
        return all(state is not State.WAITING for _, state, _ in await _queued(store))

    await until(sent)
    deliverer.crew.stop()
    await task


async def _now(store: Store, recap: Recap) -> Recap:
    async with store.read() as conn:
        found = await recaps.get(conn, recap.id)
    assert found
    return found


async def test_a_run_becomes_messages_and_is_told_when_the_last_of_them_is_sent(
    store: Store, settings: Settings, api: Api, application: BotApplication
) -> None:
    await _collect(store, *TEXTS)
    recap = await _set_up(store)
    run = await _make(store, settings, recap)
    assert (run.state, run.parts, run.posts) == (RunState.SENDING, 1, 3)
    ((key, state, text),) = await _queued(store)
    assert key == f"recap:{recap.id}:{run.slot.timestamp():.6f}:1"
    assert state is State.WAITING
    assert (await _now(store, recap)).told_seq is None
    await _deliver(store, application)
    assert [call["text"] for call in api.asked("sendMessage")] == [text]
    assert (await _now(store, recap)).told_seq == run.told_seq


async def test_the_span_of_a_run_tells_which_it_was_and_what_became_of_it(store: Store, settings: Settings) -> None:
    recap = await _set_up(store)
    late = clock.now() - timedelta(hours=settings.recaps.catch_up, minutes=1)
    kept = Kept()
    with record(kept):
        await _make(store, settings, recap, late)
        await _make(store, settings, recap)
        await _collect(store, *TEXTS)
        run = await _make(store, settings, recap)
    skipped, empty, made = kept.of("recap")
    assert (skipped["slot"], skipped["outcome"]) == (late.isoformat(), "skipped")
    assert empty["outcome"] == "empty"
    assert made == {"name": "recap", "recap": recap.id, "slot": run.slot.isoformat(), "attempt": 1, "outcome": "made"}
    assert len(kept.of("read")) == len(TEXTS)


async def test_the_next_recap_tells_only_what_came_since(
    store: Store, settings: Settings, api: Api, application: BotApplication
) -> None:
    recap = await _set_up(store)
    for text in TEXTS:
        await _collect(store, text)
        await _make(store, settings, await _now(store, recap))
        await _deliver(store, application)
    told = [call["text"] for call in api.asked("sendMessage")]
    assert len(told) == 3
    for number, html in enumerate(told):
        assert [text.split(".")[0] in html for text in TEXTS] == [number == other for other in range(3)]


@pytest.mark.parametrize(("skip_empty", "lines"), [(True, 0), (False, 1)])
async def test_an_empty_window_posts_nothing_or_the_line_that_is_wanted(
    store: Store, settings: Settings, *, skip_empty: bool, lines: int
) -> None:
    recap = await _set_up(store, options=RecapOptions(skip_empty=skip_empty))
    run = await _make(store, settings, recap)
    assert run.state is (RunState.EMPTY if skip_empty else RunState.SENDING)
    assert len(await _queued(store)) == lines


async def test_a_run_that_had_to_wait_too_long_is_skipped_and_its_window_joins_the_next(
    store: Store, settings: Settings
) -> None:
    await _collect(store, *TEXTS)
    recap = await _set_up(store)
    late = clock.now() - timedelta(hours=settings.recaps.catch_up, minutes=1)
    assert (await _make(store, settings, recap, late)).state is RunState.SKIPPED
    assert (await _make(store, settings, recap)).posts == 3


async def test_a_recap_that_cannot_be_made_is_given_up_and_its_owner_told(
    store: Store, settings: Settings, api: Api, application: BotApplication
) -> None:
    await _collect(store, *TEXTS)
    recap = await _set_up(store)
    async with store.write() as conn:
        await recaps.change(conn, recap.id, schedule="in a while")
    kept = Kept()
    with record(kept):
        run = await _make(store, settings, recap)
    tried = [(span["recap"], span["attempt"], span["outcome"]) for span in kept.of("recap")]
    assert tried == [(recap.id, 1, "put back"), (recap.id, 2, "put back"), (recap.id, 3, "failed")]
    assert (run.state, run.attempts) == (RunState.FAILED, MOST_ATTEMPTS)
    assert run.error
    assert "ScheduleFault" in run.error
    await _deliver(store, application)
    (told,) = api.asked("sendMessage")
    assert told["chat_id"] == str(ANNA)
    assert "could not be made" in told["text"]


@pytest.mark.parametrize(
    "refused",
    [
        (error(403, "Forbidden: bot was kicked from the channel chat"), PausedWhy.REMOVED, "not in that chat any more"),
        (error(403, "Forbidden: bot is not a member of the channel chat"), PausedWhy.REMOVED, "not in that chat"),
        (error(400, "Bad Request: chat not found"), PausedWhy.REMOVED, "not in that chat any more"),
        (error(400, "Bad Request: need administrator rights in the channel chat"), PausedWhy.RIGHTS, "may not write"),
        (error(400, "Bad Request: not enough rights to send text messages to the chat"), PausedWhy.RIGHTS, "the right"),
        (error(400, "Bad Request: CHAT_WRITE_FORBIDDEN"), PausedWhy.RIGHTS, "the right to post there"),
        (error(400, "Bad Request: can't parse entities"), None, "Telegram refused it"),
    ],
    ids=str,
)
async def test_a_refused_recap_is_told_of_and_paused_if_it_could_never_be_posted(
    store: Store, settings: Settings, api: Api, application: BotApplication, refused: tuple[Answer, object, str]
) -> None:
    refusal, why, words = refused
    api.will_say("sendMessage", refusal)
    await _collect(store, *TEXTS)
    recap = await _set_up(store)
    await _make(store, settings, recap)
    await _deliver(store, application)
    told = api.asked("sendMessage")[-1]
    assert told["chat_id"] == str(ANNA)
    assert words in told["text"]
    after = await _now(store, recap)
    assert after.paused_why == why
    assert after.state is (RecapState.PAUSED if why else RecapState.ACTIVE)
    assert (await _make(store, settings, recap)).posts == 3, "what could not be told joins the next"


@pytest.mark.parametrize("refused", [1, 2, 3])
async def test_of_a_recap_that_is_broken_off_only_what_was_not_posted_is_told_again(
    store: Store, settings: Settings, api: Api, application: BotApplication, refused: int
) -> None:
    await _collect(store, *_reports(29))
    recap = await _set_up(store, options=RecapOptions(length=Length.LONG), readers=[BORIS])
    first = await _make(store, settings, recap)
    assert first.parts is not None
    assert first.parts >= refused
    whole = [_headlines(text) for _, _, text in await _queued(store)]
    api.will_say("sendMessage", *[ok(MESSAGE)] * (refused - 1), error(400, "Bad Request: can't parse entities"))
    await _deliver(store, application)
    posted = [_headlines(call["text"]) for call in api.asked("sendMessage")[: refused - 1]]
    assert posted == whole[: refused - 1]
    copies = [_headlines(call["text"]) for call in api.asked("sendMessage") if call["chat_id"] == str(BORIS)]
    assert copies == posted
    (later,) = _reports(30)[29:]
    await _collect(store, later)
    api.calls.clear()
    second = await _make(store, settings, await _now(store, recap))
    await _deliver(store, application)
    again = [title for call in api.asked("sendMessage") for title in _headlines(call["text"])]
    assert sorted({*again}) == sorted({title for part in whole[refused - 1 :] for title in part} | _headlines(later))
    assert second.state is RunState.SENDING
    assert (await _now(store, recap)).told_seq == second.told_seq
    assert (await _make(store, settings, await _now(store, recap))).state is RunState.EMPTY


def _reports(count: int) -> list[str]:
    """Write posts of which no two are about the same."""
    return [
        f"Town{seq} elected Smith{seq} mayor{seq}. {seq + 100} people{seq} voted at school{seq}. The count{seq} in "
        f"Town{seq} took {seq + 2} hours{seq}, said clerk{seq} Jones{seq}, and {'nobody' * 20}{seq} complained{seq}."
        for seq in range(count)
    ]


def _headlines(html: str) -> set[str]:
    return set(re.findall(r"(?:^|<b>)(Town\d+) elected", html))


async def test_subscribers_get_copies_after_the_channel_and_who_blocks_the_bot_gets_no_more(
    store: Store, settings: Settings, api: Api, application: BotApplication
) -> None:
    await _collect(store, *TEXTS)
    recap = await _set_up(store, readers=[BORIS, VERA])
    await _make(store, settings, recap)
    api.will_say("sendMessage", ok(MESSAGE), error(403, "Forbidden: bot was blocked by the user"))
    await _deliver(store, application)
    asked = api.asked("sendMessage")
    assert asked[0]["chat_id"] == str(CHANNEL.chat_id)
    assert sorted(call["chat_id"] for call in asked[1:]) == [str(BORIS), str(VERA)]
    assert {call["text"] for call in asked} == {asked[0]["text"]}
    async with store.read() as conn:
        left = await subscribers.of_recap(conn, recap.id)
    assert [str(user) for user in left] == [asked[2]["chat_id"]]
    assert (await _now(store, recap)).state is RecapState.ACTIVE


async def test_options_of_posting_are_kept(
    store: Store, settings: Settings, api: Api, application: BotApplication
) -> None:
    await _collect(store, *TEXTS)
    topic = Desk(-1005, 12)
    recap = await _set_up(store, destination=topic, options=RecapOptions(silent=True, pin=True))
    await _make(store, settings, recap)
    await _deliver(store, application)
    (call,) = api.asked("sendMessage")
    assert (call["chat_id"], call["message_thread_id"], call["disable_notification"]) == ("-1005", "12", "true")
    (pin,) = api.asked("pinChatMessage")
    assert pin["message_id"] == str(MESSAGE["message_id"])


@contextmanager
def _counted() -> Iterator[list[str]]:
    statements: list[str] = []

    def count(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", count)
    yield statements
    sa.event.remove(sa.Engine, "before_cursor_execute", count)


async def test_a_recap_of_a_thousand_posts_takes_as_many_queries_as_one_of_ten(
    store: Store, settings: Settings
) -> None:
    recap = await _set_up(store)
    counts = []
    for first, last in ((0, 10), (10, 1000)):
        await _collect(store, *(f"{TEXTS[number % 3]} It was report {number}." for number in range(first, last)))
        await write(store, settings, recap, clock.now())
        with _counted() as statements:
            written = await write(store, settings, recap, clock.now())
        assert written.posts == last
        assert not [statement for statement in statements if statement.startswith(("INSERT", "UPDATE"))]
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 9
