import pytest

from tests.text.numbers.reading import only, spans


@pytest.mark.parametrize(
    ("text", "lang", "span", "value", "unit"),
    [
        ("He won in 8 minutes 30 seconds.", "en", "8 minutes 30 seconds", 8.5, "minutes"),
        ("She got three years and six months in prison.", "en", "three years and six months", 3.5, "years"),
        ("The man is 6 feet 3 inches tall.", "en", "6 feet 3 inches", 6.25, "feet"),
        ("Он получил 5 лет и 6 месяцев колонии.", "ru", "5 лет и 6 месяцев", 5.5, "лет"),
        ("Речь длилась около 2 часов 15 минут.", "ru", "около 2 часов 15 минут", 2.25, "часов"),
        ("Он прыгнул на 2 метра 15 сантиметров.", "ru", "2 метра 15 сантиметров", 2.15, "метра"),
    ],
)
def test_a_number_may_go_on_in_a_smaller_unit(text: str, lang: str, span: str, value: float, unit: str) -> None:
    number = only(text, lang)
    assert (number.span.text, number.unit) == (span, unit)
    assert number.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It took 5 hours and 3 days.", ["5 hours", "3 days"]),
        ("It took 5 hours, 90 minutes.", ["5 hours", "90 minutes"]),
        ("It took 2 hours and 90 minutes.", ["2 hours", "90 minutes"]),
        ("It took 5 days and 3 km.", ["5 days", "3 km"]),
        ("It took 5 to 6 hours 10 minutes.", ["5 to 6 hours", "10 minutes"]),
    ],
)
def test_other_numbers_beside_each_other_are_two(text: str, expected: list[str]) -> None:
    assert spans(text) == expected
