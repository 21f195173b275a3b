"""The page without the real bot: the test answers in its place, through the Bot API."""

import re
from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it ships no types
from playwright.sync_api import Locator, Page, expect

from bot.playground.client.local_telegram import LocalTelegram
from tests.playground.browser.conftest import Visit
from tests.playground.browser.steps import STICKS_OUT, answer, open_chat, posts, start, you
from tests.playground.caller import Caller

pytestmark = pytest.mark.browser

_COVERED = """() => [...document.querySelectorAll(".day")].flatMap((day) => {
    const box = day.getBoundingClientRect();
    const others = [...document.querySelectorAll("#messages > *")].filter((node) => node !== day);
    return others.filter((node) => {
        const other = node.getBoundingClientRect();
        return other.top < box.bottom - 1 && other.bottom > box.top + 1;
    }).map((node) => node.textContent.slice(0, 80));
})"""
_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def _keys(*names: str) -> dict[str, object]:
    return {"inline_keyboard": [[{"text": name, "callback_data": name} for name in names]]}


def _chat(stage: LocalTelegram, title: str) -> int:
    chats = [entry["chat"] for entry in stage.read("/view")["chats"]]
    return next(int(chat["id"]) for chat in chats if chat.get("title") == title)


def test_what_the_bot_writes_is_shown_with_its_markup(stage: LocalTelegram, bot: Caller, visit: Visit) -> None:
    page = visit(stage.url)
    start(page)
    html = (
        "<b>Rain</b> for <i>two days</i>\n<blockquote expandable>" + "Long quotation. " * 20 + "</blockquote>\n"
        '<a href="https://t.me/world_wire/2">World Wire</a> <u>&lt;b&gt;</u>'
    )
    bot.ok("sendMessage", chat_id=you(stage), text=html, parse_mode="HTML")
    told = answer(page, "for two days")
    assert told.locator("b").inner_text() == "Rain"
    assert told.locator("u").inner_text() == "<b>"
    assert "Show more\nWorld Wire" in told.locator(".text").inner_text()
    more = told.get_by_role("button", name="Show more")
    more.click()
    expect(told.get_by_role("button", name="Show less")).to_have_attribute("aria-expanded", "true")
    told.get_by_role("link", name="World Wire").click()
    expect(page.locator("article:focus")).to_contain_text("New York Times to start charging")


def test_a_pressed_button_reaches_the_bot_and_its_answer_the_visitor(
    stage: LocalTelegram, bot: Caller, visit: Visit
) -> None:
    page = visit(stage.url, "phone")
    start(page)
    keys = _keys("Daily", "Never")
    sent = bot.ok("sendMessage", chat_id=you(stage), text="How often?", reply_markup=keys)
    bot.confirm()
    page.get_by_role("button", name="Daily").click()
    [update] = bot.updates(timeout=10)
    assert update["callback_query"]["data"] == "Daily"
    bot.ok("answerCallbackQuery", callback_query_id=update["callback_query"]["id"], text="Every day, then")
    expect(page.get_by_role("status")).to_have_text("Every day, then")
    bot.ok("editMessageText", chat_id=you(stage), message_id=sent["message_id"], text="Every day at 9:00")
    expect(posts(page).last).to_contain_text("Every day at 9:00")
    expect(page.get_by_role("button", name="Daily")).to_have_count(0)


def test_an_alert_of_the_bot_wants_to_be_closed(stage: LocalTelegram, bot: Caller, visit: Visit) -> None:
    page = visit(stage.url)
    start(page)
    bot.ok("sendMessage", chat_id=you(stage), text="Sure?", reply_markup=_keys("Forget all"))
    bot.confirm()
    page.get_by_role("button", name="Forget all").click()
    [update] = bot.updates(timeout=10)
    bot.ok("answerCallbackQuery", callback_query_id=update["callback_query"]["id"], text="Gone", show_alert=True)
    expect(page.get_by_role("dialog")).to_contain_text("Gone")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_an_edited_message_reaches_the_bot(stage: LocalTelegram, bot: Caller, visit: Visit) -> None:
    page = visit(stage.url)
    start(page)
    field = page.get_by_role("textbox", name="Message")
    field.fill("Two bridges closed")
    page.keyboard.press("Enter")
    post = posts(page).filter(has_text="Two bridges closed")
    expect(post).to_be_visible()
    bot.confirm()
    post.hover()
    post.get_by_role("button", name="Edit").click()
    expect(field).to_have_value("Two bridges closed")
    field.fill("Three bridges closed")
    page.keyboard.press("Enter")
    expect(posts(page).last).to_contain_text("Three bridges closed")
    expect(posts(page).last).to_contain_text("edited")
    [update] = bot.updates(timeout=10)
    assert update["edited_message"]["text"] == "Three bridges closed"


