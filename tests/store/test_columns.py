from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.engine.default import DefaultDialect

from bot.posts import Analysis, Mark, Number, Origin, Post, Span
from bot.store.columns import Facts, Moment, Plain

_DIALECT = DefaultDialect()
# Every code point, lone surrogates and NUL too.
_TEXT = st.text(st.characters(), max_size=20)
_OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
_FIRST, _LAST = (datetime.fromisoformat(day) for day in ("0001-01-03", "9999-12-29"))
_MOMENTS = st.datetimes(_FIRST, _LAST, timezones=_OFFSETS)


def _there_and_back(column: Any, value: object) -> Any:
    return column.process_result_value(column.process_bind_param(value, _DIALECT), _DIALECT)


@given(_MOMENTS)
def test_an_instant_comes_back_exactly(moment: datetime) -> None:
    back = _there_and_back(Moment(), moment)
    assert back == moment
    assert isinstance(back, datetime)
    assert back.tzinfo is UTC


@given(_MOMENTS, _MOMENTS)
def test_instants_sort_as_their_numbers_do(first: datetime, second: datetime) -> None:
    one, two = (Moment().process_bind_param(moment, _DIALECT) for moment in (first, second))
    assert one is not None
    assert two is not None
    assert (first < second) == (one < two)


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        Moment().process_bind_param(datetime(2024, 1, 1), _DIALECT)  # noqa: DTZ001 - that is the point


@given(_TEXT)
def test_text_comes_back_but_for_what_no_database_holds(text: str) -> None:
    stored = Plain().process_bind_param(text, _DIALECT)
    assert stored is not None
    assert "\x00" not in stored
    assert stored.encode().decode() == stored
    assert len(stored) == len(text)
    assert all(kept in {written, "\ufffd"} for kept, written in zip(stored, text, strict=True))


_POSTS = st.builds(
    Post,
    id=_TEXT,
    text=_TEXT,
    date=st.none() | _MOMENTS,
    origin=st.none() | st.builds(Origin, title=_TEXT, username=st.none() | _TEXT, signature=st.none() | _TEXT),
    url=st.none() | _TEXT,
    lang=st.none() | _TEXT,
    marks=st.lists(st.builds(Mark, url=st.none() | _TEXT), max_size=2).map(tuple),
)


@given(_POSTS)
def test_a_post_comes_back_exactly_whatever_its_text(post: Post) -> None:
    assert _there_and_back(Facts(Post), post) == post


_NUMBERS = st.builds(
    Number,
    span=st.builds(Span, text=_TEXT),
    value=st.none() | st.floats(allow_nan=False) | st.tuples(st.floats(allow_nan=False), st.floats(allow_nan=False)),
    about=st.none(),
    score=st.floats(allow_nan=False),
)
_ANALYSES = st.builds(
    Analysis,
    candidates=st.just(()),
    actors=st.just(()),
    numbers=st.lists(_NUMBERS, max_size=2).map(tuple),
)


@given(_ANALYSES)
def test_an_analysis_comes_back_exactly(analysis: Analysis) -> None:
    assert _there_and_back(Facts(Analysis), analysis) == analysis


@given(_POSTS)
def test_what_is_stored_is_text_that_every_database_takes(post: Post) -> None:
    stored = Facts(Post).process_bind_param(post, _DIALECT)
    assert stored is not None
    assert "\x00" not in stored
    stored.encode()
