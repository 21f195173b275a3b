from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.posts import Origin, OriginKind, Post
from bot.store.desks.identity import fingerprint, identity

PLACED = Post(
    "1", "Text", origin=Origin(OriginKind.CHANNEL, "World News", "worldnews", -1001234, 9), url="https://t.me/w/9"
)
LONG = "The parliament voted on Monday for a budget of 1.5 billion euros, after a debate that lasted the whole night."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (PLACED, replace(PLACED, id="8:5", text="Edited since", url=None)),
        (Post("1", "a", url="https://t.me/x/1"), Post("2", "b", url="https://t.me/x/1")),
        (
            Post("1", "The  king\nleft."),
            Post("2", " The king left. ", origin=Origin(OriginKind.USER, "Anna", chat_id=7)),
        ),
        (Post("1", "caf\u00e9"), Post("2", "cafe\u0301")),
    ],
    ids=["place in its channel", "address", "spaces", "composition"],
)
def test_posts_are_the_same_by_place_else_by_address_else_by_words(one: Post, other: Post) -> None:
    assert identity(one) == identity(other)


@given(st.text(st.characters()), st.sampled_from([" ", "\n", "\u00a0\t"]))
def test_any_text_is_known_by_its_words_whatever_stands_between_them(text: str, space: str) -> None:
    spaced = space + space.join(text.split()) + space
    assert identity(Post("1", text)) == identity(Post("2", spaced))
    assert identity(Post("1", text)) != identity(Post("1", text + "x"))


@pytest.mark.parametrize(
    "same",
    [
        f"**{LONG}**",
        LONG.upper().replace(" ", "\n"),
        f"{LONG} https://t.me/worldnews/9?single",
        f"\u2757\ufe0f {LONG}",
    ],
    ids=["markup", "case and lines", "an address", "an emoji"],
)
def test_a_text_is_known_again_whatever_stands_around_its_words(same: str) -> None:
    assert fingerprint(Post("1", LONG)) == fingerprint(Post("2", same)) is not None


def test_another_number_is_another_text() -> None:
    assert fingerprint(Post("1", LONG)) != fingerprint(Post("2", LONG.replace("1.5", "15")))


@given(st.text(st.characters(), max_size=300), st.sampled_from([" ", "\n", "*", "\u200b"]))
def test_whatever_stands_between_words_says_nothing(text: str, between: str) -> None:
    words = ["word" * 20, *text.split()]
    assert fingerprint(Post("1", " ".join(words))) == fingerprint(Post("2", f"{between} {between}".join(words)))


@given(st.text(st.characters(max_codepoint=127), max_size=79))
def test_short_texts_have_no_fingerprint(text: str) -> None:
    assert fingerprint(Post("1", text)) is None
