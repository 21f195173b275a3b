import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.text.numbers.reading import numbers, values
from tests.text.numbers.spelling import in_english, in_russian

amounts = st.integers(2, 999_999)


@given(amounts)
def test_a_number_spelled_in_english_is_read_back(amount: int) -> None:
    assert values(f"They counted {in_english(amount)} votes.") == [amount]


@settings(deadline=None)  # the first reading loads the dictionary
@given(amounts)
def test_a_number_spelled_in_russian_is_read_back(amount: int) -> None:
    assert values(f"Ущерб составил {in_russian(amount)} рублей.", "ru") == [amount]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("over ten dozen people", 120),
        ("half a million dollars", 500_000),
        ("a million and a half people", 1_500_000),
        ("two and a half years", 2.5),
        ("2 1/2 years", 2.5),
        ("2½ years", 2.5),
        ("4.5 million people", 4_500_000),
        ("3 lakh people", 300_000),
        ("5 crore rupees", 50_000_000),
        ("a hundred people", 100),
        ("1.5 quadrillion yen", 1.5e15),
        ("two undecillion dollars", 2e36),
    ],
)
def test_english_words_and_mixtures(text: str, value: float) -> None:
    assert values(f"It was {text}.") == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("полтора миллиона рублей", 1_500_000),
        ("полмиллиона рублей", 500_000),
        ("два с половиной часа", 2.5),
        ("три десятка человек", 30),
        ("сотню человек", 100),
        ("тысячу рублей", 1000),
        ("2 миллиона 60 тысяч рублей", 2_060_000),
        ("1,5 млн человек", 1_500_000),
        ("300 тыс. человек", 300_000),
        ("четверть миллиона рублей", 250_000),
        ("2 ундециллиона рублей", 2e36),
        ("двадцать квинтиллионов рублей", 2e19),
    ],
)
def test_russian_words_and_mixtures(text: str, value: float) -> None:
    assert values(f"Всего {text}.", "ru") == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Погибли двое военных.", 2),
        ("Удар нанесли пятью ракетами.", 5),
        ("Сообщили о трёх погибших.", 3),
        ("Задержали шестерых подростков.", 6),
        ("В четырёх регионах объявили тревогу.", 4),
        ("Сбиты восемью расчётами ПВО.", 8),
    ],
)
def test_russian_words_count_in_every_case(text: str, value: float) -> None:
    assert [number.value for number in numbers(text, "ru")] == [value]


def test_magnitudes_repeated_for_ever_stay_finite() -> None:
    assert all(value is None or value <= 1e18 for value in values("It cost five " + "million " * 99 + "dollars."))  # type: ignore[operator] # single values
