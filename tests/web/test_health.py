import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot import metrics
from bot.errors import SchemaFault, StoreFault
from bot.store.leadership import CLOCK, DELIVERY
from bot.store.tables import State
from bot.store.upkeep.condition import Condition
from bot.web import health
from bot.web.health import Health
from bot.web.server import build_health

BOTH = frozenset({CLOCK, DELIVERY})
LONGEST_WAIT = timedelta(minutes=5)


def well() -> Condition:
    now = datetime.now(UTC)
    return Condition(
        updates={State.WAITING: 2, State.PARKED: 1},
        oldest_update=now - timedelta(seconds=3),
        last_update=now - timedelta(seconds=1),
        messages={State.WAITING: 4, State.PARKED: 5, State.UNCERTAIN: 6},
        oldest_message=now - timedelta(seconds=7),
        next_slot=now + timedelta(hours=2),
        led=BOTH,
    )


class Watched:
    """A bot in some condition."""

    def __init__(self) -> None:
        self.found: Condition | StoreFault | None = well()
        self.led_here = BOTH
        watched = Health(self._look, lambda: self.led_here, LONGEST_WAIT)
        self._application = build_health(watched.routes())

    async def _look(self) -> Condition:
        if self.found is None:
            await asyncio.Event().wait()
        if isinstance(self.found, StoreFault):
            raise self.found
        assert self.found
        return self.found

    async def ask(self, path: str) -> httpx.Response:
        transport = httpx.ASGITransport(self._application)
        async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
            return await client.get(path)

    async def values(self) -> dict[str, float]:
        """Return the metrics without their labels, summed up."""
        found: dict[str, float] = {}
        for family in text_string_to_metric_families((await self.ask("/metrics")).text):
            for sample in family.samples:
                found[sample.name] = found.get(sample.name, 0) + sample.value
        return found


@pytest.fixture
def watched() -> Watched:
    return Watched()


async def test_all_is_well(watched: Watched) -> None:
    answer = await watched.ask("/readyz")
    told = answer.json()
    assert (answer.status_code, told["ready"], told["wrong"]) == (200, True, [])
    assert (told["updates_waiting"], told["updates_given_up"], told["messages_waiting"]) == (2, 1, 4)
    assert 3 <= told["oldest_update_seconds"] < 60
    assert 1 <= told["last_update_seconds"] < 60
    assert told["led"] == ["clock", "delivery"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"led": frozenset({DELIVERY})}, "nobody keeps the time of recaps: start `sitrep clock`"),
        ({"led": frozenset({CLOCK})}, "nobody sends messages: start `sitrep worker`"),
        ({"oldest_update": timedelta(minutes=6)}, "an update has waited for 360 s"),
        ({"next_slot": timedelta(minutes=3)}, "a recap has been due since "),
    ],
)
async def test_what_is_wrong_is_said(
    watched: Watched, change: dict[str, frozenset[str] | timedelta], told: str
) -> None:
    now = datetime.now(UTC)
    changed = {name: now - value if isinstance(value, timedelta) else value for name, value in change.items()}
    watched.found = replace(well(), **changed)  # type: ignore[arg-type] # what each test gives fits
    answer = await watched.ask("/readyz")
    assert (answer.status_code, answer.json()["ready"]) == (503, False)
    (wrong,) = answer.json()["wrong"]
    assert wrong.startswith(told)


async def test_a_quiet_bot_is_well(watched: Watched) -> None:
    watched.found = replace(well(), oldest_update=None, last_update=None, oldest_message=None, next_slot=None)
    answer = await watched.ask("/readyz")
    assert answer.status_code == 200
    assert answer.json()["last_update_seconds"] is None
    assert (await watched.values())["sitrep_oldest_update_seconds"] == 0


async def test_where_one_process_has_the_database_what_it_leads_is_led(watched: Watched) -> None:
    watched.found = replace(well(), led=None)
    assert (await watched.ask("/readyz")).status_code == 200
    watched.led_here = frozenset()
    assert len((await watched.ask("/readyz")).json()["wrong"]) == 2


@pytest.mark.parametrize("fault", [StoreFault("the disk is full"), SchemaFault()])
async def test_a_database_that_can_t_be_used_is_wrong_and_its_metrics_are_missing(
    watched: Watched, fault: StoreFault
) -> None:
    watched.found = fault
    answer = await watched.ask("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "wrong": [f"the database can't be used: {fault}"]}
    values = await watched.values()
    assert values["sitrep_database_up"] == 0
    assert "sitrep_updates_waiting" not in values
    assert "sitrep_updates_received_total" in values
    assert (await watched.ask("/healthz")).status_code == 200


async def test_a_database_that_does_not_answer_is_not_waited_for(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "_ANSWER_SECONDS", 0.01)
    watched.found = None
    answer = await watched.ask("/readyz")
    assert answer.status_code == 503
    assert "has not answered within" in answer.json()["wrong"][0]


async def test_metrics_tell_what_waits_and_what_was_counted(watched: Watched) -> None:
    before = (await watched.values())["sitrep_updates_received_total"]
    metrics.RECEIVED.inc(3)
    values = await watched.values()
    assert values["sitrep_updates_received_total"] == before + 3
    assert (values["sitrep_updates_waiting"], values["sitrep_messages_refused"]) == (2, 5)
    assert (values["sitrep_clock_led"], values["sitrep_delivery_led"], values["sitrep_database_up"]) == (1, 1, 1)
    assert values["sitrep_recap_overdue_seconds"] == 0
    assert values["process_resident_memory_bytes"] > 0


async def test_no_label_tells_of_a_chat_or_a_person(watched: Watched) -> None:
    labels = {
        (name, value)
        for family in text_string_to_metric_families((await watched.ask("/metrics")).text)
        if family.name.startswith("sitrep")
        for sample in family.samples
        for name, value in sample.labels.items()
    }
    assert {name for name, _ in labels} <= {"result", "by", "what", "le", "version"}
    assert all(len(value) < 20 for _, value in labels)
