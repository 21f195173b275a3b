import asyncio
import json
import socket

import httpx
import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SettingFault
from bot.store.engine import Store
from bot.store.tables import inbox
from bot.web.server import listen
from bot.web.webhook import MOST_BYTES, SECRET_HEADER, secret_of


def update(number: int, chat: int = 5) -> dict[str, object]:
    return {"update_id": number, "message": {"message_id": 1, "date": 0, "chat": {"id": chat, "type": "private"}}}


async def stored(store: Store) -> list[int]:
    async with store.read() as conn:
        return list((await conn.execute(sa.select(inbox.c.update_id).order_by(inbox.c.update_id))).scalars())


async def test_an_update_is_committed_before_the_answer(
    client: httpx.AsyncClient, store: Store, wakes: list[None]
) -> None:
    answer = await client.post("/hook", json=update(7))
    assert answer.status_code == 200
    assert await stored(store) == [7]
    assert wakes


async def test_one_that_comes_twice_is_stored_once_and_confirmed_twice(client: httpx.AsyncClient, store: Store) -> None:
    answers = [await client.post("/hook", json=update(7)) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert await stored(store) == [7]


async def test_many_at_once_are_all_stored(client: httpx.AsyncClient, store: Store) -> None:
    answers = await asyncio.gather(*(client.post("/hook", json=update(n, chat=n)) for n in range(300)))
    assert {answer.status_code for answer in answers} == {200}
    assert await stored(store) == list(range(300))


@pytest.mark.parametrize("secret", [b"", b"wrong", b"the-secret2", "тайна".encode()])
async def test_without_the_secret_nothing_is_taken(client: httpx.AsyncClient, store: Store, secret: bytes) -> None:
    answer = await client.post("/hook", json=update(7), headers={SECRET_HEADER.encode(): secret})
    assert answer.status_code == 401
    assert await stored(store) == []


async def test_a_body_that_is_too_long_is_refused(client: httpx.AsyncClient, store: Store) -> None:
    answer = await client.post("/hook", content=b'{"update_id": 7, "x": "' + b"x" * MOST_BYTES + b'"}')
    assert answer.status_code == 413
    assert await stored(store) == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b'{"update_id": "7"}',
        b'{"update_id": true}',
        b'{"update_id": 9223372036854775808}',
        b"[" * 100_000,
    ],
)
async def test_what_is_no_update_is_refused(client: httpx.AsyncClient, store: Store, body: bytes) -> None:
    assert (await client.post("/hook", content=body)).status_code == 400
    assert await stored(store) == []


async def test_an_update_is_kept_as_it_was_written(client: httpx.AsyncClient, store: Store) -> None:
    body = b'{"update_id": 7,\n "message": {"chat": {"id": 1e400}, "text": "\\ud83d \\u0000 \xd1\x91"}, "x": 1.50}'
    assert (await client.post("/hook", content=body)).status_code == 200
    async with store.read() as conn:
        assert (await conn.execute(sa.select(inbox.c.raw))).scalar_one() == body.decode()


async def test_others_paths_and_methods_are_refused(client: httpx.AsyncClient) -> None:
    assert (await client.get("/hook")).status_code == 405
    assert (await client.post("/", json=update(1))).status_code == 404
    assert (await client.get("/healthz")).text == "alive\n"


async def test_an_update_that_can_not_be_stored_is_not_confirmed_and_comes_again(
    client: httpx.AsyncClient, store: Store
) -> None:
    async with store.write() as conn:
        await conn.execute(sa.text("ALTER TABLE inbox RENAME TO elsewhere"))
    assert (await client.post("/hook", json=update(7))).status_code >= 500
    async with store.write() as conn:
        await conn.execute(sa.text("ALTER TABLE elsewhere RENAME TO inbox"))
    assert (await client.post("/hook", json=update(7))).status_code == 200
    assert await stored(store) == [7]


async def test_a_client_that_goes_away_in_the_middle_does_no_harm(client: httpx.AsyncClient, store: Store) -> None:
    reader, writer = await asyncio.open_connection(client.base_url.host, client.base_url.port)
    head = f"POST /hook HTTP/1.1\r\nHost: bot\r\n{SECRET_HEADER}: the-secret\r\nContent-Length: 1000\r\n\r\n"
    writer.write(head.encode() + json.dumps(update(6)).encode()[:20])
    await writer.drain()
    writer.close()
    await writer.wait_closed()
    assert await reader.read() == b""
    assert (await client.post("/hook", json=update(7))).status_code == 200
    assert await stored(store) == [7]


def test_a_port_that_is_taken_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingFault, match=rf"webhook\.port: 127\.0\.0\.1:{port} can't be used"):
            listen("127.0.0.1", port)


@given(st.text())
def test_the_derived_secret_is_one_that_telegram_takes_and_tells_nothing_of_the_token(token: str) -> None:
    secret = secret_of(token)
    assert 1 <= len(secret) <= 256
    assert set(secret) <= set("0123456789abcdef")
    assert len(token) < 4 or token not in secret
