from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.playground.client.cast import Bot, User
from bot.playground.client.local_telegram import LocalTelegram
from bot.playground.serving import serving
from tests.e2e.process import TOKEN, BotProcess

StartBot = Callable[..., BotProcess]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-transcripts", action="store_true", help="write tests/e2e/transcripts anew")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def telegram() -> Iterator[LocalTelegram]:
    """A local Telegram; in the end, whatever was asked of it was as the Bot API describes it."""
    with serving() as telegram:
        yield telegram
        assert telegram.wrong_requests() == []


@pytest.fixture
def sitrep(telegram: LocalTelegram) -> Bot:
    """The account of the bot; `start_bot` starts what answers there."""
    return telegram.bot("sitrep_bot", token=TOKEN)


@pytest.fixture
def anna(telegram: LocalTelegram) -> User:
    return telegram.user("Anna", language_code="en")


@pytest.fixture
def boris(telegram: LocalTelegram) -> User:
    return telegram.user("Борис", language_code="ru")


@pytest.fixture
def start_bot(home: Path) -> Iterator[StartBot]:
    """Start bots that talk to a Bot API server; in the end none runs, and no log has seen the token."""
    with starting(home) as start:
        yield start


@contextmanager
def starting(home: Path) -> Iterator[StartBot]:
    bots = []

    def start(api_url: str, *, under: Sequence[str] = (), module: str = "bot", **settings: str) -> BotProcess:
        bot = BotProcess(api_url, home, under=under, module=module, **settings)
        bots.append(bot)
        bot.start()
        return bot

    try:
        yield start
    finally:
        for bot in bots:
            bot.close()
    for bot in bots:
        assert TOKEN.partition(":")[2] not in bot.log(), "the token stands in the log"
