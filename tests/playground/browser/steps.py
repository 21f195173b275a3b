"""What a visitor does on the page, by the names that a screen reader tells."""

import re

from playwright.sync_api import Locator, Page, expect

from bot.playground.client.local_telegram import LocalTelegram

STICKS_OUT = """() => [...document.querySelectorAll("*")]
    .filter((node) => node.checkVisibility() && node.getBoundingClientRect().right > innerWidth + 1)
    .map((node) => node.outerHTML.slice(0, 80))"""
"""What reaches over the right edge of the window."""


def open_chat(page: Page, title: str) -> None:
    """Open a chat, on a phone from within another one too."""
    back = page.get_by_role("button", name="All chats")
    if back.is_visible():
        back.click()
    page.get_by_role("navigation", name="Chats").get_by_role("button", name=re.compile(f"^{title}")).click()
    expect(page.get_by_role("heading", level=2, name=title, exact=True)).to_be_visible()


def start(page: Page) -> None:
    """Press START in the chat with the bot."""
    open_chat(page, "Sitrep")
    page.get_by_role("button", name="START").click()
    expect(posts(page)).to_have_count(1)


def you(stage: LocalTelegram) -> int:
    """Return the number of the visitor's account."""
    return int(stage.read("/view")["me"]["id"])


def posts(page: Page) -> Locator:
    return page.get_by_role("article")


def forward_last(page: Page, count: int) -> None:
    """Tick the last posts of the open channel, and forward them to the bot."""
    page.get_by_role("button", name="Select posts").click()
    for number in range(1, count + 1):
        posts(page).nth(-number).click()
    page.get_by_role("button", name="Forward to Sitrep").click()


def answer(page: Page, words: str | re.Pattern[str]) -> Locator:
    """Wait for a message of the bot with these words."""
    found = page.locator("article:not(.mine)").filter(has_text=words).last
    found.wait_for()
    return found


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the focus is on what has a name that begins so."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(_FOCUSED_NAME).startswith(name):
            return
    raise AssertionError(f"the Tab key never comes to {name!r}")


_FOCUSED_NAME = """() => {
    const copy = document.activeElement.cloneNode(true);
    copy.querySelectorAll("[aria-hidden]").forEach((hidden) => hidden.remove());
    return (document.activeElement.ariaLabel || copy.textContent).trim();
}"""
