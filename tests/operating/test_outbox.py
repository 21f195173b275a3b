import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.store.connection import Connection
from bot.store.engine import open_store
from bot.store.queues import outbox
from bot.store.queues.lanes import Claim
from bot.store.queues.outbox import Outgoing
from tests.operating.conftest import Sitrep

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def refused(sitrep: Sitrep, tmp_path: Path) -> int:
    """A message that Telegram has refused."""
    assert sitrep("migrate").returncode == 0

    async def work(conn: Connection) -> int:
        call = Outgoing(5, 0, "greeting", "sendMessage", {"chat_id": 5, "text": "Привет"})
        await outbox.enqueue(conn, [call], NOW)
        [item] = await outbox.claim(conn, NOW, timedelta(minutes=1), 1)
        await outbox.fail(conn, Claim(item.id, item.attempts), "Forbidden: bot was blocked by the user")
        return item.id

    async def refuse() -> int:
        store = await open_store(f"sqlite:///{tmp_path / 'sitrep.sqlite3'}")
        try:
            return await store.change(work)
        finally:
            await store.close()

    return asyncio.run(refuse())


def test_what_was_given_up_is_listed_with_its_error(sitrep: Sitrep, refused: int) -> None:
    told = sitrep("outbox", "list", COLUMNS="160")
    assert told.returncode == 0
    assert "bot was blocked by the user" in told.stdout
    assert "refused" in told.stdout


def test_an_empty_list_says_so(sitrep: Sitrep) -> None:
    sitrep("migrate")
    assert sitrep("outbox", "list").stdout == "No message was given up.\n"


def test_one_is_shown_as_it_was_to_be_sent(sitrep: Sitrep, refused: int) -> None:
    told = sitrep("outbox", "show", str(refused))
    assert "state:    parked" in told.stdout
    assert '"text": "Привет"' in told.stdout


def test_one_that_never_was_is_an_error_in_one_line(sitrep: Sitrep, refused: int) -> None:
    told = sitrep("outbox", "show", str(refused + 1))
    assert told.returncode == 65
    assert told.stderr == f"sitrep: there is no message {refused + 1}: it was never queued, or was deleted since\n"


def test_one_is_sent_again(sitrep: Sitrep, refused: int) -> None:
    assert sitrep("outbox", "retry", str(refused)).stdout == "1 message is to be sent again.\n"
    assert sitrep("outbox", "list").stdout == "No message was given up.\n"
    assert sitrep("outbox", "retry", "--all").stdout == "0 messages are to be sent again.\n"


def test_retry_wants_names_or_all(sitrep: Sitrep, refused: int) -> None:
    assert sitrep("outbox", "retry").returncode == 2
    assert sitrep("outbox", "retry", "71", "--all").returncode == 2
