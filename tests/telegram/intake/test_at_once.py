from datetime import UTC, datetime
from typing import Any

import pytest

from bot.settings import Settings
from bot.store.desks import bursts
from bot.telegram.intake.bursts import QUIET
from tests.telegram.conftest import Office
from tests.telegram.messages import FROM_CHANNEL, GROUP, command, message

LONG = "A fire broke out in the port of Rotterdam on Monday. Two ships burnt. The mayor, Ann Lee, spoke of 40 injured."


@pytest.fixture
def eager(office: Office, settings: Settings) -> Office:
    """An office that sums up posts of 100 characters at once."""
    office.settings = settings.model_copy(
        update={"intake": settings.intake.model_copy(update={"summarise_at_once": 100})}
    )
    return office


def _summaries(calls: list[dict[str, Any]]) -> list[int]:
    """Return which messages were answered by a summary."""
    return [call["reply_parameters"]["message_id"] for call in calls if "Rotterdam" in call.get("text", "")]


async def test_a_long_post_that_comes_alone_is_summed_up_at_once(eager: Office) -> None:
    update = message(LONG, forward_origin=FROM_CHANNEL)
    calls = await eager.gets(update)
    assert _summaries(calls) == [update["message"]["message_id"]]
    assert [call["method"] for call in calls] == ["sendMessage", "setMessageReaction"]
    assert (await eager.says(command("/summary"))).startswith("<b>A fire broke out")


@pytest.mark.parametrize(
    "update",
    [
        message("Two ships burnt in Rotterdam."),
        message(LONG, chat=GROUP, forward_origin=FROM_CHANNEL),
        message(caption=LONG, photo=[], media_group_id="5"),
    ],
    ids=["short", "in a group", "part of an album"],
)
async def test_other_posts_are_only_collected(eager: Office, update: dict[str, Any]) -> None:
    assert _summaries(await eager.gets(update)) == []


async def test_posts_that_come_together_are_only_collected(eager: Office) -> None:
    assert _summaries(await eager.gets(message(LONG), message(f"{LONG} More."))) == []
    assert _summaries(await eager.gets(message(f"{LONG} Still more."))) == []
    async with eager.store.write() as conn:
        await bursts.take(conn, datetime.now(UTC) + QUIET)
    assert len(_summaries(await eager.gets(message(f"{LONG} And an end.")))) == 1


async def test_nothing_is_summed_up_unless_it_is_so_set(office: Office) -> None:
    assert _summaries(await office.gets(message(LONG))) == []
