"""The way to Telegram of a process that is to die in the middle of a call."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from telegram.request import HTTPXRequest, RequestData

from tests.faults.recaps import Death


class _Killed(BaseException):
    """The process has died."""


class DyingRequest(HTTPXRequest):
    """Carries calls, and lets the process die at one of them: from then on nothing comes through.

    Attributes:
        death: how the process will end, and after how many messages.
        died: it has.
        sent_to: chats to which messages were sent since somebody emptied this.
        doubtful: those of them when it died; nobody knows which messages arrived.
        under_way: calls that Telegram carries out even if nobody waits for their answers any more.

    """

    def __init__(self) -> None:
        super().__init__(connection_pool_size=64, read_timeout=20, connect_timeout=30, pool_timeout=30)
        self.death: tuple[Death, int] | None = None
        self.died = asyncio.Event()
        self.sent_to: set[int] = set()
        self.doubtful: set[int] = set()
        self.under_way: set[asyncio.Future[tuple[int, bytes]]] = set()

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: Any, **kwargs: Any
    ) -> tuple[int, bytes]:
        if self.died.is_set():
            raise _Killed
        if not url.endswith("/sendMessage") or request_data is None:
            return await super().do_request(url, method, request_data, *args, **kwargs)
        chat = int(request_data.json_parameters["chat_id"])
        self.sent_to.add(chat)
        return await self._send(self._fate(), super().do_request(url, method, request_data, *args, **kwargs))

    def _fate(self) -> Death:
        if self.death is None:
            return Death.NEVER
        death, messages = self.death
        self.death = (death, messages - 1) if messages else None
        return Death.NEVER if messages else death

    async def _send(self, death: Death, sending: Coroutine[Any, Any, tuple[int, bytes]]) -> tuple[int, bytes]:
        call = asyncio.ensure_future(sending)
        if death is Death.BEFORE:
            call.cancel()
            await asyncio.wait([call])
        else:
            self.under_way.add(call)
            call.add_done_callback(self.under_way.discard)
        if death is Death.DURING:
            await asyncio.sleep(0.002)
        elif death is not Death.BEFORE:
            answer: tuple[int, bytes] = await asyncio.shield(call)
        if death is not Death.NEVER:
            self.doubtful |= self.sent_to
            self.died.set()
            raise _Killed
        return answer
