"""Whatever the control side is asked for, it says in words why that can't be done, and the server goes on."""

import asyncio
import inspect
import json
from typing import Any

import httpx
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground.bot_api.telegram import Telegram
from bot.playground.control.conditions import Conditions
from bot.playground.control.inject import Injector
from bot.playground.control.people import People
from bot.playground.control.places import Places
from bot.playground.server import App

ANNA, BORIS, BOT = 700_000_001, 700_000_002, 6_000_000_001
CHANNEL, GROUP = -1002_000_000_001, -4_000_000_001
_NUMBERS = st.sampled_from([ANNA, BORIS, BOT, CHANNEL, GROUP, 0, 1, 7])
_TEXTS = st.sampled_from(["", "hi", "group", "channel", "HTML"])
_FILES = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from(["photo", "document", "aGk="]) for name in ("kind", "content")}
)
_ORIGINS = st.sampled_from(
    [{}, {"type": "user"}, {"type": "channel", "chat": {}}, {"type": "hidden_user", "sender_user_name": "A."}]
)
_BY_NAME: dict[str, st.SearchStrategy[Any]] = {
    "files": st.lists(_FILES, max_size=2),
    "origin": _ORIGINS | _TEXTS,
    "entities": st.lists(st.sampled_from([{}, {"type": "bold", "offset": 0, "length": 1}]), max_size=1),
    "order": st.lists(st.integers(-1, 2), max_size=2),
    "message_ids": st.lists(st.integers(0, 3), max_size=2),
    "members": st.lists(_NUMBERS, max_size=2),
    "kind": st.sampled_from(["group", "supergroup", "channel", "club", "drop_after"]),
}
_BY_TYPE: dict[str, st.SearchStrategy[Any]] = {
    "bool": st.booleans(),
    "int": _NUMBERS,
    "float": st.floats(-1, 10),
    "str": _TEXTS,
    "dict[str, bool]": st.just({"can_send_messages": False}),
    "dict[str, Any]": st.just({}),
}
ACTIONS = {name: getattr(part, name) for part in (People, Places, Injector, Conditions) for name in part.ACTIONS}


@st.composite
def _acts(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """Draw an action and values for some of its arguments, of the right types, that may name nobody."""
    action = draw(st.sampled_from(sorted(ACTIONS)))
    arguments = {}
    for name, parameter in inspect.signature(ACTIONS[action]).parameters.items():
        if name != "self" and (parameter.default is parameter.empty or draw(st.booleans())):
            kind = parameter.annotation.removesuffix(" | None")
            arguments[name] = draw(_BY_NAME[name] if name in _BY_NAME else _BY_TYPE[kind])
    return action, arguments


async def _tell(acts: list[tuple[str, dict[str, Any]]]) -> None:
    """Do some acts in a small world: a bot with a chat, a channel, and a group whose owner has left it."""
    app = httpx.ASGITransport(App(Telegram()))
    begin = [
        *(("add_user", {"first_name": name}) for name in ("Anna", "Boris")),
        ("add_bot", {"username": "news_bot", "inline": True}),
        ("add_chat", {"kind": "channel", "title": "River", "by": ANNA}),
        ("add_chat", {"kind": "group", "title": "Friends", "by": ANNA, "members": [BORIS, BOT]}),
        ("send", {"chat": GROUP, "text": "hi", "user": BORIS}),
        ("leave", {"chat": GROUP, "account": ANNA}),
    ]
    async with httpx.AsyncClient(transport=app, base_url="http://127.0.0.1/_control") as client:
        for action, arguments in begin:
            assert (await client.post(f"/{action}", json=arguments)).is_success
        for action, arguments in acts:
            answer = await client.post(f"/{action}", json=arguments)
            assert answer.status_code in {200, 400}
            assert answer.is_success or json.loads(answer.content)["error"]


@settings(deadline=None, max_examples=60)
@given(st.lists(_acts(), min_size=10, max_size=20))
def test_any_action_is_done_or_refused_in_words(acts: list[tuple[str, dict[str, Any]]]) -> None:
    asyncio.run(_tell(acts))
