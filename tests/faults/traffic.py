"""What people send while the process is killed again and again, and what must have come of it in the end."""

import random
from dataclasses import dataclass, field
from itertools import count

from bot.playground.client.cast import Bot, User
from bot.playground.client.local_telegram import LocalTelegram
from bot.playground.client.seen import Message

Carrier = tuple[int, int]
"""A message: the chat, as the bot knows it, and the message_id."""


@dataclass(frozen=True)
class Question:
    """A command that must be answered, and how its answer is known among all others.

    Attributes:
        chat: as the bot knows it.
        word: stands in the answer, and in no other of this chat.
        reply_to: the message that the answer replies to.

    """

    chat: int
    word: str = ""
    reply_to: int | None = None


@dataclass
class Expected:
    """What must have come of everything that was sent.

    Attributes:
        texts: the text of each post, by the chat of its desk and a name of ours for the post.
        carriers: the post that each message brought, in the same words.
        acknowledged: the messages that must have got a reaction.

    """

    texts: dict[tuple[int, str], str] = field(default_factory=dict)
    carriers: dict[Carrier, tuple[int, str]] = field(default_factory=dict)
    acknowledged: set[Carrier] = field(default_factory=set)
    questions: list[Question] = field(default_factory=list)

    def bring(self, carrier: Carrier, name: str, text: str, *, acknowledged: bool = True) -> None:
        """Note that a message brought a post."""
        self.texts[carrier[0], name] = text
        self.carriers[carrier] = carrier[0], name
        if acknowledged:
            self.acknowledged.add(carrier)


class Traffic:
    """Some people with channels and a group, who send posts and commands to a bot.

    Args:
        telegram: where they meet.
        sitrep: the bot.
        rng: decides who sends what.
        people: how many they are.
        shuffled: let some updates come in another order than that of their ids. Webhooks promise none; but getUpdates
            does, since an offset confirms all ids below it.

    """

    def __init__(
        self, telegram: LocalTelegram, sitrep: Bot, rng: random.Random, *, people: int, shuffled: bool
    ) -> None:
        self._sitrep = sitrep
        self.rng = rng
        self._shuffled = shuffled
        self.people = [telegram.user(f"Person {n}", language_code="en") for n in range(people)]
        self._channels = [telegram.channel(f"Channel {n}", username=f"channel_{n}") for n in range(5)]
        self._group = telegram.supergroup("Newsroom", sitrep, by=self.people[0])
        self._group.promotes(sitrep)
        self._numbers = count(1)
        self._posted: list[tuple[Message, str]] = []
        self._written: list[tuple[User, Message]] = []
        self.expected = Expected()
        self._acts = {
            self._forward: 40,
            self._forward_again: 10,
            self._write: 15,
            self._edit: 6,
            self._send_album: 4,
            self._ask: 14,
            self._ask_about_a_post: 6,
            self._forward_to_group: 3,
            self._ask_in_group: 1,
            self._send_nonsense: 1,
        }

    def go_on(self, acts: int) -> None:
        """Send so much more; some of it comes twice, or out of order."""
        shuffled = self._shuffled and self.rng.random() < 0.5
        if shuffled:
            self._sitrep.held_back()
        updates = 0
        for act in self.rng.choices(list(self._acts), list(self._acts.values()), k=acts):
            updates += act()
            if not shuffled and self.rng.random() < 0.1:
                self._sitrep.gets_again()
        if shuffled:
            self._sitrep.let_go(*self.rng.sample(range(updates), updates))

    def say_goodbye(self) -> list[Message]:
        """Let every chat ask a last thing: when that is answered, all before it is done with."""
        last = [person.writes("/goodbye", to=self._sitrep) for person in self.people]
        return [*last, self.people[0].writes("/help@sitrep_bot", to=self._group)]

    def reactions(self) -> frozenset[Carrier]:
        """Return the messages that have a reaction."""
        seen = {person.id: person.sees(self._sitrep) for person in self.people}
        seen[self._group.id] = self._group.messages()
        return frozenset(
            (chat, one.id) for chat, messages in seen.items() for one in messages if one.shown.get("reactions")
        )

    def _someone(self) -> User:
        return self.rng.choice(self.people)

    def _text(self) -> str:
        number = next(self._numbers)
        return (
            f"The council of district {number} opened a bridge on Monday. It cost {number + 2} million euros. "
            f"Anna Weber, the mayor, said that {number + 100} people had worked on it."
        )

    # What people do; each returns how many updates the bot gets of it.

    def _forward(self) -> int:
        text = self._text()
        post = self.rng.choice(self._channels).post(text)
        self._posted.append((post, text))
        return self._bring(self._someone(), post, text)

    def _forward_again(self) -> int:
        if not self._posted:
            return 0
        return self._bring(self._someone(), *self.rng.choice(self._posted))

    def _bring(self, person: User, post: Message, text: str) -> int:
        message = person.forwards(post, to=self._sitrep)
        self.expected.bring((person.id, message.id), f"{post.chat}/{post.id}", text)
        return 1

    def _write(self) -> int:
        person, text = self._someone(), self._text()
        message = person.writes(text, to=self._sitrep)
        self._written.append((person, message))
        self.expected.bring((person.id, message.id), f"written {message.id}", text)
        return 1

    def _edit(self) -> int:
        if not self._written:
            return 0
        person, message = self.rng.choice(self._written)
        text = self._text()
        person.edits(message, text)
        self.expected.texts[person.id, f"written {message.id}"] = text
        return 1

    def _send_album(self) -> int:
        person, text = self._someone(), self._text()
        album = person.sends_album("", text, "", to=self._sitrep)
        for place, message in enumerate(album):
            self.expected.bring((person.id, message.id), f"album {album[0].id}", text, acknowledged=place == 1)
        return len(album)

    def _ask(self) -> int:
        person, word = self._someone(), f"/ask{next(self._numbers)}x"
        person.writes(word, to=self._sitrep)
        self.expected.questions.append(Question(person.id, word=word))
        return 1

    def _ask_about_a_post(self) -> int:
        """Ask about a message that somebody wrote, each but once."""
        if not self._written:
            return 0
        person, message = self.rng.choice(self._written)
        question = Question(person.id, reply_to=message.id)
        if question in self.expected.questions:
            return 0
        person.writes("/summary", to=self._sitrep, reply_to=message)
        self.expected.questions.append(question)
        return 1

    def _forward_to_group(self) -> int:
        text = self._text()
        post = self.rng.choice(self._channels).post(text)
        message = self.people[0].forwards(post, to=self._group)
        self.expected.bring((self._group.id, message.id), f"{post.chat}/{post.id}", text)
        return 1

    def _ask_in_group(self) -> int:
        asked = self.people[0].writes("/help@sitrep_bot", to=self._group)
        self.expected.questions.append(Question(self._group.id, reply_to=asked.id))
        return 1

    def _send_nonsense(self) -> int:
        """Send what is no update of Telegram's: it must be put aside, and nothing wait for it."""
        self._sitrep.gets({"message": "nothing that Telegram would send"})
        return 1
