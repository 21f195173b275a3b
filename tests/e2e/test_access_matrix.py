"""Who may do what: every command by everybody, through the real bot, as one table."""

from dataclasses import dataclass

import pytest

from bot.playground.client.cast import Bot, Channel, Group, User
from bot.playground.client.local_telegram import LocalTelegram
from bot.playground.client.seen import Message, waits_until
from bot.telegram.dispatch import COMMANDS
from tests.e2e.conftest import StartBot
from tests.e2e.process import BotProcess

pytestmark = pytest.mark.e2e

BRIDGE = "The mayor Anna Weber opened the new bridge on Monday. It cost 12 million euros and took four years to build."
TUNNEL = "The minister Carl Berg closed the old tunnel on Friday. Its repair takes two years and costs 9 million euros."
READING = ("/start", "/help", "/summary 20", "/actors 20", "/numbers 20", "/subscribe", "/unsubscribe")
MANAGING = ("/sources", "/export", "/forget", "/recap", "/recap add daily 9:00", "/settings")
READ = ("greeting", "help", "summary", "actors", "numbers", "recaps for all", "only in private")
MANAGED = ("sources", "file", "question", "no recaps", "set up", "settings")
REFUSED = ("sources", *["refused"] * 5)

PRESSED = ("muted", "deleted", "choice of sources", "question where", "choice of days")
REFUSED_PRESSES = ("refused", "refused", "choice of sources", "refused", "refused")

# What comes of each command, then of a press on each button; "" is nothing at all.
IN_GROUPS = {
    "owner by setting": (*READ, *MANAGED, *PRESSED),
    "administrator": (*READ, *MANAGED, *PRESSED),
    "anonymous administrator": (*READ, *MANAGED, *PRESSED),
    "member": (*READ, *REFUSED, *REFUSED_PRESSES),
    "administrator of another group": (*READ, *REFUSED, *REFUSED_PRESSES),
    "stranger": ("",) * 18,
    "blocked": ("",) * 18,
}
# All that comes, in this order.
IN_PRIVATE = {
    "owner by setting": (*READ[:-1], "subscribed to none", *MANAGED),
    "stranger": ("sent away",) * 13,
    "blocked": (),
}
_BEGINNINGS = {
    "👋 I am Sitrep": "greeting",
    "Collect": "help",
    "The mayor Anna Weber opened": "summary",
    "👤 1 post from 1 source": "actors",
    "🔢 1 post from 1 source": "numbers",
    "No recap is open to subscribers yet.": "recaps for all",
    "Subscriptions are for you alone": "only in private",
    "You have not subscribed to any recap.": "subscribed to none",
    "📚 1 source": "sources",
    "1 post of this chat": "file",
    "🗓 Recaps are summaries": "no recaps",
    "✅ It is set up.": "set up",
    "⚙️ Settings": "settings",
    "Delete all that I keep of this chat: 1 post": "question",
    "Only administrators of this group may do that.": "refused",
    "This bot is for invited people only.": "sent away",
}


@dataclass(frozen=True)
class Place:
    """A group in which somebody tries something; its creator is served, and brought a post."""

    group: Group
    creator: User
    person: User
    anonymous: bool = False


@dataclass(frozen=True)
class Places:
    """Groups for one role, since Telegram lets bots write but seldom in one: for commands, and for buttons."""

    reading: Place
    managing: Place
    pressing: Place
    looking: Place

    def all(self) -> tuple[Place, ...]:
        return self.reading, self.managing, self.pressing, self.looking


@pytest.fixture
def people(telegram: LocalTelegram) -> dict[str, User]:
    return {role: telegram.user(role) for role in IN_GROUPS}


@pytest.fixture
def places(telegram: LocalTelegram, sitrep: Bot, people: dict[str, User]) -> dict[str, Places]:
    return {
        role: Places(*(_place(telegram, sitrep, role, person) for _ in range(4))) for role, person in people.items()
    }


@pytest.fixture
def bot(telegram: LocalTelegram, start_bot: StartBot, people: dict[str, User], places: dict[str, Places]) -> BotProcess:
    """The bot in closed mode: it serves the creators, and all groups but those of the owner and of the stranger."""
    listed = [place.creator.id for several in places.values() for place in several.all()]
    for role, several in places.items():
        if role not in {"owner by setting", "stranger"}:
            listed += [place.group.id for place in several.all()]
    return start_bot(
        telegram.url,
        SITREP_ACCESS__WHO="listed",
        SITREP_ACCESS__LISTED=" ".join(map(str, listed)),
        SITREP_ACCESS__OWNERS=str(people["owner by setting"].id),
        SITREP_ACCESS__BLOCKED=str(people["blocked"].id),
        SITREP_INTAKE__BURST_POSTS="0",
        SITREP_LIMITS__SUMMARIES_PER_MINUTE="1000",
    )


def test_the_tables_name_every_command() -> None:
    assert {command.split()[0].removeprefix("/") for command in (*READING, *MANAGING)} == set(COMMANDS)


