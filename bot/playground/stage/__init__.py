"""The world that the playground opens with: you and the bot, a newsroom, channels with sample posts, your own channel.

All of it stands in data files beside this module; times are minutes before now, so that it always looks like today.
Who wrote the posts is told by the `credit` of each channel and by LICENSES.md.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from bot.playground.control.places import Places
from bot.playground.parsing.formatted import caption_fields, text_fields
from bot.playground.world.copies import content_of, forward_fields, origin_of
from bot.playground.world.storage import file_fields, keep_file, new_album_id

if TYPE_CHECKING:
    from bot.playground.world.facts import Chat, Json
    from bot.playground.world.world import World

_HERE = Path(__file__).parent


def furnish(world: World, bot: int) -> int:
    """Put the people, chats and sample posts into a world in which the bot is already; return the id of "you"."""
    stage = tomllib.loads((_HERE / "stage.toml").read_text(encoding="utf-8"))
    places = Places(world)
    people = {key: int(places.add_user(**entry)["id"]) for key, entry in stage["people"].items()}
    for file in sorted((_HERE / "channels").glob("*.toml")):
        _add_channel(world, tomllib.loads(file.read_text(encoding="utf-8")), people["you"])
    _add_group(world, stage["group"], people, bot)
    own = stage["own_channel"]
    places.add_chat("channel", own["title"], username=own["username"], description=own["about"], by=people["you"])
    return people["you"]


def _add_channel(world: World, entry: Json, reader: int) -> None:
    """Make a channel with its posts; its description ends with who wrote them."""
    about = f"{entry['about']}\n{entry['credit']}"
    name = entry["username"]
    made = Places(world).add_chat("channel", entry["title"], username=name, members=[reader], description=about)
    channel = world.state.chats[made["id"]]
    owner = next(iter(channel.members))
    for post in entry["posts"]:
        for content in _contents(world, post):
            world.post(channel, owner, content | _date(world, post))


def _add_group(world: World, entry: Json, people: dict[str, int], bot: int) -> None:
    """Make the newsroom: a supergroup of all the people, where the bot is an administrator."""
    owner = people[entry["owner"]]
    others = [person for person in people.values() if person != owner]
    places = Places(world)
    made = places.add_chat("supergroup", entry["title"], by=owner, members=others, description=entry["about"])
    group = world.state.chats[made["id"]]
    places.promote(group.id, account=bot)
    for message in entry["messages"]:
        content = _forward(world, message["forwards"]) if "forwards" in message else _text(message["text"])
        world.post(group, people[message["by"]], content | _date(world, message))


def _contents(world: World, post: Json) -> list[Json]:
    """Return the content of each message of a post: one, or the parts of an album, the caption with the first."""
    text = post["text"].strip()
    pictures = post.get("pictures", [])
    if not pictures:
        return [_text(text)]
    album = {"media_group_id": new_album_id()} if len(pictures) > 1 else {}
    contents = []
    for number, name in enumerate(pictures):
        file = _HERE / "pictures" / f"{name}.jpg"
        picture = keep_file(world.state, "photo", file.read_bytes(), file.name, "image/jpeg")
        contents.append(album | file_fields(picture) | caption_fields("" if number else text, "HTML", None))
    return contents


def _text(text: str) -> Json:
    return text_fields(text, "HTML", None)


def _forward(world: World, link: str) -> Json:
    """Return the content of a forward of the post with this link (without "t.me/")."""
    username, _, number = link.partition("/")
    channel = _public(world, username)
    post = channel.messages[int(number)]
    return content_of(post) | forward_fields(origin_of(world, channel, post))


def _public(world: World, username: str) -> Chat:
    return next(chat for chat in world.state.chats.values() if chat.username == username)


def _date(world: World, entry: Json) -> Json:
    return {"date": world.now() - 60 * int(entry["minutes_ago"])}
