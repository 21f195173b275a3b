"""The fixtures of the end-to-end tests: what is tested here is the same process, under worse conditions."""

import os

import pytest

from tests.e2e.conftest import home, sitrep, start_bot, telegram

__all__ = ["home", "sitrep", "start_bot", "telegram"]


@pytest.fixture
def seed() -> int:
    """The same in each run, so that a fault is seen again; `make soak` and the environment try others."""
    return int(os.environ.get("FAULTS_SEED", "1"))
