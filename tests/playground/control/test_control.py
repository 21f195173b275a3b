"""The control side: what it offers, and who can't reach it."""

import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.playground.client.cast import Bot, User
from bot.playground.client.local_telegram import LocalTelegram
from bot.playground.client.seen import waits_until
from bot.playground.control.named import Impossible
from bot.playground.server import PortTaken, listen
from bot.playground.serving import serving
from tests.playground.caller import Caller, Json


@pytest.fixture
def http(telegram: LocalTelegram) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{telegram.url}/_control", trust_env=False) as client:
        yield client


@pytest.mark.parametrize("method", ["_control/log", "../_control/log", "send", "add_user", "clock", "fault"])
def test_no_bot_can_reach_it(api: Caller, method: str) -> None:
    assert api.post(method.replace("../", "..%2F")).status_code == 404


def test_no_other_site_can_reach_it(http: httpx.Client) -> None:
    assert http.get("/view", headers={"Host": "evil.example"}).status_code == 403
    assert http.get("/view", headers={"Host": "localhost.evil.example:80"}).status_code == 403
    form = http.post("/clock", data={"advance": "5"})
    assert (form.status_code, form.json()) == (415, {"error": "the body must be application/json"})
    text = http.post("/clock", content='{"advance": 5}', headers={"Content-Type": "text/plain"})
    assert text.status_code == 415


@pytest.mark.parametrize(
    ("action", "arguments", "told"),
    [
        ("send", {"chat": 1, "text": "x"}, "there is no chat 1"),
        ("send", {"text": "x"}, "chat: Missing required argument"),
        ("send", {"chat": "word"}, "chat: Input should be a valid integer"),
        ("send", {"chat": 1, "colour": "red"}, "colour: Unexpected keyword argument"),
        ("clock", {"advance": -1}, "the clock only moves ahead"),
        ("add_chat", {"kind": "club", "title": "x"}, "a chat is a group, a supergroup or a channel"),
        ("edit", {"chat": 1, "message_id": 1, "text": "x"}, "there is no chat 1"),
    ],
)
def test_what_can_t_be_done_is_told(http: httpx.Client, action: str, arguments: Json, told: str) -> None:
    answer = http.post(f"/{action}", json=arguments)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith(told)


@pytest.mark.parametrize("path", ["/chats/word/messages", "/chats/5/messages", "/queries/5", "/view?user=5"])
def test_what_is_not_there_can_t_be_read(http: httpx.Client, path: str) -> None:
    answer = http.get(path)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("there is no")


@pytest.mark.parametrize("action", ["nothing", "place", "_writer", "messages", "__init__"])
def test_only_actions_are_actions(http: httpx.Client, action: str) -> None:
    assert http.post(f"/{action}", json={}).status_code == 404


@pytest.mark.parametrize("body", ["", "{", "[]", "5"])
def test_a_body_that_is_no_object(http: httpx.Client, body: str) -> None:
    answer = http.post("/clock", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert "error" in answer.json()


def test_people_can_t_do_everything(telegram: LocalTelegram, anna: User, bot: Bot) -> None:
    channel, group = telegram.channel("River News"), telegram.group("Newsroom")
    message = telegram.user("Max").starts(bot)
    with pytest.raises(Impossible, match="only administrators write in a channel"):
        anna.writes("x", to=channel)
    with pytest.raises(Impossible, match="Anna Berg is not a member"):
        anna.writes("x", to=group)
    with pytest.raises(Impossible, match="there is no message"):
        anna.edits(message, "x")
    with pytest.raises(Impossible, match="the text is empty"):
        anna.writes(" ", to=bot)
    with pytest.raises(Impossible, match="the text is too long"):
        anna.writes("x" * 4097, to=bot, parse_mode="HTML")
    anna.blocks(bot)
    with pytest.raises(Impossible, match="the bot is blocked"):
        anna.writes("x", to=bot)


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
def test_who_owns_a_chat_may_be_named_among_its_members(
    telegram: LocalTelegram, anna: User, bot: Bot, kind: str
) -> None:
    boris = telegram.user("Boris")
    place = getattr(telegram, kind)("Newsroom", boris, anna, by=anna)
    place.promotes(bot)
    assert [anna.view()["chats"][-1]["mine"], boris.view()["chats"][-1]["mine"]] == [True, False]


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text("ab \n😀", min_size=1).filter(str.strip), st.integers(1, 3000))
def test_a_long_text_is_cut_into_messages(telegram: LocalTelegram, words: str, times: int) -> None:
    anna, bot = telegram.user("Anna"), telegram.bot(f"bot_{time.monotonic_ns()}")
    text = f"a{words * times}b"
    anna.writes(text, to=bot)
    parts = [message.text for message in anna.sees(bot)]
    assert all(0 < len(part) <= 4096 for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split()), "but for space nothing is lost"
    assert len(parts) <= 1 + 2 * len(text) // 4096


