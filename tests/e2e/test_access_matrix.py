"""Who may do what: every command by everybody, through the real bot, as one table."""

from dataclasses import dataclass

import pytest

from bot.playground.cast import Bot, Channel, Group, User
from bot.playground.client import LocalTelegram
from bot.playground.seen import Message, waits_until
from tests.e2e.conftest import StartBot
from tests.e2e.process import BotProcess

pytestmark = pytest.mark.e2e

BRIDGE = "The mayor Anna Weber opened the new bridge on Monday. It cost 12 million euros and took four years to build."
COMMANDS = ("/start", "/help", "/summary 20", "/export", "/forget")
ROW = ("greeting", "help", "summary")

# What comes of each command, then of a press on the button that deletes all; "" is nothing at all.
IN_GROUPS = {
    "owner by setting": (*ROW, "file", "question", "deleted"),
    "administrator": (*ROW, "file", "question", "deleted"),
    "anonymous administrator": (*ROW, "file", "question", "deleted"),
    "member": (*ROW, "refused", "refused", "refused"),
    "administrator of another group": (*ROW, "refused", "refused", "refused"),
    "stranger": ("", "", "", "", "", ""),
    "blocked": ("", "", "", "", "", ""),
}
# All that comes, in this order.
IN_PRIVATE = {
    "owner by setting": ("greeting", "help", "summary", "file", "question"),
    "stranger": ("sent away",) * 5,
    "blocked": (),
}
_BEGINNINGS = {
    "👋 I am Sitrep": "greeting",
    "Collect": "help",
    "The mayor Anna Weber opened": "summary",
    "1 post of this chat": "file",
    "Delete all that I keep of this chat: 1 post": "question",
    "Deleted: 1 post": "deleted",
    "Only administrators of this group may do that.": "refused",
    "This bot is for invited people only.": "sent away",
}


@dataclass(frozen=True)
class Place:
    """A group in which somebody tries everything; its creator is served, and brought a post."""

    group: Group
    creator: User
    person: User
    anonymous: bool = False


@pytest.fixture
def people(telegram: LocalTelegram) -> dict[str, User]:
    return {role: telegram.user(role) for role in IN_GROUPS}


@pytest.fixture
def places(telegram: LocalTelegram, sitrep: Bot, people: dict[str, User]) -> dict[str, Place]:
    return {role: _place(telegram, sitrep, role, person) for role, person in people.items()}


@pytest.fixture
def bot(telegram: LocalTelegram, start_bot: StartBot, people: dict[str, User], places: dict[str, Place]) -> BotProcess:
    """The bot in closed mode: it serves the creators, and all groups but those of the owner and of the stranger."""
    listed = [place.creator.id for place in places.values()]
    listed += [place.group.id for role, place in places.items() if role not in {"owner by setting", "stranger"}]
    return start_bot(
        telegram.url,
        SITREP_ACCESS__WHO="listed",
        SITREP_ACCESS__LISTED=" ".join(map(str, listed)),
        SITREP_ACCESS__OWNERS=str(people["owner by setting"].id),
        SITREP_ACCESS__BLOCKED=str(people["blocked"].id),
        SITREP_INTAKE__BURST_POSTS="0",
    )


def test_everybody_can_do_what_the_tables_say_and_nothing_else(
    telegram: LocalTelegram, sitrep: Bot, bot: BotProcess, people: dict[str, User], places: dict[str, Place]
) -> None:
    news = telegram.channel("Bridge News")
    alone = {role: _tries_in_private(people[role], news, sitrep) for role in IN_PRIVATE}
    asked = {role: [_writes(place, command) for command in COMMANDS] for role, place in places.items()}
    questions = {role: place.creator.writes(_to_sitrep("/forget"), to=place.group) for role, place in places.items()}
    in_groups = {
        role: (*_outcomes(asked[role], questions[role]), _press(places[role], questions[role])) for role in asked
    }
    assert in_groups == IN_GROUPS
    for role, row in IN_PRIVATE.items():
        _wait_for(len(row), alone[role])
    in_private = {role: tuple(_named(answer.text) for answer in first.answers()) for role, first in alone.items()}
    assert in_private == IN_PRIVATE


def _tries_in_private(person: User, news: Channel, sitrep: Bot) -> Message:
    """Forward a post, then try every command; return the first message."""
    first = person.forwards(news.post(BRIDGE), to=sitrep)
    for command in COMMANDS:
        person.writes(command, to=sitrep)
    return first


def _wait_for(count: int, first: Message) -> None:
    waits_until(lambda: len(first.answers()) >= count or None, 30, f"{count} answers")


def _place(telegram: LocalTelegram, sitrep: Bot, role: str, person: User) -> Place:
    creator = telegram.user(f"Creator with {role}")
    group = telegram.supergroup(f"Newsroom with {role}", person, sitrep, by=creator)
    group.promotes(sitrep)
    if role == "administrator":
        group.promotes(person)
    elif role == "anonymous administrator":
        group.promotes(person, is_anonymous=True)
    elif role == "administrator of another group":
        telegram.supergroup("Elsewhere", sitrep, by=person)
    creator.forwards(telegram.channel("Bridge News").post(BRIDGE), to=group)
    return Place(group, creator, person, anonymous=role == "anonymous administrator")


def _to_sitrep(command: str) -> str:
    name, space, rest = command.partition(" ")
    return f"{name}@sitrep_bot{space}{rest}"


def _writes(place: Place, command: str) -> Message:
    as_group = {"as_chat": place.group.id} if place.anonymous else {}
    return place.person.writes(_to_sitrep(command), to=place.group, **as_group)


def _outcomes(asked: list[Message], question: Message) -> list[str]:
    """Tell what came of each command; the answer to a later question tells that no more comes."""

    def answers() -> dict[int, Message] | None:
        found = {_replied_to(answer, asked): answer for answer in asked[0].answers()}
        return found if any(_replies(answer, question) for answer in question.answers()) else None

    found = waits_until(answers, 60, "the answer to the creator")
    return [_named(found[message.id].text) if message.id in found else "" for message in asked]


def _replied_to(answer: Message, asked: list[Message]) -> int:
    """Tell which message is answered; a file answers /export, though it does not say so."""
    exporting = asked[COMMANDS.index("/export")].id
    return int(answer.shown.get("reply_to_message", {}).get("message_id", exporting))


def _replies(answer: Message, asked: Message) -> bool:
    return bool(answer.shown.get("reply_to_message", {}).get("message_id") == asked.id)


def _press(place: Place, asked: Message) -> str:
    """Press the button that deletes all; tell what came of it, whether it is shown for a moment or in place."""
    question = next(answer for answer in asked.answers() if _replies(answer, asked))
    pressed = place.person.presses(question, "Delete")
    last = place.creator.writes(_to_sitrep("/summary 20"), to=place.group)
    told = waits_until(lambda: next((one for one in last.answers() if _replies(one, last)), None), 60, "an answer")
    shown = question.now()
    assert shown
    is_deleted = shown.text.startswith("Deleted: 1 post.")
    assert told.text.startswith("I have no posts from this chat yet." if is_deleted else "The mayor Anna Weber opened")
    if is_deleted:
        return "deleted"
    answer = question.telegram.read(f"/queries/{pressed.id}")["answer"]
    return _named(answer["text"]) if answer else ""


def _named(text: str) -> str:
    """Name an answer by its beginning."""
    return next((name for beginning, name in _BEGINNINGS.items() if text.startswith(beginning)), text)
