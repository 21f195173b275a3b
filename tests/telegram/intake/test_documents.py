import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.posts import Desk, OriginKind, Post
from bot.settings import Settings
from bot.store.desks import analyses, posts
from bot.store.desks.posts import StoredPost
from bot.store.queues import inbox
from bot.store.tables import State
from bot.telegram.intake import documents
from bot.telegram.intake.documents import MOST_BYTES, MOST_CHARS
from bot.text.analysis import VERSION
from tests.telegram.api import Answer, Api, error, ok
from tests.telegram.commands.test_forget import press
from tests.telegram.commands.test_sources import buttons_of
from tests.telegram.conftest import Office
from tests.telegram.messages import ANNA, FROM_CHANNEL, GROUP, NOW, message

TEXT = "The government resigned on Monday. Its ministers stay in office until the vote."


def _file(api: Api, content: str | bytes, name: str = "news.txt", **fields: Any) -> dict[str, Any]:
    """Send a file, which Telegram has then."""
    body = content.encode() if isinstance(content, str) else content
    _has(api, body, name)
    document = {"file_id": "f", "file_unique_id": "u", "file_name": name, "file_size": len(body)}
    return message(document=document, **fields)


def _has(api: Api, content: bytes, name: str) -> None:
    """Let Telegram give a file to the next who asks."""
    api.will_say("getFile", ok({"file_id": "f", "file_unique_id": "u", "file_path": f"documents/{name}"}))
    api.will_say(name, Answer(content))


def _lines(*texts: str, **fields: str) -> str:
    return "".join(json.dumps({"text": text, **fields}) + "\n" for text in texts)


async def _stored(office: Office, desk: Desk = Desk(7)) -> list[StoredPost]:  # noqa: B008 - it is frozen
    async with office.store.read() as conn:
        return await posts.select(conn, desk)


async def test_a_text_is_a_post_of_who_sent_it(office: Office, api: Api) -> None:
    assert await office.says(_file(api, TEXT)) == "📄 1 post from 1 source in news.txt collected: /summary"
    (stored,) = await _stored(office)
    post = stored.post
    assert (post.text, post.source, post.date) == (TEXT, "Anna K.", datetime.fromtimestamp(NOW, UTC))
    async with office.store.read() as conn:
        assert list(await analyses.get(conn, [stored.seq], VERSION)) == [stored.seq]


async def test_a_text_that_was_forwarded_is_of_its_channel(office: Office, api: Api) -> None:
    await office.gets(_file(api, TEXT, "news.md", forward_origin=FROM_CHANNEL))
    (stored,) = await _stored(office)
    assert stored.post.source == "World News"


async def test_the_posts_of_a_file_are_counted_and_so_are_those_that_were_known(office: Office, api: Api) -> None:
    await office.gets(message("Rain fell."))
    lines = _lines("Rain fell.", "Snow fell.", " ", source="Weather") + _lines("Snow fell.", "A bridge fell.")
    said = await office.says(_file(api, lines, "posts.jsonl", sender={**ANNA, "language_code": "ru"}))
    assert said == "📄 Собрано из posts.jsonl: 4 поста из 2 источников, из них уже были у меня: 2. Сводка: /summary"
    assert [stored.post.text for stored in await _stored(office)] == ["Rain fell.", "Snow fell.", "A bridge fell."]
    again = await office.says(_file(api, lines, "posts.jsonl"))
    assert again == "📄 Nothing new in posts.jsonl: I have all of it already (4 posts from 2 sources)."


async def test_an_export_of_telegram_desktop_knows_the_posts_that_were_forwarded(office: Office, api: Api) -> None:
    await office.gets(message(TEXT, forward_origin=FROM_CHANNEL))
    messages = [
        {"id": number, "type": "message", "date": "2024-11-21T06:25:00", "text": text}
        for number, text in ((9, "Short."), (10, "Another post."))
    ]
    export = {"name": "World News", "id": 1234, "type": "public_channel", "messages": messages}
    said = await office.says(_file(api, json.dumps(export), "result.json"))
    assert said == "📄 2 posts from 1 source in result.json collected, 1 of them known already: /summary"
    first, second = await _stored(office)
    assert first.post.text == TEXT
    assert second.post.origin
    assert (second.post.origin.kind, second.post.url) == (OriginKind.CHANNEL, "https://t.me/c/1234/10")


async def test_the_caption_of_a_file_is_a_post_of_its_own(office: Office, api: Api) -> None:
    calls = await office.gets(_file(api, TEXT, caption="Read this to the end."))
    assert [call["method"] for call in calls] == ["setMessageReaction", "sendMessage"]
    assert sorted(stored.post.text for stored in await _stored(office)) == ["Read this to the end.", TEXT]


async def test_files_with_the_same_name_have_posts_of_their_own(office: Office, api: Api) -> None:
    await office.gets(_file(api, _lines("One."), "posts.jsonl"))
    await office.gets(_file(api, _lines("Two."), "posts.jsonl"))
    first, second = await _stored(office)
    assert first.post.id != second.post.id


