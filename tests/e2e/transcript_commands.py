"""Every command in each kind of chat, and what the posts of a chat are."""

from datetime import timedelta

from bot.playground.client.cast import Group, User
from bot.telegram.dispatch import COMMANDS
from tests.e2e.transcript import Story
from tests.e2e.transcript_posts import town
from tests.e2e.transcript_scene import Scene

_IN_ORDER = ("start", "help", "actors", "numbers", "sources", "recap", "subscribe", "unsubscribe", "settings", "export")
_FOR_ALL = ("start", "help", "summary", "actors", "numbers", "subscribe", "unsubscribe")
_FOR_MANAGERS = ("sources", "recap", "settings", "export", "forget")


def in_private(story: Story) -> None:
    posts = town(story)
    anna = story.person(story.either("Anna", "Аня"))
    story.passes(timedelta(hours=2))
    story.forwards(anna, posts.flood, posts.strike, posts.flood_too, posts.opera)
    _summaries(story, anna)
    for name in _IN_ORDER:
        story.writes(anna, f"/{name}")
    muted = posts.city.messages()[0].shown["chat"]["title"]
    story.presses(anna, story.label("sources-mute", source=muted))
    story.writes(anna, "/summary 20")
    story.writes(anna, "/forget")
    story.presses(anna, story.label("forget-yes"))
    story.writes(anna, "/summary")
    story.presses(anna, story.label("try-button"))


def _summaries(story: Story, anna: User) -> None:
    for words in ("", "24h", "2", "@city_desk", story.either("today flood", "сегодня паводок")):
        story.writes(anna, f"/summary {words}".strip())
    story.replies(anna, "/summary", to=story.either("tram drivers", "Водители трамваев"))
    story.asks_inline(anna, story.either("strike", "забастовка"))


def in_a_group(story: Story) -> None:
    posts = town(story)
    anna, boris = story.person(story.either("Anna", "Аня")), story.person(story.either("Boris", "Боря"))
    group = story.group(story.either("Newsroom", "Редакция"), boris, by=anna)
    story.passes(timedelta(hours=2))
    story.does(f"{story.name_of(anna)} adds Sitrep to the group", lambda: group.adds(story.bot))
    story.writes(boris, story.either("Good morning!", "Доброе утро!"), to=group)
    story.forwards(boris, posts.flood, posts.strike, to=group)
    story.does(f"{story.name_of(anna)} makes Sitrep an administrator", lambda: group.promotes(story.bot))
    story.forwards(boris, posts.flood, posts.strike, to=group)
    _in_group(story, group, anna, boris)


def in_a_topic(story: Story) -> None:
    posts = town(story)
    anna, boris = story.person(story.either("Anna", "Аня")), story.person(story.either("Boris", "Боря"))
    group = story.group(story.either("Newsroom", "Редакция"), boris, story.bot, by=anna, forum=True)
    group.promotes(story.bot)
    roads = story.topic(group, story.either("Roads", "Дороги"))
    culture = story.topic(group, story.either("Culture", "Культура"))
    story.passes(timedelta(hours=2))
    story.writes(boris, f"{posts.strike.text} {story.either(*_NOW)}", to=group, topic=roads)
    story.writes(anna, f"{posts.opera.text} {story.either(*_LATER)}", to=group, topic=culture)
    _in_group(story, group, anna, boris, topic=roads)


def _in_group(story: Story, group: Group, manager: User, member: User, **where: int) -> None:
    for name in (*_FOR_ALL, *_FOR_MANAGERS):
        story.writes(member, f"/{name}@sitrep_bot", to=group, **where)
    for name in _FOR_MANAGERS:
        story.writes(manager, f"/{name}@sitrep_bot", to=group, **where)
    story.presses(member, story.label("forget-yes"), on=group)
    story.presses(manager, story.label("forget-no"), on=group)


def in_a_channel(story: Story) -> None:
    anna = story.person(story.either("Anna", "Аня"))
    channel = story.channel(story.either("Linden Today", "Липов сегодня"), by=anna)
    story.does(f"{story.name_of(anna)} makes Sitrep an administrator of the channel", lambda: channel.adds(story.bot))
    story.posts(anna, channel, *(f"/{name}" for name in COMMANDS))
    story.tell("*Sitrep says nothing: all readers of the channel would see it.*")


_NOW = ("Their colleagues in the buses still wait.", "Их коллеги в автобусах ещё ждут.")
_LATER = (
    "Tickets for the evening are sold at the opera from Tuesday on, and cost nothing for schools.",
    "Билеты на этот вечер продаются в опере со вторника, а для школ они бесплатны.",
)

COMMAND_SCENES = (
    Scene("commands-private", "Every command in a private chat", in_private),
    Scene("commands-group", "Every command in a group, by a member and by an administrator", in_a_group),
    Scene("commands-topic", "Every command in a topic of a forum", in_a_topic),
    Scene("commands-channel", "Every command in a channel", in_a_channel),
)
