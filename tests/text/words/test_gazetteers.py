"""Lists of known names."""

from bot.text.actors.states import find_state
from bot.text.words.gazetteers import base, casing, demonyms, first_names, known_names, surnames


def test_places_are_known_by_all_words_of_their_names() -> None:
    assert known_names("en")["united", "states"] == "state"
    assert known_names("en")["north", "carolina"] == "region"
    assert known_names("en")[("munich",)] == "city"
    assert known_names("ru")[(base("Казани"),)] == "city"
    assert known_names("ru")[(base("Россией"),)] == "state"


def test_organisations_are_known_in_every_case() -> None:
    assert known_names("en")["world", "health", "organization"] == "organisation"
    assert known_names("ru")[(base("Роскосмосом"),)] == "organisation"


def test_adjectives_and_peoples_lead_to_their_states() -> None:
    assert demonyms()["armenian"] == "AM"
    assert demonyms()[base("российскими")] == "RU"


def test_common_words_are_no_personal_names() -> None:
    assert "vladimir" in first_names()
    assert "smith" in surnames()
    assert not {"will", "may", "the", "police"} & (first_names() | surnames())


def test_words_are_listed_as_they_are_written() -> None:
    assert casing("en")["government"] == "government"
    assert casing("ru")["москва"] == "Москва"


def test_states_are_known_by_cases_short_names_and_capitals() -> None:
    for name in ("Россия", "России", "РФ", "Russia", "the Russian Federation"):
        state = find_state(name)
        assert state is not None
        assert (state.code, state.metonym) == ("RU", False), name
    for name in ("Кремль", "Кремле", "Moscow", "the Kremlin"):
        state = find_state(name)
        assert state is not None
        assert (state.code, state.metonym) == ("RU", True), name
    assert find_state("Gazprom") is None
