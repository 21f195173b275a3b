"""Killed at random moments, the bot loses nothing, and says nothing twice but where nobody can know."""

import os
from pathlib import Path

import pytest

from tests.faults.crashes import Plan, crash

pytestmark = pytest.mark.e2e


@pytest.fixture
def seed() -> int:
    """The same in each run, so that a fault is seen again; `make soak` and the environment try others."""
    return int(os.environ.get("FAULTS_SEED", "1"))


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
def test_killed_again_and_again_it_loses_nothing_and_repeats_nothing(tmp_path: Path, seed: int, webhook: bool) -> None:
    outcome = crash(Plan(seed, kills=6, acts=100, webhook=webhook), tmp_path)
    assert outcome.wrong == [], f"to see it again: FAULTS_SEED={seed}"
    assert outcome.questions
