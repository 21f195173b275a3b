"""Words behind /summary, /actors, /numbers and the bot's name find posts, in any form, and it is said how many."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.posts import Desk, Post
from bot.reader import work
from bot.store import tables
from bot.store.desks import posts, search
from bot.text.stems import VERSION
from tests.telegram.commands.test_inline import offers
from tests.telegram.commands.test_sources import buttons_of
from tests.telegram.conftest import Office
from tests.telegram.messages import ANNA, FROM_CHANNEL, FROM_SECRET, GROUP, NOW, command, message

RIVER = "The river rose by two metres near Rotterdam. The foreign minister, Ann Lee, asked 300 people to leave."
STRIKE = "Dockers in Genoa went on strike on Monday. Their union wants 200 euros more a month."
TALKS = "Премьер-министр Никол Пашинян провёл переговоры в Париже. Стороны обсудили наводнения и помощь 40 сёлам."
RUSSIAN = {**ANNA, "language_code": "ru"}


@pytest.fixture
async def stocked(office: Office) -> Office:
    """Three posts of two sources; the one of the strike is two days old."""
    await office.gets(
        message(RIVER, forward_origin=FROM_CHANNEL),
        message(STRIKE, forward_origin=FROM_SECRET),
        message(TALKS, forward_origin={**FROM_CHANNEL, "message_id": 10}),
    )
    async with office.store.write() as conn:
        (second,) = (
            (await conn.execute(sa.select(tables.posts.c.seq).order_by(tables.posts.c.seq))).scalars().all()[1:2]
        )
        old = datetime.now(UTC) - timedelta(days=2)
        await conn.execute(sa.update(tables.posts).where(tables.posts.c.seq == second).values(received=old))
    return office


def _told(text: str) -> set[str]:
    return {name for name, word in {"river": "Rotterdam", "strike": "Genoa", "talks": "Париже"}.items() if word in text}


@pytest.mark.parametrize(
    ("asked", "told", "head"),
    [
        ("rivers", {"river"}, "🔎 1 of 3 posts is about “rivers”."),
        ("about ministers", {"river"}, "🔎 1 of 3 posts is about “ministers”."),
        ("о Пашиняне", {"talks"}, "🔎 1 of 3 posts is about “Пашиняне”."),
        ("Пашиняна Париж", {"talks"}, "🔎 1 of 3 posts is about “Пашиняна Париж”."),
        ("наводнение", {"talks"}, "🔎 1 of 3 posts is about “наводнение”."),
        ("село", {"talks"}, "🔎 1 of 3 posts is about “село”."),
        ("union 48h", set(), "🔎 Nothing about “union”: I looked through 2 posts"),
        ("union 7d", {"strike"}, "🔎 1 of 3 posts is about “union”."),
        ("@worldnews people", {"river"}, "🔎 1 of 2 posts is about “people”."),
        ("@worldnews dockers", set(), "🔎 Nothing about “dockers”: I looked through 2 posts"),
        ("two metres", {"river"}, "🔎 1 of 3 posts is about “two metres”."),
        ('"foreign minister"', {"river"}, "🔎 1 of 3 posts is about “foreign minister”."),
        ('"minister foreign"', set(), "🔎 Nothing about “minister foreign”: I looked through 3 posts"),
        ("-strike", {"river", "talks"}, "🔎 “-strike”: 2 of 3 posts."),
        ("1 -strike", {"talks"}, "🔎 “-strike”: 2 of 3 posts. Here is the newest one."),
        ("euros -strike", set(), "🔎 Nothing about “euros -strike”: I looked through 3 posts"),
        ("rotterd", {"river"}, "🔎 1 of 3 posts has words that begin with “rotterd”."),
        ("river volcano", {"river"}, "🔎 No post has all of “river volcano”. 1 of 3 posts has “river”."),
        (
            "Rotterdam Genoa",
            {"river", "strike"},
            "🔎 No post has all of “Rotterdam Genoa”. 2 of 3 posts have 1 of the 2 words.",
        ),
        ("volcano eruption lava", set(), "🔎 Nothing about “volcano eruption lava”: I looked through 3 posts"),
    ],
)
async def test_posts_are_found_and_counted(stocked: Office, asked: str, told: set[str], head: str) -> None:
    text = await stocked.says(command(f"/summary {asked}"))
    assert (_told(text), text[: len(head)]) == (told, head)


@pytest.mark.parametrize(
    ("asked", "head"),
    [
        ("/summary о Пашиняне", "🔎 «Пашиняне» – в 1 из 3 постов."),
        ("/actors Пашинян сегодня", "🔎 «Пашинян» – в 1 из 2 постов."),
        ("/numbers @worldnews about 300", "🔎 «300» – в 1 из 2 постов."),
        ("/summary парижан", "🔎 «парижан» – ничего не нашлось. Просмотрено: 3 поста ("),
        ("/summary 🔥", "В «🔥» нет ни букв, ни цифр"),
    ],
)
async def test_it_is_said_in_the_reader_s_language(stocked: Office, asked: str, head: str) -> None:
    text = await stocked.says(command(asked, sender=RUSSIAN))
    assert text[: len(head)] == head


async def test_in_vain_it_is_said_where_was_looked_and_what_one_can_write(stocked: Office) -> None:
    text = await stocked.says(command("/actors volcano <b>"))
    assert text.startswith("🔎 Nothing about “volcano &lt;b&gt;”: I looked through 3 posts (")
    assert "/actors 24h flood" in text


async def test_the_buttons_show_other_views_of_what_was_found(stocked: Office) -> None:
    (answer,) = await stocked.gets(command("/summary -strike -Genoa"))
    assert "👤 Actors" in buttons_of(answer)
    data = next(
        button["callback_data"]
        for row in answer["reply_markup"]["inline_keyboard"]
        for button in row
        if button["text"] == "👤 Actors"
    )
    pressed = {
        "id": "1",
        "from": ANNA,
        "chat_instance": "1",
        "data": data,
        "message": {**message("…")["message"], "from": {"id": 1, "is_bot": True, "first_name": "Sitrep"}},
    }
    calls = await stocked.gets({"update_id": 1, "callback_query": pressed})
    (shown,) = [call["text"] for call in calls if call["method"] == "editMessageText"]
    assert shown.startswith("🔎 “-strike -Genoa”\n\n")
    assert "Пашинян" in shown
    assert "Ann Lee" in shown


async def test_what_is_typed_behind_the_name_is_found_while_it_is_typed(stocked: Office) -> None:
    typing = {"river": 1, "riv": 0, "rotterd": 1, "Пашиняну": 1, "since 25:00": 0, "river 24h 7d": 0, "🔥": 0}
    for typed, count in typing.items():
        assert len((await offers(stocked, typed))["results"]) == count


async def test_a_topic_finds_its_own_posts_alone(office: Office) -> None:
    topic: dict[str, Any] = {"chat": GROUP, "message_thread_id": 5, "is_topic_message": True}
    await office.gets(
        message(RIVER, forward_origin=FROM_CHANNEL, chat=GROUP),
        message(STRIKE, forward_origin=FROM_SECRET, **topic),
    )
    assert _told(await office.says(command("/summary strikes", **topic))) == {"strike"}
    assert (await office.says(command("/summary river", **topic))).startswith("🔎 Nothing about “river”")


async def test_an_edited_post_is_found_by_what_it_says_now(office: Office) -> None:
    update = message(RIVER)
    await office.gets(update)
    number = update["message"]["message_id"]
    await office.gets(message(STRIKE, "edited_message", message_id=number, edit_date=NOW + 1))
    assert await _without_stems(office) == 0
    assert _told(await office.says(command("/summary dockers"))) == {"strike"}
    assert (await office.says(command("/summary river"))).startswith("🔎 Nothing about “river”")


async def test_every_text_of_an_album_is_found(office: Office) -> None:
    for text in (RIVER, STRIKE):
        await office.gets(message(caption=text, media_group_id="1", photo=[]))
    for asked in ("river", "dockers"):
        assert _told(await office.says(command(f"/summary {asked}"))) == {"river", "strike"}


async def test_what_came_is_indexed_with_it(stocked: Office) -> None:
    assert await _without_stems(stocked) == 0


async def test_what_was_never_indexed_is_before_it_is_looked_for(office: Office) -> None:
    async with office.store.write() as conn:
        for number in range(450):
            await posts.add(conn, Desk(7), Post(f"7:{number}", f"Flood number {number} in Rotterdam."), NOW_TIME)
        some = sa.delete(tables.stems)
        await conn.execute(some)
    text = await office.says(command("/summary 2 floods"))
    assert text.startswith("🔎 450 of 450 posts are about “floods”. Here are the newest 2.")
    assert await _without_stems(office) == 0


async def test_where_indexing_fails_posts_are_kept_and_told(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(post: object) -> tuple[str, ...]:
        raise ValueError("a fault of indexing")

    monkeypatch.setattr(work, "post_stems", faulty)
    await office.gets(message(RIVER))
    assert _told(await office.says(command("/summary 1"))) == {"river"}
    assert (await office.says(command("/summary river"))).startswith("🔎 Nothing about “river”")
    monkeypatch.undo()
    assert _told(await office.says(command("/summary river"))) == {"river"}


@pytest.mark.parametrize(
    "asked",
    ['"', '""', "'", "NEAR(a b)", "river*", "^river", "a OR b", "* AND", "river\0", "😀" * 4096, "river " * 600],
)
async def test_no_question_does_harm(stocked: Office, asked: str) -> None:
    text = await stocked.says(command(f"/summary {asked}"))
    assert "went wrong" not in text
    assert _told(await stocked.says(command("/summary river"))) == {"river"}


NOW_TIME = datetime.fromtimestamp(NOW, UTC)


async def _without_stems(office: Office) -> int:
    async with office.store.read() as conn:
        return len(await search.lacking(conn, Desk(7), VERSION, 1000))
