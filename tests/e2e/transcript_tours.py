"""What lies behind the buttons, and what else can be sent: pressed and sent one after the other."""

import json
from datetime import timedelta

from bot.playground.client.cast import User
from tests.e2e.messages import DATA
from tests.e2e.transcript import Story
from tests.e2e.transcript_posts import town
from tests.e2e.transcript_scene import Scene


def views_of_a_summary(story: Story) -> None:
    posts = town(story)
    anna = story.person(story.either("Anna", "Аня"))
    story.passes(timedelta(hours=2))
    story.forwards(anna, posts.flood, posts.strike, posts.flood_too, posts.opera)
    story.writes(anna, "/summary")
    _press(story, anna, "view-numbers", "view-actors", "view-long", "view-stories", "view-normal")
    story.presses(anna, story.label("view-by-source", sources=2))
    story.presses(anna, story.either("River News · 1", "Вести с реки · 1"))
    story.presses(anna, story.label("view-all-sources"))


def sharing_a_summary(story: Story) -> None:
    posts = town(story)
    anna = story.person(story.either("Anna", "Аня"))
    channel = story.channel(story.either("Linden Today", "Липов сегодня"), username="linden_today", by=anna)
    channel.promotes(story.bot, can_edit_messages=False)
    story.passes(timedelta(hours=4))
    story.writes(anna, story.either("/recap add @linden_today daily 9:00", "/recap @linden_today ежедневно 9:00"))
    story.forwards(anna, posts.flood, posts.flood_too)
    story.writes(anna, "/summary")
    _press(story, anna, "view-share")
    story.presses(anna, story.label("share-post", chat=story.either("Linden Today", "Липов сегодня")))


def a_recap_from_setting_up_to_deleting(story: Story) -> None:
    posts = town(story)
    anna = story.person(story.either("Anna", "Аня"))
    story.passes(timedelta(hours=2))
    story.forwards(anna, posts.flood, posts.strike, posts.flood_too)
    story.writes(anna, "/recap")
    _press(story, anna, "recap-button-here", "recap-preset-twice", "recap-button-edit", "recap-button-time")
    story.presses(anna, "07")
    story.presses(anna, "✅18")
    _press(story, anna, "back", "recap-button-zone")
    story.presses(anna, story.either("London", "Лондон"))
    story.presses(anna, f"✂️ {story.label('recap-normal')}")
    story.presses(anna, f"▫️ {story.label('recap-silent')}")
    story.writes(anna, f"/recap 1 {story.either('words', 'слова')} {story.either('harbour', 'порт')}")
    _press(story, anna, "recap-button-post", "recap-button-post-yes", "recap-button-history", "back")
    _press(story, anna, "recap-button-pause", "recap-button-resume", "recap-button-all")
    story.presses(anna, f"№ 1 · {story.label('recap-here')}")
    _press(story, anna, "recap-button-delete", "recap-button-delete-yes")


def subscribing(story: Story) -> None:
    posts = town(story)
    anna, boris = story.person(story.either("Anna", "Аня")), story.person(story.either("Boris", "Боря"))
    channel = story.channel(story.either("Linden Today", "Липов сегодня"), username="linden_today", by=anna)
    channel.promotes(story.bot, can_edit_messages=False)
    story.passes(timedelta(hours=2))
    story.writes(anna, story.either("/recap add @linden_today daily 9:00", "/recap @linden_today ежедневно 9:00"))
    story.presses(anna, story.label("recap-button-edit"))
    story.presses(anna, f"▫️ {story.label('recap-public')}")
    story.writes(boris, "/subscribe")
    story.presses(boris, f"➕ {story.label('recap-title')}")
    story.forwards(anna, posts.flood, posts.strike)
    story.waits(timedelta(hours=1), "Nine o'clock")
    story.writes(boris, "/unsubscribe")
    story.presses(boris, f"✅ {story.label('recap-title')}")
    story.writes(boris, "/start sub_1")


def files(story: Story) -> None:
    anna = story.person(story.either("Anna", "Аня"))
    export = _export(story.either("innerdvations_saved_messages_forwards_en.json", "ru_news_saved_messages.json"))
    story.sends_document(anna, "result.json", export)
    story.sends_document(anna, "result.json", export)
    story.sends_document(anna, "notes.txt", story.either(*_NOTE).encode())
    story.sends_document(anna, "posts.jsonl", b'{"text": "one"}\n{"body": "two"}\n')
    story.sends_document(anna, "letters.txt", b"\xff\xfe\xfd")
    story.sends_document(anna, "empty.txt", b"   ")
    story.sends_document(anna, "result.json", b'{"chats": 1}')


def _export(name: str) -> bytes:
    """Return the beginning of an export of Telegram Desktop."""
    export = json.loads((DATA / "exports" / name).read_bytes())
    return json.dumps(export | {"messages": export["messages"][:12]}).encode()


def _press(story: Story, who: User, *keys: str) -> None:
    for key in keys:
        story.presses(who, story.label(key))


_NOTE = (
    "The council of Linden has approved the new tram line. It will cost 48 million euros, Mayor Elena Varga said.",
    "Совет Липова одобрил новую трамвайную линию. Она обойдётся в 48 миллионов евро, сказала мэр Елена Варга.",
)

TOURS = (
    Scene("tour-summary", "The buttons under a summary", views_of_a_summary),
    Scene("tour-sharing", "Sharing a summary to the channel of a recap", sharing_a_summary),
    Scene("tour-recap", "A recap, from setting it up to deleting it", a_recap_from_setting_up_to_deleting),
    Scene("tour-subscribing", "Subscribing to a recap", subscribing),
    Scene("tour-files", "Files", files),
)