def test_a_command_chosen_in_a_group_names_the_bot(stage: LocalTelegram, bot: Caller, visit: Visit) -> None:
    page = visit(stage.url)
    bot.ok("setMyCommands", commands=[{"command": "summary", "description": "What happened"}])
    bot.confirm()
    open_chat(page, "Newsroom")
    page.get_by_role("button", name="Commands").click()
    page.get_by_role("option", name="/summary What happened").click()
    expect(posts(page).last).to_contain_text("/summary@sitrep_bot")
    [update] = bot.updates(timeout=10)
    assert update["message"]["text"] == "/summary@sitrep_bot"


def test_a_link_with_a_payload_starts_the_bot_with_it(stage: LocalTelegram, bot: Caller, visit: Visit) -> None:
    page = visit(stage.url)
    open_chat(page, "Newsroom")
    link = '<a href="https://t.me/sitrep_bot?start=recap">Set up a recap</a>'
    group = _chat(stage, "Newsroom")
    bot.ok("sendMessage", chat_id=group, text=link, parse_mode="HTML")
    page.get_by_role("link", name="Set up a recap").click()
    expect(page.get_by_role("heading", level=2, name="Sitrep")).to_be_visible()
    expect(posts(page).last).to_contain_text("/start recap")


def test_that_the_bot_is_typing_shows_until_it_writes(stage: LocalTelegram, bot: Caller, visit: Visit) -> None:
    page = visit(stage.url)
    start(page)
    bot.ok("sendChatAction", chat_id=you(stage), action="typing")
    expect(page.get_by_text("typing…")).to_be_visible()
    bot.ok("sendMessage", chat_id=you(stage), text="Here I am")
    answer(page, "Here I am")
    expect(page.get_by_text("typing…")).to_have_count(0)


def test_other_buttons_under_a_long_answer_are_seen_where_the_old_ones_were_pressed(
    stage: LocalTelegram, bot: Caller, visit: Visit
) -> None:
    page = visit(stage.url, "phone")
    start(page)
    long = "One more line of it.\n" * 60
    sent = bot.ok("sendMessage", chat_id=you(stage), text=long, reply_markup=_keys("By source"))
    key = page.get_by_role("button", name="By source", exact=True)
    expect(answer(page, "One more line")).to_be_in_viewport()
    expect(key).not_to_be_in_viewport()
    key.scroll_into_view_if_needed()
    change = {"chat_id": you(stage), "message_id": sent["message_id"]}
    bot.ok("editMessageReplyMarkup", **change, reply_markup=_keys("World Wire", "All sources"))
    expect(page.get_by_role("button", name="All sources")).to_be_in_viewport()


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_chat_that_got_several_messages_opens_at_the_first_that_is_unread(
    stage: LocalTelegram, bot: Caller, visit: Visit, size: str
) -> None:
    page = visit(stage.url, size)
    open_chat(page, "Morning Recap")
    page.get_by_role("button", name="Make Sitrep an administrator").click()
    bot.ok("sendMessage", chat_id="@morning_recap", text="Read before.\n" * 30)
    answer(page, "Read before")
    open_chat(page, "Sitrep")
    for part in ("First", "Second", "Third"):
        bot.ok("sendMessage", chat_id="@morning_recap", text=f"{part} part.\n" + "One more line of it.\n" * 40)
    if size == "phone":
        page.get_by_role("button", name="All chats").click()
    unread = page.get_by_role("navigation", name="Chats").get_by_role("button", name=re.compile("^Morning Recap"))
    expect(unread).to_contain_text("3 unread")
    open_chat(page, "Morning Recap")
    expect(posts(page)).to_have_count(4)
    assert _begins_in_view(answer(page, "First part"))
    expect(answer(page, "Second part")).not_to_be_in_viewport()


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_an_answer_of_several_messages_is_shown_from_its_beginning(
    stage: LocalTelegram, bot: Caller, visit: Visit, size: str
) -> None:
    page = visit(stage.url, size)
    start(page)
    bot.ok("sendMessage", chat_id=you(stage), text="First part, a short one.\n" * 8)
    assert _begins_in_view(answer(page, "First part"))
    for part in ("Second", "Third"):
        bot.ok("sendMessage", chat_id=you(stage), text=f"{part} part.\n" + "One more line of it.\n" * 60)
    answer(page, "Third part")
    assert _begins_in_view(answer(page, "First part"))


