from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.posts import (
    Actor,
    ActorKind,
    Analysis,
    Candidate,
    Desk,
    Number,
    NumberKind,
    Post,
    Qualifier,
    Span,
)
from bot.store.desks import analyses, posts
from bot.store.engine import Store
from bot.text.stories.importance import importance
from bot.text.stories.weighing import weigh
from tests.text.stories.vectors import written

NOW = datetime(2024, 11, 21, 6, 25, tzinfo=UTC)
DESK = Desk(7)
TEXT = "King Olav met 5 to 7 envoys."
SPAN = Span(TEXT, "7:1", 0, 28)
FOUND = Analysis(
    post="7:1",
    version=3,
    lang="en",
    noise=False,
    candidates=(Candidate(SPAN, ("king", "olav"), headline=True, weight=0.5),),
    actors=(Actor("Olav", ActorKind.PERSON, Span("King", "7:1", 0, 4), (Span("Olav", "7:1", 5, 9),), 0.7, "olav"),),
    numbers=(
        Number(
            Span("5 to 7 envoys", "7:1", 14, 27), (5.0, 7.0), "envoys", Qualifier.RANGE, NumberKind.COUNT, None, 0.4
        ),
    ),
)


async def _seq(store: Store) -> int:
    async with store.write() as conn:
        await posts.add(conn, DESK, Post("7:1", TEXT), NOW, message_id=1)
        (stored,) = await posts.select(conn, DESK)
    return stored.seq


async def test_an_analysis_comes_back_exactly(store: Store) -> None:
    seq = await _seq(store)
    async with store.write() as conn:
        await analyses.put(conn, {seq: FOUND})
        assert await analyses.get(conn, [seq], 3) == {seq: FOUND}


async def test_an_outline_holds_what_it_takes_to_group_posts(store: Store) -> None:
    seq = await _seq(store)
    async with store.write() as conn:
        await analyses.put(conn, {seq: FOUND})
        outlines = await analyses.outlines(conn, [seq], 3)
        assert await analyses.outlines(conn, [seq], 4) == {}
    outline = outlines[seq]
    assert (outline.post, outline.version, outline.lang, outline.noise) == ("7:1", 3, "en", False)
    assert [candidate.terms for candidate in outline.candidates] == [("king", "olav")]
    assert [(number.value, number.unit) for number in outline.numbers] == [((5.0, 7.0), "envoys")]
    post = Post("7:1", TEXT)
    assert written(weigh([outline])) == written(weigh([FOUND]))
    assert importance([post], [outline]) == importance([post], [FOUND])


async def test_one_of_another_version_is_missing_until_it_is_made_anew(store: Store) -> None:
    seq = await _seq(store)
    newer = replace(FOUND, version=4, lang="nl")
    async with store.write() as conn:
        await analyses.put(conn, {seq: FOUND})
        assert await analyses.get(conn, [seq], 4) == {}
        await analyses.put(conn, {seq: newer})
        assert await analyses.get(conn, [seq], 4) == {seq: newer}


async def test_an_edit_drops_the_analysis_and_a_late_one_of_the_older_text_is_passed_over(store: Store) -> None:
    seq = await _seq(store)
    async with store.write() as conn:
        await analyses.put(conn, {seq: FOUND})
        for minute, text in enumerate(("King Olav met nobody.", "King Olav met them all.")):
            await posts.update_text(conn, DESK, 1, Post("7:1", text), NOW + timedelta(minutes=minute))
            assert await analyses.get(conn, [seq], 3) == {}
            await analyses.put(conn, {seq: FOUND})
            assert await analyses.get(conn, [seq], 3) == {}


async def test_one_of_a_post_that_is_gone_is_passed_over(store: Store) -> None:
    async with store.write() as conn:
        await analyses.put(conn, {99: FOUND})
        await analyses.put(conn, {})
        assert await analyses.get(conn, [99], 3) == {}


async def test_more_can_be_asked_for_than_a_statement_has_variables(store: Store) -> None:
    seq = await _seq(store)
    async with store.write() as conn:
        await analyses.put(conn, {seq: FOUND})
    async with store.read() as conn:
        assert await analyses.get(conn, range(40_000), 3) == {seq: FOUND}
