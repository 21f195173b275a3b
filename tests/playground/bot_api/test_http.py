"""How calls come in and answers go out."""

import json

import httpx
import pytest

from bot.playground.client.cast import Bot
from bot.playground.client.local_telegram import LocalTelegram
from tests.playground.caller import Caller, refusal_of, result_of


@pytest.fixture
def url(telegram: LocalTelegram, bot: Bot) -> str:
    return f"{telegram.url}/bot{bot.token}/sendMessage"


def test_arguments_come_in_every_form(url: str, chat: int) -> None:
    arguments = {"chat_id": str(chat), "text": "Ice & fire", "disable_notification": "true"}
    answers = [
        httpx.get(url, params=arguments),
        httpx.post(url, params=arguments),
        httpx.post(url, data=arguments),
        httpx.post(url, json=arguments),
        httpx.post(url, files={name: (None, value) for name, value in arguments.items()}),
    ]
    assert [result_of(answer)["text"] for answer in answers] == ["Ice & fire"] * 5


def test_objects_come_as_json_or_as_its_text(url: str, chat: int) -> None:
    keyboard = {"inline_keyboard": [[{"text": "More", "callback_data": "more"}]]}
    as_json = httpx.post(url, json={"chat_id": chat, "text": "x", "reply_markup": keyboard})
    as_text = httpx.post(url, data={"chat_id": chat, "text": "x", "reply_markup": json.dumps(keyboard)})
    assert result_of(as_json)["reply_markup"] == result_of(as_text)["reply_markup"] == keyboard


def test_names_of_methods_come_in_any_case(api: Caller) -> None:
    assert api.ok("GETME") == api.ok("getme") == api.ok("getMe")


def test_an_answer_is_json(api: Caller) -> None:
    assert api.post("getMe").headers["content-type"] == "application/json"


@pytest.mark.parametrize("body", ["{", "[]", "word"])
def test_a_body_that_is_no_json_object(url: str, body: str) -> None:
    answer = httpx.post(url, content=body, headers={"Content-Type": "application/json"})
    assert refusal_of(answer) == (400, "Bad Request: can't parse JSON object")


def test_a_multipart_body_that_breaks_off(url: str) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = httpx.post(url, content=b'--x\r\nContent-Disposition: form-data; name="te', headers=headers)
    assert answer.status_code == 400


def test_text_that_is_no_utf_8(url: str, chat: int) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = httpx.post(url, content=f"chat_id={chat}&text=%ff".encode(), headers=headers)
    assert refusal_of(answer) == (400, "Bad Request: strings must be encoded in UTF-8")


def test_an_argument_that_is_no_json(url: str, chat: int) -> None:
    answer = httpx.post(url, data={"chat_id": chat, "text": "x", "reply_markup": "{"})
    assert refusal_of(answer) == (400, "Bad Request: can't parse reply keyboard markup JSON object")


def test_an_upload_over_fifty_megabytes(api: Caller, chat: int) -> None:
    answer = api.upload("sendDocument", {"document": ("a.bin", bytes((50 << 20) + 1))}, chat_id=str(chat))
    assert refusal_of(answer) == (413, "Request Entity Too Large")


def test_what_the_description_does_not_know_is_noted(telegram: LocalTelegram, api: Caller, chat: int) -> None:
    api.ok("sendMessage", chat_id=chat, text="x", colour="red", protect_content="perhaps")
    assert telegram.wrong_requests() == [
        "sendMessage: no such argument: colour",
        "sendMessage: protect_content: 'perhaps' is no Boolean",
    ]
