"""Roles: what a text calls those whom it names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.posts import Post
from bot.text.actors.names import find_names
from bot.text.actors.roles import find_roles
from bot.text.words.document import read_document


def roles_of(text: str, lang: str | None = None) -> dict[str, str]:
    document = read_document(Post("1", text), lang)
    return {
        text[role.name.start : role.name.end]: text[role.start : role.end]
        for role in find_roles(document, find_names(document))
    }


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("French President Emmanuel Macron spoke on Monday.", "Emmanuel Macron", "French President"),
        ("Emmanuel Macron, the French president, spoke on Monday.", "Emmanuel Macron", "French president"),
        ("Prime Minister Boris Johnson resigned.", "Boris Johnson", "Prime Minister"),
        ("Президент Франции Эммануэль Макрон выступил.", "Эммануэль Макрон", "Президент Франции"),
        ("Об этом сообщил мэр Москвы Сергей Собянин.", "Сергей Собянин", "мэр Москвы"),
    ],
)
def test_a_title_before_and_an_apposition_after_are_roles(text: str, name: str, role: str) -> None:
    assert roles_of(text)[name] == role


def test_a_plural_is_the_role_of_all_whom_it_names() -> None:
    found = roles_of("Democratic senators John Kerry and Edward Kennedy voted against the bill.")
    assert found["John Kerry"] == found["Edward Kennedy"] == "Democratic senators"
    found = roles_of("Депутаты Госдумы Иван Петров и Сергей Сидоров внесли законопроект.")
    assert found["Иван Петров"] == found["Сергей Сидоров"] == "Депутаты Госдумы"


def test_an_organisation_is_described_by_the_noun_before_its_name() -> None:
    assert roles_of("Regulators fined the web search giant Google on Friday.")["Google"] == "web search giant"
    assert roles_of("Об этом сообщает американская газета Washington Post.")["Washington Post"] == "американская газета"


def test_a_party_is_described_too() -> None:
    assert roles_of("Власти и правящая партия «Яблоко» молчат.")["Яблоко"] == "правящая партия"


def test_a_verb_before_the_noun_is_no_part_of_the_description() -> None:
    assert roles_of("On Friday they sued software giant Microsoft.")["Microsoft"] == "software giant"


@given(
    st.lists(
        st.sampled_from(
            ["President", "Obama", "газета", "«", "РБК", "»", "and", "astronauts", "giant", "Google", ",", "мэр", "\n"]
        ),
        max_size=20,
    ).map(" ".join)
    | st.text(max_size=40),
    st.sampled_from(["en", "ru", "de"]),
)
def test_roles_stand_outside_of_their_names_in_order_whatever_the_text(text: str, lang: str) -> None:
    document = read_document(Post("1", text), lang)
    roles = find_roles(document, find_names(document))
    assert list(roles) == sorted(roles, key=lambda role: role.start)
    for role in roles:
        assert 0 <= role.start < role.end <= len(document.text)
        assert role.end <= role.name.start or role.name.end <= role.start
