"""What handling a post asks of the database."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from bot.posts import Desk, Post
from bot.store.connection import Connection
from bot.store.desks import posts
from tests.telegram.conftest import Office
from tests.telegram.messages import FROM_CHANNEL, PRIVATE, message

MANY = 2_000
_TABLES = ("posts", "forwards", "analyses", "stems", "chats", "bursts")


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """The statements that have to do with posts; how often others ask what waits depends on the time that it takes."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if any(re.search(rf"\b{table}\b", statement) for table in _TABLES):
            seen.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    yield seen
    sa.event.remove(sa.Engine, "before_cursor_execute", note)


async def test_a_post_asks_as_much_of_the_database_however_many_its_desk_has(office: Office, asked: list[str]) -> None:
    async def ask(number: int) -> list[str]:
        asked.clear()
        await office.gets(message(f"Water rose by {number} m.", forward_origin=FROM_CHANNEL | {"message_id": number}))
        return list(asked)

    async def keep_many(conn: Connection) -> None:
        for number in range(MANY):
            await posts.add(conn, Desk(PRIVATE["id"]), Post(f"m{number}", f"Post {number}"), datetime.now(UTC))

    few = await ask(1)
    await office.store.change(keep_many)
    assert await ask(2) == few
    assert 5 <= len(few) <= 12
