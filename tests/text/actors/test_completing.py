"""What the models leave out of a name is given back: initials, syllables, the adjectives of a row."""

import pytest

from bot.posts import Actor, Post
from bot.text.actors.borders import mend_borders
from bot.text.actors.completing import complete
from bot.text.actors.find import find_actors
from bot.text.actors.names import Name, NameKind, find_names
from bot.text.words.document import read_document


def by_name(text: str, lang: str = "ru") -> dict[str, Actor]:
    document = read_document(Post("1", text), lang)
    return {actor.name: actor for actor in find_actors(document, find_names(document))}


def completed(text: str, part: str, kind: NameKind) -> str:
    start = text.index(part)
    whole = complete(text, Name(start, start + len(part), kind))
    return text[whole.start : whole.end]


@pytest.mark.parametrize(
    "name", ["Ро Дэ У", "Ким Ён Сам", "Пак Чон Хи", "Но Му Хён", "Фам Минь Тинь", "Нгуен Фу Чонг", "То Лам"]
)
def test_names_from_the_east_of_asia_keep_their_syllables(name: str) -> None:
    assert name in by_name(f"Бывший президент {name} заявил, что страна готова к переговорам. Встреча пройдёт в мае.")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Но Ли Цян заявил о переговорах.", "Ли Цян"),
        ("Завтра Ли Цян Москву не посетит.", "Ли Цян"),
        ("Встретились Ли Цян Ким Чен Ын.", "Ли Цян"),
        ("Лидер Ким Чен Ын Путину написал.", "Ким Чен Ын"),
        ("Сон Ивана забыт.", "Ивана"),
    ],
)
def test_what_stands_beside_an_eastern_name_stays_outside(text: str, part: str) -> None:
    assert completed(text, part, "PER") == part


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Министр обороны С.М. Иванов сообщил о ходе учений.", "С.М. Иванов", "Министр обороны"),
        ("Министр обороны С. М. Иванов сообщил о ходе учений.", "С. М. Иванов", "Министр обороны"),
        ("Об этом рассказал президент В. Путин на встрече.", "В. Путин", "президент"),
    ],
)
def test_initials_belong_to_the_name_and_not_to_the_role(text: str, name: str, role: str) -> None:
    actor = by_name(text)[name]
    assert actor.role
    assert actor.role.text == role


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("The envoy to the U.S. Smith said so.", "Smith"),
        ("At 5 P.M. Jones left.", "Jones"),
        ("Он жил в США. Иванов уехал.", "Иванов"),
        ("S.\nKrishna said so.", "Krishna"),
    ],
)
def test_other_abbreviations_before_a_name_are_no_initials(text: str, part: str) -> None:
    assert completed(text, part, "PER") == part


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("Между Тульской и Калужской областями дорога.", "Калужской областями", "Тульской и Калужской областями"),
        ("Северная и Южная Кореи договорились.", "Южная Кореи", "Северная и Южная Кореи"),
        ("Брянская, Курская и Орловская области.", "Орловская области", "Брянская, Курская и Орловская области"),
        ("Президенты Северной и Южной Кореи.", "Южной Кореи", "Южной Кореи"),
        ("Власти Москвы и Калужской области.", "Калужской области", "Калужской области"),
        ("Москва и Соединённые Штаты.", "Соединённые Штаты", "Соединённые Штаты"),
    ],
)
def test_a_noun_in_the_plural_has_all_its_adjectives(text: str, part: str, whole: str) -> None:
    assert completed(text, part, "GPE") == whole


def test_initials_that_an_organisation_has_taken_in_stay_there() -> None:
    text = "Институт имени А. С. Пушкина опубликовал рейтинг."
    document = read_document(Post("1", text))
    names = [Name(0, text.index(" Пушкина"), "ORG"), Name(text.index("Пушкина"), text.index(" опубликовал"), "PER")]
    assert [text[one.start : one.end] for one in mend_borders(document, names)] == ["Институт имени А. С.", "Пушкина"]


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("Prime Minister Marjan Solek resigned.", "Solek", "Marjan Solek"),
        ("On Friday Solek resigned.", "Solek", "Solek"),
        ("In Jordan Solek resigned.", "Solek", "Solek"),  # a first name as well
        ("The minister, Marjan. Solek resigned.", "Solek", "Solek"),
        ("Anna Marjan Solek resigned.", "Marjan Solek", "Marjan Solek"),
    ],
)
def test_a_surname_has_the_first_name_before_it(text: str, part: str, whole: str) -> None:
    assert completed(text, part, "PER") == whole
