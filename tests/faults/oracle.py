"""What must be true in the end, whenever the process was killed and whatever the network did.

Every post is stored once, with the text that it has now; every message is known to have brought its post. Every command
was answered; and a second answer is a fault, unless nobody could have known that the first had arrived: its connection
broke, or the process was killed right then, before it could write down that it was sent.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.playground.world.facts import Json
from bot.posts import Desk
from bot.store.desks import posts
from bot.store.desks.posts import StoredPost
from bot.store.engine import open_store
from tests.faults.traffic import Carrier, Expected, Question

LONGEST_NOTE = 5.0
"""How long, in seconds, a process may take to write down that Telegram has answered; machines that test are busy."""


@dataclass(frozen=True)
class Sent:
    """A message that the server has taken from the bot.

    Attributes:
        fault: what happened to the call, if anything.
        seen: when we saw it in the server's log, by the monotonic clock.

    """

    carrier: Carrier
    text: str
    reply_to: int | None
    fault: str | None
    seen: float


@dataclass(frozen=True)
class History:
    """What happened.

    Attributes:
        sent: the messages that the server has taken, also those of which the bot got no answer.
        kills: when the process was killed, by the monotonic clock.
        noted: the messages that the bot had written down as sent, now or at any kill.
        reactions: the messages that have the bot's reaction.

    """

    sent: Sequence[Sent]
    kills: Sequence[float]
    noted: frozenset[Carrier]
    reactions: frozenset[Carrier]


def sent_by(call: Json, seen: float) -> Sent | None:
    """Read a call in the server's log; None if no message came of it."""
    if call["method"] != "sendMessage" or not call["changes"]:
        return None
    params, message_id = call["params"], call["result"]["result"]["message_id"]
    reply_to = (params.get("reply_parameters") or {}).get("message_id")
    return Sent((int(params["chat_id"]), message_id), params["text"], reply_to, call.get("fault"), seen)


def judge(expected: Expected, history: History, url: str) -> list[str]:
    """List what is wrong, with the database at a URL in the end; nothing should be."""
    return [
        *_judge_posts(expected, url),
        *(f"{carrier} got no reaction" for carrier in sorted(expected.acknowledged - history.reactions)),
        *(verdict for question in expected.questions for verdict in _judge_answers(question, history)),
    ]


def _judge_answers(question: Question, history: History) -> Iterator[str]:
    answers = [sent for sent in history.sent if _answers(sent, question)]
    sure = [sent for sent in answers if not _is_doubtful(sent, history)]
    if not answers:
        yield f"{question} was never answered"
    if len(sure) > 1:
        yield f"{question} was answered {len(sure)} times without need: {sure}"
    for sent in sure:
        if sent.carrier not in history.noted:
            yield f"{question} was answered, but that was never written down: {sent}"


def judge_order(expected: Expected, history: History) -> list[str]:
    """List the chats where a question was answered, for the first time, before an earlier one was.

    The updates of a chat must have come in the order of their ids.
    """
    first: dict[Question, int] = {}
    for place, sent in enumerate(history.sent):
        for question in expected.questions:
            if _answers(sent, question):
                first.setdefault(question, place)
    asked: dict[int, list[Question]] = {}
    for question in expected.questions:
        if question in first:
            asked.setdefault(question.chat, []).append(question)
    return [
        f"{later} was answered before {earlier}"
        for questions in asked.values()
        for earlier, later in pairwise(questions)
        if first[earlier] > first[later]
    ]


def _answers(sent: Sent, question: Question) -> bool:
    if sent.carrier[0] != question.chat:
        return False
    return question.word in sent.text if question.word else question.reply_to == sent.reply_to


def _is_doubtful(sent: Sent, history: History) -> bool:
    """Tell whether the bot had reason to doubt that a message had arrived."""
    if sent.carrier in history.noted:
        return False
    return sent.fault is not None or any(0 <= kill - sent.seen <= LONGEST_NOTE for kill in history.kills)


def _judge_posts(expected: Expected, url: str) -> Iterator[str]:
    stored, brought = asyncio.run(_read(expected, url))
    wanted = Counter((chat, text) for (chat, _), text in expected.texts.items())
    found = Counter((chat, post.post.text) for chat, all_posts in stored.items() for post in all_posts)
    for (chat, text), times in (wanted - found).items():
        yield f"a post of {chat} is not stored {times} times: {text!r}"
    for (chat, text), times in (found - wanted).items():
        yield f"a post of {chat} is stored {times} times too often: {text!r}"
    for carrier, name in expected.carriers.items():
        post = brought[carrier]
        if post is None or post.post.text != expected.texts[name]:
            yield f"{carrier} should have brought {expected.texts[name]!r}, not {post and post.post.text!r}"


async def _read(expected: Expected, url: str) -> tuple[dict[int, list[StoredPost]], dict[Carrier, StoredPost | None]]:
    """Read all posts of the chats, and those that messages brought."""
    store = await open_store(url)
    try:
        async with store.read() as conn:
            stored = {chat: await posts.select(conn, Desk(chat)) for chat in {chat for chat, _ in expected.texts}}
            brought = {
                carrier: await posts.find_by_message(conn, Desk(carrier[0]), carrier[1])
                for carrier in expected.carriers
            }
    finally:
        await store.close()
    return stored, brought
