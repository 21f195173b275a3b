"""Delivery to a webhook."""

import threading
import time

import pytest

from bot.playground.client.cast import Bot, User
from bot.playground.client.local_telegram import LocalTelegram
from bot.playground.serving import serving
from tests.playground.caller import Caller
from tests.playground.hook import Hook, Reply


def test_updates_come_with_the_secret_and_are_confirmed(anna: User, bot: Bot, api: Caller, chat: int) -> None:
    with Hook() as hook:
        assert api.ok("setWebhook", url=hook.url, secret_token="a-Secret_1") is True
        anna.writes("one", to=bot)
        [update] = hook.gets(1)
    assert update["message"]["text"] == "one"
    assert hook.headers[0]["X-Telegram-Bot-Api-Secret-Token"] == "a-Secret_1"
    assert hook.headers[0]["Content-Type"] == "application/json"
    _until_empty(bot)


def test_without_a_secret_there_is_no_header(anna: User, bot: Bot, api: Caller, chat: int) -> None:
    with Hook() as hook:
        api.ok("setWebhook", url=hook.url)
        anna.writes("one", to=bot)
        hook.gets(1)
    assert "X-Telegram-Bot-Api-Secret-Token" not in hook.headers[0]


def test_what_waited_before_is_delivered_unless_it_is_dropped(anna: User, bot: Bot, api: Caller) -> None:
    anna.writes("one", to=bot)
    with Hook() as hook:
        api.ok("setWebhook", url=hook.url, drop_pending_updates=True)
        anna.writes("two", to=bot)
        hook.gets(1)
        assert hook.texts == ["two"]


@pytest.mark.parametrize("status", [200, 201, 204])
def test_any_2xx_confirms(anna: User, bot: Bot, api: Caller, chat: int, status: int) -> None:
    with Hook(Reply(status)) as hook:
        api.ok("setWebhook", url=hook.url)
        anna.writes("one", to=bot)
        hook.gets(1)
        _until_empty(bot)
        assert len(hook.updates) == 1


