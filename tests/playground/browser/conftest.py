"""A visitor's browser: Debian's Chromium, driven by Playwright.

CHROMIUM names another one; SCREENSHOTS names a folder that gets a picture of every page at the end of its test.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from bot.playground.client.local_telegram import LocalTelegram
from bot.playground.control.places import Places
from bot.playground.serving import serving
from bot.playground.stage import furnish
from bot.playground.world.world import World
from tests.playground.caller import Caller

Visit = Callable[..., Page]

TOKEN = "6000000001:browser"
SIZES = {"desktop": (1280, 800), "phone": (390, 844)}
_PATIENCE = 30_000
"""Milliseconds to wait for what must come, on a machine that does a lot besides."""
# Chromium's own sandbox refuses to work for root, who runs the tests in containers.
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

expect.set_options(timeout=_PATIENCE)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Start the browser; not for the whole session, since its event loop must be gone before other tests run theirs."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Visit]:
    """Open pages; none of them may complain in the console, or ask any other server for anything."""
    pages: list[Page] = []
    problems: list[str] = []

    def open_page(url: str, size: str = "desktop", scheme: str = "light", zone: str = "UTC") -> Page:
        width, height = SIZES[size]
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            has_touch=size == "phone",
            locale="en-GB",
            timezone_id=zone,
            reduced_motion="reduce",
        )
        page = context.new_page()
        page.set_default_timeout(_PATIENCE)
        page.on(
            "console", lambda message: problems.append(message.text) if message.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("request", lambda asked: None if asked.url.startswith((url, "data:")) else problems.append(asked.url))
        pages.append(page)
        page.goto(url)
        # The chats are drawn once all buttons do something.
        page.get_by_role("navigation", name="Chats").get_by_role("listitem").first.wait_for(state="attached")
        return page

    yield open_page
    folder = Path(os.environ.get("SCREENSHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"\W+", "-", request.node.name).strip("-")
    for number, page in enumerate(pages):
        page.screenshot(path=folder / f"{name}-{number}.png")
        page.context.close()
    assert problems == []


@pytest.fixture
def stage() -> Iterator[LocalTelegram]:
    """Serve the playground's world without the bot's process: the test itself is the bot."""
    world = World()
    bot = Places(world).add_bot("sitrep_bot", "Sitrep", token=TOKEN)
    furnish(world, bot["id"])
    with serving(world) as telegram:
        yield telegram


@pytest.fixture
def bot(stage: LocalTelegram) -> Iterator[Caller]:
    """Call the Bot API as the playground's bot does."""
    with Caller(stage.url, TOKEN) as caller:
        yield caller


@pytest.fixture
def playground(tmp_path: Path) -> Iterator[str]:
    """Run `sitrep playground`, with the real bot; hand out its address."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SITREP_", "TELEGRAM_"))}
    with (tmp_path / "playground.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "playground", "--port", "0"],
            env=environment | {"TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        assert process.stdout
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found, (tmp_path / "playground.log").read_text()
        yield found[0]
        process.terminate()
        process.wait(20)
        process.stdout.close()
