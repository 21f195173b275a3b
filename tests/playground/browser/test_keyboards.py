"""Buttons of the bot: below its messages, and in place of the keyboard."""

import re

import pytest
from playwright.sync_api import expect

from bot.playground.client.local_telegram import LocalTelegram
from tests.playground.browser.conftest import Visit
from tests.playground.browser.steps import STICKS_OUT, posts, start, you
from tests.playground.caller import Caller

pytestmark = pytest.mark.browser


def test_a_key_of_the_bot_s_keyboard_is_said(stage: LocalTelegram, bot: Caller, visit: Visit) -> None:
    page = visit(stage.url, "phone")
    start(page)
    keys = {"keyboard": [[{"text": "Morning"}, {"text": "Evening"}]], "one_time_keyboard": True}
    bot.ok("sendMessage", chat_id=you(stage), text="When?", reply_markup=keys)
    page.get_by_role("button", name="Evening").click()
    expect(posts(page).last).to_contain_text("Evening")
    expect(page.get_by_role("button", name="Evening")).to_be_hidden()


def test_a_key_that_asks_for_a_channel_makes_the_bot_its_administrator(
    stage: LocalTelegram, bot: Caller, visit: Visit
) -> None:
    page = visit(stage.url)
    start(page)
    asked = {"request_id": 7, "chat_is_channel": True, "bot_administrator_rights": {"can_post_messages": True}}
    keys = {"keyboard": [[{"text": "Choose a channel", "request_chat": asked}]]}
    bot.ok("sendMessage", chat_id=you(stage), text="Where to?", reply_markup=keys)
    bot.confirm()
    page.get_by_role("button", name="Choose a channel").click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile("^Morning Recap")).click()
    expect(page.get_by_role("log").get_by_text("You shared Morning Recap")).to_be_visible()
    promoted, shared = bot.updates()
    assert promoted["my_chat_member"]["new_chat_member"]["status"] == "administrator"
    channel = promoted["my_chat_member"]["chat"]["id"]
    assert shared["message"]["chat_shared"] == {"request_id": 7, "chat_id": channel}


def test_a_key_that_asks_for_a_place_sends_one(stage: LocalTelegram, bot: Caller, visit: Visit) -> None:
    page = visit(stage.url, "phone")
    start(page)
    keys = {"keyboard": [[{"text": "Send my location", "request_location": True}]], "one_time_keyboard": True}
    bot.ok("sendMessage", chat_id=you(stage), text="Where are you?", reply_markup=keys)
    bot.confirm()
    page.get_by_role("button", name="Send my location").click()
    page.get_by_role("dialog").get_by_role("button", name="Tokyo").click()
    expect(page.get_by_role("log").get_by_text("You shared a place")).to_be_visible()
    [shared] = bot.updates(timeout=10)
    assert shared["message"]["location"] == {"latitude": 35.68, "longitude": 139.69}
    expect(page.get_by_role("button", name="Send my location")).to_be_hidden()


@pytest.mark.parametrize("key", ["Choose a channel", "Send my location"])
def test_a_key_can_be_pressed_again_after_nothing_was_chosen(
    stage: LocalTelegram, bot: Caller, visit: Visit, key: str
) -> None:
    page = visit(stage.url)
    start(page)
    asked = {"request_id": 7, "chat_is_channel": True}
    rows = [
        [{"text": "Choose a channel", "request_chat": asked}],
        [{"text": "Send my location", "request_location": True}],
    ]
    bot.ok("sendMessage", chat_id=you(stage), text="Where?", reply_markup={"keyboard": rows, "one_time_keyboard": True})
    page.get_by_role("button", name=key).click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name=key).click()
    page.get_by_role("dialog").get_by_role("listitem").first.get_by_role("button").click()
    expect(page.get_by_role("button", name=key)).to_be_hidden()


def test_where_there_is_no_chat_to_choose_the_dialogue_says_so(stage: LocalTelegram, bot: Caller, visit: Visit) -> None:
    page = visit(stage.url)
    start(page)
    keys = {"keyboard": [[{"text": "A group", "request_chat": {"request_id": 8, "chat_is_channel": False}}]]}
    bot.ok("sendMessage", chat_id=you(stage), text="Where to?", reply_markup=keys)
    page.get_by_role("button", name="A group").click()
    expect(page.get_by_role("dialog", name="Choose a group")).to_contain_text("You manage no group here.")


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_seven_buttons_in_a_row_fit_the_window(stage: LocalTelegram, bot: Caller, visit: Visit, width: int) -> None:
    page = visit(stage.url, "phone" if width < 760 else "desktop")
    page.set_viewport_size({"width": width, "height": 700})
    start(page)
    names = ["✅Mo", "✅Tu", "✅We", "✅Th", "✅Fr", "✅Sa", "✅Su"]
    rows = [[{"text": name, "callback_data": name} for name in names]]
    bot.ok("sendMessage", chat_id=you(stage), text="Tap hours and days.", reply_markup={"inline_keyboard": rows})
    buttons = page.get_by_role("button", name=re.compile("^✅"))
    expect(buttons).to_have_count(7)
    assert page.evaluate(STICKS_OUT) == []
    assert all(button.evaluate("node => node.scrollWidth <= node.clientWidth") for button in buttons.all())


def test_buttons_below_a_short_message_do_not_break_their_words(
    stage: LocalTelegram, bot: Caller, visit: Visit
) -> None:
    page = visit(stage.url)
    start(page)
    rows = [[{"text": name, "callback_data": name} for name in ("👁 Preview", "📤 Post now")]]
    bot.ok("sendMessage", chat_id=you(stage), text="News", reply_markup={"inline_keyboard": rows})
    heights = [
        page.get_by_role("button", name=name).evaluate("node => node.getBoundingClientRect().height")
        for name in ("Preview", "Post now")
    ]
    assert max(heights) < 45
