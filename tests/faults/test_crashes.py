"""Killed at random moments, the bot loses nothing, and says nothing twice but where nobody can know."""

from pathlib import Path

import pytest

from tests.faults.crashes import Plan, crash

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
def test_killed_again_and_again_it_loses_nothing_and_repeats_nothing(tmp_path: Path, seed: int, webhook: bool) -> None:
    outcome = crash(Plan(seed, kills=4, acts=70, webhook=webhook), tmp_path)
    assert outcome.wrong == [], f"to see it again: FAULTS_SEED={seed}"
    assert outcome.questions
