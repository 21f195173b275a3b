"""The index is what the posts say, whatever happened to them; and it finds the same in SQLite as in Postgres."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import StatementError

from bot.errors import StoreFault
from bot.posts import Desk, Origin, OriginKind, Post
from bot.store import sqlite
from bot.store.connection import Connection
from bot.store.desks import chats, posts, search
from bot.store.desks.search import Phrase
from bot.store.engine import Store, open_store
from bot.store.tables import metadata, stems
from bot.store.upkeep import retention
from bot.store.upkeep.migrate import migrate
from bot.text.question import read_question
from bot.text.stems import post_stems, source_stem
from tests.text import strategies

NOW = datetime(2024, 11, 21, 6, 25, tzinfo=UTC)
DAY = timedelta(days=1)
DESKS = Desk(7), Desk(7, 3), Desk(8), Desk(8, 3)
NEWS = Origin(OriginKind.CHANNEL, "World News", "worldnews", -1001234, 9)

_WORDS = ("river", "rivers", "Пашинян", "Пашиняна", "F-16", "1,234", "foreign", "minister", "日本", "NOT", "rive")
_TEXTS = st.lists(st.sampled_from(_WORDS), max_size=6).map(" ".join)
_CHANGES = st.one_of(
    st.tuples(st.just("add"), st.sampled_from(DESKS[:3]), st.integers(1, 5), _TEXTS),
    st.tuples(st.just("edit"), st.sampled_from(DESKS[:3]), st.integers(1, 5), _TEXTS),
    st.tuples(st.just("forget"), st.sampled_from(DESKS[:3])),
    st.tuples(st.just("purge"), st.integers(0, 20)),
    st.tuples(st.just("move")),
    st.tuples(st.just("index"), st.sampled_from(DESKS[:3])),
)


async def _apply(conn: Connection, change: tuple[Any, ...], day: int) -> None:
    match change:
        case "add", desk, number, text:
            origin = replace(NEWS, message_id=number) if number % 2 else None
            post = Post(f"{desk.chat_id}:{number}", text, origin=origin)
            stored = await posts.add(conn, desk, post, NOW + day * DAY, message_id=number)
            await search.put(conn, [(stored, post_stems(stored.post))], 1)
        case "edit", desk, number, text:
            origin = replace(NEWS, message_id=number) if number % 2 else None
            post = Post(f"{desk.chat_id}:{number}", text, origin=origin)
            await posts.edit(conn, desk, number, post, NOW + day * DAY, version=day)
        case "forget", desk:
            await retention.forget(conn, desk.chat_id)
        case "purge", days:
            await retention.purge(conn, NOW + days * DAY)
        case ("move",):
            await chats.move_desks(conn, 7, 8)
        case "index", desk:
            found = await search.lacking(conn, desk, 1, 100)
            await search.put(conn, [(stored, post_stems(stored.post)) for stored in found], 1)


async def _empty(conn: Connection) -> None:
    for table in reversed(metadata.sorted_tables):
        await conn.execute(sa.delete(table))


async def _found(conn: Connection, *conditions: posts.Condition) -> set[int]:
    return {seq for desk in DESKS for seq in await _found_in(conn, desk, *conditions)}


async def _found_in(conn: Connection, desk: Desk, *conditions: posts.Condition) -> list[int]:
    return [stored.seq for stored in await posts.select(conn, desk, posts.Which(holding=conditions))]


def _holds(words: Sequence[str], phrase: Phrase, *, begun: bool = False) -> bool:
    size = len(phrase)
    for start in range(len(words) - size + 1):
        *those, last = words[start : start + size]
        if tuple(those) == phrase[:-1] and (last.startswith(phrase[-1]) if begun else last == phrase[-1]):
            return True
    return False


def _holding(said: dict[int, tuple[str, ...]], phrases: Iterable[Phrase], *, begun: bool = False) -> set[int]:
    return {seq for seq, words in said.items() if all(_holds(words, phrase, begun=begun) for phrase in phrases)}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(_CHANGES, max_size=12))
async def test_the_index_is_as_if_it_were_made_anew_from_the_posts(
    store: Store, changes: list[tuple[Any, ...]]
) -> None:
    async def check(conn: Connection) -> None:
        await _empty(conn)
        for day, change in enumerate(changes):
            await _apply(conn, change, day)
        stored = [one for desk in DESKS for one in await posts.select(conn, desk)]
        lacking = {one.seq for desk in DESKS for one in await search.lacking(conn, desk, 1, 100)}
        said = {one.seq: post_stems(one.post) for one in stored if one.seq not in lacking}
        kept = sa.select(stems.c.seq, stems.c.words).where(stems.c.version != posts.OUTDATED)
        assert dict((await conn.execute(kept)).all()) == said
        for stem in {stem for word in _WORDS for stem in read_question(word).wanted}:
            assert await _found(conn, search.hold_all([stem])) == _holding(said, [stem])
        await _check_sqlite(conn)

    await store.change(check)


async def _check_sqlite(conn: Connection) -> None:
    """Have SQLite compare its index with the table; it raises if they differ."""
    if conn._connection.dialect.name == "sqlite":
        await conn.execute(sa.text("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)"))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    said=st.lists(st.one_of(_TEXTS, strategies.posts), max_size=8),
    asked=st.one_of(_TEXTS, strategies.posts, st.builds('"{}" {}'.format, _TEXTS, _TEXTS)),
)
async def test_a_question_finds_the_posts_that_hold_what_it_asks_for(store: Store, said: list[str], asked: str) -> None:
    wanted = read_question(asked).wanted

    async def check(conn: Connection) -> None:
        await _empty(conn)
        words = {}
        for number, text in enumerate(said):
            stored = await posts.add(conn, DESKS[0], Post(str(number), text), NOW, by_text=False)
            words[stored.seq] = post_stems(stored.post)
            await search.put(conn, [(stored, words[stored.seq])], 1)
        if not wanted:
            return
        assert await _found(conn, search.hold_all(wanted)) == _holding(words, wanted)
        assert await _found(conn, search.hold_all(wanted, begun=True)) == _holding(words, wanted, begun=True)
        each = [_holding(words, [phrase]) for phrase in wanted]
        assert await _found(conn, search.hold_none(wanted)) == set(words).difference(*each)
        held = {seq: sum(seq in found for found in each) for seq in words}
        assert await search.most_held(conn, wanted) == max(held.values(), default=0)
        for count in range(1, len(wanted) + 1):
            some = {seq for seq, number in held.items() if number >= count}
            assert await _found(conn, search.hold_some(wanted, count)) == some

    await store.change(check)


async def test_stems_come_back_in_order(store: Store) -> None:
    words = ("б", "a", "б", "日", "＠world＿news", "a", "12")
    async with store.write() as conn:
        stored = await posts.add(conn, DESKS[0], Post("1", "text"), NOW)
        await search.put(conn, [(stored, words)], 1)
        assert (await conn.execute(sa.select(stems.c.words))).scalar_one() == words


@pytest.mark.parametrize("stem", ["", "a b", "a'b", 'a"', "A", "\0", "\ud800", "a\\b", "a:1"])
async def test_what_is_no_stem_is_refused(store: Store, stem: str) -> None:
    async with store.write() as conn:
        stored = await posts.add(conn, DESKS[0], Post("1", "text"), NOW)
        with pytest.raises(StatementError, match="is no stem"):
            await search.put(conn, [(stored, (stem,))], 1)


async def test_a_post_of_very_many_words_is_found_by_the_first(store: Store) -> None:
    text = " ".join(["flood"] * 1000 + [f"w{number:x}" for number in range(20_000)])
    async with store.write() as conn:
        stored = await posts.add(conn, DESKS[0], Post("1", text, origin=NEWS), NOW)
        await search.put(conn, [(stored, post_stems(stored.post))], 1)
        for phrase in (("flood", "flood"), ("w", "0"), (source_stem("worldnews"),)):
            assert await _found(conn, search.hold_all([phrase])) == {stored.seq}


async def test_the_longest_words_of_the_rarest_letters_fit(store: Store) -> None:
    text = " ".join(chr(0x10400 + number % 40) * 25 + chr(0x1E900 + number) for number in range(34))
    text = " ".join(f"{word}{chr(0x20000 + number)}" for number, word in enumerate(text.split() * 300))
    async with store.write() as conn:
        stored = await posts.add(conn, DESKS[0], Post("1", text), NOW)
        await search.put(conn, [(stored, post_stems(stored.post))], 1)
        assert await search.lacking(conn, DESKS[0], 1, 1) == []


async def test_stems_of_another_version_or_edition_are_lacking(store: Store) -> None:
    async with store.write() as conn:
        before = await posts.add(conn, DESKS[0], Post("7:1", "before"), NOW, message_id=1)
        await search.put(conn, [(before, ("before",))], 1)
        assert await search.lacking(conn, DESKS[0], 1, 9) == []
        assert await search.lacking(conn, DESKS[0], 2, 9) == [before]
        await posts.edit(conn, DESKS[0], 1, Post("7:1", "after"), NOW)
        await search.put(conn, [(before, ("before",))], 1)
        (after,) = await search.lacking(conn, DESKS[0], 1, 9)
        assert after.post.text == "after"
        assert await _found(conn, search.hold_all([("before",)])) == set()


async def test_stems_of_a_text_that_is_edited_while_another_process_puts_them_are_not_kept(postgres_url: str) -> None:
    """Each sees the post as it was before the other one came: they must meet in a row that both change."""
    store, other = await open_store(postgres_url), await open_store(postgres_url)
    desk = DESKS[0]

    async def add(conn: Connection) -> posts.StoredPost:
        return await posts.add(conn, desk, Post("7:1", "before"), NOW, message_id=1)

    before = await store.change(add)

    async def put_while_it_is_edited() -> None:
        async with store.write() as conn:
            assert await search.lacking(conn, desk, 1, 9) == [before]
            await other.change(lambda conn: posts.edit(conn, desk, 1, Post("7:1", "after"), NOW))
            await search.put(conn, [(before, ("before",))], 1)

    with pytest.raises(StoreFault, match="too many wanted to change the same at once"):
        await put_while_it_is_edited()
    (after,) = await store.look(lambda conn: search.lacking(conn, desk, 1, 9))
    assert after.post.text == "after"
    for opened in (store, other):
        await opened.close()


async def test_postgres_looks_into_an_index(postgres_url: str) -> None:
    store = await open_store(postgres_url)
    async with store.read() as conn:
        await conn.execute(sa.text("SET LOCAL enable_seqscan = off"))
        asked = sa.text("EXPLAIN SELECT seq FROM stems WHERE words @@ CAST('river' AS tsquery)")
        plan = (await conn.execute(asked)).scalars().all()
    await store.close()
    assert "ix_stems_words" in "".join(plan)


def test_a_sqlite_that_can_t_search_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "_FULL_TEXT", "fts99")
    with pytest.raises(StoreFault, match="without FTS5"):
        asyncio.run(migrate(f"sqlite:///{tmp_path / 'sitrep.sqlite3'}"))
    assert not list(tmp_path.iterdir())
