from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.periods import parse_period


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("90m", timedelta(minutes=90)),
        ("24h", timedelta(hours=24)),
        (" 7D ", timedelta(days=7)),
        ("2 w", timedelta(weeks=2)),
        ("24ч", timedelta(hours=24)),
        ("30 мин", timedelta(minutes=30)),
        ("7д", timedelta(days=7)),
        ("999999w", timedelta(days=3650)),
    ],
)
def test_a_number_with_a_unit_is_a_period(text: str, period: timedelta) -> None:
    assert parse_period(text) == period


@pytest.mark.parametrize("text", ["", "24", "h", "0h", "-1h", "1.5h", "24 hours ago", "1234567h"])
def test_anything_else_is_none(text: str) -> None:
    assert parse_period(text) is None


@given(st.text() | st.from_regex(r"[0-9]{1,6} ?[mhdwмчдн]", fullmatch=True))
def test_any_text_is_read_without_raising(text: str) -> None:
    period = parse_period(text)
    assert period is None or timedelta(0) < period <= timedelta(days=3650)
