"""What reading knows of posts: made once, kept until the post is edited or the reading grows better."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bot.posts import Analysis, Candidate, Number, NumberKind, Qualifier, Span
from bot.store.columns import Facts
from bot.store.connection import Connection
from bot.store.engine import insert
from bot.store.tables import analyses, posts

# A statement can't have more variables than 32,766 (SQLite) or 65,535 (Postgres).
_CHUNK = 30_000


async def get(conn: Connection, post_seqs: Sequence[int], version: int) -> dict[int, Analysis]:
    """Get the analyses of posts, by seq; those that are missing or of another version are left out."""
    found: dict[int, Analysis] = {}
    for start in range(0, len(post_seqs), _CHUNK):
        statement = sa.select(analyses.c.seq, analyses.c.content).where(
            analyses.c.seq.in_(post_seqs[start : start + _CHUNK]), analyses.c.version == version
        )
        found.update((seq, analysis) for seq, analysis in await conn.execute(statement))
    return found


async def written(conn: Connection, editions: Mapping[int, str], version: int) -> dict[int, str]:
    """Get the analyses of posts, as `get` does, as the JSON that they are stored as.

    ``editions`` has the ids of the posts by seq: one that was edited meanwhile has another, and is left out.
    """
    found: dict[int, str] = {}
    seqs = list(editions)
    content = sa.type_coerce(analyses.c.content, sa.Text)
    for start in range(0, len(seqs), _CHUNK):
        statement = (
            sa.select(analyses.c.seq, posts.c.post_id, content)
            .join(posts, posts.c.seq == analyses.c.seq)
            .where(analyses.c.seq.in_(seqs[start : start + _CHUNK]), analyses.c.version == version)
        )
        found.update((seq, facts) for seq, edition, facts in await conn.execute(statement) if editions[seq] == edition)
    return found


async def outlines(conn: Connection, post_seqs: Sequence[int], version: int) -> dict[int, Analysis]:
    """Get of analyses what it takes to group posts, as `get` does: terms, and values and units of numbers.

    Nothing of them stands anywhere: their spans are empty. They take a tenth of the room.
    """
    found: dict[int, Analysis] = {}
    words: dict[str, str] = {}
    for start in range(0, len(post_seqs), _CHUNK):
        statement = sa.select(analyses.c.seq, sa.type_coerce(analyses.c.content, _OUTLINES)).where(
            analyses.c.seq.in_(post_seqs[start : start + _CHUNK]), analyses.c.version == version
        )
        async for seq, outline in conn.stream(statement):
            found[seq] = _analysis(outline, version, words)
    return found


@dataclass(frozen=True, slots=True)
class _Candidate:
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Number:
    value: float | tuple[float, float] | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class _Outline:
    """What is read of a stored analysis; the rest is passed over."""

    post: str
    lang: str
    noise: bool
    candidates: tuple[_Candidate, ...]
    numbers: tuple[_Number, ...]


_OUTLINES = Facts(_Outline)
_NOWHERE = Span("", "", 0, 0)


def _analysis(outline: _Outline, version: int, words: dict[str, str]) -> Analysis:
    """Make an analysis of an outline; terms that are alike share their memory through ``words``."""
    return Analysis(
        post=outline.post,
        version=version,
        lang=outline.lang,
        noise=outline.noise,
        candidates=tuple(
            Candidate(_NOWHERE, tuple(words.setdefault(term, term) for term in one.terms), headline=False, weight=0.0)
            for one in outline.candidates
        ),
        actors=(),
        numbers=tuple(
            Number(_NOWHERE, one.value, one.unit, Qualifier.EXACT, NumberKind.COUNT, None, 0.0)
            for one in outline.numbers
        ),
    )


_PRESENT = sa.select(
    posts.c.seq,
    sa.bindparam("of_version", type_=analyses.c.version.type),
    sa.bindparam("found", type_=analyses.c.content.type),
).where(posts.c.seq == sa.bindparam("of_seq"), posts.c.post_id == sa.bindparam("of_post"))
_NEW = insert(analyses).from_select([analyses.c.seq, analyses.c.version, analyses.c.content], _PRESENT)
# Made once: every post that comes is read, and its analysis put here.
_PUT = _NEW.on_conflict_do_update(
    index_elements=[analyses.c.seq], set_={"version": _NEW.excluded.version, "content": _NEW.excluded.content}
)


async def put(conn: Connection, found: Mapping[int, Analysis]) -> None:
    """Store analyses by the seq of their posts, in place of older ones.

    One of a post that was edited or deleted since is passed over: ``Analysis.post`` must be the id that the post has.
    """
    if not found:
        return
    await conn.execute(
        _PUT,
        [
            {"of_seq": seq, "of_post": analysis.post, "of_version": analysis.version, "found": analysis}
            for seq, analysis in found.items()
        ],
    )