def test_what_the_reader_has_seen_gives_way_to_what_comes(stage: LocalTelegram, bot: Caller, visit: Visit) -> None:
    page = visit(stage.url, "phone")
    start(page)
    for part in ("First", "Second"):
        sent = bot.ok("sendMessage", chat_id=you(stage), text=f"{part} part.\n" + "One more line of it.\n" * 15)
        assert _begins_in_view(answer(page, f"{part} part"))
        page.keyboard.press("Shift")
    bot.ok("editMessageText", chat_id=you(stage), message_id=sent["message_id"], text="No more than this.")
    expect(answer(page, "No more than this")).to_be_in_viewport(ratio=1)


def _begins_in_view(post: Locator) -> bool:
    """Tell whether the upper edge of a message can be seen, below the head of the chat."""
    is_there: bool = post.evaluate("""async (node) => {
        await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
        const log = node.closest("[role=log]").getBoundingClientRect();
        const { top } = node.getBoundingClientRect();
        return log.top <= top && top < log.bottom;
    }""")
    return is_there


def test_a_chat_that_is_pressed_while_another_one_gets_a_message_is_opened(
    stage: LocalTelegram, bot: Caller, visit: Visit
) -> None:
    page = visit(stage.url)
    start(page)
    chats = page.get_by_role("navigation", name="Chats")
    chats.get_by_role("button", name=re.compile("^Science Notes")).hover()
    page.mouse.down()
    bot.ok("sendMessage", chat_id=you(stage), text="It comes in between.")
    expect(chats.get_by_role("button", name=re.compile("^Sitrep"))).to_contain_text("It comes in between.")
    page.mouse.up()
    expect(page.get_by_role("heading", level=2, name="Science Notes", exact=True)).to_be_visible()


def test_the_name_of_a_day_covers_no_post(stage: LocalTelegram, visit: Visit) -> None:
    page = visit(stage.url)
    open_chat(page, "Science Notes")
    expect(page.locator(".day")).not_to_have_count(0)
    assert page.evaluate(_COVERED) == []


def test_the_bot_becomes_administrator_of_the_visitor_s_channel_and_posts_there(
    stage: LocalTelegram, bot: Caller, visit: Visit
) -> None:
    page = visit(stage.url, "phone")
    open_chat(page, "Morning Recap")
    page.get_by_role("button", name="Make Sitrep an administrator").click()
    expect(page.get_by_text("Sitrep can post here now.")).to_be_visible()
    bot.ok("sendMessage", chat_id="@morning_recap", text="Good morning")
    expect(posts(page)).to_contain_text("Good morning")


def test_an_album_is_one_post_with_all_its_pictures_and_stays_one_when_forwarded(
    stage: LocalTelegram, visit: Visit
) -> None:
    page = visit(stage.url)
    open_chat(page, "Science Notes")
    album = posts(page).filter(has_text="Jupiter at its brightest")
    album.scroll_into_view_if_needed()
    expect(album.get_by_role("img")).to_have_count(3)
    for picture in album.get_by_role("img").all():
        expect(picture).to_have_js_property("complete", value=True)
        assert picture.evaluate("(picture) => picture.naturalWidth") > 100
    album.hover()
    album.get_by_role("button", name="Forward").click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile("^Newsroom")).click()
    expect(page.get_by_role("heading", name="Newsroom")).to_be_visible()
    expect(posts(page).last.get_by_role("img")).to_have_count(3)
    expect(posts(page).last).to_contain_text("Forwarded from Science Notes")


