import pytest

from tests.text.numbers.reading import numbers, only


@pytest.mark.parametrize(
    ("text", "lang", "value", "unit"),
    [
        ("Two-thirds of voters stayed away.", "en", 2 / 3, "voters"),
        ("About a third of homes lost power.", "en", 1 / 3, "homes"),
        ("Over half of the respondents agreed.", "en", 1 / 2, "respondents"),
        ("One in five adults smokes.", "en", 1 / 5, "adults"),
        ("They waited half an hour.", "en", 1 / 2, "hour"),
        ("One in five Americans agreed.", "en", 1 / 5, "Americans"),
        ("More than half of Republicans agreed.", "en", 1 / 2, "Republicans"),
        ("Half of the Philippines is dark.", "en", 1 / 2, None),
        ("It cut heart attacks by a third.", "en", 1 / 3, None),
        ("Half of Ukraine is dark.", "en", 1 / 2, None),
        ("Треть жителей осталась без света.", "ru", 1 / 3, "жителей"),
        ("Разрушены две трети домов.", "ru", 2 / 3, "домов"),
        ("Погибло 1/3 урожая.", "ru", 1 / 3, "урожая"),
        ("Они ждали полчаса.", "ru", 1 / 2, "часа"),
    ],
)
def test_shares_are_read_with_what_they_are_of(text: str, lang: str, value: float, unit: str | None) -> None:
    number = only(text, lang)
    assert number.value == pytest.approx(value)
    assert number.unit == unit


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("He scored in the second half.", "en"),
        ("It was the third quarter.", "en"),
        ("He came third.", "en"),
        ("It was sold by a third party.", "en"),
        ("Во второй половине дня пойдёт дождь.", "ru"),
        ("Он занял пятую строчку.", "ru"),
    ],
)
def test_halves_and_ordinals_of_other_things_are_none(text: str, lang: str) -> None:
    assert numbers(text, lang) == []
