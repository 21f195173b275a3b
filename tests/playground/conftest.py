from collections.abc import Iterator

import pytest

from bot.playground.client.cast import PIXEL, Bot, User
from bot.playground.client.local_telegram import LocalTelegram
from bot.playground.serving import serving
from tests.playground.caller import Caller


@pytest.fixture
def telegram() -> Iterator[LocalTelegram]:
    """A local Telegram; in the end all its answers were as the Bot API describes them."""
    with serving() as telegram:
        yield telegram
        assert telegram.wrong_answers() == []


@pytest.fixture
def bot(telegram: LocalTelegram) -> Bot:
    return telegram.bot("news_bot", token="4242:a-token-of-a-test")


@pytest.fixture
def anna(telegram: LocalTelegram) -> User:
    return telegram.user("Anna", "Berg", username="anna")


@pytest.fixture
def api(telegram: LocalTelegram, bot: Bot) -> Iterator[Caller]:
    """Calls methods as the bot."""
    with Caller(telegram.url, bot.token) as caller:
        yield caller


@pytest.fixture
def chat(anna: User, bot: Bot, api: Caller) -> int:
    """Anna's chat with the bot, in which she pressed Start and the bot has seen that."""
    anna.starts(bot)
    api.confirm()
    return anna.id


@pytest.fixture
def picture() -> bytes:
    return PIXEL
