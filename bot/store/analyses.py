"""What reading knows of posts: made once, kept until the post is edited or the reading grows better."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from bot.posts import Analysis
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


async def put(conn: Connection, found: Mapping[int, Analysis]) -> None:
    """Store analyses by the seq of their posts, in place of older ones.

    One of a post that was edited or deleted since is passed over: ``Analysis.post`` must be the id that the post has.
    """
    if not found:
        return
    present = sa.select(
        posts.c.seq,
        sa.bindparam("of_version", type_=analyses.c.version.type),
        sa.bindparam("found", type_=analyses.c.content.type),
    ).where(posts.c.seq == sa.bindparam("of_seq"), posts.c.post_id == sa.bindparam("of_post"))
    statement = insert(analyses).from_select([analyses.c.seq, analyses.c.version, analyses.c.content], present)
    new = statement.excluded
    await conn.execute(
        statement.on_conflict_do_update(
            index_elements=[analyses.c.seq], set_={"version": new.version, "content": new.content}
        ),
        [
            {"of_seq": seq, "of_post": analysis.post, "of_version": analysis.version, "found": analysis}
            for seq, analysis in found.items()
        ],
    )
