"""Who is served: by the table of who somebody is and what the settings say."""

from typing import Any

import pytest

from bot.settings import Settings
from bot.store.engine import Store
from bot.telegram.handling import BotApplication
from tests.telegram.conftest import Office
from tests.telegram.messages import ANNA, FROM_CHANNEL, GROUP, channel_post, command, message

ANNAS, GROUPS, CHANNELS = 7, GROUP["id"], -1001234
LISTED: dict[str, Any] = {"who": "listed"}
IN_GROUP: dict[str, Any] = {"chat": GROUP}


@pytest.fixture
def office_with(store: Store, settings: Settings, application: BotApplication) -> Any:
    """Make an office with other settings of access."""

    def make(**access: Any) -> Office:
        changed = settings.access.model_validate({**settings.access.model_dump(), **access})
        return Office(store, settings.model_copy(update={"access": changed}), application)

    return make


def served(calls: list[dict[str, Any]]) -> bool:
    return any("/summary" in call.get("text", "") for call in calls)


@pytest.mark.parametrize(
    ("access", "chat", "expected"),
    [
        ({}, {}, True),
        ({}, IN_GROUP, True),
        (LISTED, {}, False),
        (LISTED, IN_GROUP, False),
        ({**LISTED, "listed": [ANNAS]}, {}, True),
        ({**LISTED, "listed": [ANNAS]}, IN_GROUP, True),
        ({**LISTED, "listed": [GROUPS]}, IN_GROUP, True),
        ({**LISTED, "listed": [GROUPS]}, {}, False),
        ({**LISTED, "owners": [ANNAS]}, {}, True),
        ({"blocked": [ANNAS]}, {}, False),
        ({"blocked": [GROUPS]}, IN_GROUP, False),
        ({"blocked": [ANNAS], "owners": [ANNAS], "listed": [ANNAS]}, {}, False),
        ({**LISTED, "listed": [GROUPS], "blocked": [ANNAS]}, IN_GROUP, False),
    ],
)
async def test_who_is_served(office_with: Any, access: dict[str, Any], chat: dict[str, Any], expected: bool) -> None:
    assert served(await office_with(**access).gets(command("/help", **chat))) is expected


async def test_a_stranger_is_told_in_his_language_how_to_come_in(office_with: Any) -> None:
    office = office_with(**LISTED)
    assert "Ask whoever gave you its name" in await office.says(message("Hello"))
    assert "Попросите ссылку-приглашение" in await office.says(
        message("Привет", sender={**ANNA, "language_code": "ru"})
    )


async def test_what_a_stranger_forwards_is_neither_kept_nor_answered(office_with: Any, store: Store) -> None:
    assert await office_with(**LISTED).gets(message("The river rose.", forward_origin=FROM_CHANNEL)) == []
    assert "nothing to sum up" in await office_with().says(command("/summary"))


async def test_who_is_blocked_gets_no_answer(office_with: Any) -> None:
    assert await office_with(blocked=[ANNAS]).gets(message("Hello"), command("/start")) == []


async def test_a_channel_is_read_only_if_it_is_listed(office_with: Any) -> None:
    assert await office_with(**LISTED).gets(channel_post("The river rose by two metres.")) == []
    assert await office_with(**LISTED, listed=[CHANNELS]).gets(channel_post("The river rose by two metres.")) == []


async def test_an_invitation_lets_in_for_good(office_with: Any) -> None:
    office = office_with(**LISTED, invitation="spring-2026")
    assert not served(await office.gets(command("/start autumn-2026")))
    assert served(await office.gets(command("/start spring-2026")))
    assert served(await office.gets(command("/help")))
    assert served(await office_with(**LISTED).gets(command("/help")))


async def test_without_an_invitation_an_empty_word_lets_nobody_in(office_with: Any) -> None:
    assert not served(await office_with(**LISTED).gets(command("/start ")))


async def test_an_invitation_is_good_only_in_private(office_with: Any) -> None:
    office = office_with(**LISTED, invitation="spring-2026")
    assert not served(await office.gets(command("/start spring-2026", **IN_GROUP)))
