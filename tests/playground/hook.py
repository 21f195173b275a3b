"""A program that receives a webhook's requests, and answers as a test wants."""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import Self

Json = dict[str, Any]


@dataclass
class Reply:
    status: int = 200
    body: Json = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    wait: threading.Event | None = None


class Hook:
    """Args: replies: for the first requests; all later ones are answered 200."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = deque(replies)
        self.updates: list[Json] = []
        self.headers: list[dict[str, str]] = []
        self.most_at_once = 0
        self._at_once = 0
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/hook"

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.updates if "message" in update]

    def gets(self, count: int, seconds: float = 10) -> list[Json]:
        """Wait until as many requests came."""
        end = time.monotonic() + seconds
        while len(self.updates) < count:
            assert time.monotonic() < end, f"only {len(self.updates)} of {count} came"
            time.sleep(0.01)
        return self.updates

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(hook) -> type[BaseHTTPRequestHandler]:  # noqa: N805 - `self` is the handler's, inside
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                reply = hook._arrived(json.loads(body), dict(self.headers))
                if reply.wait:
                    reply.wait.wait(20)
                with hook._lock:
                    hook._at_once -= 1
                told = json.dumps(reply.body).encode()
                self.send_response(reply.status)
                for name, value in {**reply.headers, "Content-Length": str(len(told))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(told)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
                pass

        return Handler

    def _arrived(self, update: Json, headers: dict[str, str]) -> Reply:
        with self._lock:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
            self.headers.append(headers)
            reply = self.replies.popleft() if self.replies else Reply()
            self.updates.append(update)
        return reply
