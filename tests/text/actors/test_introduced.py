"""Organisations by the noun before their names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.posts import Post
from bot.text.actors.introduced import know_introduced
from bot.text.actors.names import Name, NameKind
from bot.text.words.document import read_document


def known(text: str, *names: tuple[str, NameKind]) -> list[tuple[str, str]]:
    """Return the names after those given, at their first places, were looked at."""
    spans = sorted((text.index(surface), surface, kind) for surface, kind in names)
    given_names = [Name(start, start + len(surface), kind) for start, surface, kind in spans]
    found = know_introduced(read_document(Post("1", text), "en"), given_names)
    return [(text[name.start : name.end], name.kind) for name in found]


@pytest.mark.parametrize(
    ("text", "names", "told"),
    [
        ("The telecom firm Tarnnet blamed a ship.", [], [("Tarnnet", "ORG")]),
        ("It was sold to the lender Quill Mutual Trust of Ohio.", [], [("Quill Mutual Trust", "ORG")]),
        ("The hacking group KX28 is blamed.", [("KX28", "MISC")], [("KX28", "ORG")]),
        ("The club Luton lost.", [("Luton", "GPE")], [("Luton", "ORG")]),
        ("The drugmaker Lund fell.", [("Lund", "PER")], [("Lund", "ORG")]),
        ("The company, Krantzcopter, has won.", [("Krantzcopter", "PER")], [("Krantzcopter", "ORG")]),
        ("The firm Krantz & Lund won.", [("Krantz & Lund", "ORG")], [("Krantz & Lund", "ORG")]),
    ],
)
def test_a_noun_for_a_body_tells_the_kind_of_a_name_and_that_it_is_one(
    text: str, names: list[tuple[str, NameKind]], told: list[tuple[str, str]]
) -> None:
    assert known(text, *names) == told


def test_what_is_told_once_is_a_body_everywhere() -> None:
    text = "Lund sued. The lender Lund is small."
    names = [Name(0, 4, "PER"), Name(text.rindex("Lund"), text.rindex("Lund") + 4, "PER")]
    found = know_introduced(read_document(Post("1", text), "en"), names)
    assert [name.kind for name in found] == ["ORG", "ORG"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("She left the party Friday.", []),
        ("He told the agency Prime Minister Lund was ill.", [("Lund", "PER")]),
        ("It hit the company President Lund founded.", [("Lund", "PER")]),
        ("He joined the network Anna Lund runs.", [("Anna Lund", "PER")]),
        ("It was the exchange Norway wanted.", [("Norway", "GPE")]),
        ("The firm, Lund said, was sold.", [("Lund", "PER")]),
    ],
)
def test_what_stands_behind_such_a_noun_by_chance_is_no_body(text: str, names: list[tuple[str, NameKind]]) -> None:
    assert known(text, *names) == list(names)


@given(st.lists(st.sampled_from(["the", "firm", "group", "Quill", "Lund", "Friday", "-", "of"]), max_size=14))
def test_names_stay_in_order_and_apart(words: list[str]) -> None:
    document = read_document(Post("1", " ".join(words)), "en")
    capitals = [token for line in document.lines for token in line.tokens if token.text == "Lund"]
    found = know_introduced(document, [Name(token.start, token.end, "PER") for token in capitals])
    assert all(found[place].end <= found[place + 1].start for place in range(len(found) - 1))
    assert len(found) >= len(capitals)
