"""Whose a role is, where it ends, and which of several is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.posts import Actor, Post
from bot.text.actors.find import find_actors
from bot.text.actors.names import Name, find_names
from bot.text.actors.offices import role_rank, settle_roles
from bot.text.actors.roles import Role
from bot.text.words.document import read_document


def by_name(text: str) -> dict[str, Actor]:
    document = read_document(Post("1", text))
    return {actor.name: actor for actor in find_actors(document, find_names(document))}


def settled(text: str, role: str, name: str, kind: str = "PER", person: str = "") -> list[tuple[str, str]]:
    names = [Name(text.index(name), text.index(name) + len(name), kind)]  # type: ignore[arg-type] # parametrized
    if person:
        names.append(Name(text.index(person), text.index(person) + len(person), "PER"))
    given_role = Role(text.index(role), text.index(role) + len(role), names[0])
    return [
        (text[one.start : one.end], text[one.name.start : one.name.end])
        for one in settle_roles(text, [given_role], names)
    ]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Аппарат совета Юн Сок Ёль", "Аппарат совета"),
        ("Выступление правнучки Никиты Хрущёва", "Выступление правнучки"),
        ("Компания SpaceX Илона Маска", "Компания SpaceX"),
        ("Адвокат актёра предполагает: Иван Петров", "Адвокат актёра предполагает:"),
    ],
)
def test_what_no_person_is_called_is_no_role_of_a_person(text: str, role: str) -> None:
    assert settled(text, role, text.removeprefix(role).strip()) == []


@pytest.mark.parametrize(
    ("role", "name"),
    [
        ("Сын", "Джорджа Сороса"),
        ("Пресс-секретарём", "Трампа"),
        ("мама", "Ивана"),
        ("Сторонники", "Ивана Петрова"),
        ("делам ветеранов", "Михаил Орлов"),
    ],
)
def test_who_belongs_to_somebody_is_no_role_of_his(role: str, name: str) -> None:
    assert settled(f"{role} {name} не ответил.", role, name) == []


@pytest.mark.parametrize(
    ("role", "name", "own"),
    [
        ("Сын миллиардера", "Джорджа Сороса", "миллиардера"),
        ("противников президента Перу", "Ивана Петрова", "президента Перу"),
        ("внук певца", "Иосифа Кобзона", "певца"),
        ("визит председателя Думы", "Ивана Петрова", "председателя Думы"),
        ("письмо героя главе города", "Ивану Петрову", "главе города"),
    ],
)
def test_of_the_role_of_his_people_he_has_what_names_himself(role: str, name: str, own: str) -> None:
    assert settled(f"{role} {name} не ответил.", role, name) == [(own, name)]


def test_several_are_called_what_a_plural_says() -> None:
    text = "Исполнили песню певцы Анна Белова и Иван Петров."
    names = [Name(text.index(name), text.index(name) + len(name), "PER") for name in ("Анна Белова", "Иван Петров")]
    start = text.index("певцы")
    given_roles = [Role(start, start + len("певцы"), name) for name in names]
    assert list(settle_roles(text, given_roles, names)) == given_roles


def test_one_of_several_is_one() -> None:
    role, name = "один из лидеров оппозиции", "Зураб Орлов"
    assert settled(f"Задержан {role} {name}.", role, name) == [(role, name)]


@pytest.mark.parametrize("acting", ["врио", "И. о.", "и.о.", "исполняющий обязанности"])
def test_who_stands_in_for_an_office_is_told_so(acting: str) -> None:
    text = f"Об этом сообщил {acting} губернатора Юрий Слюсарь."
    assert settled(text, "губернатора", "Юрий Слюсарь") == [(f"{acting} губернатора", "Юрий Слюсарь")]


@pytest.mark.parametrize(
    ("role", "name"),
    [("президента", "Владимира Путина"), ("Бизнесмен", "Илон Маск"), ("балерине", "Марии Ивановой"), ("глава", "Ли")],
)
def test_a_role_of_the_same_case_is_the_persons_own(role: str, name: str) -> None:
    assert settled(f"Как {role} {name} и хотел.", role, name) == [(role, name)]


@pytest.mark.parametrize(
    ("role", "name", "left"),
    [
        ("которое глава МИД", "Сергей Лавров", "глава МИД"),
        ("чей помощник", "Юрий Ушаков", "помощник"),
        ("Этот режиссёр", "Никита Михалков", "режиссёр"),
        ("когда министр", "Сергей Лавров", "министр"),
        ("Один из лидеров", "Зураб Джапаридзе", "Один из лидеров"),
        ("первый зампред", "Ольга Скоробогатова", "первый зампред"),
    ],
)
def test_a_role_does_not_begin_with_a_pronoun_or_a_conjunction(role: str, name: str, left: str) -> None:
    assert settled(f"Интервью, {role} {name} дал.", role, name) == [(left, name)]


@pytest.mark.parametrize(
    ("role", "name"),
    [("translator of", "John Locke"), ("главы департаментов Данилова и", "Полякова"), ("мама»", "Вера")],
)
def test_a_role_that_ends_in_the_middle_of_something_is_none(role: str, name: str) -> None:
    assert settled(f"Here {role} {name} said.", role, name) == []


def test_people_are_no_role_of_an_organisation() -> None:
    assert settled("сотрудники обсерватории Китт-Пик", "сотрудники обсерватории", "Китт-Пик", "ORG") == []
    kept = settled("Газета Ведомости", "Газета", "Ведомости", "ORG")
    assert kept == [("Газета", "Ведомости")]


def test_a_role_before_an_organisation_is_that_of_the_person_after_it() -> None:
    text = "Бывший ведущий телеканала Fox Такер Карлсон"
    assert settled(text, "Бывший ведущий телеканала", "Fox", "ORG", "Такер Карлсон") == [
        ("Бывший ведущий телеканала Fox", "Такер Карлсон")
    ]
    carlson = by_name(text + " приехал в Москву.")["Такер Карлсон"]
    assert carlson.role is not None
    assert carlson.role.text == "Бывший ведущий телеканала Fox"


def test_marks_and_adverbs_beside_a_role_are_cut_off() -> None:
    assert settled("Ведущий - Олег Антоненко", "Ведущий -", "Олег Антоненко") == [("Ведущий", "Олег Антоненко")]
    assert settled("также глава МИД Сергей Лавров", "также глава МИД", "Сергей Лавров") == [
        ("глава МИД", "Сергей Лавров")
    ]


@pytest.mark.parametrize(
    ("role", "own"),
    [
        ("declaration from Gov.", ["Gov."]),
        ("image of Dutch actress", ["Dutch actress"]),
        ("director of the institute", ["director of the institute"]),
        ("ambassador to France", ["ambassador to France"]),
        ("five-set win over", []),
    ],
)
def test_an_english_role_is_cut_down_to_what_names_the_person(role: str, own: list[str]) -> None:
    assert [one for one, _ in settled(f"They saw {role} Ann Lee.", role, "Ann Lee")] == own


def test_the_role_in_the_nominative_and_of_one_person_reads_best() -> None:
    roles = ["премьера Израиля", "зампреды ЦБ", "премьер-министр", "премьер-министр Израиля"]
    assert max(roles, key=role_rank) == "премьер-министр Израиля"
    assert not role_rank("премьера Израиля")[0]
    assert not role_rank("зампреды ЦБ")[0]


@given(st.text(alphabet="аяПИ гдел,—-:\nB", max_size=20), st.integers(0, 20), st.integers(0, 20))
def test_settled_roles_stay_inside_of_what_was_found_whatever_it_is(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    text += " Иван Петров"
    name = Name(len(text) - 11, len(text), "PER")
    for role in settle_roles(text, [Role(start, end, name)], [name]):
        assert start <= role.start < role.end <= end
