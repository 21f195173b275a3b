"""How updates are asked for."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.playground.client.cast import Bot, User
from bot.playground.client.local_telegram import LocalTelegram
from bot.playground.client.seen import waits_until
from tests.playground.caller import Caller


def test_ids_begin_at_random_and_grow_by_one(telegram: LocalTelegram, anna: User) -> None:
    first, second = telegram.bot("first_bot"), telegram.bot("second_bot")
    for bot in (first, second):
        for _ in range(3):
            anna.writes("x", to=bot)
    starts = [bot.updates()[0]["update_id"] for bot in (first, second)]
    assert starts[0] != starts[1]
    assert [update["update_id"] - starts[0] for update in first.updates()] == [0, 1, 2]


def test_an_offset_confirms_all_below_it(anna: User, bot: Bot, api: Caller) -> None:
    for text in ("one", "two", "three"):
        anna.writes(text, to=bot)
    first = api.updates()[0]["update_id"]
    assert _texts(api.updates(offset=first + 1)) == ["two", "three"]
    assert _texts(api.updates()) == ["two", "three"], "what was confirmed is gone"


def test_without_an_offset_the_same_comes_again(anna: User, bot: Bot, api: Caller) -> None:
    anna.writes("one", to=bot)
    assert _texts(api.updates()) == _texts(api.updates()) == ["one"]


def test_a_negative_offset_keeps_the_last_ones(anna: User, bot: Bot, api: Caller) -> None:
    for text in ("one", "two", "three"):
        anna.writes(text, to=bot)
    assert _texts(api.updates(offset=-2)) == ["two", "three"]
    assert _texts(api.updates(limit=1)) == ["two"]


def test_an_offset_far_ahead_is_ignored(anna: User, bot: Bot, api: Caller) -> None:
    anna.writes("one", to=bot)
    first = api.updates()[0]["update_id"]
    assert _texts(api.updates(offset=first + 100)) == ["one"]


@pytest.mark.parametrize(("limit", "found"), [(1, 1), (0, 1), (-5, 1), (500, 100), (None, 100)])
def test_the_limit_is_kept_between_1_and_100(anna: User, bot: Bot, api: Caller, limit: int | None, found: int) -> None:
    for number in range(120):
        anna.writes(str(number), to=bot)
    assert len(api.updates(**({} if limit is None else {"limit": limit}))) == found


def test_the_same_question_within_half_a_second_gets_one_update(anna: User, bot: Bot, api: Caller) -> None:
    for text in ("one", "two", "three"):
        anna.writes(text, to=bot)
    assert len(api.updates(offset=0)) == 3
    # On a machine that is busy two questions may be further apart.
    assert 1 in {len(api.updates(offset=0)) for _ in range(20)}


def test_allowed_updates_stay_and_count_when_an_update_is_made(anna: User, bot: Bot, api: Caller, chat: int) -> None:
    message = anna.writes("one", to=bot)
    api.updates(allowed_updates=["edited_message"], offset=-1)
    anna.writes("two", to=bot)
    anna.edits(message, "three")
    kinds = [kind for update in api.updates(offset=-9) for kind in update if kind != "update_id"]
    assert kinds == ["message", "edited_message"], "the first was made before, the second was not wanted"
    api.updates(allowed_updates=[], offset=-1)
    anna.writes("four", to=bot)
    assert _texts(api.updates(offset=-1)) == ["four"], "an empty list asks for the usual kinds"


def test_kinds_on_request(telegram: LocalTelegram, anna: User, bot: Bot, api: Caller) -> None:
    channel = telegram.channel("River News")
    channel.promotes(bot)
    post = channel.post("The river rose.")
    api.confirm()
    anna.reacts(post, "👍")
    anna.joins(channel)
    assert api.updates() == []
    api.updates(allowed_updates=["message_reaction", "chat_member"], offset=-1)
    anna.reacts(post, "🔥")
    anna.leaves(channel)
    reaction, member = api.updates(offset=-2)
    assert reaction["message_reaction"]["old_reaction"] == [{"type": "emoji", "emoji": "👍"}]
    assert reaction["message_reaction"]["new_reaction"] == [{"type": "emoji", "emoji": "🔥"}]
    assert member["chat_member"]["new_chat_member"]["status"] == "left"


def test_updates_expire_after_a_day(telegram: LocalTelegram, anna: User, bot: Bot, api: Caller) -> None:
    anna.writes("one", to=bot)
    telegram.advance(24 * 3600 - 60)
    anna.writes("two", to=bot)
    telegram.advance(61)
    assert _texts(api.updates()) == ["two"]


def test_a_long_poll_ends_when_something_comes(anna: User, bot: Bot, api: Caller) -> None:
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(api.updates, timeout=50)
        _until_it_waits(bot)
        anna.writes("one", to=bot)
        assert _texts(waiting.result(10)) == ["one"]


def test_a_long_poll_ends_empty(api: Caller) -> None:
    begin = time.monotonic()
    assert api.updates(timeout=1, offset=5) == []
    assert time.monotonic() - begin >= 1


def test_the_older_of_two_polls_is_refused(telegram: LocalTelegram, anna: User, bot: Bot, api: Caller) -> None:
    with ThreadPoolExecutor() as pool, Caller(telegram.url, bot.token) as other:
        older = pool.submit(api.refusal, "getUpdates", timeout=50)
        _until_it_waits(bot)
        newer = pool.submit(other.updates, timeout=50)
        assert older.result(10) == (
            409,
            "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
        )
        anna.writes("one", to=bot)
        assert _texts(newer.result(10)) == ["one"]


def test_a_second_conflict_within_three_seconds_is_delayed(api: Caller) -> None:
    api.ok("setWebhook", url="https://127.0.0.1:8443/x")
    api.refusal("getUpdates")
    begin = time.monotonic()
    assert api.refusal("getUpdates")[0] == 409
    assert time.monotonic() - begin >= 2.5


def test_setting_a_webhook_ends_a_waiting_poll(telegram: LocalTelegram, bot: Bot, api: Caller) -> None:
    with ThreadPoolExecutor() as pool, Caller(telegram.url, bot.token) as other:
        waiting = pool.submit(api.refusal, "getUpdates", timeout=50)
        _until_it_waits(bot)
        other.ok("setWebhook", url="https://127.0.0.1:8443/x")
        assert waiting.result(10) == (409, "Conflict: terminated by setWebhook request")


def _until_it_waits(bot: Bot) -> None:
    waits_until(lambda: bot.is_polling() or None, 60, "a poll")


def _texts(updates: list[dict[str, object]]) -> list[str]:
    messages = [update["message"] for update in updates]
    return [message["text"] for message in messages if isinstance(message, dict)]
