from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from bot import clock
from bot.posts import Desk, Post
from bot.running.timekeeping import purge_old
from bot.store.connection import Connection
from bot.store.desks import posts, quotas
from bot.store.engine import opened_store
from bot.store.tables import quotas as table
from bot.store.upkeep.migrate import migrate

_ANNA, _BORIS = 7, 8


async def test_what_is_old_and_what_has_drained_is_deleted(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'test.sqlite3'}"
    await migrate(url)
    now = clock.now()

    async def keep(conn: Connection) -> None:
        for age in (0, 31):
            await posts.add(conn, Desk(_ANNA), Post(str(age), f"A post of {age} days ago."), now - timedelta(days=age))
        await quotas.take(conn, _ANNA, "posts", 1, now - timedelta(minutes=2))
        await quotas.take(conn, _BORIS, "posts", 1, now + timedelta(seconds=30))

    async with opened_store(url) as store:
        await store.change(keep)
        await purge_old(store, timedelta(days=30))
        assert [kept.post.id for kept in await store.look(lambda conn: posts.select(conn, Desk(_ANNA)))] == ["0"]
        counted = await store.look(lambda conn: conn.execute(sa.select(table.c.person_id)))
        assert counted.scalars().all() == [_BORIS]
