"""What is known of chats, and how far their desks have been summarised."""

from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.posts import Desk
from bot.store.connection import Connection
from bot.store.engine import insert
from bot.store.tables import chats, desks, muted, of_desk, posts


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat as the bot sees it.

    Attributes:
        kind: private, group, supergroup or channel, as in the Bot API.
        title: name of the group or channel, or of the person.
        lang: language of the bot's texts in the chat; None if nobody knows.

    """

    id: int
    kind: str
    title: str
    username: str | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Summarised:
    """How far a desk was summarised: up to the post ``seq``, at ``time``."""

    seq: int
    time: datetime


# Telegram is asked about each.
_NAMESAKES = 20
# Made once: every update touches a chat.
_CHAT = insert(chats)
_TOUCH = _CHAT.on_conflict_do_update(
    index_elements=[chats.c.id],
    set_={
        "kind": _CHAT.excluded.kind,
        "title": _CHAT.excluded.title,
        "username": _CHAT.excluded.username,
        "lang": sa.func.coalesce(chats.c.lang, _CHAT.excluded.lang),
    },
)


async def touch(conn: Connection, chat: Chat) -> None:
    """Store what an update tells of its chat.

    Its language is a guess: it is kept only where the chat has none.
    """
    await conn.execute(_TOUCH, asdict(chat))


async def get(conn: Connection, chat_id: int) -> Chat | None:
    """Look a chat up; None if it was never seen."""
    row = (await conn.execute(sa.select(chats).where(chats.c.id == chat_id))).one_or_none()
    return Chat(*row) if row else None


async def groups_called(conn: Connection, title: str) -> list[int]:
    """Get the ids of the groups with a title, the newest first, and not more than some; supergroups are others."""
    called = sa.select(chats.c.id).where(chats.c.kind == "group", chats.c.title == title)
    return list((await conn.execute(called.order_by(chats.c.id).limit(_NAMESAKES))).scalars())


async def set_summarised(conn: Connection, desk: Desk, seq: int, time: datetime) -> None:
    """Note that a desk was summarised up to the post ``seq``; an earlier mark never replaces a later one."""
    statement = insert(desks).values(
        chat_id=desk.chat_id, thread_id=desk.thread_id, summarised_seq=seq, summarised_at=time
    )
    new = statement.excluded
    await conn.execute(
        statement.on_conflict_do_update(
            index_elements=[desks.c.chat_id, desks.c.thread_id],
            set_={"summarised_seq": new.summarised_seq, "summarised_at": new.summarised_at},
            where=desks.c.summarised_seq <= new.summarised_seq,
        )
    )


async def last_summarised(conn: Connection, desk: Desk) -> Summarised | None:
    """Tell how far a desk was summarised; None if it never was."""
    statement = sa.select(desks.c.summarised_seq, desks.c.summarised_at).where(of_desk(desks, desk))
    row = (await conn.execute(statement)).one_or_none()
    return Summarised(*row) if row else None


async def move_desks(conn: Connection, old: int, new: int) -> None:
    """Let the desks of a group follow it to the id that it has as a supergroup; done twice, it changes nothing.

    Messages have other ids there, so those that brought the posts stay under the old one.
    """
    there = posts.alias()
    doubled = sa.exists().where(
        there.c.chat_id == new, there.c.thread_id == posts.c.thread_id, there.c.identity == posts.c.identity
    )
    await conn.execute(sa.delete(posts).where(posts.c.chat_id == old, doubled))
    await conn.execute(sa.update(posts).where(posts.c.chat_id == old).values(chat_id=new))
    marked = desks.alias()
    ahead = sa.exists().where(marked.c.chat_id == new, marked.c.thread_id == desks.c.thread_id)
    await conn.execute(sa.delete(desks).where(desks.c.chat_id == old, ahead))
    await conn.execute(sa.update(desks).where(desks.c.chat_id == old).values(chat_id=new))
    silent = muted.alias()
    both = sa.exists().where(
        silent.c.chat_id == new, silent.c.thread_id == muted.c.thread_id, silent.c.source == muted.c.source
    )
    await conn.execute(sa.delete(muted).where(muted.c.chat_id == old, both))
    await conn.execute(sa.update(muted).where(muted.c.chat_id == old).values(chat_id=new))
