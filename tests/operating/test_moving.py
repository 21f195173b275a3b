import asyncio
from pathlib import Path

from bot.clock import now
from bot.posts import Desk, Post
from bot.store.desks import posts
from bot.store.engine import open_store
from bot.store.tables import metadata
from tests.operating.conftest import Sitrep


def _fill(url: str, count: int) -> None:
    async def fill() -> None:
        store = await open_store(url)
        async with store.write() as conn:
            for number in range(count):
                await posts.add(conn, Desk(7), Post(f"p{number}", f"The river rose by {number} metres."), now())
        await store.close()

    asyncio.run(fill())


def test_an_installation_is_moved_and_told_table_by_table(
    sitrep: Sitrep, tmp_path: Path, empty_postgres_url: str
) -> None:
    source = f"sqlite:///{tmp_path / 'sitrep.sqlite3'}"
    assert sitrep("migrate").returncode == 0
    _fill(source, 1_200)
    told = sitrep("migrate", "--from", source, DATABASE_URL=empty_postgres_url)
    assert told.returncode == 0, told.stderr
    lines = told.stdout.splitlines()
    assert [line.split()[0] for line in lines] == [table.name for table in metadata.sorted_tables]
    (of_posts,) = [line for line in lines if line.startswith("posts ")]
    assert "1,200 rows, the same in both (1,200 copied now;" in of_posts
    again = sitrep("migrate", "--from", source, DATABASE_URL=empty_postgres_url)
    assert of_posts.replace("1,200 copied", "0 copied") in again.stdout.splitlines()


def test_a_target_with_other_posts_is_refused_in_one_line(sitrep: Sitrep, tmp_path: Path, postgres_url: str) -> None:
    assert sitrep("migrate").returncode == 0
    _fill(postgres_url, 1)
    told = sitrep("migrate", "--from", f"sqlite:///{tmp_path / 'sitrep.sqlite3'}", DATABASE_URL=postgres_url)
    assert told.returncode == 1
    assert "the table posts has rows that are not of" in told.stderr
    assert told.stderr.count("\n") == 1


def test_a_backup_is_made_once(sitrep: Sitrep, tmp_path: Path) -> None:
    assert sitrep("migrate").returncode == 0
    _fill(f"sqlite:///{tmp_path / 'sitrep.sqlite3'}", 3)
    copy = tmp_path / "copy.sqlite3"
    told = sitrep("backup", str(copy))
    assert (told.returncode, told.stdout) == (0, f"{copy}: {copy.stat().st_size:,} bytes\n")
    again = sitrep("backup", str(copy))
    assert again.returncode == 1
    assert "there already" in again.stderr
