import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from bot.store.engine import Store
from bot.web.flood import Flood
from bot.web.group_commit import GroupCommit
from bot.web.server import build_web, listen, serve
from bot.web.webhook import SECRET_HEADER, Webhook
from tests.store.conftest import database, store, url

__all__ = ["database", "store", "url"]

SECRET = "the-secret"


@asynccontextmanager
async def serving(store: Store, wakes: list[None]) -> AsyncIterator[httpx.AsyncClient]:
    """Serve the webhook at /hook; yield a client that knows the secret."""
    webhook = Webhook(SECRET, GroupCommit(store, lambda: wakes.append(None), Flood()))
    listening = listen("127.0.0.1", 0)
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    server = asyncio.create_task(serve(build_web("https://bot.example/hook", webhook), listening))
    async with httpx.AsyncClient(base_url=address, headers={SECRET_HEADER: SECRET}, timeout=60) as client:
        yield client
    server.cancel()
    await asyncio.wait([server])


@pytest.fixture
def wakes() -> list[None]:
    return []


@pytest.fixture
async def client(store: Store, wakes: list[None]) -> AsyncIterator[httpx.AsyncClient]:
    async with serving(store, wakes) as client:
        yield client
