import asyncio
from datetime import timedelta

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs
from telegram import Message

from bot.chat_settings import ChatSettings
from bot.posts import Desk
from bot.store import tables
from bot.store.desks import chat_settings, posts
from bot.store.queues import inbox
from bot.store.queues.parked import parked
from bot.store.tables import State
from bot.telegram import worker
from bot.telegram.answering import by_source
from bot.telegram.commands.help import meant_by
from bot.telegram.dispatch import COMMANDS
from bot.telegram.handling import Handling
from bot.telegram.intake import collecting
from tests.telegram.commands.test_forget import press
from tests.telegram.conftest import Office
from tests.telegram.messages import FROM_CHANNEL, GROUP, PRIVATE, command, message
from tests.waiting import until


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "_FIRST_PAUSE", timedelta(milliseconds=1))


async def _counts(office: Office) -> dict[State, int]:
    async with office.store.read() as conn:
        return await inbox.counts(conn)


async def test_start_and_help_answer(office: Office) -> None:
    assert "I am <b>Sitrep</b>" in await office.says(command("/start"))
    assert "/summary" in await office.says(command("/help"))
    assert "/summary" in await office.says(command("/start@sitrep_bot", chat=GROUP))


async def test_an_unknown_command_is_answered_in_private_only(office: Office) -> None:
    assert "/frobnicate" in await office.says(command("/frobnicate"))
    assert await office.gets(command("/frobnicate", chat=GROUP)) == []


@pytest.mark.parametrize("written", ["/сводка", "/Сводка за сутки", "/ summary", "/summry"])
async def test_what_is_meant_as_a_command_is_no_post_and_the_right_one_is_named(office: Office, written: str) -> None:
    assert "Did you mean /summary? /help" in await office.says(message(written))
    assert (await office.says(command("/summary"))).startswith("There is nothing to sum up yet.")


async def test_a_forward_that_begins_like_a_command_is_a_post(office: Office) -> None:
    await office.gets(message("/сводка погоды: завтра дождь в Ереване.", forward_origin=FROM_CHANNEL))
    assert "дождь в Ереване" in await office.says(command("/summary"))


def test_every_command_can_be_meant() -> None:
    assert {meant_by(name) for name in COMMANDS} == set(COMMANDS)
    assert meant_by("frobnicate") is None
    assert meant_by("") is None


async def test_a_command_for_another_bot_is_not_ours(office: Office) -> None:
    assert await office.gets(command("/help@other_bot", chat=GROUP)) == []


