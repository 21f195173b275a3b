import asyncio
from pathlib import Path

import pytest

from bot.store.engine import open_store
from bot.store.queues import inbox
from bot.store.queues.lanes import Claim
from tests.operating.conftest import Sitrep


@pytest.fixture
def parked(sitrep: Sitrep, tmp_path: Path) -> int:
    """An update that was given up."""
    assert sitrep("migrate").returncode == 0

    async def park() -> None:
        store = await open_store(f"sqlite:///{tmp_path / 'sitrep.sqlite3'}")
        async with store.write() as conn:
            await inbox.put(conn, [{"update_id": 71, "message": {"chat": {"id": 5}, "text": "Привет"}}])
            await inbox.park(conn, Claim(71, 0), "ValueError: an origin of the kind 'comet' is unknown")
        await store.close()

    asyncio.run(park())
    return 71


def test_what_was_given_up_is_listed_with_its_error(sitrep: Sitrep, parked: int) -> None:
    told = sitrep("inbox", "list", COLUMNS="160")
    assert told.returncode == 0
    assert "71" in told.stdout
    assert "an origin of the kind 'comet' is unknown" in told.stdout


def test_an_empty_list_says_so(sitrep: Sitrep) -> None:
    sitrep("migrate")
    assert sitrep("inbox", "list").stdout == "No update was given up.\n"


def test_one_is_shown_as_it_came(sitrep: Sitrep, parked: int) -> None:
    told = sitrep("inbox", "show", str(parked))
    assert "state:    parked" in told.stdout
    assert '"text": "Привет"' in told.stdout


def test_one_that_never_came_is_an_error_in_one_line(sitrep: Sitrep, parked: int) -> None:
    told = sitrep("inbox", "show", "72")
    assert told.returncode == 65
    assert told.stderr == "sitrep: there is no update 72: it never came, or was deleted since\n"


def test_one_is_handled_again(sitrep: Sitrep, parked: int) -> None:
    assert sitrep("inbox", "retry", str(parked)).stdout == "1 update is to be handled again.\n"
    assert sitrep("inbox", "list").stdout == "No update was given up.\n"
    assert sitrep("inbox", "retry", "--all").stdout == "0 updates are to be handled again.\n"


def test_retry_wants_names_or_all(sitrep: Sitrep, parked: int) -> None:
    assert sitrep("inbox", "retry").returncode == 2
    assert sitrep("inbox", "retry", "71", "--all").returncode == 2
