import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.files import load_posts
from bot.files.export import read_export
from bot.posts import Mark, MarkKind, OriginKind, Post

EXPORTS = Path(__file__).parents[1] / "data" / "exports"


def load(name: str) -> list[Post]:
    return load_posts([str(EXPORTS / name)], io.BytesIO())


def read(chat_type: str, **message: object) -> Post:
    row = {"id": 3, "type": "message", "date": "2021-03-22T17:16:41", "from": "News", "text": "Hello", **message}
    (post,) = read_export(json.dumps({"name": "News", "type": chat_type, "id": 42, "messages": [row]}), "result.json")
    return post


@pytest.mark.parametrize("name", [path.name for path in sorted(EXPORTS.iterdir())])
def test_every_message_with_text_is_a_post_in_all_shapes_of_exports(name: str) -> None:
    messages = json.loads((EXPORTS / name).read_text(encoding="utf-8"))["messages"]
    with_text = [row for row in messages if row["type"] == "message" and row["text"]]
    posts = load(name)
    assert len(posts) == len(with_text) > 0
    for post, row in zip(posts, with_text, strict=True):
        text = row.get("text_entities") or row["text"]
        parts = [text] if isinstance(text, str) else text
        assert post.text == "".join(part if isinstance(part, str) else part["text"] for part in parts)
        assert all(0 <= mark.start < mark.end <= len(post.text) for mark in post.marks)


def test_the_marks_of_an_export_stand_over_their_words() -> None:
    post = read("private_channel", text=["Go ", {"type": "text_link", "text": "there", "href": "https://example.org"}])
    assert post.text == "Go there"
    assert post.marks == (Mark(MarkKind.LINK, 3, 8, "https://example.org"),)


def test_the_time_of_a_message_is_its_unix_time_where_there_is_one() -> None:
    assert read("private_group", date_unixtime="1616433401").date == datetime(2021, 3, 22, 17, 16, 41, tzinfo=UTC)
    assert read("private_group", date="2021-03-22T20:16:41").date == datetime(2021, 3, 22, 20, 16, 41, tzinfo=UTC)


def test_a_channels_own_post_has_the_channel_as_origin_and_a_permalink() -> None:
    post = read("public_channel", author="Anna")
    assert post.origin is not None
    assert (post.origin.kind, post.origin.title, post.origin.chat_id) == (OriginKind.CHANNEL, "News", -10042)
    assert (post.origin.message_id, post.origin.signature) == (3, "Anna")
    assert post.url == "https://t.me/c/42/3"


@pytest.mark.parametrize(
    ("forwarded_from", "peer", "kind", "title", "number"),
    [
        ("Reuters", "channel7", OriginKind.CHANNEL, "Reuters", -1007),
        ("Bob", "user7", OriginKind.USER, "Bob", 7),
        ("Team", "chat7", OriginKind.CHAT, "Team", -7),
        ("Hidden", None, OriginKind.HIDDEN_USER, "Hidden", None),
        (None, None, OriginKind.HIDDEN_USER, "?", None),
    ],
)
def test_a_forward_has_its_first_author_as_origin(
    forwarded_from: str | None, peer: str | None, kind: OriginKind, title: str, number: int | None
) -> None:
    origin = read("saved_messages", forwarded_from=forwarded_from, forwarded_from_id=peer).origin
    assert origin is not None
    assert (origin.kind, origin.title, origin.chat_id) == (kind, title, number)


def test_control_characters_written_as_the_export_writes_them_are_read() -> None:
    text = (
        r'{"messages": [{"id": 1, "type": "message", "date": "2021-03-22T17:16:41", "text": "a\x0bb \\x41"}], "id": 1}'
    )
    (post,) = read_export(text, "result.json")
    assert post.text == "a\x0bb \\x41"


def test_all_chats_of_a_whole_account_are_read() -> None:
    def chat(number: int) -> object:
        message = {"id": 1, "type": "message", "date": "2021-03-22T17:16:41", "text": f"Post {number}"}
        return {"type": "private_group", "id": number, "messages": [message]}

    root = {"chats": {"about": "", "list": [chat(1), chat(2)]}, "left_chats": {"list": [chat(3)]}}
    assert [post.text for post in read_export(json.dumps(root), "result.json")] == ["Post 1", "Post 2", "Post 3"]
