"""Arguments are read as leniently as the server reads them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.bot_api.params import Params
from bot.playground.refusals import Refusal

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(), inside, max_size=3),
    max_leaves=6,
)


@given(st.integers(), st.integers(-50, 50), st.integers(0, 50))
def test_numbers_are_kept_within_their_limits(number: int, low: int, width: int) -> None:
    for value in (number, str(number), f"  {number} and more"):
        assert Params({"n": value}).integer("n", 7, low, low + width) == min(max(number, low), low + width)


@given(JSON)
def test_no_value_breaks_the_reading(value: object) -> None:
    params = Params({"n": value})
    assert isinstance(params.integer("n"), int)
    assert isinstance(params.text("n"), str)
    assert isinstance(params.flag("n"), bool)


@given(JSON)
def test_json_is_the_same_as_its_text(value: object) -> None:
    assert Params({"n": json.dumps(value)}).json("n", "value") == value


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("true", True),
        ("True", True),
        ("1", True),
        ("yes", True),
        (True, True),
        ("false", False),
        ("0", False),
        ("", False),
    ],
)
def test_yes_and_no(value: object, read: bool) -> None:
    assert Params({"n": value}).flag("n") is read


def test_what_is_not_given_has_a_default() -> None:
    params = Params({"empty": "", "none": None})
    for name in ("empty", "none", "missing"):
        assert (name in params, params.text(name), params.integer(name, 5)) == (False, "", 5)
        assert params.json(name, "value") is None


@given(st.text().filter(lambda text: not _is_json(text)))
def test_what_is_no_json_is_refused(text: str) -> None:
    if text:
        with pytest.raises(Refusal, match="can't parse value JSON object"):
            Params({"n": text}).json("n", "value")


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
