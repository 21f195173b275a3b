"""What the words around a name tell of it."""

import pytest

from bot.text.actors import positions


def at(text: str, name: str) -> tuple[int, int]:
    return text.index(name), text.index(name) + len(name)


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("They met in Paris.", "Paris", True),
        ("Взрыв в Казани.", "Казани", True),
        ("It rained in northern Italy.", "Italy", True),
        ("Митинг в столице Турции разогнали.", "Турции", True),
        ("Судно затонуло у берегов Японии.", "Японии", True),
        ("Взрыв прогремел недалеко от границы Чада.", "Чада", True),
        ("Жительница Омска выиграла миллион.", "Омска", True),
        ("Пожар в подмосковных Химках потушили.", "Химках", True),
        ("Деревня Ивановка осталась без света.", "Ивановка", True),
        ("Удары по территории Сирии продолжаются.", "Сирии", False),
        ("Власти Турции ответили.", "Турции", False),
        ("France said no.", "France", False),
        ("Казань победила.", "Казань", False),
    ],
)
def test_a_preposition_makes_a_place(text: str, name: str, expected: bool) -> None:
    assert positions.stands_at_place(text, at(text, name)[0]) is expected


def test_russian_says_who_acts_by_where_they_act() -> None:
    assert positions.acts_inside("В Госдуме предложили запрет.", *at("В Госдуме предложили запрет.", "Госдуме"))
    assert not positions.acts_inside("В Госдуме жарко.", *at("В Госдуме жарко.", "Госдуме"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("В Париже назвали это ошибкой.", True),
        ("В Париже пока не отказались от сделки.", True),
        ("В Париже намерены ответить.", True),
        ("В Париже открыли каток.", False),
        ("В Париже ожидается снег.", False),
        ("Для Парижа назвали срок.", False),
    ],
)
def test_a_government_speaks_and_decides_in_its_capital(text: str, *, expected: bool) -> None:
    name = "Париже" if "Париже" in text else "Парижа"
    assert positions.decides_inside(text, *at(text, name)) is expected


def test_a_verb_after_the_people_of_a_place_is_its_deed() -> None:
    assert positions.acts("Texas police arrested him.", 5)
    assert positions.acts("Россия ответила.", 6)
    assert not positions.acts("Texas in summer", 5)


def test_sources_are_cited_and_speakers_speak() -> None:
    assert positions.is_cited("According to Reuters, no.", *at("According to Reuters, no.", "Reuters")[:1])
    assert positions.is_cited("По данным SHOT, да.", *at("По данным SHOT, да.", "SHOT")[:1])
    assert positions.speaks("Merkel said no.", 6)
    assert not positions.speaks("Merkel slept.", 6)


def test_english_names_own_and_describe_what_follows() -> None:
    assert positions.owns("Belgium's king", 7)
    assert positions.describes("U.S. visitors left", 4)
    assert not positions.describes("Israel warned them", 6)
    assert not positions.describes("Israel and Egypt", 6)


def test_a_place_after_a_comma_holds_the_one_before_it() -> None:
    text = "A court in Mombasa, Kenya jailed them."
    assert positions.stands_after_comma(text, text.index("Kenya"))
    assert not positions.stands_after_comma("When it rains, Kenya blooms.", 15)


def test_of_before_a_name_means_something_of_it() -> None:
    assert positions.stands_after_of("The people of the Netherlands", 18)
    assert not positions.stands_after_of("The Netherlands", 4)
