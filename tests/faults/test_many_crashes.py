"""Several processes on one Postgres, killed and stopped at random moments, lose nothing and say nothing twice."""

from pathlib import Path

import pytest

from tests.faults import many_recap_crashes
from tests.faults.many_crashes import Plan, crash

pytestmark = pytest.mark.e2e


def test_killed_again_and_again_they_lose_nothing_and_repeat_nothing(tmp_path: Path, seed: int) -> None:
    outcome = crash(Plan(seed, kills=4, acts=70, pauses=(0,), outages=(1,)), tmp_path)
    assert outcome.wrong == [], f"to see it again: FAULTS_SEED={seed}"
    assert outcome.questions


def test_killed_while_recaps_are_due_they_post_them_whole_and_in_channels_once(tmp_path: Path, seed: int) -> None:
    found = many_recap_crashes.crash(many_recap_crashes.Plan(seed, kills=3), tmp_path)
    assert found == [], f"to see it again: FAULTS_SEED={seed}"
