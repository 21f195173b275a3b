"""What stands before a name and says what its bearer is."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.posts import Post
from bot.text.actors.descriptions import find_calling, find_description
from bot.text.actors.names import Name, NameKind
from bot.text.actors.offices import settle_roles
from bot.text.actors.roles import Role, find_roles
from bot.text.words.document import read_document


def described(text: str, surface: str, kind: NameKind) -> str | None:
    """Return what stands before a name, at its first place."""
    document = read_document(Post("1", text), "en")
    start = text.index(surface)
    name = Name(start, start + len(surface), kind)
    line = next(line for line in document.lines if line.start <= start < line.end)
    span = (find_calling if kind == "PER" else find_description)(document, line, name)
    return text[span[0] : span[1]] if span else None


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("The Coastal Foxes goalkeeper Ann Lee was hurt.", "Coastal Foxes goalkeeper"),
        ("On Friday former navy pilot Ann Lee spoke.", "former navy pilot"),
        ("It was told by Dutch actress Ann Lee.", "Dutch actress"),
        ("Critics praised 20-year-old pianist Ann Lee.", "pianist"),
        ("They beat five-time champion Ann Lee.", "five-time champion"),
        ("They called lawyer Ann Lee.", "lawyer"),
        ("They called lichenologist Ann Lee.", "lichenologist"),
        ("They called Mother Ann Lee.", None),
        ("They called Ann Lee.", None),
        ("A lawyer, Ann Lee, called.", None),
        ("Ann Lee called.", None),
    ],
)
def test_a_person_is_what_stands_right_before_the_name(text: str, role: str | None) -> None:
    assert described(text, "Ann Lee", "PER") == role


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("On Friday Acme supplier Quillnet closed.", "Acme supplier"),
        ("They sued the Ohio-based software firm Quillnet.", "Ohio-based software firm"),
        ("The U.S. based company Quillnet closed.", "U.S. based company"),
        ("The terror group Quillnet is banned.", "terror group"),
        ("They joined Quillnet.", None),
    ],
)
def test_an_organisation_is_described_with_names_and_participles(text: str, description: str | None) -> None:
    assert described(text, "Quillnet", "ORG") == description


def test_a_role_right_before_a_person_is_not_that_of_the_one_before_the_comma() -> None:
    text = "NASA astronaut Ann Lee, European Space Agency astronaut Bo Lund and two others were on board."
    people = [Name(text.index(name), text.index(name) + len(name), "PER") for name in ("Ann Lee", "Bo Lund")]
    document = read_document(Post("1", text), "en")
    found = {
        text[role.name.start : role.name.end]: text[role.start : role.end] for role in find_roles(document, people)
    }
    assert found == {"Ann Lee": "NASA astronaut", "Bo Lund": "European Space Agency astronaut"}


def test_a_name_behind_a_comma_is_no_role() -> None:
    text = "It replaces Ann Lee, the Tarn Football Association said; Democrat Bo Lund left."
    person, body = Name(12, 19, "PER"), Name(text.index("Tarn"), text.index(" said"), "ORG")
    party = Name(text.index("Democrat"), text.index(" Bo"), "ORG")
    other = Name(text.index("Bo Lund"), text.index(" left"), "PER")
    names = [person, body, party, other]
    roles = [Role(body.start, body.end, person), Role(party.start, party.end, other)]
    assert [text[role.start : role.end] for role in settle_roles(text, roles, names)] == ["Democrat"]


@given(
    st.lists(
        st.sampled_from(["the", "former", "Acme", "guard", "actor", "firm", ",", "U.S.", "said", "Lund"]), max_size=14
    )
)
def test_descriptions_end_before_the_name(words: list[str]) -> None:
    document = read_document(Post("1", " ".join([*words, "Lund"])), "en")
    for line in document.lines:
        for token in line.tokens:
            name = Name(token.start, token.end, "PER")
            spans = (find(document, line, name) for find in (find_calling, find_description))
            assert all(line.start <= place < token.start + 1 for place in chain.from_iterable(filter(None, spans)))
