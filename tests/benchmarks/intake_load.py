"""Post updates to a webhook, as Telegram does with 100 connections: run as a program, beside the process it loads.

    python -m tests.benchmarks.intake_load URL SECRET FIRST COUNT CHAT CHATS RATE

posts COUNT updates with ids from FIRST on, in turns to CHATS chats from CHAT on, RATE a second or as fast as they are
taken if that is 0; and prints the ids that were confirmed and how long it took.
"""

import asyncio
import json
import sys
import time
from itertools import count
from urllib.parse import urlsplit

from tests.benchmarks.material import made_posts

CONNECTIONS = 100
_TEXTS = 1_000
_CHANNEL = {"id": -1001234567890, "type": "channel", "title": "River News", "username": "river_news"}


def update(number: int, chat: int, text: str, *, is_forward: bool = True) -> bytes:
    """Return an update with a message of somebody, a forward from a channel unless it is a command."""
    message = {
        "message_id": number,
        "date": int(time.time()),
        "chat": {"id": chat, "type": "private", "first_name": "Anna"},
        "from": {"id": chat, "is_bot": False, "first_name": "Anna", "language_code": "en"},
        "text": text,
    }
    if is_forward:
        message["forward_origin"] = {"type": "channel", "date": 1, "chat": _CHANNEL, "message_id": number}
    else:
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
    return json.dumps({"update_id": number, "message": message}).encode()


class Connection:
    """A connection to a webhook that is kept."""

    def __init__(self, url: str, secret: str) -> None:
        self._address = urlsplit(url)
        self._head = (
            f"POST {self._address.path} HTTP/1.1\r\nHost: {self._address.netloc}\r\n"
            f"X-Telegram-Bot-Api-Secret-Token: {secret}\r\nContent-Type: application/json\r\n"
        )

    async def open(self) -> None:
        self._reader, self._writer = await asyncio.open_connection(self._address.hostname, self._address.port)

    async def post(self, body: bytes) -> bool:
        """Post an update; tell whether it was confirmed."""
        self._writer.write(f"{self._head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        answer = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        length = next(line for line in answer.split(b"\r\n") if line.startswith(b"content-length:"))
        await self._reader.readexactly(int(length.split(b":")[1]))
        return answer.startswith(b"http/1.1 200")

    def close(self) -> None:
        self._writer.close()


async def _load(url: str, secret: str, numbers: range, chats: range, rate: float) -> dict[str, object]:
    texts = [post.text for post in made_posts(_TEXTS)]
    bodies = [
        update(number, chats[number % len(chats)], f"{texts[number % _TEXTS][:4000]} {number}") for number in numbers
    ]
    connections = [Connection(url, secret) for _ in range(CONNECTIONS)]
    await asyncio.gather(*(connection.open() for connection in connections))
    confirmed: list[int] = []
    turns = count()
    begin = time.perf_counter()

    async def work(connection: Connection) -> None:
        while (turn := next(turns)) < len(bodies):
            if rate:
                await asyncio.sleep(max(0.0, begin + turn / rate - time.perf_counter()))
            try:
                if await connection.post(bodies[turn]):
                    confirmed.append(numbers[turn])
            except (OSError, asyncio.IncompleteReadError):  # it was killed: what matters is what it had confirmed
                return

    await asyncio.gather(*(work(connection) for connection in connections))
    took = time.perf_counter() - begin
    for connection in connections:
        connection.close()
    return {"confirmed": confirmed, "seconds": took}


if __name__ == "__main__":
    url, secret, *figures = sys.argv[1:]
    first, amount, chat, chats, rate = map(int, figures)
    result = _load(url, secret, range(first, first + amount), range(chat, chat + chats), rate)
    sys.stdout.write(json.dumps(asyncio.run(result)))
