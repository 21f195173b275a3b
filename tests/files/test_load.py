import io
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InputFault
from bot.files import load_posts, read_posts
from bot.posts import Post


def from_stdin(content: bytes) -> list[Post]:
    return load_posts([], io.BytesIO(content))


def from_file(path: Path, content: bytes | str) -> list[Post]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return load_posts([str(path)], io.BytesIO())


def test_a_text_is_one_post_exactly_as_it_was_given(tmp_path: Path) -> None:
    (post,) = from_file(tmp_path / "a.txt", "First line.\r\n\r\nSecond   line.\n")
    assert post.text == "First line.\r\n\r\nSecond   line.\n"


LOAD = """
import sys
from bot.files import load_posts
load_posts([], sys.stdin.buffer)
print("pydantic" in sys.modules)
"""


@pytest.mark.parametrize(("content", "needs_pydantic"), [("A text.", "False"), ('{"text": "A line."}', "True")])
def test_a_text_does_without_what_is_needed_for_lines(content: str, needs_pydantic: str) -> None:
    done = subprocess.run([sys.executable, "-c", LOAD], input=content, stdout=subprocess.PIPE, text=True, check=True)
    assert done.stdout.strip() == needs_pydantic


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    assert from_file(tmp_path / "a.txt", "\ufeffПривет".encode())[0].text == "Привет"
    assert from_file(tmp_path / "b.txt", "Привет".encode("utf-16"))[0].text == "Привет"


def test_a_text_in_the_encoding_of_windows_is_read(tmp_path: Path) -> None:
    text = "Вода в реке поднялась на два метра, сообщили «Новости».\r\n"
    (post,) = from_file(tmp_path / "a.txt", text.encode("cp1251"))
    assert post.text == text


def test_standard_input_is_json_lines_if_it_begins_with_an_object() -> None:
    assert [post.text for post in from_stdin(b'{"text": "a"}\n\n{"text": "b"}\n')] == ["a", "b"]
    assert [post.text for post in from_stdin(b"[a list]\n")] == ["[a list]\n"]


def test_standard_input_is_an_export_if_it_is_json_otherwise() -> None:
    message = {"id": 1, "type": "message", "date": "2024-11-21T06:25:00", "text": "Text", "from": "Anna"}
    export = {"name": "Chat", "id": 5, "type": "personal_chat", "messages": [message]}
    for indent in (None, 1):
        assert [post.text for post in from_stdin(json.dumps(export, indent=indent).encode())] == ["Text"]


def test_a_text_that_begins_with_a_brace_is_no_json() -> None:
    assert from_stdin(b"{Breaking} The bridge is open.")[0].text == "{Breaking} The bridge is open."


def test_every_key_of_a_line_is_read_and_unknown_ones_are_left_alone() -> None:
    line = {
        "id": 7,
        "text": "Text",
        "date": "2024-11-21T06:25:00+03:00",
        "channel": "World News",
        "url": "https://t.me/news/7",
        "lang": "en",
        "mood": "grave",
    }
    (post,) = from_stdin(json.dumps(line).encode())
    assert post.id == "7"
    assert post.date == datetime(2024, 11, 21, 3, 25, tzinfo=UTC)
    assert post.source == "World News"
    assert (post.url, post.lang) == ("https://t.me/news/7", "en")


def test_a_date_without_a_zone_is_utc() -> None:
    assert from_stdin(b'{"text": "a", "date": "2024-11-21 06:25"}')[0].date == datetime(2024, 11, 21, 6, 25, tzinfo=UTC)


def test_a_post_without_id_is_named_by_its_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    assert [post.id for post in from_file(path, '{"text": "a"}\n\n{"text": "b"}')] == [f"{path}:1", f"{path}:3"]


