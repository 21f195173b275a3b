"""Messages with a picture come to the local Telegram, or without it."""

import asyncio
import io
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from PIL import Image
from telegram import Bot

from bot.playground.client.cast import Bot as Account
from bot.playground.client.cast import User
from bot.playground.client.local_telegram import LocalTelegram
from bot.playground.serving import serving
from bot.posts import Desk
from bot.store import tables
from bot.store.engine import Store
from bot.store.queues import outbox
from bot.store.queues.outbox import Outgoing
from bot.store.tables import State
from bot.telegram.delivery import deliver
from bot.telegram.delivery.deliver import Deliverer
from bot.telegram.delivery.pictures import picture_again, picture_to
from tests.waiting import until

CAPTION = "<b>News</b> &amp; more"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deliver, "_FIRST_PAUSE", timedelta(milliseconds=1))


@pytest.fixture
def telegram() -> Iterator[LocalTelegram]:
    with serving() as telegram:
        yield telegram
        assert telegram.wrong_requests() == []


@pytest.fixture
def account(telegram: LocalTelegram) -> Account:
    return telegram.bot("sitrep_bot")


@pytest.fixture
def anna(telegram: LocalTelegram, account: Account) -> User:
    anna = telegram.user("Anna")
    anna.starts(account)
    return anna


def _png() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(written, "PNG")
    return written.getvalue()


def _original(user: User) -> Outgoing:
    return Outgoing(user.id, 0, "original", "sendPhoto", picture_to(Desk(user.id), _png(), CAPTION))


def _copy(original: Outgoing, user: User, number: int) -> Outgoing:
    payload = {"chat_id": user.id, "photo": picture_again(original)}
    return Outgoing(user.id, 0, f"copy {number}", "sendPhoto", original.payload | payload)


@asynccontextmanager
async def _delivering(store: Store, telegram: LocalTelegram, account: Account) -> AsyncIterator[None]:
    async with Bot(account.token, base_url=f"{telegram.url}/bot") as bot:
        deliverer = Deliverer(store, bot, "resend")
        task = asyncio.create_task(deliverer.crew.run())
        yield
        deliverer.crew.stop()
        await asyncio.wait_for(task, 10)


async def _deliver(store: Store, telegram: LocalTelegram, account: Account, *messages: Outgoing) -> dict[str, State]:
    """Queue messages, deliver them, and tell what became of each."""
    columns = tables.outbox.c
    async with store.write() as conn:
        await outbox.enqueue(conn, messages)

    async def settled() -> dict[str, State] | None:
        async with store.read() as conn:
            rows = (await conn.execute(sa.select(columns.key, columns.state))).all()
        states = {key: State(state) for key, state in rows}
        return states if State.WAITING not in states.values() else None

    async with _delivering(store, telegram, account):
        return await until(settled)


def _sent(telegram: LocalTelegram, method: str) -> list[dict[str, Any]]:
    return [call["params"] for call in telegram.calls(method) if call["status"] == 200]


async def test_a_picture_is_uploaded_once_and_sent_again_by_its_id(
    store: Store, telegram: LocalTelegram, account: Account, anna: User
) -> None:
    original = _original(anna)
    await _deliver(store, telegram, account, original, _copy(original, anna, 1), _copy(original, anna, 2))
    shown = [message.shown for message in anna.sees(account) if "photo" in message.shown]
    assert [message["caption"] for message in shown] == ["News & more"] * 3
    assert [(photo["width"], photo["height"]) for photo in shown[0]["photo"]] == [(64, 48)]
    (picture,) = {message["photo"][-1]["file_id"] for message in shown}
    assert [params["photo"] == picture for params in _sent(telegram, "sendPhoto")] == [False, True, True]


async def test_a_picture_that_telegram_refuses_goes_without(
    store: Store, telegram: LocalTelegram, account: Account, anna: User
) -> None:
    telegram.fault("refuse", "sendPhoto", description="IMAGE_PROCESS_FAILED")
    assert await _deliver(store, telegram, account, _original(anna)) == {"original": State.DONE}
    (message,) = _sent(telegram, "sendMessage")
    assert message["text"] == CAPTION
    assert anna.sees(account)[-1].text == "News & more"


async def test_who_has_blocked_the_bot_gets_neither(
    store: Store, telegram: LocalTelegram, account: Account, anna: User
) -> None:
    anna.blocks(account)
    assert await _deliver(store, telegram, account, _original(anna)) == {"original": State.PARKED}


async def test_a_copy_of_a_picture_that_was_deleted_is_sent_without(
    store: Store, telegram: LocalTelegram, account: Account, anna: User
) -> None:
    assert await _deliver(store, telegram, account, _copy(_original(anna), anna, 1)) == {"copy 1": State.DONE}
    assert [params["text"] for params in _sent(telegram, "sendMessage")] == [CAPTION]
