"""What goes wrong, and what is not there yet: what people are told then."""

from datetime import timedelta

from tests.e2e.transcript import Story
from tests.e2e.transcript_posts import town
from tests.e2e.transcript_scene import Scene


def nothing_there(story: Story) -> None:
    anna = story.person(story.either("Anna", "Аня"))
    commands = ("summary", "actors", "numbers", "sources", "recap", "subscribe", "unsubscribe", "export", "forget")
    for name in commands:
        story.writes(anna, f"/{name}")
    story.asks_inline(anna, story.either("flood", "паводок"))
    story.sends_photo(anna)


def not_understood(story: Story) -> None:
    posts = town(story)
    anna = story.person(story.either("Anna", "Аня"))
    story.passes(timedelta(hours=2))
    story.forwards(anna, posts.flood)
    for words in (
        "/dance",
        story.either("/sumary", "/сводка"),
        story.either("/summary volcano", "/summary вулкан"),
        "/summary @nobody",
        story.either("/summary @River News", "/summary @Вести с реки"),
        story.either("/summary since 25:00", "/summary с 25:00"),
        "/summary",
        "/summary",
        story.either("/settings Atlantis", "/settings Атлантида"),
        "/settings UTC+99",
        story.either("/summary 24h yesterday", "/summary 24ч вчера"),
        "/summary -5",
        story.either("/summary Feb 30", "/summary 30 февраля"),
        story.either("/summary 1 March", "/summary 01.03"),
        story.either("hello", "привет"),
        story.either("how many people were asked to leave", "сколько человек просят уехать"),
    ):
        story.writes(anna, words)


def recaps(story: Story) -> None:
    anna, boris = story.person(story.either("Anna", "Аня")), story.person(story.either("Boris", "Боря"))
    channel = story.channel(story.either("Linden Today", "Липов сегодня"), username="linden_today", by=anna)
    daily = story.either("daily 9:00", "ежедневно 9:00")
    for line in (
        f"/recap add @nowhere_at_all {daily}",
        f"/recap add @linden_today {daily}",
    ):
        story.writes(anna, line)
    story.does(
        "Sitrep is added to the channel, but may not post", lambda: channel.promotes(story.bot, can_post_messages=False)
    )
    story.presses(anna, story.label("recap-button-again"))
    story.does("Now it may", lambda: channel.promotes(story.bot))
    story.writes(boris, f"/recap add @linden_today {daily}")
    for line in (
        story.either("/recap add @linden_today daily 25:00", "/recap add @linden_today ежедневно 25:00"),
        story.either("/recap add @linden_today daily", "/recap add @linden_today ежедневно"),
        story.either("/recap add here daily 9:00 Atlantis", "/recap добавить сюда ежедневно 9:00 Атлантида"),
        story.either("/recap add here every 0 hours", "/recap добавить сюда каждые 0 часов"),
        story.either("/recap please", "/recap пожалуйста"),
        f"/recap 7 {daily}",
        f"/recap add @linden_today {daily}",
        story.either("/recap 1 pause", "/recap 1 пауза"),
    ):
        story.writes(anna, line)
    story.does("Sitrep is thrown out of the channel", lambda: channel.kicks(story.bot))
    story.forwards(anna, town(story).flood)
    story.waits(timedelta(hours=27), "The next morning, after nine")


def too_much(story: Story) -> None:
    posts = town(story)
    anna = story.person(story.either("Anna", "Аня"))
    story.passes(timedelta(hours=2))
    story.forwards(anna, posts.flood, posts.strike, posts.flood_too, posts.opera)
    story.writes(anna, "/summary 20")
    story.writes(anna, "/summary 20")
    story.presses(anna, story.label("view-actors"))


def a_full_desk(story: Story) -> None:
    posts = town(story)
    anna = story.person(story.either("Anna", "Аня"))
    story.passes(timedelta(hours=2))
    story.forwards(anna, posts.flood, posts.strike)
    story.forwards(anna, posts.opera)


def invited_only(story: Story) -> None:
    anna = story.person(story.either("Anna", "Аня"))
    story.writes(anna, "/start")
    story.writes(anna, "/summary")
    story.writes(anna, "/start come-in")
    story.writes(anna, "/summary")


ERROR_SCENES = (
    Scene("errors-nothing-there", "Where there is nothing yet", nothing_there),
    Scene("errors-not-understood", "What Sitrep does not understand", not_understood),
    Scene("errors-recaps", "Recaps that can't be set up", recaps),
    Scene(
        "errors-too-much",
        "More than somebody may",
        too_much,
        {"SITREP_LIMITS__SUMMARIES_PER_MINUTE": "1", "SITREP_LIMITS__POSTS_PER_MINUTE": "3"},
    ),
    Scene("errors-full", "No more room", a_full_desk, {"SITREP_LIMITS__STORED_POSTS": "2"}),
    Scene(
        "errors-invited-only",
        "A bot for invited people",
        invited_only,
        {"SITREP_ACCESS__WHO": "listed", "SITREP_ACCESS__INVITATION": "come-in"},
    ),
)
