"""Killed at random moments while recaps are due, the bot posts each whole, and in channels once."""

from pathlib import Path

import pytest

from tests.faults.recap_crashes import Plan, crash

pytestmark = pytest.mark.e2e


def test_killed_while_recaps_are_due_it_posts_them_whole_and_in_channels_once(tmp_path: Path, seed: int) -> None:
    assert crash(Plan(seed, kills=3), tmp_path) == [], f"to see it again: FAULTS_SEED={seed}"