async def test_an_update_that_fails_is_tried_again_then_parked_and_the_user_gets_a_reference(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts = []

    def broken(_post: object) -> None:
        attempts.append(1)
        raise ZeroDivisionError

    monkeypatch.setattr(collecting, "read_post", broken)
    update = message("A post.")
    text = await office.says(update)
    assert f"<code>{update['update_id']}</code>" in text
    assert "ZeroDivisionError" not in text
    assert len(attempts) == worker.MOST_ATTEMPTS
    assert (await _counts(office))[State.PARKED] == 1


async def test_the_apology_speaks_the_language_that_the_chat_has_chosen(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise ZeroDivisionError

    await office.store.change(lambda conn: chat_settings.put(conn, PRIVATE["id"], ChatSettings(lang="ru")))
    monkeypatch.setattr(by_source, "choose_again", broken)
    monkeypatch.setattr(collecting, "is_within_limits", broken)
    assert (await office.says(message("A post."))).startswith("У меня что-то сломалось")
    pressed = press("view:1-2:sn0:|")
    (told,) = await office.gets(pressed)
    assert told["method"] == "answerCallbackQuery"
    assert told["text"].startswith("У меня что-то сломалось")
    assert str(pressed["update_id"]) in told["text"]
    assert len(told["text"]) <= 200


async def test_the_updates_behind_one_that_is_parked_go_on(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_post: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(collecting, "read_post", broken)
    said = await office.gets(message("A post."), command("/start"))
    assert "I am <b>Sitrep</b>" in said[-1]["text"]


async def test_talk_in_a_group_that_fails_is_not_answered(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_post: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(collecting, "read_post", broken)
    assert await office.gets(message("A post. " * 50, chat=GROUP)) == []
    assert (await _counts(office))[State.PARKED] == 1


async def test_an_update_that_can_t_be_read_is_parked(office: Office) -> None:
    assert await office.gets({"update_id": 5, "message": {"text": "no id, no chat"}}) == []
    assert (await _counts(office))[State.PARKED] == 1


async def test_an_update_of_an_unknown_kind_is_done(office: Office) -> None:
    assert await office.gets({"update_id": 5, "message_from_the_future": {}}) == []
    assert (await _counts(office))[State.DONE] == 1


async def test_an_update_that_kills_the_process_is_parked_in_the_end_and_no_other(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    died = asyncio.Event()

    async def kill(_handling: Handling, post: Message) -> bool:
        if post.text == "Deadly.":
            died.set()
            await asyncio.Event().wait()
        return True

    monkeypatch.setattr(collecting, "is_within_limits", kill)
    people = [{**PRIVATE, "id": number} for number in range(1, 21)]
    texts = ["Deadly." if person["id"] == 3 else "A post." for person in people]
    updates = [message(text, chat=person) for text, person in zip(texts, people, strict=True)]
    await office.store.change(lambda conn: inbox.put(conn, updates))
    deaths = 0
    while (await _counts(office))[State.WAITING]:
        died.clear()
        await office.works_until(died)
        deaths += died.is_set()
    assert await _counts(office) == {State.DONE: 19, State.PARKED: 1, State.WAITING: 0, State.UNCERTAIN: 0}
    (given_up,) = await office.store.look(lambda conn: parked(conn, 9))
    assert given_up.raw == updates[2]
    assert deaths == worker.MOST_DEATHS + 1
    (apology,) = [call for call in await office.gets() if call["method"] == "sendMessage"]
    assert apology["chat_id"] == 3
    assert f"<code>{given_up.update_id}</code>" in apology["text"]


async def test_what_a_full_disk_broke_off_is_done_when_there_is_room_and_long_before_its_lease_is_over(
    office: Office,
) -> None:
    updates = [message(f"The river rose by {number} metres. " * 100) for number in range(1, 9)]
    await office.store.change(lambda conn: inbox.put(conn, updates))
    async with office.store.write() as conn:
        pages = (await conn.execute(sa.text("PRAGMA page_count"))).scalar_one()
        await conn.execute(sa.text(f"PRAGMA max_page_count = {pages}"))
    with capture_logs() as logs:
        working = asyncio.create_task(office.gets())

        async def is_full() -> bool:
            return any("the disk is full" in str(log.get("fault")) for log in logs)

        await until(is_full, 60)
    async with office.store.write() as conn:
        await conn.execute(sa.text(f"PRAGMA max_page_count = {pages + 10_000}"))
    await working
    assert (await _counts(office))[State.DONE] == len(updates)
    async with office.store.read() as conn:
        kept = (await conn.execute(sa.select(tables.inbox.c.attempts, tables.inbox.c.deaths))).all()
    assert {tuple(row) for row in kept} == {(1, 0)}


async def test_what_was_settled_meanwhile_changes_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    commit = Handling.commit

    async def late(handling: Handling) -> bool:
        async with office.store.write() as conn:
            await inbox.finish(conn, handling.claim)
        return await commit(handling)

    monkeypatch.setattr(Handling, "commit", late)
    assert await office.gets(message("A post.")) == []
    async with office.store.read() as conn:
        assert await posts.count(conn, Desk(7)) == 0


async def test_the_updates_of_a_chat_are_handled_in_order(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    order = []
    commit = Handling.commit

    async def slow(handling: Handling) -> bool:
        await asyncio.sleep(0.02 if handling.update_id % 2 else 0)
        order.append(handling.update_id)
        return await commit(handling)

    monkeypatch.setattr(Handling, "commit", slow)
    updates = [message(f"Post {number}.") for number in range(8)]
    await office.gets(*updates)
    assert order == [update["update_id"] for update in updates]