def test_ids_that_different_posts_share_are_told_apart_and_the_same_post_is_kept_once() -> None:
    posts = from_stdin(b'{"id": "x", "text": "a"}\n{"id": "x", "text": "b"}\n{"id": "x", "text": "a"}')
    assert [(post.id, post.text) for post in posts] == [("x", "a"), ("x#2", "b")]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"", "a.txt: there is nothing to read in it"),
        ("a.txt", b" \n\t", "a.txt: there is nothing to read in it"),
        ("a.jsonl", b"", "a.jsonl: there is nothing to read in it"),
        ("a.txt", b"one\ntwo \xff\xfe", "a.txt:2: not UTF-8 text"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00", "a.txt:1: not UTF-8 text"),
        ("a.txt", b"GIF\n\x00\x01", "a.txt:2: a binary file, not text"),
        ("a.jsonl", b'{"text": "a"}\n{"text": }', "a.jsonl:2: not JSON: Expecting value"),
        ("a.jsonl", b'{"text": 5}', "a.jsonl:1: text: Input should be a valid string"),
        ("a.jsonl", b'{"body": "a"}', "a.jsonl:1: text: Field required"),
        ("a.jsonl", b'{"text": "a", "date": "yesterday"}', "a.jsonl:1: date: Input should be a valid datetime"),
        ("a.jsonl", b"[1, 2]", "a.jsonl:1: not a JSON object"),
        ("a.jsonl", b"[" * 100_000, "a.jsonl:1: no JSON that can be read"),
        ("a.jsonl", b'{"id": ' + b"9" * 5000 + b"}", "a.jsonl:1: no JSON that can be read"),
        ("a.json", b"{\n\n", "a.json:3: not JSON"),
        ("a.json", b"[" * 100_000, "a.json: no JSON that can be read"),
        ("a.json", b'{"id": ' + b"9" * 5000 + b"}", "a.json: no JSON that can be read"),
        ("a.json", b"[1]", "a.json: not an export of Telegram Desktop"),
        ("a.json", b'"messages"', "a.json: not an export of Telegram Desktop"),
        ("a.json", b'{"name": "x"}', "a.json: not an export of Telegram Desktop"),
        ("a.json", b'{"messages": 5}', "a.json: not an export of Telegram Desktop"),
        ("a.json", b'{"chats": {"list": [5]}}', "a.json: not an export of Telegram Desktop"),
        ("a.json", b'{"messages": []}', "a.json: no message in it has text"),
        (
            "a.json",
            b'{"id": 1, "messages": [' + b"{}," * 9999 + b"{}]}",
            "a.json: no JSON that can be read: it holds hardly",
        ),
        ("a.json", b'{"messages": [{}, 5]}', "a.json: message 2 is not as Telegram Desktop writes it"),
    ],
)
def test_what_cant_be_read_is_one_line_that_names_the_file_and_the_line(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    with pytest.raises(InputFault) as caught:
        from_file(tmp_path / name, content)
    text = str(caught.value)
    assert message in text
    assert "\n" not in text


def _message(text: str) -> bytes:
    return json.dumps({"id": 1, "type": "message", "date": "2021-03-22T17:16:41", "text": text}).encode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", b'{"text": "First."}\n{"text": "Second."}\n{'),
        ("a.json", b'{"posts": [{"text": "First."}, {"text": "Second."}, {'),
        ("a.json", b'{"id": 1, "messages": [' + _message("First.") + b", " + _message("Second.") + b", {"),
    ],
)
def test_posts_come_one_after_the_other_so_that_not_all_need_be_held(name: str, content: bytes) -> None:
    posts = read_posts(content, name)
    assert [next(posts).text, next(posts).text] == ["First.", "Second."]
    with pytest.raises(InputFault):
        next(posts)


def test_what_the_bot_exports_is_read_back(tmp_path: Path) -> None:
    rows = [{"id": "7:1", "text": "Text", "date": "2024-11-21T06:25:00+00:00", "source": "World News", "url": None}]
    written = json.dumps({"version": 1, "part": 1, "parts": 1, "posts": rows})
    (post,) = from_file(tmp_path / "sitrep.json", written)
    assert (post.id, post.text, post.source) == ("7:1", "Text", "World News")
    assert from_stdin(written.encode()) == [post]


@pytest.mark.parametrize("posts", [[{"text": 1}], ["Text"], "Text", []])
def test_an_export_of_the_bot_that_holds_no_posts_is_refused(tmp_path: Path, posts: object) -> None:
    with pytest.raises(InputFault, match="sitrep"):
        from_file(tmp_path / "sitrep.json", json.dumps({"posts": posts}))


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(InputFault, match=str(path)):
            load_posts([str(path)], io.BytesIO())


def outcome(content: bytes) -> list[Post] | str:
    try:
        return from_stdin(content)
    except InputFault as fault:
        return str(fault)


@given(st.binary())
def test_any_bytes_are_posts_or_a_fault_of_one_line(content: bytes) -> None:
    for told in (outcome(content), outcome(b"{" + content), outcome(b'{"' + content)):
        assert "\n" not in told if isinstance(told, str) else told


@given(st.lists(st.text(min_size=1), min_size=1, max_size=5))
def test_json_lines_give_back_any_text_lone_surrogates_and_line_separators_included(texts: list[str]) -> None:
    content = "\n".join(json.dumps({"id": str(i), "text": text}) for i, text in enumerate(texts))
    assert [post.text for post in from_stdin(content.encode())] == texts
