"""Links as the server keeps them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.parsing.links import check_link

_PARTS = st.lists(
    st.sampled_from(
        [*"abя.:/?#@[]%& -_", "http://", "https:", "tg://", "ftp://", "example.org", ":80", "localhost", "::1"]
    ),
    max_size=8,
).map("".join)


@given(st.text() | _PARTS)
def test_what_is_kept_is_kept_as_it_is_the_next_time(text: str) -> None:
    kept = check_link(text)
    if kept is not None:
        assert check_link(kept) == kept
        assert kept.split("://")[0] in {"http", "https", "tg", "ton", "tonsite"}


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("example.org", "http://example.org/"),
        ("HTTPS://Example.ORG/Path", "https://example.org/Path"),
        ("https://example.org:8443/a?b#c", "https://example.org:8443/a?b#c"),
        ("https://example.org?b", "https://example.org/?b"),
        ("tg://resolve?domain=a", "tg://resolve?domain=a"),
        ("https://anna@example.org/", "https://anna@example.org/"),
        ("https://новости.рф/", "https://новости.рф/"),
        ("localhost", "http://localhost/"),
        ("", None),
        ("word", None),
        ("javascript:alert(1)", None),
        ("mailto:a@example.org", None),
        ("https://example.org/a b", None),
        ("https://example.org:port/", None),
        ("tg:", None),
    ],
)
def test_links(written: str, kept: str | None) -> None:
    assert check_link(written) == kept
