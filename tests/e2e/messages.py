"""What tests read in the messages of the local Telegram."""

import json
from pathlib import Path

from bot.playground.client.seen import Message, waits_until

DATA = Path(__file__).parents[1] / "data"
SEED = (DATA / "seed.txt").read_text(encoding="utf-8").strip()


def stretches(message: Message, kind: str) -> list[str]:
    """Return the stretches of a message that are formatted in a way, such as bold."""
    units = message.text.encode("utf-16-le")
    return [
        units[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le")
        for entity in message.shown.get("entities", [])
        if entity["type"] == kind
    ]


def links(message: Message) -> dict[str, str]:
    """Return the addresses behind the linked texts of a message."""
    urls = [entity["url"] for entity in message.shown.get("entities", []) if entity["type"] == "text_link"]
    return dict(zip(stretches(message, "text_link"), urls, strict=True))


# How far an answer is, and that the bot was added to a channel.
_NO_ANSWERS = ("⏳", "📣 I am in", "📣 Теперь я в")


def answers_to(asked: Message) -> list[Message]:
    """Return what the bot has answered to a message so far, without what it says unasked meanwhile."""
    return [told for told in asked.answers() if not told.text.startswith(_NO_ANSWERS)]


def answer_to(asked: Message) -> Message:
    """Return the first answer to a message, as soon as it is there; a busy bot tells first how far it is."""
    return waits_until(lambda: next(iter(answers_to(asked)), None), 60, f"an answer to {asked.text!r:.60}")


def is_acknowledged(message: Message) -> bool:
    """Wait until the bot has put a reaction on a message."""
    return waits_until(lambda: message.reactions() or None, 60, "a reaction") == ["👀"]


def posts_of_export(name: str) -> list[tuple[str, str]]:
    """Return the source and the text of every forward in an export that has text."""
    export = json.loads((DATA / "exports" / name).read_text(encoding="utf-8"))
    posts = []
    for message in export["messages"]:
        text = "".join(part["text"] for part in message.get("text_entities", []))
        if text.strip() and len(text) <= 4096 and message.get("forwarded_from"):
            posts.append((message["forwarded_from"], text))
    return posts
