from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.posts import Desk
from bot.settings import Settings
from bot.store import tables
from bot.store.connection import Connection, Work
from bot.store.engine import Store
from bot.store.queues import inbox, outbox
from bot.store.queues.lanes import Claim
from bot.store.tables import State
from bot.telegram.handling import Handling, Superseded
from bot.telegram.quotas import Quotas
from tests.telegram.messages import message

DESK = Desk(7)


def _handling(store: Store, settings: Settings, claim: Claim) -> tuple[Handling, list[str]]:
    """Handle an update; the list tells how often somebody was woken to send."""
    woken: list[str] = []
    return Handling(claim, store, settings, Quotas(store, settings.limits), lambda: woken.append("woken")), woken


async def _claimed(store: Store, lease: timedelta) -> Claim:
    update = message("The river rose.")
    async with store.write() as conn:
        await inbox.put(conn, [update])
        claimed = await inbox.claim(conn, datetime.now(UTC), lease, 1)
    assert claimed
    return claimed[0].claim


async def test_a_part_is_carried_out_at_once_and_its_messages_only_once_whatever_comes_after(
    store: Store, settings: Settings
) -> None:
    claim = await _claimed(store, timedelta(minutes=1))
    for _ in range(2):  # the second time as after a crash
        handling, woken = _handling(store, settings, claim)
        handling.say(DESK, "Reading", key="reading")
        await handling.commit_part()
        assert woken == ["woken"]
    handling.say(DESK, "Done")
    assert await handling.commit()
    async with store.read() as conn:
        said = (await conn.execute(sa.select(tables.outbox.c.payload).order_by(tables.outbox.c.id))).scalars().all()
        assert (await inbox.counts(conn))[State.DONE] == 1
    assert [payload["text"] for payload in said] == ["Reading", "Done"]


async def test_a_part_that_changes_nothing_wakes_nobody(store: Store, settings: Settings) -> None:
    handling, woken = _handling(store, settings, await _claimed(store, timedelta(minutes=1)))
    await handling.commit_part()
    assert woken == []


async def test_a_part_of_an_update_that_somebody_else_has_settled_is_undone(store: Store, settings: Settings) -> None:
    claim = await _claimed(store, timedelta(minutes=1))
    async with store.write() as conn:
        await inbox.finish(conn, claim)
    handling, _ = _handling(store, settings, claim)
    handling.say(DESK, "Reading", key="reading")
    with pytest.raises(Superseded):
        await handling.commit_part()
    async with store.read() as conn:
        assert (await outbox.counts(conn))[State.WAITING] == 0


async def test_what_a_change_says_is_said_once_though_it_is_made_again(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    handling, _ = _handling(store, settings, await _claimed(store, timedelta(minutes=1)))
    handling.say(DESK, "Before")

    async def change(_conn: Connection) -> None:
        handling.say(DESK, "Within")

    async def twice(work: Work[None]) -> None:
        for _ in range(2):
            async with store.write() as conn:
                await conn.execute(sa.delete(tables.outbox))
                await conn.execute(sa.update(tables.inbox).values(state=State.WAITING))
                await work(conn)

    handling.change(change)
    monkeypatch.setattr(store, "change", twice)
    await handling.commit()
    async with store.read() as conn:
        said = (await conn.execute(sa.select(tables.outbox.c.payload).order_by(tables.outbox.c.id))).scalars().all()
    assert [payload["text"] for payload in said] == ["Before", "Within"]
