"""Find posts by the stems of their texts (`bot.text.stems`): by FTS5 in SQLite, by a tsvector in Postgres.

Both find the same. The index hangs on the table of stems and changes with it, in the same transaction; the stems of a
post go with it, and with its text when that is edited (`posts.update_text`). Posts without stems are found by
`lacking`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

from bot.posts import Desk
from bot.store.connection import Connection
from bot.store.desks.posts import STORED, Condition, StoredPost
from bot.store.engine import insert
from bot.store.tables import of_desk, posts, stems

Phrase = tuple[str, ...]
"""Stems that stand next to each other, in this order; at least one."""

_PRESENT = sa.select(
    posts.c.seq,
    sa.bindparam("of_version", type_=stems.c.version.type),
    sa.cast(sa.bindparam("found", type_=stems.c.words.type), stems.c.words.type),
).where(posts.c.seq == sa.bindparam("of_seq"), posts.c.post_id == sa.bindparam("of_post"))
_NEW = insert(stems).from_select([stems.c.seq, stems.c.version, stems.c.words], _PRESENT)
# Made once: the stems of every post that comes are put here.
_PUT = _NEW.on_conflict_do_update(
    index_elements=[stems.c.seq], set_={"version": _NEW.excluded.version, "words": _NEW.excluded.words}
)


async def put(conn: Connection, found: Iterable[tuple[StoredPost, Sequence[str]]], version: int) -> None:
    """Store the stems of posts in place of older ones; posts that were edited or deleted since are passed over.

    Args:
        conn: of the transaction that stores the posts, or of a later one.
        found: with the stems that `bot.text.stems.post_stems` makes of each.
        version: of the way in which they were made.

    """
    rows = [
        {"of_seq": stored.seq, "of_post": stored.post.id, "of_version": version, "found": words}
        for stored, words in found
    ]
    if rows:
        await conn.execute(_PUT, rows)


async def lacking(conn: Connection, desk: Desk, version: int, limit: int) -> list[StoredPost]:
    """Get posts of a desk that have no stems of a version, at most so many, newest first."""
    has = sa.exists().where(stems.c.seq == posts.c.seq, stems.c.version == version)
    statement = sa.select(*STORED).where(of_desk(posts, desk), ~has).order_by(posts.c.seq.desc()).limit(limit)
    return [StoredPost(*row) for row in (await conn.execute(statement)).all()]


def hold_all(phrases: Sequence[Phrase], *, begun: bool = False) -> Condition:
    """Say of ``posts`` that they hold every one of these phrases, at least one.

    ``begun``: the last stem of each may be but the beginning of a longer one.
    """
    return posts.c.seq.in_(_seqs(_Sought(phrases, begun=begun)))


def hold_none(phrases: Sequence[Phrase]) -> Condition:
    """Say of ``posts`` that they hold not one of these phrases, at least one."""
    return posts.c.seq.not_in(_seqs(_Sought(phrases, all=False)))


async def most_held(conn: Connection, phrases: Sequence[Phrase], *conditions: Condition) -> int:
    """Tell how many of the phrases those of ``posts`` hold that hold most of them; 0 if none holds any."""
    by_seq = _held_by_post(phrases)
    held = sa.select(sa.func.max(by_seq.c.held)).join_from(by_seq, posts, posts.c.seq == by_seq.c.seq)
    return (await conn.execute(held.where(*conditions))).scalar_one() or 0


def hold_some(phrases: Sequence[Phrase], count: int) -> Condition:
    """Say of ``posts`` that they hold at least so many of these phrases."""
    by_seq = _held_by_post(phrases)
    return posts.c.seq.in_(sa.select(by_seq.c.seq).where(by_seq.c.held >= count))


def _held_by_post(phrases: Sequence[Phrase]) -> sa.Subquery:
    each = sa.union_all(*(_seqs(_Sought([phrase])) for phrase in phrases)).subquery()
    return sa.select(each.c.seq, sa.func.count().label("held")).group_by(each.c.seq).subquery()


@dataclass(frozen=True, slots=True)
class _Sought:
    """What the index is asked for: all of some phrases, or any; perhaps but the beginning of each one's last stem."""

    phrases: Sequence[Phrase]
    all: bool = True
    begun: bool = False

    def for_sqlite(self) -> str:
        """Write it for FTS5: ``"a" AND "b c" *``."""
        star = " *" if self.begun else ""
        each = (f'"{" ".join(phrase)}"{star}' for phrase in self.phrases)
        return (" AND " if self.all else " OR ").join(each)

    def for_postgres(self) -> str:
        """Write it as a tsquery: ``('a') & ('b' <-> 'c':*)``."""
        star = ":*" if self.begun else ""
        each = (" <-> ".join(f"'{stem}'" for stem in phrase) + star for phrase in self.phrases)
        return (" & " if self.all else " | ").join(f"({one})" for one in each)


class _SoughtType(TypeDecorator[_Sought]):
    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: _Sought | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return value.for_postgres() if dialect.name == "postgresql" else value.for_sqlite()


class _found(FunctionElement[Any]):  # noqa: N801 - it stands for a function of SQL
    """The seqs of what the index finds, as a table of one column; each database has its own way."""

    inherit_cache = True


@compiles(_found, "sqlite")
def _find_in_sqlite(element: _found, compiler: SQLCompiler, **kwargs: Any) -> str:
    sought = compiler.process(element.clauses, **kwargs)
    return f"(SELECT rowid AS seq FROM search WHERE search MATCH {sought})"  # noqa: S608 - the name of a parameter


@compiles(_found, "postgresql")
def _find_in_postgres(element: _found, compiler: SQLCompiler, **kwargs: Any) -> str:
    sought = compiler.process(element.clauses, **kwargs)
    return f"(SELECT seq FROM stems WHERE words @@ CAST({sought} AS tsquery))"  # noqa: S608 - the name of a parameter


def _seqs(sought: _Sought) -> sa.Select[tuple[int]]:
    found = _found(sa.bindparam(None, sought, type_=_SoughtType())).table_valued(sa.column("seq", posts.c.seq.type))
    return sa.select(found.c.seq)