def test_the_view_is_a_person_s_list_of_chats(telegram: LocalTelegram, anna: User, bot: Bot) -> None:
    channel = telegram.channel("River News", anna, description="All of the river.")
    own = telegram.channel("Recaps", by=anna)
    telegram.channel("Unknown to Anna")
    channel.post("The river rose.")
    own.promotes(bot)
    chats = {entry["chat"].get("title", "bot"): entry for entry in anna.view()["chats"]}
    assert list(chats) == ["bot", "River News", "Recaps"]
    assert chats["River News"]["last"]["text"] == "The river rose."
    assert chats["River News"]["description"] == "All of the river."
    assert [chats["River News"][name] for name in ("may_write", "mine", "bot_is_admin")] == [False, False, False]
    assert [chats["Recaps"][name] for name in ("may_write", "mine", "bot_is_admin")] == [True, True, True]


def test_chats_that_are_no_more_are_not_shown(telegram: LocalTelegram, anna: User) -> None:
    telegram.group("Old", by=anna).becomes_supergroup()
    telegram.channel("Gone", by=anna).vanishes()
    assert [entry["chat"]["type"] for entry in anna.view()["chats"]] == ["supergroup"]


def test_without_a_number_the_view_is_the_viewer_s(telegram: LocalTelegram, anna: User, http: httpx.Client) -> None:
    assert http.get("/view?user=undefined").json()["me"]["id"] == anna.id
    viewer = telegram.user("Max", viewer=True)
    assert http.get("/view").json()["me"]["id"] == viewer.id


def test_what_happens_is_streamed(telegram: LocalTelegram, anna: User, bot: Bot, api: Caller) -> None:
    events: list[Json] = []
    listening, enough = threading.Event(), threading.Event()

    def listen() -> None:
        with httpx.stream("GET", f"{telegram.url}/_control/events") as stream:
            for line in stream.iter_lines():
                listening.set()
                if line.startswith("data: "):
                    events.append(json.loads(line.removeprefix("data: ")))
                if len(events) == 5:
                    enough.set()
                    return

    thread = threading.Thread(target=listen)
    thread.start()
    assert listening.wait(10)
    anna.starts(bot)
    api.ok("sendChatAction", chat_id=anna.id, action="typing")
    api.ok("sendMessage", chat_id=anna.id, text="x")
    assert enough.wait(10)
    thread.join()
    assert [event["type"] for event in events] == ["message", "action", "call", "message", "call"]
    assert events[0] == {"type": "message", "chat": bot.id, "message_id": 1, "user": anna.id}
    assert events[-1]["call"]["method"] == "sendMessage"


def test_files_are_shown(anna: User, bot: Bot, http: httpx.Client, picture: bytes) -> None:
    photo = anna.sends_photo(to=bot, content=picture).shown["photo"][0]["file_id"]
    page = anna.sends_document(b"<script>", to=bot, name="a.html").shown["document"]["file_id"]
    answer = http.get(f"/files/{photo}")
    assert (answer.content, answer.headers["content-type"]) == (picture, "image/png")
    assert http.get(f"/files/{page}").headers["content-type"] == "application/octet-stream"
    assert http.get("/files/none").status_code == 404


def test_the_page_is_served(telegram: LocalTelegram) -> None:
    page = httpx.get(telegram.url)
    assert page.headers["content-type"].startswith("text/html")
    assert "<title>Sitrep playground</title>" in page.text
    assert httpx.get(f"{telegram.url}/main.js").status_code == 200
    assert httpx.get(f"{telegram.url}/../server.py").status_code == 404


def test_everything_is_saved_and_loaded(telegram: LocalTelegram, anna: User, bot: Bot, api: Caller) -> None:
    channel = telegram.channel("River News", by=anna)
    channel.promotes(bot)
    anna.forwards(channel.post("The <b>river</b> rose.", parse_mode="HTML"), to=bot)
    photo = anna.sends_photo("Rose.", to=bot)
    anna.reacts(photo, "👍")
    keyboard = {"inline_keyboard": [[{"text": "More", "callback_data": "more"}]]}
    api.ok("sendMessage", chat_id=anna.id, text="x", reply_markup=keyboard)
    anna.presses(anna.sees(bot)[-1], "More")
    bot.held_back()
    anna.writes("Held.", to=bot)
    telegram.advance(3600)
    saved = telegram.save()
    with serving() as other:
        other.load(saved)
        again, then = json.loads(other.save()), json.loads(saved)
        assert again.pop("shift") == then.pop("shift")
        assert again == then
        with Caller(other.url, bot.token) as resumed:
            assert resumed.updates() == api.updates()
            file = resumed.ok("getFile", file_id=photo.shown["photo"][0]["file_id"])
            assert resumed.download(other.url, file["file_path"])


def test_what_is_no_state_is_not_loaded(telegram: LocalTelegram, anna: User) -> None:
    with pytest.raises(Impossible, match="that is no saved state"):
        telegram.load(b'{"users": 5}')
    assert anna.view()["me"]["id"] == anna.id


def test_a_port_that_is_taken_is_named(telegram: LocalTelegram) -> None:
    port = int(telegram.url.rpartition(":")[2])
    with pytest.raises(PortTaken, match=f"port {port} can't be used"):
        listen(port)


def test_it_stops_while_bots_wait() -> None:
    with ThreadPoolExecutor() as pool:
        with serving() as telegram:
            bot = telegram.bot("news_bot")
            api = Caller(telegram.url, bot.token)
            waiting = pool.submit(api.refusal, "getUpdates", timeout=50)
            waits_until(lambda: bot.is_polling() or None, 60, "the poll")
        assert waiting.result(5) == (500, "Internal Server Error: restart")
        api.close()
