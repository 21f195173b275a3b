"""A Bot API server of a few lines whose every answer a test writes: it says what the real one never would on demand."""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer; without a body the connection is dropped, with a delay it is late."""

    body: dict[str, Any] | bytes | None
    status: int = 200
    delay: float = 0.0


def ok(result: Any) -> Answer:
    return Answer({"ok": True, "result": result})


def error(code: int, description: str, **parameters: Any) -> Answer:
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    return Answer({**body, "parameters": parameters} if parameters else body, code)


DROPPED = Answer(None)
MESSAGE = {"message_id": 55, "date": 1732170300, "chat": {"id": 7, "type": "private", "first_name": "Anna"}}
ME = {"id": 1, "is_bot": True, "first_name": "Sitrep", "username": "sitrep_bot"}
_USUAL = {"getMe": ok(ME), "sendMessage": ok(MESSAGE), "getUpdates": Answer({"ok": True, "result": []}, delay=0.05)}


class Api:
    """The server: where it is, what it was asked, and what it will say next."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.port = 0
        self._next: defaultdict[str, deque[Answer]] = defaultdict(deque)
        self._writers: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self, port: int = 0) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", port)
        self.port = self._server.sockets[0].getsockname()[1]

    def stop(self) -> None:
        if self._server:
            self._server.close()
        for writer in self._writers:
            writer.close()

    def will_say(self, method: str, *answers: Answer) -> None:
        self._next[method].extend(answers)

    def asked(self, method: str) -> list[dict[str, Any]]:
        return [parameters for name, parameters in self.calls if name == method]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            while await self._one(reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self._writers.discard(writer)
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        headers = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if line)
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        method = head.split(" ", 2)[1].rpartition("/")[2]
        self.calls.append((method, _parameters(headers.get("content-type", ""), body)))
        waiting = self._next[method]
        answer = waiting.popleft() if waiting else _USUAL.get(method, ok(True))
        await asyncio.sleep(answer.delay)
        if answer.body is None:
            return False
        told = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
        writer.write(f"HTTP/1.1 {answer.status} X\r\nContent-Length: {len(told)}\r\n\r\n".encode() + told)
        await writer.drain()
        return True


def _parameters(kind: str, body: bytes) -> dict[str, Any]:
    if kind.startswith("application/json"):
        parsed: dict[str, Any] = json.loads(body)
        return parsed
    return dict(parse_qsl(body.decode(errors="replace")))  # of a picture nothing is read


@asynccontextmanager
async def running_api(port: int = 0) -> AsyncIterator[Api]:
    api = Api()
    await api.start(port)
    try:
        yield api
    finally:
        api.stop()