@pytest.mark.parametrize(
    ("name", "content", "english", "russian"),
    [
        ("a.txt", b"\xff\xfa\n", "a.txt is not text", "a.txt – не текст"),
        ("b.txt", b"Line\n\0", "don't know (line 2)", "(строка 2)"),
        ("c.md", b" \n", "There is no text in c.md.", "В c.md нет текста."),
        ("d.jsonl", b'{"text": "a"}\n{"words": 1}\n', "Line 2 of d.jsonl is no post.", "Строка 2 в d.jsonl – не пост."),
        ("e.jsonl", b'{"text": "!!!"}\n', "There is no text in e.jsonl.", "В e.jsonl нет текста."),
        ("f.json", b'{"a": 1}', "I can't find posts in f.json.", "Не нахожу постов в f.json."),
        ("g.json", b"{", "I can't find posts in g.json.", "Не нахожу постов в g.json."),
        ("h.txt", b"word " * (MOST_CHARS // 5 + 1), "500,005 characters; I read up to 500,000", "из 500\xa0005 знаков"),
    ],
)
async def test_what_is_wrong_with_a_file_is_said_in_the_language_of_its_sender(  # noqa: PLR0917 - what is said twice
    office: Office, api: Api, name: str, content: bytes, english: str, russian: str
) -> None:
    assert english in await office.says(_file(api, content, name))
    assert russian in await office.says(_file(api, content, name, sender={**ANNA, "language_code": "ru"}))
    assert await _stored(office) == []


async def test_a_file_that_is_too_big_is_refused_before_it_is_asked_for(office: Office, api: Api) -> None:
    document = {"file_id": "f", "file_unique_id": "u", "file_name": "big.json", "file_size": MOST_BYTES + 1}
    assert "up to 20 MB" in await office.says(message(document=document))
    assert api.asked("getFile") == []


async def test_a_file_that_telegram_does_not_give_is_told_so(office: Office, api: Api) -> None:
    api.will_say("getFile", error(400, "Bad Request: wrong file_id or the file is temporarily unavailable"))
    document = {"file_id": "f", "file_unique_id": "u", "file_name": "gone.txt", "file_size": 5}
    assert await office.says(message(document=document)) == (
        "Telegram did not give me gone.txt. Please send it once more."
    )


async def test_other_files_are_not_read(office: Office, api: Api) -> None:
    assert "nothing to read in this" in await office.says(_file(api, b"%PDF", "paper.pdf"))
    assert await office.gets(_file(api, b"%PDF", "paper.pdf", chat=GROUP)) == []
    assert api.asked("getFile") == []


async def test_in_a_group_a_text_is_a_post_and_gets_no_word(office: Office, api: Api) -> None:
    (call,) = await office.gets(_file(api, TEXT, chat=GROUP, forward_origin=FROM_CHANNEL))
    assert (call["method"], call["chat_id"]) == ("setMessageReaction", GROUP["id"])
    (stored,) = await _stored(office, Desk(GROUP["id"]))
    assert (stored.post.text, stored.post.source) == (TEXT, "World News")


async def test_in_a_group_the_posts_of_a_file_are_told_of_once_and_as_a_reply(office: Office, api: Api) -> None:
    update = _file(api, _lines(*(f"Event {number}." for number in range(120))), "posts.jsonl", chat=GROUP)
    (call,) = await office.gets(update)
    assert call["text"] == "📄 120 posts from 1 source in posts.jsonl collected: /summary"
    assert call["reply_parameters"]["message_id"] == update["message"]["message_id"]
    assert len(await _stored(office, Desk(GROUP["id"]))) == 120


@pytest.mark.parametrize(
    ("content", "name"), [(b"\xff\xfe\xfa\x00\x01", "a.txt"), ("no post", "a.jsonl"), ("{}", "a.json"), (" ", "a.md")]
)
async def test_in_a_group_a_file_that_can_t_be_read_gets_no_word(
    office: Office, api: Api, content: str | bytes, name: str
) -> None:
    assert await office.gets(_file(api, content, name, chat=GROUP)) == []
    assert await _stored(office, Desk(GROUP["id"])) == []


async def test_of_a_long_file_it_is_told_how_far_it_is(
    office: Office, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "_TELL_SECONDS", 0.0)
    update = _file(api, _lines(*(f"Event {number}." for number in range(120))), "posts.jsonl")
    calls = await office.gets(update)
    assert [(call["method"], call["text"]) for call in calls] == [
        ("sendMessage", "📥 Reading posts.jsonl: 0 of 120 posts, 0 %"),
        ("editMessageText", "📥 Reading posts.jsonl: 50 of 120 posts, 41 %"),
        ("editMessageText", "📥 Reading posts.jsonl: 100 of 120 posts, 83 %"),
        ("editMessageText", "📄 120 posts from 1 source in posts.jsonl collected: /summary"),
    ]
    assert len(await _stored(office)) == 120


async def test_who_presses_stop_keeps_what_came_in_until_then(
    office: Office, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    update = _file(api, _lines(*(f"Event {number}." for number in range(120))), "posts.jsonl")
    stop = press(f"file:stop:{update['update_id']}")
    keep = documents._File._keep_part

    async def keep_and_press(file: documents._File, part: Sequence[Post], *, is_recent: bool) -> None:
        await keep(file, part, is_recent=is_recent)
        await office.store.change(lambda conn: inbox.put(conn, [stop]))

    monkeypatch.setattr(documents._File, "_keep_part", keep_and_press)
    monkeypatch.setattr(documents, "_TELL_SECONDS", 10_000.0)  # however slow the machine
    begun, stopped, told = await office.gets(update)
    assert buttons_of(begun) == {"⏹ Stop": f"file:stop:{update['update_id']}"}
    assert stopped["text"].startswith("⏹ Stopped. Of posts.jsonl I have 50 of 120 posts: /summary.")
    assert "reply_markup" not in stopped
    assert (told["method"], told["text"]) == ("answerCallbackQuery", "")
    assert len(await _stored(office)) == 50


async def test_a_press_before_the_process_died_still_stops_the_file_when_it_is_begun_again(
    office: Office, api: Api
) -> None:
    update = _file(api, _lines(*(f"Event {number}." for number in range(120))), "posts.jsonl")
    stop = press(f"file:stop:{update['update_id']}")
    await office.store.change(lambda conn: inbox.put(conn, [stop]))
    _, stopped, told = await office.gets(update)
    assert "I have taken none" in stopped["text"]
    assert told["text"] == ""
    assert await _stored(office) == []


async def test_what_a_dead_process_kept_of_a_file_counts_when_it_is_stopped(office: Office, api: Api) -> None:
    lines = _lines(*(f"Event {number}." for number in range(120)))
    update = _file(api, lines, "posts.jsonl")
    await office.gets(update)
    await office.forgets_it_handled(update)
    _has(api, lines.encode(), "posts.jsonl")
    _, stopped, _ = await office.gets(press(f"file:stop:{update['update_id']}"))
    assert "I have 120 of 120 posts" in stopped["text"]


async def test_a_press_that_comes_too_late_is_told_so_and_one_for_another_file_stops_nothing(
    office: Office, api: Api
) -> None:
    update = _file(api, _lines(*(f"Event {number}." for number in range(120))), "posts.jsonl")
    *_, told = await office.gets(update, press(f"file:stop:{update['update_id'] + 1}"))
    assert told["text"] == "Too late: the whole file is in."
    (told,) = await office.gets(press(f"file:stop:{update['update_id']}"))
    assert told["text"] == "Too late: the whole file is in."
    assert len(await _stored(office)) == 120


async def test_a_file_that_is_read_again_after_a_crash_doubles_nothing_and_is_counted_alike(
    office: Office, api: Api
) -> None:
    lines = _lines(*(f"Event {number}." for number in range(60)))
    update = _file(api, lines, "posts.jsonl")
    first = await office.gets(update)
    before = await _stored(office)
    _has(api, lines.encode(), "posts.jsonl")
    await office.forgets_it_handled(update)
    assert await office.gets() == first
    assert await _stored(office) == before


async def test_the_newest_posts_of_a_file_have_the_room_that_is_left(
    office: Office, api: Api, settings: Settings
) -> None:
    office.settings = settings.model_copy(update={"limits": settings.limits.model_copy(update={"stored_posts": 3})})
    await office.gets(message("Rain fell."))
    lines = _lines(*(f"Event {number}." for number in range(5)))
    update = _file(api, lines, "posts.jsonl")
    first = await office.gets(update)
    assert first[0]["text"].splitlines() == [
        "📄 2 posts from 1 source in posts.jsonl collected: /summary",
        "3 older posts of the file found no room: I keep 3 posts of a chat.",
    ]
    _has(api, lines.encode(), "posts.jsonl")
    await office.forgets_it_handled(update)
    assert await office.gets() == first
    assert [stored.post.text for stored in await _stored(office)] == ["Rain fell.", "Event 3.", "Event 4."]
    assert "I keep 3 posts of this chat, and no more" in await office.says(_file(api, TEXT))


async def test_posts_that_no_summary_reaches_are_kept_unread(
    office: Office, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "MOST_POSTS", 10)
    await office.gets(_file(api, _lines(*(f"Event {number}." for number in range(75))), "posts.jsonl"))
    seqs = [stored.seq for stored in await _stored(office)]
    async with office.store.read() as conn:
        assert list(await analyses.get(conn, seqs, VERSION)) == seqs[50:]


async def test_files_wait_while_others_are_read(office: Office, api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "_WAIT", timedelta(milliseconds=20))
    people = [{**ANNA, "id": number} for number in range(100, 106)]
    chats = [{"id": person["id"], "type": "private", "first_name": "Anna"} for person in people]
    updates = [_file(api, TEXT, sender=person, chat=chat) for person, chat in zip(people, chats, strict=True)]
    calls = await office.gets(*updates)
    assert sorted(call["chat_id"] for call in calls) == list(range(100, 106))
    async with office.store.read() as conn:
        assert (await inbox.counts(conn))[State.PARKED] == 0
