from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.process import TOKEN, BotProcess

StartBot = Callable[..., BotProcess]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def start_bot(home: Path) -> Iterator[StartBot]:
    """Start bots that talk to a Bot API server; in the end none runs, and no log has seen the token."""
    bots = []

    def start(api_url: str, **settings: str) -> BotProcess:
        bot = BotProcess(api_url, home, **settings)
        bots.append(bot)
        bot.start()
        return bot

    yield start
    for bot in bots:
        bot.close()
        assert TOKEN.partition(":")[2] not in bot.log(), "the token stands in the log"
