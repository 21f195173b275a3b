"""Who only wrote or sent an English report is no actor of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.posts import Post
from bot.text.actors.credits import leave_out_credits
from bot.text.actors.find import find_actors
from bot.text.actors.names import Name, find_names
from bot.text.words.document import read_document


def actors_of(text: str) -> set[str]:
    document = read_document(Post("1", text), "en")
    return {actor.name for actor in find_actors(document, find_names(document))}


def left(text: str, *places: str) -> list[str]:
    """Return which of these names of places, at their first places, are not left out."""
    document = read_document(Post("1", text), "en")
    names = [Name(text.index(place), text.index(place) + len(place), "GPE") for place in places]
    return [text[name.start : name.end] for name in leave_out_credits(document, names)]


@pytest.mark.parametrize(
    "dateline",
    [
        "OSLO (Reuters) - ",
        "OSLO, March 3 (AP) — ",
        "OSLO (Reuters) -",
        "March 3 (Reuters) – ",
        "OSLO, Norway – ",
        "Oslo, Norway — ",
        "OSLO -- ",
        "Oslo: ",
        "OSLO :",
        "🔴 OSLO, Norway, March 3, 2024 (GLOBE NEWSWIRE) -- ",
        "By Anna Berg and Nils Dahl\n\nOSLO (Reuters) - ",
    ],
)
def test_a_dateline_and_a_byline_name_no_actors(dateline: str) -> None:
    assert actors_of(dateline + "The trawler's captain, Erik Lund, said on Monday that his nets were empty.") == {
        "Erik Lund"
    }


def test_a_dateline_may_stand_before_any_report_of_a_post() -> None:
    text = "SMALLVILLE, Pa. — Fire crews saved two dogs.\n\nLIMA — Fishermen returned to the harbour on Friday night."
    assert left(text, "SMALLVILLE", "Pa", "LIMA") == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Moscow: we will answer every step that they take against us.", "Moscow"),
        ("Ukraine: the army took back three villages in the south.", "Ukraine"),
        ("Norway – the biggest producer of oil in Europe – cut its output.", "Norway"),
        ("Paris: storm", "Paris"),
        ("Kyiv and Warsaw – The two cities signed a treaty of friendship today.", "Warsaw"),
        ("The strike hit Kharkiv — Ukraine's second city — at five in the morning.", "Kharkiv"),
    ],
)
def test_who_speaks_or_is_spoken_of_before_a_mark_stays(text: str, place: str) -> None:
    assert left(text, place) == [place]


def test_credits_behind_a_report_name_no_actors() -> None:
    text = (
        "Mayor Tomas Hook opened the bridge on Sunday. Photo: Lena Marsh/EPA\n"
        "(Reporting by Dora Quill; Editing by Saul Pike)"
    )
    assert actors_of(text) == {"Tomas Hook"}


@given(st.text(st.sampled_from("AbC ,.:—-()\n3👉"), max_size=80), st.text(max_size=30))
def test_only_names_inside_of_datelines_and_credits_are_left_out(text: str, more: str) -> None:
    document = read_document(Post("1", text + more), "en")
    names = [Name(token.start, token.end, "GPE") for line in document.lines for token in line.tokens]
    kept = leave_out_credits(document, names)
    assert [name for name in names if name in kept] == kept