def test_everybody_can_do_what_the_tables_say_and_nothing_else(
    telegram: LocalTelegram, sitrep: Bot, bot: BotProcess, people: dict[str, User], places: dict[str, Places]
) -> None:
    news = telegram.channel("Bridge News")
    alone = {role: _tries_in_private(people[role], news, sitrep) for role in IN_PRIVATE}
    tried = {
        role: [_tries(several.reading, READING), _tries(several.managing, MANAGING)] for role, several in places.items()
    }
    pressed = {
        role: (*_presses(several.pressing), *_presses_under_a_summary(several.looking, telegram, sitrep))
        for role, several in places.items()
    }
    in_groups = {role: (*(name for one in tried[role] for name in one.outcomes()), *pressed[role]) for role in places}
    assert in_groups == IN_GROUPS
    for role, row in IN_PRIVATE.items():
        _wait_for(len(row), alone[role])
    in_private = {role: tuple(_named(answer.text) for answer in first.answers()) for role, first in alone.items()}
    assert in_private == IN_PRIVATE


def _tries_in_private(person: User, news: Channel, sitrep: Bot) -> Message:
    """Forward a post, then try every command; return the first message."""
    first = person.forwards(news.post(BRIDGE), to=sitrep)
    for command in (*READING, *MANAGING):
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


@dataclass(frozen=True)
class Tried:
    """Commands that somebody wrote in a group, and a question of its creator behind them."""

    commands: tuple[str, ...]
    asked: list[Message]
    question: Message

    def outcomes(self) -> list[str]:
        """Tell what came of each command; the answer to the later question tells that no more comes."""
        found = waits_until(self._answers, 60, "the answer to the creator")
        return [_named(found[message.id].text) if message.id in found else "" for message in self.asked]

    def _answers(self) -> dict[int, Message] | None:
        found = {self._replied_to(answer): answer for answer in self.asked[0].answers()}
        return found if self.question.id in found else None

    def _replied_to(self, answer: Message) -> int:
        """Tell which message is answered; a file answers /export, though it does not say so."""
        replied = answer.shown.get("reply_to_message")
        return int(replied["message_id"] if replied else self.asked[self.commands.index("/export")].id)


def _tries(place: Place, commands: tuple[str, ...]) -> Tried:
    as_group = {"as_chat": place.group.id} if place.anonymous else {}
    asked = [place.person.writes(_to_sitrep(command), to=place.group, **as_group) for command in commands]
    return Tried(commands, asked, place.creator.writes(_to_sitrep("/help"), to=place.group))


def _presses(place: Place) -> tuple[str, str]:
    """Let somebody press a button that mutes a source, then one that deletes all."""
    muted = _press(place, "/sources", "Mute Bridge News", {"🔊 Unmute Bridge News": "muted"})
    return muted, _press(place, "/forget", "Delete", {"": "deleted"})


def _presses_under_a_summary(place: Place, telegram: LocalTelegram, sitrep: Bot) -> tuple[str, str, str]:
    """Let somebody press the buttons under a summary of two sources, then one of the settings."""
    channel = telegram.channel("Morning Recap", by=place.creator, username=f"morning_{abs(place.group.id)}")
    channel.adds(sitrep)
    place.creator.forwards(telegram.channel("Tunnel News").post(TUNNEL), to=place.group)
    _answer(place.creator.writes(_to_sitrep(f"/recap add @morning_{abs(place.group.id)} daily 9:00"), to=place.group))
    return (
        _press(place, "/summary 20", "📚 By source (2)", {"Bridge News · 1": "choice of sources"}),
        _press(place, "/summary 20", "📣 Share", {"📤 Post in Morning Recap": "question where"}),
        _press(place, "/settings", "📦 30 days", {"✅ 30 days": "choice of days"}),
    )


def _press(place: Place, command: str, button: str, changed: dict[str, str]) -> str:
    """Press a button under what the creator asked for; tell what came of it: an answer, or other buttons below."""
    question = _answer(place.creator.writes(_to_sitrep(command), to=place.group))
    pressed = place.person.presses(question, button)
    _answer(place.creator.writes(_to_sitrep("/help"), to=place.group))  # behind it no more comes
    shown = question.now()
    assert shown
    for name, outcome in changed.items():
        if button not in shown.buttons and (not name or name in shown.buttons):
            return outcome
    answer = question.telegram.read(f"/queries/{pressed.id}")["answer"]
    return _named(answer["text"]) if answer else ""


def _answer(asked: Message) -> Message:
    """Return what replies to a message."""
    return waits_until(lambda: next((one for one in asked.answers() if _replies(one, asked)), None), 60, "an answer")


def _replies(answer: Message, asked: Message) -> bool:
    return bool(answer.shown.get("reply_to_message", {}).get("message_id") == asked.id)


def _named(text: str) -> str:
    """Name an answer by its beginning."""
    return next((name for beginning, name in _BEGINNINGS.items() if text.startswith(beginning)), text)
