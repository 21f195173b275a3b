"""Whatever a bot sends, it gets an answer of the Bot API, and the server goes on."""

import asyncio
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.playground.bot_api.calls import Calls
from bot.playground.bot_api.faults import Silence
from bot.playground.bot_api.methods import NAMES
from bot.playground.bot_api.params import Params, Upload
from bot.playground.bot_api.spec import SPEC
from bot.playground.bot_api.telegram import Telegram
from bot.playground.control.people import People
from bot.playground.control.places import Places

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 300) | st.text("aя </b>*_0", max_size=5),
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "text", "offset", "length", "url", "keyboard", "inline_keyboard", "callback_data"])
            | st.sampled_from(["message_id", "emoji", "media", "caption", "command", "description", "is_disabled"]),
            inside,
            max_size=4,
        )
    ),
    max_leaves=8,
)
METHODS = sorted(set(NAMES.values()) - {"getUpdates", "setWebhook"})


@st.composite
def _calls(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """Draw a method and values for some of its arguments, of the right kinds or not."""
    method = draw(st.sampled_from(METHODS))
    arguments: dict[str, Any] = {}
    for field in SPEC.fields(method):
        if field.required or draw(st.booleans()):
            arguments[field.name] = draw(JSON | st.text(max_size=5))
    for place in {"chat_id", "from_chat_id"} & set(arguments):
        arguments[place] = draw(st.sampled_from([700_000_001, -1002_000_000_001, "@river", 5, ""]))
    for number in {"message_id", "message_thread_id"} & set(arguments):
        arguments[number] = draw(st.integers(0, 4))
    return method, arguments


def _telegram() -> tuple[Telegram, int]:
    """Make a small world: a chat with a user, and a channel with a post, in which the bot is an administrator."""
    telegram = Telegram()
    places, people = Places(telegram.world), People(telegram.world)
    user, bot = places.add_user("Anna")["id"], places.add_bot("news_bot")["id"]
    people.send(bot, "/start", user=user)
    channel = places.add_chat("channel", "River", username="river", by=user)["id"]
    places.promote(channel, account=bot)
    people.send(channel, "The river rose.")
    return telegram, bot


@settings(deadline=None, max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_calls(), min_size=1, max_size=4))
def test_any_call_gets_an_answer_as_described(calls: list[tuple[str, dict[str, Any]]]) -> None:
    async def story() -> None:
        telegram, number = _telegram()
        server = Calls(telegram)
        for method, arguments in calls:
            uploads = {"photo": Upload("a.png", "image/png", b"none")} if method == "sendPhoto" else {}
            answer = await server.call(telegram.world.state.bots[number], method, Params(arguments, uploads))
            assert not isinstance(answer, Silence)
            assert answer.status in {200, 400, 403, 429}, answer.shown
            assert answer.shown["ok"] is (answer.status == 200)
        assert list(telegram.log.wrong_answers) == []

    asyncio.run(story())
