import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.playground.client.local_telegram import LocalTelegram
from bot.playground.serving import serving
from tests.e2e.process import TOKEN

Sitrep = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def telegram() -> Iterator[LocalTelegram]:
    with serving() as telegram:
        telegram.bot("sitrep_bot", token=TOKEN)
        yield telegram


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'sitrep.sqlite3'}"


@pytest.fixture
def sitrep(tmp_path: Path, database: str) -> Sitrep:
    """Run a command of sitrep on a database of its own; variables of the environment by name."""

    def run(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        known = {
            "HOME": str(tmp_path),
            "DATABASE_URL": database,
            "TELEGRAM_TOKEN": TOKEN,
        }
        return subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            check=False,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=known | environment,
        )

    return run
