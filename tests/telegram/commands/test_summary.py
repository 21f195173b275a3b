from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from telegram import Update

from bot.posts import Analysis, Desk, Post
from bot.reader import work
from bot.settings import Settings
from bot.store import tables
from bot.store.desks import sources
from bot.telegram import reading
from bot.telegram.handling import desk_of
from bot.text.analysis import analyse
from tests.telegram.commands.test_forget import press
from tests.telegram.commands.test_sources import buttons_of
from tests.telegram.conftest import Office
from tests.telegram.messages import ANNA, FROM_CHANNEL, GROUP, NOW, command, message

FIRE = "A fire broke out in the port of Rotterdam on Monday. Two ships burnt. The mayor, Ann Lee, spoke of 40 injured."
STRIKE = "Workers of the steel mill in Genoa went on strike for higher wages, the union said on Tuesday afternoon."
VOTE = "The parliament of Norway voted for a new budget of 20 billion kroner after a long debate in the night."


def _forward(text: str, number: int) -> dict[str, Any]:
    return message(text, forward_origin={**FROM_CHANNEL, "message_id": number})


async def _age(office: Office, text: str, age: timedelta) -> None:
    """Let a post have come so long ago."""
    posts = tables.posts.c
    async with office.store.write() as conn:
        found = (await conn.execute(sa.select(posts.seq, posts.content))).all()
        (seq,) = [seq for seq, post in found if post.text == text]
        await conn.execute(sa.update(tables.posts).where(posts.seq == seq).values(received=datetime.now(UTC) - age))


@pytest.fixture
async def stocked(office: Office) -> Office:
    """An office that got three posts: three days ago, two hours ago and now."""
    await office.gets(_forward(FIRE, 1), _forward(STRIKE, 2), _forward(VOTE, 3))
    await _age(office, FIRE, timedelta(days=3))
    await _age(office, STRIKE, timedelta(hours=2))
    return office


def _told(text: str) -> set[str]:
    return {name for name, word in {"fire": "Rotterdam", "strike": "Genoa", "vote": "Norway"}.items() if word in text}


async def test_the_first_summary_tells_of_the_last_day(stocked: Office) -> None:
    text = await stocked.says(command("/summary"))
    assert _told(text) == {"strike", "vote"}
    assert text.startswith("📰 <b>2 posts from 1 source</b>")


async def test_the_next_summary_tells_what_came_since(stocked: Office) -> None:
    await stocked.says(command("/summary"))
    assert "Nothing new since the last summary" in await stocked.says(command("/summary"))
    await stocked.gets(_forward("A third ship has burnt in Rotterdam, the police said.", 4))
    text = await stocked.says(command("/summary"))
    assert _told(text) == {"fire"}
    assert not text.startswith("📰")


async def test_after_a_day_a_summary_tells_of_the_last_day_again(stocked: Office) -> None:
    await stocked.says(command("/summary"))
    async with stocked.store.write() as conn:
        await conn.execute(sa.update(tables.desks).values(summarised_at=datetime.now(UTC) - timedelta(hours=25)))
    assert _told(await stocked.says(command("/summary"))) == {"strike", "vote"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("1", {"vote"}),
        ("2", {"strike", "vote"}),
        ("100", {"fire", "strike", "vote"}),
        ("60m", {"vote"}),
        ("7d", {"fire", "strike", "vote"}),
    ],
)
async def test_a_number_or_a_span_of_time_chooses_the_posts(stocked: Office, words: str, told: set[str]) -> None:
    assert _told(await stocked.says(command(f"/summary {words}"))) == told


async def test_choosing_posts_does_not_make_the_next_summary_skip_any(stocked: Office) -> None:
    await stocked.says(command("/summary 1"))
    assert _told(await stocked.says(command("/summary"))) == {"strike", "vote"}


async def test_a_reply_sums_up_that_post_alone(office: Office) -> None:
    update = _forward(FIRE, 1)
    await office.gets(update, _forward(VOTE, 2))
    replied = update["message"]
    (call,) = await office.gets(command("/summary", reply_to_message=replied))
    assert _told(call["text"]) == {"fire"}
    assert '<a href="https://t.me/worldnews/1">World News</a>' in call["text"]
    assert call["reply_parameters"] == {"message_id": replied["message_id"], "allow_sending_without_reply": True}


async def test_a_reply_to_what_was_never_stored_is_summed_up_too(office: Office) -> None:
    replied = message("The mayor of Utrecht resigned.", chat=GROUP)["message"]
    text = await office.says(command("/summary@sitrep_bot", chat=GROUP, reply_to_message=replied))
    assert "<b>The mayor of Utrecht resigned.</b>" in text


