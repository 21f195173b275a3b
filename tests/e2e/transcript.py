"""Conversations with the real bot as text that a reviewer can read: what people did, and what came of it.

Each begins on a Monday at 6:00 UTC, by a clock that local Telegram and bot follow; every step takes a minute. So every
run writes the same.
"""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bot.playground.client.cast import Bot, Channel, Group, User
from bot.playground.client.local_telegram import LocalTelegram
from bot.playground.client.seen import Message, Question, waits_until
from bot.playground.world.facts import Json
from bot.telegram.texts import Texts
from tests.e2e.transcript_marks import as_text, buttons_of

_WAITS = """SELECT (SELECT count(*) FROM inbox WHERE state = 'waiting')
    + (SELECT count(*) FROM outbox WHERE state = 'waiting')
    + (SELECT count(*) FROM runs WHERE state IN ('waiting', 'sending'))
    + (SELECT count(*) FROM bursts WHERE due <= :now)
    + (SELECT count(*) FROM recaps WHERE state = 'active' AND next_slot <= :now)"""
_SECONDS = 60


@dataclass(frozen=True)
class _View:
    """A chat as it is watched: a person's with the bot, or one that several share."""

    title: str
    place: Bot | Group | Channel
    person: User | None = None

    def messages(self) -> list[Message]:
        if self.person:
            return self.person.sees(self.place)
        assert not isinstance(self.place, Bot)
        return self.place.messages()


