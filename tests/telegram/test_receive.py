import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.errors import StoreFault, TokenFault
from bot.settings import Settings
from bot.store.engine import Store
from bot.store.queues import inbox
from bot.store.tables import State
from bot.telegram import receive
from bot.telegram.receive import WANTED, Receiver
from tests.telegram.api import DROPPED, Answer, Api, error, ok
from tests.telegram.conftest import TOKEN
from tests.waiting import until


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receive, "_FIRST_PAUSE", 0.01)


@pytest.fixture
async def receiving(settings: Settings, store: Store) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(Receiver(settings.telegram, store, on_updates=lambda: None).run())
    yield task
    task.cancel()
    await asyncio.wait([task])


def _updates(*ids: int) -> Answer:
    return ok([{"update_id": number} for number in ids])


async def _has_received(store: Store, count: int) -> None:
    async def received() -> bool:
        async with store.read() as conn:
            return sum((await inbox.counts(conn)).values()) == count

    await until(received)


async def _was_asked(api: Api, times: int) -> list[dict[str, Any]]:
    async def asked() -> list[dict[str, Any]] | None:
        questions = api.asked("getUpdates")
        return questions if len(questions) >= times else None

    return await until(asked)


async def test_updates_are_confirmed_by_the_next_question_and_no_sooner(
    api: Api, store: Store, receiving: asyncio.Task[None]
) -> None:
    api.will_say("getUpdates", _updates(10, 11), _updates(12))
    await _has_received(store, 3)
    questions = await _was_asked(api, 3)
    assert [question.get("offset") for question in questions[:3]] == [None, 12, 13]
    assert questions[0]["allowed_updates"] == list(WANTED)
    assert questions[0]["timeout"] == 50


async def test_what_comes_twice_is_stored_once(api: Api, store: Store, receiving: asyncio.Task[None]) -> None:
    api.will_say("getUpdates", _updates(10, 11), _updates(10, 11, 12), _updates(13))
    await _has_received(store, 4)


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        (DROPPED, "no connection to Telegram"),
        (error(409, "Conflict: terminated by other getUpdates request"), "another program receives this bot's updates"),
        (error(429, "Too Many Requests: retry after 1", retry_after=0), "asks to wait"),
        (error(500, "Internal Server Error: restart"), "Telegram answers 500"),
        (Answer(b"<html>", 502), "Telegram answers 502"),
        (Answer(b"[]", 200), "Telegram answers 200"),
        (ok(["no update"]), "holds nothing that is an update"),
    ],
)
async def test_trouble_is_told_in_plain_words_and_passes(
    api: Api, store: Store, settings: Settings, trouble: Answer, told: str
) -> None:
    api.will_say("getUpdates", trouble, _updates(10))
    with capture_logs() as logs:
        task = asyncio.create_task(Receiver(settings.telegram, store, on_updates=lambda: None).run())
        await _has_received(store, 1)
        task.cancel()
        await asyncio.wait([task])
    assert told in next(line["fault"] for line in logs if "fault" in line)
    assert logs[-1]["event"] == "updates are received again"
    assert TOKEN.partition(":")[2] not in json.dumps(logs)


@pytest.mark.parametrize("refusal", [error(401, "Unauthorized"), error(404, "Not Found")], ids=["401", "404"])
async def test_a_wrong_token_ends_it(api: Api, receiving: asyncio.Task[None], refusal: Answer) -> None:
    api.will_say("getUpdates", refusal)
    with pytest.raises(TokenFault):
        await receiving


async def test_updates_that_can_t_be_stored_stay_unconfirmed(
    api: Api, store: Store, monkeypatch: pytest.MonkeyPatch, receiving: asyncio.Task[None]
) -> None:
    put = inbox.put
    faults = [StoreFault("the disk is full")]

    async def full(*arguments: Any) -> int:
        if faults:
            raise faults.pop()
        return await put(*arguments)

    monkeypatch.setattr(inbox, "put", full)
    api.will_say("getUpdates", _updates(10), _updates(10))
    await _has_received(store, 1)
    questions = await _was_asked(api, 3)
    assert [question.get("offset") for question in questions[:3]] == [None, None, 11]


async def test_an_update_of_any_shape_is_stored(api: Api, store: Store, receiving: asyncio.Task[None]) -> None:
    api.will_say("getUpdates", ok([{"update_id": 10, "message": "not even an object"}]))
    await _has_received(store, 1)
    async with store.read() as conn:
        assert (await inbox.counts(conn))[State.WAITING] == 1


@pytest.mark.parametrize(
    "broken", ["no object", None, {}, {"update_id": "9"}, {"update_id": 1 << 70}, {"update_id": 9.5}]
)
async def test_what_is_no_update_does_not_keep_the_others_out(
    api: Api, store: Store, receiving: asyncio.Task[None], broken: object
) -> None:
    api.will_say("getUpdates", ok([{"update_id": 10}, broken, {"update_id": 11}]))
    await _has_received(store, 2)
    questions = await _was_asked(api, 2)
    assert questions[1]["offset"] == 12
