"""Five things that people want of the bot, done by somebody who sees it for the first time and reads no manual."""

from datetime import timedelta

from tests.e2e.transcript import Story
from tests.e2e.transcript_posts import town
from tests.e2e.transcript_scene import Scene


def summarise_three_posts(story: Story) -> None:
    posts = town(story)
    anna = story.person(story.either("Anna", "Аня"))
    story.passes(timedelta(hours=2))
    story.starts(anna)
    story.forwards(anna, posts.flood, posts.strike, posts.flood_too)
    story.writes(anna, "/summary")
    story.presses(anna, story.label("view-short"))
    story.presses(anna, story.label("view-actors"))
    story.presses(anna, story.label("view-stories"))


def only_the_last_hour(story: Story) -> None:
    posts = town(story)
    anna = story.person(story.either("Anna", "Аня"))
    story.starts(anna)
    story.forwards(anna, posts.strike, posts.opera)
    story.passes(timedelta(hours=5))
    story.tell("*Five hours later.*")
    story.forwards(anna, posts.water(story.lang))
    story.writes(anna, story.either("/summary last hour", "/summary за последний час"))
    story.writes(anna, story.either("/summary 1h", "/summary 1ч"))
    story.writes(anna, story.either("What happened in the last hour?", "Что случилось за последний час?"))


def a_daily_recap_in_a_channel(story: Story) -> None:
    posts = town(story)
    anna = story.person(story.either("Anna", "Аня"))
    channel = story.channel(story.either("Linden Today", "Липов сегодня"), by=anna)
    story.passes(timedelta(hours=2))
    story.starts(anna)
    story.writes(anna, "/recap")
    story.presses(anna, story.label("recap-button-elsewhere"))
    story.shares(anna, channel, story.label("recap-button-channel"))
    story.presses(anna, story.label("recap-preset-morning"))
    story.forwards(anna, posts.flood, posts.strike, posts.flood_too)
    story.presses(anna, story.label("recap-button-preview"))
    story.waits(timedelta(hours=25), "The next morning, after nine")


def change_the_time_zone(story: Story) -> None:
    posts = town(story)
    anna = story.person(story.either("Anna", "Аня"))
    story.passes(timedelta(hours=2))
    story.starts(anna)
    story.forwards(anna, posts.opera)
    story.writes(anna, "/summary")
    story.writes(anna, "/settings")
    story.presses(anna, "🌍 UTC")
    story.presses(anna, story.either("Berlin", "Москва"))
    story.writes(anna, "/summary 1")
    story.writes(anna, story.either("/settings Lisbon", "/settings Казань"))
    story.writes(anna, story.either("/settings Madrid", "/settings Самара"))


def what_was_said_about_one_person(story: Story) -> None:
    posts = town(story)
    anna = story.person(story.either("Anna", "Аня"))
    story.passes(timedelta(hours=2))
    story.starts(anna)
    story.forwards(anna, posts.flood, posts.strike, posts.flood_too, posts.opera)
    story.writes(anna, story.either("What did Elena Varga say?", "Что сказала Елена Варга?"))
    story.writes(anna, story.either("/summary Elena Varga", "/summary Елена Варга"))
    story.writes(anna, story.either("/summary about Clara Stein", "/summary о Кларе Штейн"))


TASKS = (
    Scene("task-1-three-posts", "Summarise three forwarded posts", summarise_three_posts),
    Scene("task-2-last-hour", "Get only the last hour", only_the_last_hour),
    Scene("task-3-daily-recap", "Set up a daily recap in a channel", a_daily_recap_in_a_channel),
    Scene("task-4-time-zone", "Change the time zone", change_the_time_zone),
    Scene("task-5-one-person", "Find what was said about one person", what_was_said_about_one_person),
)
