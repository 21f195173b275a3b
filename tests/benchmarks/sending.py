"""sendMessage a second through the local Telegram, beside a bare Starlette endpoint on the same server.

Run as a program, it is the client, in a process of its own: some connections that send one message after another.
"""

import asyncio
import json
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.playground.serving import serving
from tests.benchmarks.rows import Row, run_python

_MESSAGES = 6_000
_CONNECTIONS = 16
_TEXT = "The river rose by two metres overnight. 1,200 people left their homes."


def measure() -> Iterator[Row]:
    """Yield the row; a second is one of the server's processor."""
    with serving() as telegram:
        bot, anna = telegram.bot(), telegram.user("Anna")
        anna.starts(bot)
        ours = _speed(f"{telegram.url}/bot{bot.token}/sendMessage", anna.id)
    with _bare_endpoint() as url:
        theirs = _speed(url, 1)
    yield Row(
        "local Telegram",
        f"{ours:,.0f} sendMessage/s",
        "2,000",
        "a bare Starlette endpoint",
        f"{theirs:,.0f}/s",
        ours / theirs,
    )


def _speed(url: str, chat: int) -> float:
    """Let the client send, and return the messages for each processor second of this process, which serves."""
    begin = time.process_time()
    run_python("-m", "tests.benchmarks.sending", url, str(chat))
    return _MESSAGES / (time.process_time() - begin)


@contextmanager
def _bare_endpoint() -> Iterator[str]:
    async def answer(request: Request) -> JSONResponse:
        return JSONResponse({"ok": True, "result": await request.json()})

    app = Starlette(routes=[Route("/", answer, methods=["POST"])])
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/"
    finally:
        server.should_exit = True
        thread.join()


async def _send_all(url: str, chat: int) -> None:
    address = urlsplit(url)
    body = json.dumps({"chat_id": chat, "text": _TEXT}).encode()
    head = f"POST {address.path} HTTP/1.1\r\nHost: {address.netloc}\r\nContent-Type: application/json\r\n"
    request = head.encode() + f"Content-Length: {len(body)}\r\n\r\n".encode() + body

    async def send(count: int) -> None:
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        for _ in range(count):
            writer.write(request)
            answer = await reader.readuntil(b"\r\n\r\n")
            length = next(line for line in answer.lower().split(b"\r\n") if line.startswith(b"content-length:"))
            content = await reader.readexactly(int(length.split(b":")[1]))
            if not content.startswith(b'{"ok":true'):
                raise RuntimeError(content.decode())
        writer.close()

    await asyncio.gather(*(send(_MESSAGES // _CONNECTIONS) for _ in range(_CONNECTIONS)))


if __name__ == "__main__":
    asyncio.run(_send_all(sys.argv[1], int(sys.argv[2])))
