"""The oracle itself: it must see what is lost and doubled, and forgive only what nobody can know."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.posts import Desk, Post
from bot.store.desks import posts
from bot.store.engine import open_store
from bot.store.upkeep.migrate import migrate
from tests.faults.oracle import LONGEST_NOTE, History, Sent, judge, judge_order
from tests.faults.traffic import Expected, Question

ANNA = 7
ASKED = Question(ANNA, word="/ask1x")


def sent(message_id: int, *, fault: str | None = None, seen: float = 0.0) -> Sent:
    return Sent((ANNA, message_id), "I don't know /ask1x.", None, fault, seen)


@pytest.fixture
async def database(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    await migrate(url)
    return url


@pytest.mark.parametrize(
    ("answers", "kills", "noted", "verdicts"),
    [
        ([sent(1)], [], {1}, []),
        ([], [], set(), ["never answered"]),
        ([sent(1), sent(2)], [], {1, 2}, ["answered 2 times"]),
        ([sent(1, fault="drop_after"), sent(2)], [], {2}, []),
        ([sent(1, fault="slow"), sent(2)], [], {1, 2}, ["answered 2 times"]),
        ([sent(1), sent(2, seen=9)], [1.0], {2}, []),
        ([sent(1), sent(2, seen=9)], [LONGEST_NOTE + 1], {2}, ["answered 2 times", "never written down"]),
        ([sent(1), sent(2, seen=9)], [1.0], {1, 2}, ["answered 2 times"]),
        ([sent(1)], [], set(), ["never written down"]),
    ],
    ids=[
        "once",
        "lost",
        "doubled",
        "doubled behind a broken connection",
        "doubled though the answer came late",
        "doubled by a kill",
        "doubled long before the kill",
        "doubled though it was written down before the kill",
        "not written down",
    ],
)
async def test_answers(
    database: str, answers: list[Sent], kills: list[float], noted: set[int], verdicts: list[str]
) -> None:
    expected = Expected(questions=[ASKED])
    history = History(answers, kills, frozenset((ANNA, number) for number in noted), frozenset())
    wrong = await asyncio.to_thread(judge, expected, history, database)
    assert len(wrong) == len(verdicts)
    assert all(words in verdict for words, verdict in zip(verdicts, wrong, strict=True))


async def test_posts_and_reactions_that_are_missing_or_too_many(database: str) -> None:
    expected, other = Expected(), Post("7:9", "Never sent.")
    expected.bring((ANNA, 5), "a post", "The river rose.")
    store = await open_store(database)
    async with store.write() as conn:
        await posts.add(conn, Desk(ANNA), other, datetime.now(UTC), message_id=9)
    await store.close()
    nothing = History([], [], frozenset(), frozenset())
    missing, too_many, not_brought, no_reaction = await asyncio.to_thread(judge, expected, nothing, database)
    assert "'The river rose.'" in missing
    assert "'Never sent.'" in too_many
    assert "not None" in not_brought
    assert "no reaction" in no_reaction


def test_answers_that_come_in_another_order_than_their_questions() -> None:
    first, second, other = (Question(ANNA, word=f"/ask{number}x") for number in (1, 2, 3))
    came = [Sent((ANNA, number), f"I don't know /ask{word}x.", None, None, 0) for number, word in enumerate((2, 1, 2))]
    history = History(came, [], frozenset(), frozenset())
    assert judge_order(Expected(questions=[first, second, other]), history) == [f"{second} was answered before {first}"]
    assert judge_order(Expected(questions=[second, first, other]), history) == []
