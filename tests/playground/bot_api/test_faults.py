"""What faults let happen to a call; and the flood limits."""

import threading
import time
from collections.abc import Callable, Iterator

import httpx
import pytest

from bot.playground.client.cast import Bot, User
from bot.playground.client.local_telegram import LocalTelegram
from bot.playground.control.named import Impossible
from tests.playground.caller import Caller, Json, refusal_of

Sent = Callable[[], list[str]]


@pytest.fixture
def sent(anna: User, bot: Bot) -> Sent:
    """Tells what Anna sees of the bot."""
    return lambda: [message.text for message in anna.sees(bot) if message.shown["from"]["is_bot"]]


@pytest.mark.parametrize("case", [("drop_before", []), ("drop_after", ["x"])])
def test_the_connection_breaks(
    telegram: LocalTelegram, api: Caller, chat: int, sent: Sent, case: tuple[str, list[str]]
) -> None:
    kind, done = case
    telegram.fault(kind, "sendMessage")
    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        api.post("sendMessage", chat_id=chat, text="x")
    assert sent() == done


@pytest.fixture
def brief(telegram: LocalTelegram, bot: Bot) -> Iterator[Caller]:
    """Calls, but waits only half a second."""
    with Caller(telegram.url, bot.token, seconds=0.5) as caller:
        yield caller


@pytest.mark.parametrize("case", [("hang_before", []), ("hang_after", ["x"])])
def test_no_answer_comes(
    telegram: LocalTelegram, brief: Caller, chat: int, sent: Sent, case: tuple[str, list[str]]
) -> None:
    kind, done = case
    telegram.fault(kind, "sendMessage")
    with pytest.raises(httpx.ReadTimeout):
        brief.post("sendMessage", chat_id=chat, text="x")
    assert sent() == done


@pytest.mark.parametrize("case", [("error_before", []), ("error_after", ["x"])])
def test_the_answer_is_500(
    telegram: LocalTelegram, api: Caller, chat: int, sent: Sent, case: tuple[str, list[str]]
) -> None:
    kind, done = case
    telegram.fault(kind, "sendMessage")
    assert api.refusal("sendMessage", chat_id=chat, text="x") == (500, "Internal Server Error")
    assert sent() == done


def test_it_is_done_late(telegram: LocalTelegram, api: Caller, chat: int, sent: Sent) -> None:
    telegram.fault("late", "sendMessage", seconds=30)
    with pytest.raises(httpx.RemoteProtocolError):
        api.post("sendMessage", chat_id=chat, text="x")
    assert sent() == []
    telegram.advance(31)
    telegram.waits_for_call("sendMessage", after=telegram.calls("sendMessage")[0]["number"])
    assert sent() == ["x"]


def test_the_answer_comes_late(telegram: LocalTelegram, api: Caller, chat: int, sent: Sent) -> None:
    telegram.fault("slow", "sendMessage", seconds=600)
    answered = threading.Event()

    def send() -> None:
        api.ok("sendMessage", chat_id=chat, text="x")
        answered.set()

    thread = threading.Thread(target=send)
    thread.start()
    telegram.waits_for_call("sendMessage")
    assert not answered.wait(0.2)
    telegram.advance(601)
    assert answered.wait(10)
    thread.join()


def test_a_proxy_answers(telegram: LocalTelegram, api: Caller, chat: int, sent: Sent) -> None:
    telegram.fault("html", "sendMessage")
    answer = api.post("sendMessage", chat_id=chat, text="x")
    assert answer.status_code == 502
    assert answer.headers["content-type"].startswith("text/html")
    assert sent() == []


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("kicked", (403, "Forbidden: bot was kicked from the channel chat", {})),
        ("blocked", (403, "Forbidden: bot was blocked by the user", {})),
        ("deactivated", (403, "Forbidden: user is deactivated", {})),
        ("restart", (500, "Internal Server Error: restart", {})),
        (
            "migrated",
            (400, "Bad Request: group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": -1009}),
        ),
        ("flood", (429, "Too Many Requests: retry after 7", {"retry_after": 7})),
    ],
)
def test_refusals(telegram: LocalTelegram, api: Caller, chat: int, kind: str, told: tuple[int, str, Json]) -> None:
    telegram.fault(kind, "sendMessage", seconds=7, migrate_to=-1009)
    answer = api.post("sendMessage", chat_id=chat, text="x")
    assert (*refusal_of(answer), answer.json().get("parameters", {})) == told


