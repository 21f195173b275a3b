"""Look for posts by words, each way after the other until there are some.

First the posts that hold every word, in any of its forms. If there are none, those with words that begin so: somebody
may not have typed the end, and of some names it can't be told where the ending begins. Then those that hold most of the
words.
"""

from dataclasses import dataclass, replace

from bot.posts import Desk
from bot.store.connection import Connection
from bot.store.desks import posts, search
from bot.store.desks.posts import Condition, Counted, Which
from bot.text.question import Question


@dataclass(frozen=True, slots=True)
class Searched:
    """What came of looking for words.

    Attributes:
        question: what was looked for.
        among: in which posts.
        found: how many of them hold it.
        held: how many of the words they hold each.
        begun: whether they hold but words that begin so.
        there: where they hold but some of the words, those of which any holds one, as they were written.

    """

    question: Question
    among: Counted
    found: int = 0
    held: int = 0
    begun: bool = False
    there: tuple[str, ...] = ()


async def look_for(conn: Connection, desk: Desk, which: Which, question: Question) -> tuple[Which, Searched]:
    """Narrow down which posts are meant to those that hold what is looked for, if any do; tell what came of it."""
    searched = Searched(question, await posts.survey(conn, desk, which), held=len(question.wanted))
    wanted = question.wanted
    if not question:
        return which, searched
    if question.unwanted:
        which = _also(which, search.hold_none(question.unwanted))
    narrowed = _also(which, search.hold_all(wanted)) if wanted else which
    searched = replace(searched, found=await _count(conn, desk, narrowed))
    if not searched.found and question.may_be_begun:
        narrowed = _also(which, search.hold_all(wanted, begun=True))
        searched = replace(searched, found=await _count(conn, desk, narrowed), begun=True)
    if not searched.found and len(wanted) > 1:
        held = await search.most_held(conn, wanted, *which.of(desk))
        if 2 * held >= len(wanted):
            narrowed = _also(which, search.hold_some(wanted, held))
            there = [
                written
                for phrase, written in zip(wanted, question.written, strict=True)
                if await _count(conn, desk, _also(narrowed, search.hold_all([phrase])))
            ]
            searched = replace(
                searched, found=await _count(conn, desk, narrowed), held=held, begun=False, there=tuple(there)
            )
    return narrowed, searched


async def _count(conn: Connection, desk: Desk, which: Which) -> int:
    return (await posts.survey(conn, desk, which)).posts


def _also(which: Which, condition: Condition) -> Which:
    return replace(which, holding=(*which.holding, condition))