@dataclass
class Story:
    """A conversation that goes on, and what was written of it so far.

    Each step of somebody waits until the bot has done all that it does upon it; that is written, too.
    """

    telegram: LocalTelegram
    bot: Bot
    store: Path
    lang: str
    lines: list[str] = field(default_factory=list)
    _names: dict[int, str] = field(default_factory=dict)
    _topics: dict[tuple[int, int], str] = field(default_factory=dict)
    _views: list[_View] = field(default_factory=list)
    _seen: dict[tuple[int, int], Json] = field(default_factory=dict)

    # --- who and what is there

    def person(self, name: str, lang: str | None = None) -> User:
        """Bring somebody in, whose Telegram speaks a language: that of the transcript if none is given."""
        user = self.telegram.user(name, language_code=lang or self.lang)
        self._names[user.id] = name
        self._views.append(_View("", self.bot, user))
        return user

    def channel(self, title: str, *, username: str | None = None, by: User | None = None) -> Channel:
        """Make a channel; what the bot does there is written if somebody of the story owns it."""
        channel = self.telegram.channel(title, username=username, by=by)
        if by:
            self._views.append(_View(title, channel))
        return channel

    def group(self, title: str, *members: User | Bot, by: User, forum: bool = False) -> Group:
        """Make a supergroup."""
        group = self.telegram.supergroup(title, *members, by=by, is_forum=forum)
        self._views.append(_View(title, group))
        return group

    def topic(self, group: Group, name: str) -> int:
        """Make a topic of a forum."""
        number = group.topic(name)
        self._topics[group.id, number] = name
        return number

    def name_of(self, who: User) -> str:
        """Return what somebody is called."""
        return self._names[who.id]

    def label(self, key: str, **values: str | int) -> str:
        """Return a text of the bot in the language of the conversation, such as the label of a button."""
        return Texts(self.lang).say(key, **values)

    def either(self, english: str, russian: str) -> str:
        """Return what is in the language of the conversation."""
        return {"en": english, "ru": russian}[self.lang]

    # --- what they do

    def tell(self, words: str) -> None:
        """Write what no chat shows."""
        self.lines += [words, ""]

    def starts(self, who: User) -> None:
        """Let somebody open the bot for the first time, read what Telegram shows of it, and press Start."""
        about = waits_until(lambda: who.view()["chats"][0]["description"] or None, _SECONDS, "the bot")
        self._quote(f"*{self.name_of(who)} finds* **Sitrep**, *and reads*", about.split("\n"))
        self.tell("*... and presses* **[START]**")
        self.writes(who, "/start")

    def writes(self, who: User, text: str, *, to: Bot | Group | None = None, **options: object) -> None:
        """Let somebody write a message; to the bot if nothing else is said."""
        who.writes(text, to=to or self.bot, **options)
        self._step()

    def replies(self, who: User, text: str, *, to: str) -> None:
        """Let somebody answer the first message of the private chat that holds these words."""
        message = next(message for message in who.sees(self.bot) if to in message.text)
        self.tell(f"*{self.name_of(who)} answers “{message.text[:50]}…”*")
        self.writes(who, text, reply_to=message)

    def sends_photo(self, who: User) -> None:
        """Let somebody send a picture without words."""
        who.sends_photo(to=self.bot)
        self._step()

    def sends_document(self, who: User, name: str, content: bytes) -> None:
        """Let somebody send a file."""
        who.sends_document(content, to=self.bot, name=name)
        self._step()

    def forwards(self, who: User, *posts: Message, to: Bot | Group | None = None) -> None:
        """Let somebody forward posts, at once."""
        for post in posts:
            who.forwards(post, to=to or self.bot)
        self._step()

    def presses(self, who: User, label: str, *, on: Bot | Group | Channel | None = None) -> None:
        """Let somebody press a button of the newest message that has it."""
        place = on or self.bot
        messages = who.sees(place)
        message = next((message for message in reversed(messages) if label in message.buttons), None)
        assert message, f"there is no button {label!r}: {[button for one in messages for button in one.buttons]}"
        where = "" if place == self.bot else f" in {self._title(place)}"
        self.tell(f"*{self.name_of(who)}{where} presses* **[{label}]**")
        question = who.presses(message, label)
        self._step(question)

    def shares(self, who: User, place: Group | Channel, label: str) -> None:
        """Let somebody press a button below the keyboard, and choose a chat from the list that it opens."""
        rows = who.sees(self.bot)[-1].shown["reply_keyboard"]["keyboard"]
        (key,) = [key for row in rows for key in row if key["text"] == label]
        self.tell(f"*{self.name_of(who)} presses* **[{label}]** *and chooses* {self._title(place)} *from the list*")
        asked = key["request_chat"]
        if rights := asked.get("bot_administrator_rights"):  # Telegram gives them before the bot hears of the choice
            place.promotes(self.bot, **rights)
        who.shares(place, to=self.bot, request_id=asked["request_id"])
        self._step()

    def asks_inline(self, who: User, text: str) -> None:
        """Let somebody type a text behind the bot's name, in any chat."""
        self.tell(f"*{self.name_of(who)} types in another chat:* @{self.bot.username} {text}")
        answer = who.asks_inline(self.bot, text).answer()
        self._step()
        offered = [f"{result['title']} – {result.get('description', '')}" for result in answer["results"]]
        button = self.telegram.calls("answerInlineQuery")[-1]["params"].get("button")
        offered += [f"[{button['text']}]"] if button else []
        self._quote("**Sitrep** offers", offered)

    def posts(self, who: User, channel: Channel, *texts: str) -> None:
        """Let somebody post in his channel."""
        for text in texts:
            self._seen[channel.id, channel.post(text).id] = {"text": text}
            self.tell(f"**{self.name_of(who)}** posts in {self._title(channel)}: {text}")
        self._step()

    def does(self, words: str, act: Callable[[], object] = lambda: None) -> None:
        """Let somebody do what the words say elsewhere in Telegram, such as giving rights."""
        self.tell(f"*{words}.*")
        act()
        self._step()

    def passes(self, span: timedelta) -> None:
        """Let time pass, unseen."""
        self.telegram.advance(span.total_seconds())
        self._settle()

    def waits(self, span: timedelta, words: str) -> None:
        """Let time pass, which the words say, and write what the bot does then."""
        self.tell(f"*{words}.*")
        self.passes(span)
        self._step()

    # --- what came of it

    def _step(self, question: Question | None = None) -> None:
        self._settle()
        self._next_minute()
        self._settle()
        if question and (told := question.answer().get("text")):
            self.tell(f"**Sitrep** shows for a moment: “{told}”")
        for view in self._views:
            self._write_news(view)

    def _settle(self) -> None:
        waits_until(lambda: self._is_settled() or None, _SECONDS, "the end of what the bot does")

    def _is_settled(self) -> bool:
        if self.bot.updates():
            return False
        with closing(sqlite3.connect(f"file:{self.store}?mode=ro", uri=True)) as db:
            now = int(self.telegram.advance(0) * 1e6)
            (waiting,) = db.execute(_WAITS, {"now": now}).fetchone()
        return bool(waiting == 0)

    def _next_minute(self) -> None:
        now = self.telegram.advance(0)
        self.telegram.advance(60.01 - now % 60)

    def _write_news(self, view: _View) -> None:
        """Write what is new in a chat since the last look: messages, changes in place, reactions."""
        reactions: list[str] = []
        for message in view.messages():
            key = (-view.person.id if view.person else view.place.id, message.id)
            before, self._seen[key] = self._seen.get(key), message.shown
            if before is None:
                self._write_message(view, message)
            elif as_text(before) != as_text(message.shown):
                self._quote(f"{self._author(view, message)} changes that message to", _body(message.shown))
            elif buttons_of(before) != buttons_of(message.shown):
                self._quote(f"{self._author(view, message)} changes the buttons to", buttons_of(message.shown))
            known = {given["emoji"] for given in (before or {}).get("reactions", [])}
            reactions += [given["emoji"] for given in message.shown.get("reactions", []) if given["emoji"] not in known]
        for emoji in dict.fromkeys(reactions):
            times = reactions.count(emoji)
            self.tell(f"**Sitrep** puts {emoji} on {'the message' if times == 1 else f'{times} messages'}")

    def _write_message(self, view: _View, message: Message) -> None:
        body = _body(message.shown)
        if not body:
            return
        head = self._author(view, message)
        if origin := message.shown.get("forward_origin"):
            chat = origin.get("chat") or origin.get("sender_chat") or {}
            head += f" forwards from {chat.get('title') or origin.get('sender_user_name') or 'somebody'}"
        self._quote(head, body)

    def _author(self, view: _View, message: Message) -> str:
        author = message.shown.get("from", {})
        name = self._names.get(author.get("id", 0), "Sitrep")  # in channels nobody is named; people's posts are known
        topic = self._topics.get((view.place.id, message.shown.get("message_thread_id", 0)))
        where = [place for place in (view.title, topic) if place]
        return f"**{name}**{' in ' if where else ''}{', '.join(where)}"

    def _title(self, place: Group | Channel | Bot) -> str:
        return next(view.title for view in self._views if view.place == place and not view.person)

    def written(self) -> str:
        """Return the transcript so far."""
        return "\n".join(self.lines)

    def _quote(self, head: str, body: Sequence[str]) -> None:
        if len(body) == 1 and "Sitrep" not in head:
            self.tell(f"{head}: {body[0]}")
            return
        self.lines += [f"{head}:", "", *(f"    {line}".rstrip() for line in body), ""]


def _body(shown: Json) -> list[str]:
    """Write the lines of a message: its text, and below it its buttons."""
    text, buttons = as_text(shown), buttons_of(shown)
    return [*text.split("\n"), *(["", *buttons] if buttons else [])] if text else buttons