async def test_a_reply_to_a_message_without_text_says_so(office: Office) -> None:
    replied = message(photo=[])["message"]
    assert await office.says(command("/summary", reply_to_message=replied)) == (
        "There is no text in that message that I could sum up."
    )


async def test_who_replies_to_the_bot_asks_for_the_usual_summary(stocked: Office) -> None:
    bot = {"id": 1, "is_bot": True, "first_name": "Sitrep", "username": "sitrep_bot"}
    own = message("📰 2 posts from 1 source", sender=bot)["message"]
    assert _told(await stocked.says(command("/summary", reply_to_message=own))) == {"strike", "vote"}


async def test_in_a_topic_the_message_that_opened_it_is_no_reply(office: Office) -> None:
    topic: dict[str, Any] = {"chat": GROUP, "message_thread_id": 5, "is_topic_message": True}
    opening = message(forum_topic_created={"name": "Ports", "icon_color": 1}, **topic)["message"]
    await office.gets(message(FIRE, forward_origin=FROM_CHANNEL, reply_to_message=opening, **topic))
    (call,) = await office.gets(command("/summary", reply_to_message=opening, **topic))
    assert _told(call["text"]) == {"fire"}
    assert call["message_thread_id"] == 5


async def test_an_empty_desk_teaches_what_to_do(office: Office) -> None:
    assert "Forward me some posts" in await office.says(command("/summary"))
    assert "privacy mode" in await office.says(command("/summary", chat=GROUP))


LONG = (
    "The river Weser rose by two metres in the night. Anna Holt, the mayor of Bremen, asked 400 people to leave. "
    "Firefighters filled 9,000 sacks with sand. The railway closed the line to Oldenburg on Tuesday. "
    "Schools in the lower town stay closed until Friday. The harbour lost 12 cranes to the flood. "
    "Minister Karl Vogt promised 30 million euros of help."
)


async def test_under_a_single_post_are_buttons_that_tell_more_of_it(office: Office) -> None:
    update = _forward(LONG, 1)
    await office.gets(update)
    for asked in (command("/summary"), command("/summary", reply_to_message=update["message"])):
        (answer,) = await office.gets(asked)
        assert list(buttons_of(answer)) == ["✂️ Shorter", "📖 Longer"]
        _, longer = await office.gets(press(buttons_of(answer)["📖 Longer"]))
        assert longer["text"].count(".") > answer["text"].count(".")
        assert list(buttons_of(longer)) == ["✂️ Shorter", "✂️ Normal"]
        _, again = await office.gets(press(buttons_of(longer)["✂️ Normal"]))
        assert again["text"] == answer["text"]


async def test_actors_and_numbers_of_a_single_post_are_offered_where_there_are_more(office: Office) -> None:
    names = ("Anna Holt", "Karl Vogt", "Elena Varga", "Tomas Berg", "Clara Stein", "Ivo Marek", "Lena Fuchs")
    others = ("Peter Lang", "Maria Kent", "Paul Reed")
    text = " ".join(
        f"Minister {name} said on Monday that {n}00 houses burnt." for n, name in enumerate(names + others, 1)
    )
    await office.gets(_forward(text, 1))
    (answer,) = await office.gets(command("/summary"))
    _, actors = await office.gets(press(buttons_of(answer)["👤 Actors"]))
    assert all(name in actors["text"] for name in names + others)
    assert "📖 Longer" not in buttons_of(actors)
    _, post = await office.gets(press(buttons_of(actors)["📰 The post"]))
    assert post["text"] == answer["text"]


async def test_a_short_post_has_no_buttons(office: Office) -> None:
    await office.gets(_forward(FIRE, 1))
    (answer,) = await office.gets(command("/summary"))
    assert "reply_markup" not in answer


async def test_a_muted_post_that_is_asked_for_has_no_buttons(office: Office) -> None:
    update = _forward(LONG, 1)
    await office.gets(update)
    async with office.store.write() as conn:
        await sources.mute(conn, Desk(7), "World News")
    (answer,) = await office.gets(command("/summary", reply_to_message=update["message"]))
    assert "Weser" in answer["text"]
    assert "reply_markup" not in answer


async def test_two_times_that_do_not_go_together_are_refused(stocked: Office) -> None:
    said = await stocked.says(command("/actors 24h yesterday"))
    assert said == "“24h” and “yesterday” don't go together. Write one of them: <code>/actors 24h</code>"
    assert "looks like a time or a number" in await stocked.says(command("/summary -5"))


async def test_an_empty_span_of_time_says_when_the_newest_post_came(office: Office) -> None:
    await office.gets(_forward(FIRE, 1))
    await _age(office, FIRE, timedelta(days=3))
    for words in ("/summary", "/summary 24h"):
        assert "No posts came in that time (the newest is from " in await office.says(command(words))


