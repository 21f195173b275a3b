"""Bodies that are only where something happens."""

import pytest

from bot.posts import Post
from bot.text.actors.find import find_actors
from bot.text.actors.mentions import Mention, join_names
from bot.text.actors.names import Name, NameKind, find_names
from bot.text.actors.scenes import leave_out_scenes
from bot.text.words.document import read_document


def left(text: str, *names: str) -> list[str]:
    """Return which of these names, at all their places, are not left out."""
    spots = [(place, name) for name in names for place in range(len(text)) if text.startswith(name, place)]
    mentions = [Mention(start, start + len(name), "ORG", 1.0) for start, name in sorted(spots)]
    return [text[one.start : one.end] for one in leave_out_scenes(text, mentions)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The lecture was held at Grand Tarn Hotel.", "Grand Tarn Hotel"),
        ("He was taken to the Mercy Hospital.", "Mercy Hospital"),
        ("They are top of the Coastal League.", "Coastal League"),
        ("It is the best start in the NBA.", "NBA"),
        ("They won the Coastal League title.", "Coastal League"),
    ],
)
def test_where_something_happens_does_not_act(text: str, name: str) -> None:
    assert left(text, name) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mercy Hospital said the girl was well.", "Mercy Hospital"),
        ("The Coastal League fined two clubs.", "Coastal League"),
        ("She studied at Tarn University.", "Tarn University"),
        ("The Coastal League cannot say when.", "Coastal League"),
    ],
)
def test_who_acts_somewhere_stays(text: str, name: str) -> None:
    assert left(text, name) == [name]


def test_persons_are_no_places_by_their_names() -> None:
    text = "They agreed with Mike Castle in June."
    person = Mention(text.index("Mike"), text.index(" in"), "PER", 1.0)
    assert leave_out_scenes(text, [person]) == [person]


def test_the_acronym_behind_a_scene_is_the_same() -> None:
    assert left("He scored in the Coastal Super League (CSL).", "Coastal Super League", "CSL") == []


def test_who_acts_once_stays_everywhere() -> None:
    text = "He was taken to Mercy Hospital. Mercy Hospital said he was well."
    assert left(text, "Mercy Hospital") == ["Mercy Hospital", "Mercy Hospital"]


def test_a_game_names_the_clubs_and_not_where_they_play() -> None:
    text = "Aston Villa beat Crystal Palace 2-0 in the Premier League at the Villa Park stadium on Sunday."
    document = read_document(Post("1", text), "en")
    assert {actor.name for actor in find_actors(document, find_names(document))} == {"Aston Villa", "Crystal Palace"}


def test_a_realm_is_one_with_its_name() -> None:
    text = "The Democratic Republic of the Congo closed its border."
    kinds: list[tuple[str, NameKind]] = [("Democratic Republic", "GPE"), ("Congo", "GPE")]
    names = [Name(text.index(part), text.index(part) + len(part), kind) for part, kind in kinds]
    (one,) = join_names(text, names)
    assert text[one.start : one.end] == "Democratic Republic of the Congo"