def test_a_failure_is_retried_at_once_then_after_2_4_8_seconds(
    telegram: LocalTelegram, anna: User, bot: Bot, api: Caller, chat: int
) -> None:
    with Hook(*[Reply(500)] * 4) as hook:
        api.ok("setWebhook", url=hook.url)
        begin = time.monotonic()
        anna.writes("one", to=bot)
        hook.gets(2)
        for attempt, pause in enumerate([2, 4, 8], 3):
            _settle()
            telegram.advance(pause - 0.9)
            _settle()
            came = len(hook.updates)
            if time.monotonic() < begin + 0.9:  # else the machine was so busy that the pause may be over
                assert came == attempt - 1, f"not before {pause} s"
            begin = time.monotonic()
            telegram.advance(1)
            hook.gets(attempt)
        _until_empty(bot)
    info = api.ok("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"


def test_retry_after_is_honoured(telegram: LocalTelegram, anna: User, bot: Bot, api: Caller, chat: int) -> None:
    with Hook(Reply(429, headers={"Retry-After": "600"})) as hook:
        api.ok("setWebhook", url=hook.url)
        anna.writes("one", to=bot)
        hook.gets(1)
        _settle()
        telegram.advance(590)
        _settle()
        assert len(hook.updates) == 1
        telegram.advance(11)
        hook.gets(2)


def test_it_is_tried_until_the_update_expires(
    telegram: LocalTelegram, anna: User, bot: Bot, api: Caller, chat: int
) -> None:
    with Hook(*[Reply(500)] * 9) as hook:
        api.ok("setWebhook", url=hook.url)
        anna.writes("one", to=bot)
        hook.gets(2)
        _settle()
        telegram.advance(24 * 3600 + 1)
        _until_empty(bot)


def test_a_chat_s_updates_come_in_order_one_at_a_time(
    telegram: LocalTelegram, anna: User, bot: Bot, api: Caller, chat: int
) -> None:
    with Hook(Reply(500)) as hook:
        api.ok("setWebhook", url=hook.url)
        for text in ("one", "two", "three"):
            anna.writes(text, to=bot)
        hook.gets(4)
        assert hook.texts == ["one", "one", "two", "three"]
        assert hook.most_at_once == 1


def test_other_chats_do_not_wait(telegram: LocalTelegram, anna: User, bot: Bot, api: Caller, chat: int) -> None:
    go_on = threading.Event()
    with Hook(Reply(wait=go_on)) as hook:
        api.ok("setWebhook", url=hook.url)
        anna.writes("one", to=bot)
        hook.gets(1)
        telegram.user("Max").writes("two", to=bot)
        hook.gets(2)
        go_on.set()
        assert hook.most_at_once == 2


def test_no_more_connections_than_wanted(telegram: LocalTelegram, anna: User, bot: Bot, api: Caller, chat: int) -> None:
    go_on = threading.Event()
    with Hook(Reply(wait=go_on), Reply(wait=go_on)) as hook:
        api.ok("setWebhook", url=hook.url, max_connections=2)
        for name in ("One", "Two", "Three"):
            telegram.user(name).writes("x", to=bot)
        hook.gets(2)
        _settle()
        assert len(hook.updates) == 2
        go_on.set()
        hook.gets(3)
        assert hook.most_at_once == 2


def test_an_answer_with_a_method_is_carried_out(anna: User, bot: Bot, api: Caller, chat: int) -> None:
    call = {"method": "sendMessage", "chat_id": chat, "text": "In the answer"}
    with Hook(Reply(body=call)) as hook:
        api.ok("setWebhook", url=hook.url)
        question = anna.writes("one", to=bot)
        assert question.answer().text == "In the answer"
        assert hook.texts == ["one"]


@pytest.mark.usefixtures("chat")
@pytest.mark.parametrize("method", ["getMe", "setWebhook", "deleteWebhook", "close", "logOut"])
def test_some_methods_are_not_carried_out(
    telegram: LocalTelegram, anna: User, bot: Bot, api: Caller, method: str
) -> None:
    with Hook(Reply(body={"method": method})) as hook:
        api.ok("setWebhook", url=hook.url)
        anna.writes("one", to=bot)
        hook.gets(1)
        _until_empty(bot)
        _settle()
    assert [call["method"] for call in telegram.calls()][-1] == "setWebhook"
    assert api.ok("getWebhookInfo")["url"] == hook.url


def test_a_webhook_that_is_gone_for_23_hours_is_removed(
    telegram: LocalTelegram, anna: User, bot: Bot, api: Caller, chat: int
) -> None:
    with Hook(*[Reply(410)] * 99) as hook:
        api.ok("setWebhook", url=hook.url)
        anna.writes("one", to=bot)
        hook.gets(2)
        _settle()
        telegram.advance(23 * 3600)
        hook.gets(3)
        _settle()
    assert api.ok("getWebhookInfo")["url"] == ""
    assert [update["message"]["text"] for update in api.updates()] == ["one"]


def test_nobody_there_is_told(anna: User, bot: Bot, api: Caller, chat: int) -> None:
    with Hook() as hook:
        url = hook.url
    api.ok("setWebhook", url=url)
    anna.writes("one", to=bot)
    _settle()
    info = api.ok("getWebhookInfo")
    assert info["last_error_message"] == "Connection refused"
    assert info["pending_update_count"] == 1


def test_descriptions_tell_what_setting_and_deleting_did(bot: Bot, api: Caller) -> None:
    url = "https://127.0.0.1:8443/x"
    told = [api.post("setWebhook", url=url).json()["description"]]
    _over_one_second()
    told.append(api.post("setWebhook", url=url).json()["description"])
    told += [api.post("deleteWebhook").json()["description"] for _ in range(2)]
    assert told == ["Webhook was set", "Webhook is already set", "Webhook was deleted", "Webhook is already deleted"]


def test_setting_it_twice_within_a_second_is_too_often(api: Caller) -> None:
    api.ok("setWebhook", url="https://127.0.0.1:8443/x")
    refusal = (429, "Too Many Requests: retry after 1")
    assert api.refusal("setWebhook", url="https://127.0.0.1:8443/y") == refusal


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"url": "https://a.example:8444/"}, "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"),
        ({"url": "ftp://a.example/"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "https://a.example/", "secret_token": "no spaces"}, "secret token contains unallowed characters"),
        ({"url": "https://a.example/", "secret_token": "x" * 257}, "secret token is too long"),
    ],
)
def test_what_a_webhook_may_be(api: Caller, arguments: dict[str, str], told: str) -> None:
    assert api.refusal("setWebhook", **arguments) == (400, f"Bad Request: {told}")


def test_http_is_only_for_those_who_ask_for_it() -> None:
    with serving(insecure_webhooks=False) as telegram:
        bot = telegram.bot("news_bot")
        with Caller(telegram.url, bot.token) as api:
            refusal = (400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
            assert api.refusal("setWebhook", url="http://127.0.0.1:8080/") == refusal


def _until_empty(bot: Bot) -> None:
    end = time.monotonic() + 10
    while bot.updates():
        assert time.monotonic() < end, "updates still wait"
        time.sleep(0.01)


def _settle() -> None:
    """Give a request that must not come the time to come."""
    time.sleep(0.15)


def _over_one_second() -> None:
    time.sleep(1.05)