async def test_the_answer_speaks_the_asker_s_language(stocked: Office) -> None:
    text = await stocked.says(command("/summary", sender={**ANNA, "language_code": "ru"}))
    assert text.startswith("📰 <b>2 поста из 1 источника</b>")


async def test_desks_do_not_see_each_other(stocked: Office) -> None:
    assert _told(await stocked.says(command("/summary 20", chat=GROUP))) == set()


async def test_in_a_group_the_answer_is_a_reply(office: Office) -> None:
    asked = command("/summary", chat=GROUP)
    (call,) = await office.gets(asked)
    assert call["reply_parameters"]["message_id"] == asked["message"]["message_id"]


async def test_an_edited_post_is_told_as_it_is_now(office: Office) -> None:
    update = message(FIRE)
    await office.gets(update)
    edited = message(STRIKE, "edited_message", message_id=update["message"]["message_id"], edit_date=NOW + 1)
    await office.gets(edited)
    assert _told(await office.says(command("/summary"))) == {"strike"}


async def test_analyses_that_are_missing_are_made_and_kept(office: Office) -> None:
    await office.gets(_forward(FIRE, 1))
    async with office.store.write() as conn:
        await conn.execute(sa.delete(tables.analyses))
    assert _told(await office.says(command("/summary"))) == {"fire"}
    async with office.store.read() as conn:
        assert (await conn.execute(sa.select(sa.func.count()).select_from(tables.analyses))).scalar() == 1


async def test_a_post_at_which_reading_fails_is_kept_and_does_not_hide_the_others(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(post: Post) -> Analysis:
        if post.text == STRIKE:
            raise ValueError("a fault of reading")
        return analyse(post)

    for where in (work, reading):
        monkeypatch.setattr(where, "analyse", faulty)
    assert _told(
        await office.says(_forward(FIRE, 1), _forward(STRIKE, 2), _forward(VOTE, 3), command("/summary 3"))
    ) == {
        "fire",
        "vote",
    }
    monkeypatch.undo()
    assert _told(await office.says(command("/summary 3"))) == {"fire", "strike", "vote"}


async def test_the_settings_bound_the_answer(stocked: Office, settings: Settings) -> None:
    small = settings.summary.model_copy(update={"stories": 1})
    stocked.settings = settings.model_copy(update={"summary": small})
    (answer,) = await stocked.gets(command("/summary"))
    assert len(_told(answer["text"])) == 1
    assert "⏭ 1 more" in buttons_of(answer)


@pytest.mark.parametrize("asked", ["/summary", "/summary 20", "/actors 24h"])
async def test_where_all_sources_are_muted_it_says_so(stocked: Office, asked: str) -> None:
    async with stocked.store.write() as conn:
        await sources.mute(conn, Desk(7), "World News")
    assert await stocked.says(command(asked)) == (
        "All sources of this chat are muted (🔇), so there is nothing to tell. /sources brings them back."
    )
    await stocked.gets(message("The mayor of Utrecht resigned."))
    assert "Utrecht" in await stocked.says(command("/summary 20"))


@pytest.mark.parametrize("asked", ["@worldnews", "@WorldNews 24h", "@worldnews Rotterdam"])
async def test_who_asks_for_a_muted_source_is_told_so_and_how_to_have_it_back(stocked: Office, asked: str) -> None:
    await stocked.gets(message("The mayor of Utrecht resigned."))
    async with stocked.store.write() as conn:
        await sources.mute(conn, Desk(7), "World News")
    said = await stocked.says(command(f"/summary {asked}"))
    assert said.startswith("“World News” is muted in this chat (🔇)")
    assert "/sources" in said
    assert "muted" in await stocked.says(command(f"/actors {asked}"))


async def test_a_muted_source_without_posts_is_known_by_its_name(office: Office) -> None:
    await office.gets(message("The mayor of Utrecht resigned."))
    async with office.store.write() as conn:
        await sources.mute(conn, Desk(7), "Gazette")
    assert "“Gazette” is muted" in await office.says(command("/summary @gazette"))


@pytest.mark.parametrize(
    ("asked", "told"),
    [("@nobody", "“nobody”. "), ("@none", "“none”. "), ("@worldnews 10m", "“worldnews” from that time. ")],
)
async def test_of_a_source_that_wrote_nothing_then_that_is_said(stocked: Office, asked: str, told: str) -> None:
    await _age(stocked, VOTE, timedelta(hours=1))
    assert (await stocked.says(command(f"/summary {asked}"))).startswith(f"I have no posts of {told}")


def test_a_desk_is_known_by_chat_and_topic() -> None:
    found = Update.de_json(message("a", chat=GROUP, message_thread_id=5, is_topic_message=True), None).message
    assert found
    assert desk_of(found) == Desk(GROUP["id"], 5)