def test_faults_are_for_methods_chats_and_counts(telegram: LocalTelegram, api: Caller, chat: int) -> None:
    telegram.fault("restart", "sendMessage", chat=chat, times=2, skip=1)
    statuses = [api.post("sendMessage", chat_id=chat, text=str(number)).status_code for number in range(4)]
    assert statuses == [200, 500, 500, 200]
    telegram.fault("restart", "getMe", times=5)
    telegram.fault("restart", chat=5)
    assert telegram.clear_faults() == 2
    api.ok("getMe")


def test_a_kind_that_is_none_is_refused(telegram: LocalTelegram) -> None:
    with pytest.raises(Impossible, match="no such fault: 'rain'"):
        telegram.fault("rain")


def test_the_log_tells_what_was_done_and_what_went_wrong(telegram: LocalTelegram, api: Caller, chat: int) -> None:
    telegram.fault("drop_after", "sendMessage")
    with pytest.raises(httpx.RemoteProtocolError):
        api.post("sendMessage", chat_id=chat, text="x")
    [call] = telegram.calls("sendMessage")
    assert call["fault"] == "drop_after"
    assert call["params"] == {"chat_id": chat, "text": "x"}
    message = call["result"]["result"]["message_id"]
    assert call["changes"] == [{"type": "message", "chat": chat, "message_id": message}]


def test_one_message_a_second_in_a_chat(telegram: LocalTelegram, api: Caller, chat: int) -> None:
    telegram.limit_floods()
    api.ok("sendMessage", chat_id=chat, text="one")
    answer = _refused(api, chat)
    assert refusal_of(answer) == (429, "Too Many Requests: retry after 1")
    assert answer.headers["Retry-After"] == "1"
    telegram.advance(1)
    api.ok("sendMessage", chat_id=chat, text="two")
    telegram.limit_floods(on=False)
    api.ok("sendMessage", chat_id=chat, text="three")


def test_limits_hold_on_when_a_world_is_loaded(telegram: LocalTelegram, api: Caller, chat: int) -> None:
    telegram.limit_floods()
    telegram.load(telegram.save())
    assert _refused(api, chat).status_code == 429


def _refused(api: Caller, chat: int) -> httpx.Response:
    """Send messages until one is refused: on a machine that is busy two may be a second apart."""
    answers = (api.post("sendMessage", chat_id=chat, text="two") for _ in range(20))
    return next(answer for answer in answers if answer.status_code != 200)


def test_twenty_messages_a_minute_in_a_group(telegram: LocalTelegram, bot: Bot, api: Caller) -> None:
    group = telegram.supergroup("Newsroom", bot)
    telegram.limit_floods()
    begin = time.monotonic()
    for number in range(20):
        api.ok("sendMessage", chat_id=group.id, text=str(number))
        telegram.advance(1)
    status, told = api.refusal("sendMessage", chat_id=group.id, text="x")
    assert status == 429
    assert 39 - (time.monotonic() - begin) <= int(told.rpartition(" ")[2]) <= 40
    telegram.advance(41)
    api.ok("sendMessage", chat_id=group.id, text="x")


def test_thirty_messages_a_second_in_all(telegram: LocalTelegram, bot: Bot, api: Caller) -> None:
    users = [telegram.user(f"U{number}") for number in range(40)]
    for user in users:
        user.starts(bot)
    telegram.limit_floods()
    begin = time.monotonic()
    statuses = [api.post("sendMessage", chat_id=user.id, text="x").status_code for user in users]
    # Real time goes on while we send: each further second allows thirty more.
    assert statuses.count(200) <= 30 * (1 + int(time.monotonic() - begin))
    assert statuses[:30] == [200] * 30
