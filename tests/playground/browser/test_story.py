"""The real bot in the playground, from the first look to the source of a line."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.playground.browser.conftest import Visit
from tests.playground.browser.steps import answer, forward_last, open_chat, posts, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.e2e]


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_three_forwarded_posts_are_summed_up_and_each_source_leads_back(
    playground: str, visit: Visit, size: str
) -> None:
    page = visit(playground, size)
    open_chat(page, "World Wire")
    forward_last(page, 2)
    expect(posts(page)).to_have_count(2)
    open_chat(page, "Science Notes")
    forward_last(page, 1)
    page.get_by_role("button", name="/summary", exact=True).click()
    told = answer(page, "3 posts from 2 sources")
    expect(told).to_contain_text("Part of California highway near Big Sur falls into the sea")
    told.get_by_role("link", name="Science Notes").click()
    expect(page.get_by_role("heading", name="Science Notes")).to_be_visible()
    expect(page.locator("article:focus")).to_contain_text("European Venus probe launched successfully")
    expect(page.locator("article:focus")).to_be_in_viewport()
    page.get_by_role("button", name="Back to Sitrep").click()
    expect(told).to_be_visible()


def test_the_bot_says_hello_when_it_is_started(playground: str, visit: Visit) -> None:
    page = visit(playground)
    page.get_by_role("button", name="START").click()
    answer(page, "I am Sitrep")
    expect(page.get_by_role("textbox", name="Message")).to_be_visible()


def test_one_button_shows_a_first_visitor_all_three_steps(playground: str, visit: Visit) -> None:
    page = visit(playground)
    page.get_by_role("button", name="Do it for me").click()
    answer(page, re.compile(r"\d posts from 2 sources"))
    expect(page.get_by_text("Open a news channel")).to_be_hidden()


def test_a_pasted_text_is_a_post_of_the_channel_that_was_chosen(playground: str, visit: Visit) -> None:
    page = visit(playground, "phone")
    open_chat(page, "Sitrep")
    page.get_by_role("button", name="START").click()
    answer(page, "I am Sitrep")
    page.get_by_label("Forwarded from").select_option("Evening Brief")
    text = "The bridge at Oulu reopened on Monday after repairs of 14 weeks. Mayor Anna Berg cut the ribbon."
    page.get_by_role("textbox", name="Message").fill(text)
    page.keyboard.press("Enter")
    expect(posts(page).last).to_contain_text("Forwarded from Evening Brief")
    _write(page, "/summary")
    told = answer(page, "14 weeks")
    expect(told.get_by_role("link", name="Evening Brief")).to_be_visible()


def test_an_answer_to_a_post_sums_up_that_post_alone(playground: str, visit: Visit) -> None:
    page = visit(playground)
    open_chat(page, "Newsroom")
    post = posts(page).filter(has_text="Final launch of Space Shuttle Discovery delayed until at least Thursday")
    post.hover()
    post.get_by_role("button", name="Reply").click()
    _write(page, "/summary")
    told = answer(page, re.compile("^(?!.*Forwarded from).*80 percent", re.DOTALL))
    expect(told.get_by_role("link", name="Science Notes")).to_be_visible()


def test_everything_can_be_done_by_keyboard(playground: str, visit: Visit) -> None:
    page = visit(playground)
    tab_to(page, "World Wire")
    page.keyboard.press("Enter")
    tab_to(page, "Select posts")
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Space")
    expect(page.get_by_text("2 selected")).to_be_visible()
    tab_to(page, "Forward to Sitrep")
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Message")).to_be_focused()
    expect(page.get_by_text("👀")).to_have_count(2)
    page.keyboard.type("/su")
    menu = page.get_by_role("listbox", name="Commands")
    expect(menu.get_by_role("option", selected=True)).to_contain_text("/summary")
    page.keyboard.press("Enter")
    answer(page, "2 posts")
    tab_to(page, "Messages")
    page.keyboard.press("ArrowUp")
    tab_to(page, "World Wire")
    page.keyboard.press("Enter")
    expect(page.locator("article:focus")).to_contain_text("AT&T to purchase T-Mobile")


def _write(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Message").fill(text)
    page.get_by_role("button", name="Send", exact=True).click()
