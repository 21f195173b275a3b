"""Recaps as people set them up: by buttons and by one line, in two languages, until they stand in the channel."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.playground.client.cast import Bot, Channel, Group, User
from bot.playground.client.local_telegram import LocalTelegram
from bot.playground.client.seen import Message, waits_until
from bot.playground.serving import serving
from tests.e2e.conftest import starting
from tests.e2e.messages import answer_to, is_acknowledged, links
from tests.e2e.process import TOKEN

pytestmark = pytest.mark.e2e

CLOCK = "clock"
FLOOD = "A flood in Riverton killed 12 people on Monday, the mayor said. Rescuers searched the old town."
STRIKE = "Train drivers in Lakeland went on strike over pay. About 300 trains were cancelled on Tuesday."


@pytest.fixture(scope="module")
def telegram(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalTelegram]:
    """A local Telegram with the bot at work, and a clock that both follow: each test has people of its own."""
    home = tmp_path_factory.mktemp("bot")
    with serving(clock=home / CLOCK) as telegram, starting(home) as start:
        telegram.bot("sitrep_bot", token=TOKEN)
        start(telegram.url, SITREP_INTAKE__BURST_POSTS="0", PLAYGROUND_CLOCK=str(home / CLOCK))
        yield telegram
        assert telegram.wrong_requests() == []


@pytest.fixture
def sitrep(telegram: LocalTelegram) -> Bot:
    return Bot(telegram, int(TOKEN.partition(":")[0]), TOKEN, "sitrep_bot")


def _channel(telegram: LocalTelegram, owner: User, sitrep: Bot, name: str) -> Channel:
    channel = telegram.channel(name.replace("_", " ").title(), by=owner, username=name)
    channel.adds(sitrep)
    channel.promotes(sitrep, can_edit_messages=False)
    return channel


def _presses(user: User, message: Message, label: str) -> Message:
    """Press a button; return the message as it is once the bot has put something else in its place."""
    user.presses(message, label).answer()

    def look() -> Message | None:
        now = message.now()
        return now if now and now.shown != message.shown else None

    return waits_until(look, 60, f"another text behind {label!r}")


def _clock_shows(telegram: LocalTelegram, clock: time) -> None:
    """Move the clock ahead to a time of day, in UTC."""
    now = datetime.fromtimestamp(telegram.advance(0), UTC)
    then = datetime.combine(now.date(), clock, UTC)
    telegram.advance(((then - now) % timedelta(days=1)).total_seconds() + 1)


def _after(message: Message, words: str) -> Message:
    """Wait for what the bot writes after a message, with some words."""

    def look() -> Message | None:
        return next((answer for answer in message.answers() if words in answer.text), None)

    return waits_until(look, 30, f"an answer with {words!r}")


def _posted(channel: Channel, words: str) -> Message:
    def look() -> Message | None:
        return next((message for message in channel.messages() if words in message.text), None)

    return waits_until(look, 30, f"a recap with {words!r}")


def test_by_buttons_a_recap_stands_in_the_channel_after_four_taps(
    telegram: LocalTelegram, anna: User, sitrep: Bot
) -> None:
    channel = _channel(telegram, anna, sitrep, "river_morning")
    source = telegram.channel("River Watch", username="river_watch")
    assert is_acknowledged(anna.forwards(source.post(FLOOD), to=sitrep))
    asked = answer_to(anna.writes("/recap", to=sitrep))
    anna.presses(asked, "📣 In a channel or group").answer()
    (button,) = _after(asked, "👇").shown["reply_keyboard"]["keyboard"][0]
    shared = anna.shares(channel, to=sitrep, request_id=button["request_chat"]["request_id"])
    when = _after(shared, "A recap for River Morning. When?")
    made = _presses(anna, when, "Every day 09:00")
    assert made.text.startswith("✅ It is set up.")
    assert "📣 River Morning\n⏰ every day, 09:00 (UTC)\nnext: " in made.text
    _clock_shows(telegram, time(9))
    posted = _posted(channel, "Riverton")
    assert posted.text.startswith("📰 News · ")
    assert links(posted)["River Watch"] == "https://t.me/river_watch/1"


def test_by_one_line_in_russian(telegram: LocalTelegram, boris: User, sitrep: Bot) -> None:
    channel = _channel(telegram, boris, sitrep, "lake_evening")
    assert is_acknowledged(boris.writes(STRIKE, to=sitrep))
    answer = answer_to(boris.writes("/recap добавить @lake_evening ежедневно 9:00,18:30 Europe/Yerevan", to=sitrep))
    assert answer.text.startswith("✅ Готово.")
    assert "📣 Lake Evening\n⏰ каждый день, 09:00, 18:30 (Asia/Yerevan)\nследующий: " in answer.text
    _clock_shows(telegram, time(14, 30))
    assert _posted(channel, "Lakeland").text.startswith("📰 Новости · ")


def test_by_one_line_in_english_and_by_buttons_in_russian(
    telegram: LocalTelegram, anna: User, boris: User, sitrep: Bot
) -> None:
    _channel(telegram, anna, sitrep, "hill_news")
    answer = answer_to(anna.writes("/recap add @hill_news weekdays 8:00 Yerevan", to=sitrep))
    assert "⏰ on weekdays, 08:00 (Asia/Yerevan)" in answer.text
    asked = answer_to(boris.writes("/recap", to=sitrep))
    made = _presses(boris, _presses(boris, asked, "💬 В этот чат"), "По будням 9:00")
    assert "📣 этот чат\n⏰ по будням, 09:00 (UTC)" in made.text


def test_the_time_is_written_in_a_reply_to_the_question(telegram: LocalTelegram, anna: User, sitrep: Bot) -> None:
    channel = _channel(telegram, anna, sitrep, "reply_news")
    channel.promotes(sitrep, can_edit_messages=True)
    when = answer_to(anna.writes("/recap @reply_news", to=sitrep))
    made = answer_to(anna.writes("weekdays 8:15 Yerevan", to=sitrep, reply_to=when))
    assert made.text.startswith("✅ It is set up.")
    assert "📣 Reply News\n⏰ on weekdays, 08:15 (Asia/Yerevan)" in made.text
    assert "switch “Edit messages of others” off" in made.text


def test_preview_and_post_now(telegram: LocalTelegram, anna: User, sitrep: Bot) -> None:
    channel = _channel(telegram, anna, sitrep, "quick_news")
    assert is_acknowledged(anna.writes(FLOOD, to=sitrep))
    made = answer_to(anna.writes("/recap add @quick_news mon 9:00", to=sitrep))
    anna.presses(made, "👁 Preview").answer()
    preview = _after(made, "Riverton")
    assert all("Riverton" not in message.text for message in channel.messages())
    confirming = _presses(anna, made, "📤 Post now")
    shown = _presses(anna, confirming, "📤 Post")
    assert _posted(channel, "Riverton").text == preview.text
    history = _presses(anna, shown, "🕓 History")
    assert " — " in history.text


def test_a_topic_of_a_group_has_its_own(telegram: LocalTelegram, anna: User, sitrep: Bot) -> None:
    group = telegram.supergroup("Newsroom", sitrep, by=anna, is_forum=True)
    group.promotes(sitrep)  # to see what people write there
    topic = group.topic("Floods")
    carl = telegram.user("Carl", language_code="en")
    carl.joins(group)
    assert _takes_in(anna, group, topic)
    refused = answer_to(carl.writes("/recap@sitrep_bot add daily 9:00", to=group, topic=topic))
    assert refused.text == "Only administrators of this group may do that."
    made = answer_to(anna.writes("/recap@sitrep_bot add daily 9:00", to=group, topic=topic))
    assert made.text.startswith("✅ It is set up.")
    query = carl.presses(made, "🗑 Delete").answer()
    assert query["text"] == "Only administrators of this group may do that."
    _clock_shows(telegram, time(9))
    assert _after(made, "📰 News").shown["message_thread_id"] == topic


def _takes_in(user: User, group: Group, topic: int) -> bool:
    """Write a text into a topic that is long enough to be a post in a group."""
    user.writes(
        FLOOD + " The army brought drinking water by helicopter, and schools stay closed." * 3, to=group, topic=topic
    )
    return "Riverton" in answer_to(user.writes("/summary@sitrep_bot", to=group, topic=topic)).text


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("unknown", ("I can't find @nowhere_at_all.", "Не нахожу @nowhere_at_all.")),
        ("without the bot", ("I am not in Dry Channel yet.", "Меня ещё нет в чате Dry Channel.")),
        ("bot without rights", ("I may not post in Mute Channel.", "Мне нельзя публиковать в канале Mute Channel.")),
        ("of others", ("You are no administrator of Their Channel.", "В чате Their Channel вы не администратор.")),
        ("wrong schedule", ("I don't understand “25:00”.", "Не понимаю «25:00».")),
        ("no time", ("At what time?", "В котором часу?")),
    ],
)
@pytest.mark.parametrize("lang", ["en", "ru"])
def test_what_is_wrong_is_said_and_nothing_is_set_up(
    telegram: LocalTelegram, sitrep: Bot, place: str, said: tuple[str, str], lang: str
) -> None:
    user = telegram.user("Dora", language_code=lang)
    line = _line(telegram, sitrep, user, place)
    answer = answer_to(user.writes(f"/recap add {line}", to=sitrep))
    assert answer.text.startswith(said[lang == "ru"])
    assert answer_to(user.writes("/recap", to=sitrep)).text.startswith(("🗓 Recaps are", "🗓 Обзоры –"))


def _line(telegram: LocalTelegram, sitrep: Bot, user: User, place: str) -> str:
    """Make a place where something is wrong; return what somebody writes who wants a recap there."""
    match place:
        case "without the bot":
            telegram.channel("Dry Channel", by=user, username=f"dry_{user.id}")
            return f"@dry_{user.id} daily 9:00"
        case "bot without rights":
            channel = telegram.channel("Mute Channel", by=user, username=f"mute_{user.id}")
            channel.adds(sitrep)
            channel.promotes(sitrep, can_post_messages=False)
            return f"@mute_{user.id} daily 9:00"
        case "of others":
            channel = telegram.channel("Their Channel", username=f"theirs_{user.id}")
            channel.adds(sitrep)
            channel.adds(user)
            return f"@theirs_{user.id} daily 9:00"
        case "wrong schedule":
            return "daily 25:00"
        case "no time":
            return "@nowhere_at_all daily"
    return "@nowhere_at_all daily 9:00"


def test_a_channel_without_a_name_is_chosen_by_one_of_its_posts(
    telegram: LocalTelegram, anna: User, sitrep: Bot
) -> None:
    channel = telegram.channel("Closed circle", by=anna)
    channel.adds(sitrep)
    channel.promotes(sitrep, can_edit_messages=False)
    forwarded = anna.forwards(channel.post("Welcome to our circle."), to=sitrep)
    when = answer_to(anna.writes("/recap", to=sitrep, reply_to=forwarded))
    assert "A recap for Closed circle. When?" in when.text


def test_what_was_wrong_is_mended_and_checked_again(telegram: LocalTelegram, anna: User, sitrep: Bot) -> None:
    channel = telegram.channel("Garden", by=anna)
    shared = anna.shares(channel, to=sitrep, request_id=1)
    refused = _after(shared, "I am not in")
    channel.adds(sitrep)
    channel.promotes(sitrep, can_edit_messages=False)
    when = _presses(anna, refused, "🔁 Done, check again")
    assert "A recap for Garden. When?" in when.text


def test_subscribers_get_the_recap_in_private(telegram: LocalTelegram, anna: User, boris: User, sitrep: Bot) -> None:
    channel = _channel(telegram, anna, sitrep, "open_news")
    assert is_acknowledged(anna.writes(FLOOD, to=sitrep))
    made = answer_to(anna.writes("/recap add @open_news daily 9:00", to=sitrep))
    _presses(anna, _presses(anna, made, "✏️ Change"), "▫️ Open to subscribers")
    (url,) = [url for url in links(answer_to(boris.writes("/subscribe", to=sitrep))).values() if url]
    payload = url.partition("?start=")[2]
    welcome = answer_to(boris.starts(sitrep, payload))
    assert welcome.text.startswith("🔔 Теперь вы получаете здесь News: каждый день, 09:00 (UTC).")
    _clock_shows(telegram, time(9))
    _posted(channel, "Riverton")
    _after(welcome, "Riverton")
    left = _presses(boris, answer_to(boris.writes("/unsubscribe", to=sitrep)), "✅ News")
    assert "➕ News" in left.buttons
