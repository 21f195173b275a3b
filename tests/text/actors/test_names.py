"""Names: what the models find, and what the whole post makes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.posts import Post
from bot.text.actors.names import Name, consistent, find_names
from bot.text.words.document import Document, read_document


def read(text: str, lang: str | None = None) -> Document:
    return read_document(Post("1", text), lang)


def named(text: str) -> dict[str, str]:
    document = read(text)
    return {document.text[name.start : name.end]: name.kind for name in find_names(document)}


def test_persons_states_and_ministries_are_found_in_english() -> None:
    found = named("Armenian Prime Minister Nikol Pashinyan flew to Russia, the Armenian Foreign Ministry said.")
    assert found == {"Nikol Pashinyan": "PER", "Russia": "GPE", "Armenian Foreign Ministry": "ORG"}


def test_persons_states_and_ministries_are_found_in_russian() -> None:
    found = named("Премьер-министр Армении Никол Пашинян прилетел в Россию, сообщили в Минобороны РФ.")
    assert found == {"Армении": "GPE", "Никол Пашинян": "PER", "Россию": "GPE", "Минобороны РФ": "ORG"}


def test_a_shouted_headline_names_the_same() -> None:
    assert named("PUTIN ARRIVES IN MINSK FOR TALKS WITH THE EUROPEAN UNION")["PUTIN"] == "PER"
    assert named("ПУТИН ПРИБЫЛ В МИНСК НА ПЕРЕГОВОРЫ") == {"ПУТИН": "PER", "МИНСК": "GPE"}


def test_an_alarm_is_no_name() -> None:
    found = named("СРОЧНО! ВС РФ УНИЧТОЖИЛИ СКЛАД ПОД ХАРЬКОВОМ")
    assert found["ВС РФ"] == "ORG"
    assert not {"СРОЧНО", "СКЛАД", "УНИЧТОЖИЛИ"} & set(found)


def test_a_post_without_capitals_still_names_people_and_places() -> None:
    assert named("путин прилетел в минск и встретился с лукашенко") == {
        "путин": "PER",
        "минск": "GPE",
        "лукашенко": "PER",
    }


def test_a_place_before_based_is_a_name_of_its_own() -> None:
    assert named("He works for the London-based Centre for European Reform.")["London"] == "GPE"


def test_a_surface_has_one_kind_in_the_whole_post() -> None:
    document = read("Reuters said so. Then Reuters said more. And Reuters left.")
    spans = [(token.start, token.end) for line in document.lines for token in line.tokens if token.text == "Reuters"]
    names = [Name(*spans[0], "ORG", 0.9), Name(*spans[1], "PER", 0.4)]
    assert [(name.start, name.kind) for name in consistent(document, names)] == [(start, "ORG") for start, _ in spans]


def test_a_surname_alone_is_the_person_named_in_full() -> None:
    document = read("Ivan Petrov came. Petrov spoke.")
    (name, again) = consistent(document, [Name(0, 11, "PER", 0.9)])
    assert (again.start, again.end, again.kind) == (18, 24, "PER")
    assert name.sure == again.sure


@pytest.mark.parametrize("text", ["", " \n ", "«»", "\ud800 Putin", "a\0b", "ПАО «" * 50, "İ ß ǅ"])
def test_odd_texts_are_read_without_an_error(text: str) -> None:
    find_names(read(text))


@given(
    st.text(alphabet="ABс абРЯ.,-'«»()\n1Ёé", max_size=80) | st.text(max_size=60),
    st.sampled_from(["en", "ru", "uk", "de", "zh"]),
)
def test_names_are_whole_tokens_in_order_and_apart(text: str, lang: str) -> None:
    document = read(text, lang)
    starts = {token.start for line in document.lines for token in line.tokens}
    ends = {token.end for line in document.lines for token in line.tokens}
    last = 0
    for name in find_names(document):
        assert last <= name.start < name.end
        assert name.start in starts
        assert name.end in ends
        assert 0 <= name.sure <= 1.0001
        last = name.end
