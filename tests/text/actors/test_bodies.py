"""Organisations by list and by the last words of their names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.posts import Post
from bot.text.actors.bodies import know_bodies
from bot.text.actors.names import Name, NameKind
from bot.text.words.document import read_document


def known(text: str, *names: tuple[str, NameKind]) -> list[tuple[str, str]]:
    """Return the names after those given, at their first places, were looked at."""
    spans = sorted((text.index(surface), surface, kind) for surface, kind in names)
    given_names = [Name(start, start + len(surface), kind) for start, surface, kind in spans]
    found = know_bodies(read_document(Post("1", text), "en"), given_names)
    return [(text[name.start : name.end], name.kind) for name in found]


@pytest.mark.parametrize(
    ("text", "names", "body"),
    [
        ("The Oklahoma City Thunder lost at home.", [("Oklahoma City", "GPE")], "Oklahoma City Thunder"),
        ("The Las Vegas Raiders won.", [("Las Vegas Raiders", "GPE")], "Las Vegas Raiders"),
        ("Fans of Foo Fighters queued.", [], "Foo Fighters"),
        ("On Monday Akamai saw it first.", [("Akamai", "PER")], "Akamai"),
        ("A fund sued Procter & Gamble again.", [("Procter", "PER")], "Procter & Gamble"),
        (
            "The U.S. Securities and Exchange Commission sued.",
            [("U.S. Securities", "ORG"), ("Exchange Commission", "ORG")],
            "U.S. Securities and Exchange Commission",
        ),
    ],
)
def test_a_listed_name_is_an_organisation_as_a_whole(text: str, names: list[tuple[str, NameKind]], body: str) -> None:
    assert known(text, *names) == [(body, "ORG")]


def test_a_date_before_a_listed_name_is_no_part_of_it() -> None:
    text = "It was the Jan 5 Alaska Airlines incident."
    assert known(text, ("Jan 5 Alaska Airlines", "ORG")) == [("Alaska Airlines", "ORG")]


@pytest.mark.parametrize(("name", "kind"), [("Tarn AeroWorks", "ORG"), ("LeBron Hook", "PER"), ("Ann McKay", "PER")])
def test_humps_tell_an_organisation_unless_persons_have_them(name: str, kind: str) -> None:
    assert known(f"Yesterday {name} won.", (name, "PER")) == [(name, kind)]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The singer Grace Coldplay Lund won.", "Grace Coldplay Lund", "PER"),
        ("She opened Adobe Reader 9 on it.", "Adobe Reader", "MISC"),
    ],
)
def test_a_listed_name_inside_of_another_is_no_organisation(text: str, name: str, kind: NameKind) -> None:
    assert known(text, (name, kind)) == [(name, kind)]


def test_one_listed_word_beside_another_capital_is_not_added() -> None:
    assert known("It runs on Adobe Reader and on paper.") == []


@pytest.mark.parametrize(
    ("name", "kind", "told"),
    [
        ("Harbour Pharmaceuticals", "PER", "ORG"),
        ("Tarn Valley College", "GPE", "ORG"),
        ("Quill Labs", "MISC", "ORG"),
        ("Heather Capital", "PER", "ORG"),
        ("Capital", "GPE", "GPE"),
    ],
)
def test_the_last_word_tells_an_organisation(name: str, kind: NameKind, told: NameKind) -> None:
    assert known(f"Yesterday {name} closed.", (name, kind)) == [(name, told)]


@given(
    st.lists(st.sampled_from(["Aston", "Villa", "the", "Supreme", "Court", "Akamai", "Ann", "U.S.", "."]), max_size=14)
)
def test_names_stay_in_order_and_apart(words: list[str]) -> None:
    document = read_document(Post("1", " ".join(words)), "en")
    capitals = [token for line in document.lines for token in line.tokens if token.text[0].isupper()]
    kinds: list[NameKind] = ["PER", "GPE", "ORG", "MISC"]
    names = [Name(token.start, token.end, kinds[place % 4]) for place, token in enumerate(capitals)]
    found = know_bodies(document, names)
    assert all(found[place].end <= found[place + 1].start for place in range(len(found) - 1))
