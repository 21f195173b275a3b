from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.posts import Desk, Origin, OriginKind, Post
from bot.recap import Length, PausedWhy, Recap, RecapOptions, RecapState, RunState, ToldStory
from bot.store.connection import Connection
from bot.store.desks import chats, posts, sources
from bot.store.desks.chats import Chat
from bot.store.engine import Store
from bot.store.queues import channel_messages, outbox
from bot.store.queues.outbox import Outgoing
from bot.store.recapping import recaps, runs, subscribers, told, windows
from bot.store.upkeep.retention import forget, purge

NOW = datetime(2025, 5, 5, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
ANNA, BORIS = 7, 8
DESK, GROUP, CHANNEL = Desk(ANNA), Desk(-5, 3), Desk(-1009)


async def _add(conn: Connection, **fields: object) -> Recap:
    usual: dict[str, object] = {
        "owner_id": ANNA,
        "source": DESK,
        "destination": CHANNEL,
        "title": "News",
        "schedule": "daily 09:00 UTC",
        "options": RecapOptions(),
        "next_slot": NOW + HOUR,
        "now": NOW,
    }
    return await recaps.create(conn, **{**usual, **fields})  # type: ignore[arg-type]  # the fields of a test are its own


async def test_a_recap_is_found_as_it_was_set_up_and_changed(store: Store) -> None:
    options = RecapOptions(Length.LONG, "ru", silent=True, words=("нефть",), public=True, desks=(GROUP,))
    async with store.write() as conn:
        made = await _add(conn, options=options)
        assert await recaps.get(conn, made.id) == made
        assert made.options == options
        changed = await recaps.change(
            conn, made.id, title="Вечер", destination=GROUP, options=replace(options, pin=True)
        )
        assert changed == replace(made, title="Вечер", destination=GROUP, options=replace(options, pin=True))
        assert await recaps.change(conn, made.id) == changed
        assert await recaps.change(conn, 99, title="x") is None


async def test_recaps_are_found_by_chat_and_being_public(store: Store) -> None:
    async with store.write() as conn:
        first = await _add(conn)
        second = await _add(conn, owner_id=BORIS, source=GROUP, options=RecapOptions(public=True))
        assert await recaps.of_chat(conn, CHANNEL.chat_id) == [first, second]
        assert await recaps.of_chat(conn, GROUP.chat_id) == [second]
        assert await recaps.public(conn) == [second]
        await recaps.change(conn, second.id, options=RecapOptions())
        assert await recaps.public(conn) == []


async def test_the_recap_that_waits_longest_is_due_first(store: Store) -> None:
    async with store.write() as conn:
        later, sooner = await _add(conn, next_slot=NOW + 2 * HOUR), await _add(conn)
        assert await recaps.next_due(conn) == NOW + HOUR
        assert await recaps.due(conn, NOW, 10) == []
        assert await recaps.due(conn, NOW + 2 * HOUR, 10) == [sooner, later]
        assert await recaps.due(conn, NOW + 2 * HOUR, 1) == [sooner]
        await recaps.pause(conn, sooner.id, PausedWhy.RIGHTS)
        assert await recaps.next_due(conn) == NOW + 2 * HOUR
        paused = await recaps.get(conn, sooner.id)
        assert paused
        assert (paused.state, paused.paused_why) == (RecapState.PAUSED, PausedWhy.RIGHTS)


async def test_what_was_told_is_never_set_back(store: Store) -> None:
    async with store.write() as conn:
        recap = await _add(conn)
        await recaps.set_told(conn, recap.id, 5, NOW)
        await recaps.set_told(conn, recap.id, 3, NOW + HOUR)
        stored = await recaps.get(conn, recap.id)
        assert stored
        assert (stored.told_seq, stored.told_at) == (5, NOW)


async def test_recaps_follow_a_group_that_moved(store: Store) -> None:
    async with store.write() as conn:
        recap = await _add(conn, source=GROUP, destination=GROUP)
        for _ in range(2):
            await recaps.move(conn, GROUP.chat_id, -100)
        stored = await recaps.get(conn, recap.id)
        assert stored
        assert (stored.source, stored.destination) == (Desk(-100, 3), Desk(-100, 3))


async def test_people_subscribe_once_and_are_gone_with_the_recap(store: Store) -> None:
    async with store.write() as conn:
        recap, other = await _add(conn), await _add(conn)
        assert await subscribers.subscribe(conn, recap.id, BORIS, NOW)
        assert not await subscribers.subscribe(conn, recap.id, BORIS, NOW + HOUR)
        await subscribers.subscribe(conn, recap.id, ANNA, NOW + HOUR)
        await subscribers.subscribe(conn, other.id, BORIS, NOW)
        assert await subscribers.of_recap(conn, recap.id) == [BORIS, ANNA]
        assert await subscribers.of_user(conn, BORIS) == [recap.id, other.id]
        assert await subscribers.unsubscribe(conn, other.id, BORIS)
        assert not await subscribers.unsubscribe(conn, other.id, BORIS)
        assert await recaps.delete(conn, recap.id)
        assert not await recaps.delete(conn, recap.id)
        assert await subscribers.of_user(conn, BORIS) == []


async def test_only_what_was_posted_and_lately_counts_as_told(store: Store) -> None:
    stories = [ToldStory(f"story {seq}", (seq,)) for seq in range(1, 7)]
    async with store.write() as conn:
        recap = await _add(conn)
        for number, state in enumerate([RunState.POSTED, RunState.POSTED, RunState.FAILED]):
            slot = NOW + number * HOUR
            await runs.open_run(conn, recap.id, slot, slot)
            (run,) = await runs.claim(conn, slot, HOUR, 1)
            await told.put(conn, run.id, [(1, stories[2 * number]), (2, stories[2 * number + 1])])
            await runs.send(conn, run, parts=2, posts=2, told_seq=2 * number + 2)
            await runs.end(conn, run, state, slot)
        await told.keep(conn, run.id, [1])
        await recaps.set_told(conn, recap.id, 4, NOW + HOUR)
        found = await recaps.get(conn, recap.id)
        assert found
        assert await told.select(conn, found, NOW + HOUR) == stories[2:5]
        assert await told.select(conn, found, NOW + 9 * HOUR) == stories[4:5], "what a window tells already is in it"
        assert [run.state for run in await runs.history(conn, recap.id, 2)] == [RunState.FAILED, RunState.POSTED]


@pytest.mark.parametrize(
    ("is_destination", "waits", "noted"), [(True, False, {9}), (True, True, set()), (False, False, set())]
)
async def test_a_forwarded_post_is_noted_where_a_recap_goes_and_nothing_of_ours_may_be_it(
    store: Store, *, is_destination: bool, waits: bool, noted: set[int]
) -> None:
    async with store.write() as conn:
        await _add(conn, destination=CHANNEL if is_destination else DESK)
        if waits:
            await outbox.enqueue(conn, [Outgoing(CHANNEL.chat_id, 0, "key", "sendMessage", {"text": "Hello"})], NOW)
        await channel_messages.note_forwarded(conn, CHANNEL.chat_id, 9, NOW)
        assert await channel_messages.after(conn, CHANNEL.chat_id, 0) == noted


async def test_a_run_is_settled_once(store: Store) -> None:
    async with store.write() as conn:
        recap = await _add(conn)
        assert await runs.open_run(conn, recap.id, NOW, NOW)
        assert not await runs.open_run(conn, recap.id, NOW, NOW)
        assert await runs.any_ready(conn, NOW)
        (run,) = await runs.claim(conn, NOW, HOUR, 5)
        assert not await runs.any_ready(conn, NOW)
        assert await runs.retry(conn, run, NOW + HOUR, "no luck")
        assert await runs.next_due(conn) == NOW + HOUR
        (again,) = await runs.claim(conn, NOW + HOUR, HOUR, 5)
        assert again.attempts == 2
        await runs.end_leases(conn, NOW + HOUR)
        assert await runs.any_ready(conn, NOW + HOUR)
        assert not await runs.send(conn, run, parts=1, posts=1, told_seq=1)
        assert not await runs.retry(conn, run, NOW, "too late")
        assert not await runs.end(conn, run, RunState.SKIPPED, NOW)
        assert await runs.send(conn, again, parts=1, posts=1, told_seq=1)
        assert not await runs.send(conn, again, parts=1, posts=1, told_seq=1)
        assert not await runs.end(conn, again, RunState.SKIPPED, NOW, before=[RunState.WAITING])
        assert await runs.end(conn, again, RunState.POSTED, NOW)
        assert not await runs.end(conn, again, RunState.FAILED, NOW)


async def test_a_run_is_leased_until_it_is_given_back_or_the_lease_is_over(store: Store) -> None:
    async with store.write() as conn:
        recap = await _add(conn)
        await runs.open_run(conn, recap.id, NOW, NOW)
        (run,) = await runs.claim(conn, NOW, HOUR, 5)
        await runs.renew(conn, [run], NOW + 2 * HOUR)
        assert await runs.claim(conn, NOW + HOUR, HOUR, 5) == []
        await runs.release(conn, [run])
        await runs.renew(conn, [run], NOW + 9 * HOUR)
        assert await runs.claim(conn, NOW + HOUR, HOUR, 5) == [run]
        (again,) = await runs.claim(conn, NOW + 2 * HOUR, HOUR, 5)
        await runs.release(conn, [run])
        assert not await runs.any_ready(conn, NOW + 2 * HOUR)
        assert again.attempts == 2


async def test_a_window_holds_the_posts_of_all_its_desks_but_of_no_muted_source(store: Store) -> None:
    async with store.write() as conn:
        for number, (desk, source) in enumerate(
            [(DESK, "A"), (GROUP, "B"), (Desk(1), "A"), (DESK, "Shop"), (GROUP, "A")]
        ):
            post = Post(f"p{number}", f"text {number}", NOW, Origin(OriginKind.CHANNEL, source))
            await posts.add(conn, desk, post, NOW + number * HOUR)
        await sources.mute(conn, DESK, "Shop")

        async def window(after: int | None, since: datetime, limit: int = 10, upto: int = 99) -> list[str]:
            found = await windows.select(conn, [DESK, GROUP], after=after, upto=upto, since=since, limit=limit)
            return [stored.post.id for stored in found]

        assert await window(None, NOW) == ["p0", "p1", "p4"]
        assert await window(None, NOW + HOUR) == ["p1", "p4"]
        assert await window(None, NOW, 2) == ["p1", "p4"]
        first = (await windows.select(conn, [DESK], after=None, upto=9, since=NOW, limit=9))[0].seq
        assert await window(first, NOW + 9 * HOUR) == ["p1", "p4"]
        assert await window(None, NOW, upto=first + 1) == ["p0", "p1"]
        assert [stored.post.id for stored in await windows.by_seq(conn, [first, 999])] == ["p0"]
    assert await store.look(windows.settled_seq) == first + 4


@pytest.mark.parametrize(("kind", "known"), [("channel", {4, 6}), ("supergroup", {4})])
async def test_of_our_own_messages_those_in_channels_are_known(store: Store, kind: str, known: set[int]) -> None:
    async with store.write() as conn:
        await chats.touch(conn, Chat(CHANNEL.chat_id, kind, "Channel"))
        assert await channel_messages.newest_before(conn, CHANNEL.chat_id, NOW + HOUR) is None
        await channel_messages.note(conn, CHANNEL.chat_id, 2, NOW)
        for time in (NOW + HOUR, NOW):
            await channel_messages.note(conn, CHANNEL.chat_id, 4, time)
        await channel_messages.note_ours(conn, CHANNEL.chat_id, 6, NOW + HOUR)
        assert await channel_messages.newest_before(conn, CHANNEL.chat_id, NOW + HOUR) == 2
        assert await channel_messages.after(conn, CHANNEL.chat_id, 2) == known


async def test_old_runs_and_ids_are_purged_but_a_channels_last_id_stays(store: Store) -> None:
    async with store.write() as conn:
        recap = await _add(conn)
        await runs.open_run(conn, recap.id, NOW, NOW, too_late=True)
        for message_id in (1, 2):
            await channel_messages.note(conn, CHANNEL.chat_id, message_id, NOW)
        purged = await purge(conn, NOW + HOUR)
        assert (purged.runs, purged.ids) == (1, 1)
        assert (await purge(conn, NOW + HOUR)).total == 0
        assert await channel_messages.newest_before(conn, CHANNEL.chat_id, NOW + HOUR) == 2


@pytest.mark.parametrize("chat_id", [ANNA, CHANNEL.chat_id])
async def test_a_chat_that_is_forgotten_has_no_recaps_and_no_subscriptions(store: Store, chat_id: int) -> None:
    async with store.write() as conn:
        recap, other = await _add(conn), await _add(conn, source=GROUP, destination=Desk(-3))
        await subscribers.subscribe(conn, other.id, chat_id, NOW)
        await forget(conn, chat_id)
        assert await recaps.get(conn, recap.id) is None
        assert await recaps.get(conn, other.id) == other
        assert await subscribers.of_recap(conn, other.id) == []
