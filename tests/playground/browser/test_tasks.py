"""What people want of the bot, done on the page: five tasks, one after the other, on a desktop and on a phone."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.playground.browser.conftest import Visit
from tests.playground.browser.steps import answer, forward_last, open_chat, posts

pytestmark = [pytest.mark.browser, pytest.mark.e2e]


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_five_tasks_are_done_by_mouse_and_keyboard(playground: str, visit: Visit, size: str) -> None:
    # The chat is told to be in Berlin below: a recap at 9:00 is due at 9:00 of the page only if that is, too.
    page = visit(playground, size, "dark" if size == "phone" else "light", "Europe/Berlin")
    open_chat(page, "Sitrep")
    page.get_by_role("button", name="START").click()
    answer(page, "I am Sitrep")
    _picture(page, f"{size}-0-start")
    _summarise_three_posts(page, size)
    _ask_for_the_last_hour(page, size)
    _find_what_was_said_about_one_person(page, size)
    _change_the_time_zone(page, size)
    _set_up_a_daily_recap(page, size)


def _summarise_three_posts(page: Page, size: str) -> None:
    open_chat(page, "World Wire")
    forward_last(page, 2)
    open_chat(page, "Science Notes")
    forward_last(page, 1)
    _write(page, "/summary")
    told = answer(page, "3 posts from 2 sources")
    _picture(page, f"{size}-1-summary")
    told.get_by_role("button", name="Shorter").click()
    expect(told.get_by_role("button", name="Normal")).to_be_visible()
    told.get_by_role("button", name="Actors").click()
    expect(told.get_by_role("button", name="Stories")).to_be_visible()
    _picture(page, f"{size}-1-actors")


def _ask_for_the_last_hour(page: Page, size: str) -> None:
    if size == "phone":
        page.get_by_role("button", name="All chats").click()
    for _ in range(2):
        page.get_by_role("button", name="Move the clock one hour ahead").click()
    open_chat(page, "Evening Brief")
    forward_last(page, 1)
    _write(page, "/summary 1h")
    told = answer(page, re.compile(r"^(?!.*Forwarded from).*Evening Brief", re.DOTALL))
    expect(told).not_to_contain_text("World Wire")
    _picture(page, f"{size}-2-last-hour")


def _find_what_was_said_about_one_person(page: Page, size: str) -> None:
    open_chat(page, "World Wire")
    forward_last(page, 7)
    _write(page, "/summary Krishna")
    told = answer(page, re.compile(r"^(?!.*Forwarded from).*Krishna", re.DOTALL))
    expect(told).not_to_contain_text("Big Sur")
    _picture(page, f"{size}-5-person")


def _change_the_time_zone(page: Page, size: str) -> None:
    _write(page, "/settings")
    settings = answer(page, "Settings")
    settings.get_by_role("button", name="🌍").click()
    expect(settings.get_by_role("button", name="Berlin")).to_be_visible()
    _picture(page, f"{size}-4-zones")
    settings.get_by_role("button", name="Berlin").click()
    expect(settings).to_contain_text("Europe/Berlin")
    _picture(page, f"{size}-4-settings")


def _set_up_a_daily_recap(page: Page, size: str) -> None:
    page.get_by_role("textbox", name="Message").focus()
    page.keyboard.type("/rec")
    _picture(page, f"{size}-3-menu")
    page.keyboard.press("Enter")
    answer(page, "Where shall I post?").get_by_role("button", name="In a channel or group").click()
    page.get_by_role("button", name="Choose a channel").click()
    _picture(page, f"{size}-3-channels")
    page.get_by_role("dialog").get_by_role("button", name=re.compile("^Morning Recap")).click()
    when = answer(page, "A recap for Morning Recap. When?")
    _picture(page, f"{size}-3-when")
    when.get_by_role("button", name="Every day 09:00").click()
    expect(answer(page, "It is set up.")).not_to_contain_text("I may edit messages of others")
    _picture(page, f"{size}-3-made")
    if size == "phone":
        page.get_by_role("button", name="All chats").click()
    page.get_by_role("button", name="Move the clock to the next 9:00").click()
    open_chat(page, "Morning Recap")
    expect(posts(page).last).to_contain_text("World Wire")
    _picture(page, f"{size}-3-recap")


def _write(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Message").fill(text)
    page.keyboard.press("Enter")


def _picture(page: Page, name: str) -> None:
    """Keep a picture of a step, if there is a folder for them."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"task-{name}.png")
