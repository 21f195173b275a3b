import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.files.walk import Walk

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


def _walked(walk: Walk) -> Any:
    """Return a value whose every part was walked to."""
    if walk.sees("{"):
        return {key: _walked(walk) for key in walk.members()}
    if walk.sees("["):
        return [_walked(walk) for _ in walk.elements()]
    return walk.value()


def _as_text(value: Any, indent: int | None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)


@given(JSON, st.sampled_from([None, 0, 3]))
def test_who_walks_through_all_of_it_finds_what_is_there(value: Any, indent: int | None) -> None:
    walk = Walk(_as_text(value, indent))
    assert _walked(walk) == value
    walk.end()


@given(st.dictionaries(st.text(), JSON, min_size=1), st.data())
def test_what_is_left_alone_is_skipped(value: dict[str, Any], data: st.DataObject) -> None:
    wanted = data.draw(st.sets(st.sampled_from(sorted(value))))
    walk = Walk(_as_text(value, 1))
    assert {key: walk.value() for key in walk.members() if key in wanted} == {
        key: value[key] for key in value if key in wanted
    }
    walk.end()


@given(JSON, st.data())
def test_what_is_cut_or_has_more_behind_it_is_no_json(value: Any, data: st.DataObject) -> None:
    text = _as_text([value], None)
    end = data.draw(st.integers(0, len(text) - 1))
    go_through = data.draw(st.sampled_from([Walk.skip, _walked]))
    with pytest.raises(json.JSONDecodeError):
        go_through(Walk(text[:end]))
    walk = Walk(f"{text} 1")
    go_through(walk)
    with pytest.raises(json.JSONDecodeError):
        walk.end()


@pytest.mark.parametrize("text", ["[1,]", "[,1]", "[1 2]", '{"a":1,}', "{1:2}", '{"a" 1}', '{"a":}', "{", "[", ""])
def test_what_the_parser_of_the_library_refuses_is_refused(text: str) -> None:
    with pytest.raises(json.JSONDecodeError):
        json.loads(text)
    with pytest.raises(json.JSONDecodeError):
        Walk(text).skip()