def test_ticking_can_be_given_up(stage: LocalTelegram, visit: Visit) -> None:
    page = visit(stage.url)
    open_chat(page, "World Wire")
    posts(page).last.get_by_role("checkbox").check()
    expect(page.get_by_text("1 selected")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(0)
    expect(page.get_by_role("button", name="Forward to Sitrep")).to_be_hidden()


def test_the_drawer_shows_the_raw_calls(stage: LocalTelegram, bot: Caller, visit: Visit) -> None:
    page = visit(stage.url)
    bot.ok("getMe")
    bot.refusal("sendMessage", chat_id="@nobody", text="Hello?")
    page.get_by_role("button", name="Bot API calls").click()
    calls = page.get_by_role("complementary", name="Bot API calls").get_by_role("listitem")
    expect(calls).to_have_text([re.compile("400.*sendMessage.*chat not found"), re.compile("200.*getMe")])
    calls.first.get_by_text("sendMessage").click()
    expect(calls.first).to_contain_text('"chat_id": "@nobody"')
    bot.ok("getMyCommands")
    expect(calls.first).to_contain_text("getMyCommands")


def test_the_clock_moves_ahead(stage: LocalTelegram, visit: Visit) -> None:
    page = visit(stage.url)
    before = stage.read("/view")["now"]
    page.get_by_role("button", name="Move the clock one day ahead").click()
    day = datetime.fromtimestamp(before + 86_400, UTC)
    expect(page.get_by_role("status")).to_contain_text(f"It is {day:%-d %b}")
    page.get_by_role("button", name="Move the clock to the next 9:00").click()
    expect(page.get_by_role("time")).to_contain_text("09:00")
    assert stage.read("/view")["now"] >= before + 86_400


def test_what_was_typed_stays_in_its_chat(stage: LocalTelegram, visit: Visit) -> None:
    page = visit(stage.url)
    open_chat(page, "Newsroom")
    field = page.get_by_role("textbox", name="Message")
    field.fill("half a thought")
    open_chat(page, "Morning Recap")
    expect(field).to_have_value("")
    open_chat(page, "Newsroom")
    expect(field).to_have_value("half a thought")


def test_the_sources_of_all_sample_posts_are_named(stage: LocalTelegram, visit: Visit) -> None:
    page = visit(stage.url, "phone")
    page.get_by_role("button", name="Sample posts: sources and licences").click()
    expect(page.get_by_role("dialog").get_by_role("listitem").filter(has_text="CC BY")).to_have_count(6)


def _welcome(page: Page) -> None:
    open_chat(page, "Sitrep")


def _channel(page: Page) -> None:
    open_chat(page, "Science Notes")


def _ticked(page: Page) -> None:
    open_chat(page, "World Wire")
    posts(page).last.get_by_role("checkbox").check()


def _group(page: Page) -> None:
    open_chat(page, "Newsroom")
    page.get_by_role("textbox", name="Message").fill("/")


def _targets(page: Page) -> None:
    _ticked(page)
    page.get_by_role("button", name="Forward to another chat").click()


def _drawer(page: Page) -> None:
    page.get_by_role("button", name="Bot API calls").click()


@pytest.mark.parametrize(("size", "scheme"), [("desktop", "dark"), ("phone", "light")])
def test_everybody_can_use_it(stage: LocalTelegram, bot: Caller, visit: Visit, size: str, scheme: str) -> None:
    bot.ok("getMe")
    found = {}
    for scene in (_welcome, _channel, _ticked, _group, _targets, _drawer):
        page = visit(stage.url, size, scheme)
        scene(page)
        violations = Axe().run(page, options=_RULES).response["violations"]
        found[scene.__name__] = {rule["id"]: [node["html"] for node in rule["nodes"]] for rule in violations}
    assert not any(found.values()), found


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_sticks_out_at_any_width(stage: LocalTelegram, visit: Visit, width: int) -> None:
    page = visit(stage.url, "phone" if width < 760 else "desktop")
    page.set_viewport_size({"width": width, "height": 700})
    for scene in (_welcome, _ticked, _group):
        scene(page)
        page.keyboard.press("Escape")
        assert page.evaluate(STICKS_OUT) == []
