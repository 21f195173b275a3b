import pytest

from bot.posts import NumberKind
from tests.text.numbers.reading import numbers, only


@pytest.mark.parametrize(
    ("text", "lang", "value", "code"),
    [
        ("It costs $4.5 million.", "en", 4_500_000, "USD"),
        ("It costs US$1.2bn.", "en", 1_200_000_000, "USD"),
        ("It costs £5m.", "en", 5_000_000, "GBP"),
        ("It costs 100 euros.", "en", 100, "EUR"),
        ("It costs EUR 20 million.", "en", 20_000_000, "EUR"),
        ("It costs 20 million USD.", "en", 20_000_000, "USD"),
        ("It costs HK$5000.", "en", 5000, "HKD"),
        ("They paid a $5 fine.", "en", 5, "USD"),
        ("It costs 200 Chilean pesos.", "en", 200, "CLP"),
        ("It costs ₹500.", "en", 500, "INR"),
        ("It costs 0.41 US$.", "en", 0.41, "USD"),
        ("Цена 4,5 млн рублей.", "ru", 4_500_000, "RUB"),
        ("Цена 300 тыс. руб.", "ru", 300_000, "RUB"),
        ("Цена 3 000 ₴.", "ru", 3000, "UAH"),
        ("Цена ₽5 млн.", "ru", 5_000_000, "RUB"),
        ("Цена 50 млрд долларов США.", "ru", 50_000_000_000, "USD"),
        ("Цена 20 австралийских долларов.", "ru", 20, "AUD"),
        ("Цена 2 млн фунтов стерлингов.", "ru", 2_000_000, "GBP"),
        ("Цена 10 тысяч тенге.", "ru", 10_000, "KZT"),
    ],
)
def test_money_before_or_after_by_its_code(text: str, lang: str, value: float, code: str) -> None:
    number = only(text, lang)
    assert (number.kind, number.value, number.unit) == (NumberKind.MONEY, value, code)


@pytest.mark.parametrize(
    ("text", "lang", "kind", "unit"),
    [
        ("It rose 12%.", "en", NumberKind.PERCENT, "%"),
        ("It rose 12 per cent.", "en", NumberKind.PERCENT, "%"),
        ("It rose 0.25 percentage points.", "en", NumberKind.PERCENT, "%"),
        ("It rose 25 basis points.", "en", NumberKind.MEASURE, "basis points"),
        ("It rose by 0.75 of a percentage point.", "en", NumberKind.PERCENT, "%"),
        ("It made a 100 basis-point cut.", "en", NumberKind.MEASURE, "basis-point"),
        ("It lies 7,491 square kilometers away.", "en", NumberKind.MEASURE, "square kilometers"),
        ("Winds of 120 km/h blew.", "en", NumberKind.MEASURE, "km/h"),
        ("Oil reached 90 barrels.", "en", NumberKind.MEASURE, "barrels"),
        ("A 500 MW plant opened.", "en", NumberKind.MEASURE, "MW"),
        ("It was 40 °F there.", "en", NumberKind.MEASURE, "°F"),
        ("It weighed 20 pounds.", "en", NumberKind.MEASURE, "pounds"),
        ("It lasted 90 minutes.", "en", NumberKind.DURATION, "minutes"),
        ("A magnitude 7.1 earthquake struck.", "en", NumberKind.MEASURE, "magnitude"),
        ("Рост составил 12 процентов.", "ru", NumberKind.PERCENT, "%"),
        ("Рост составил 0,7 п.п.", "ru", NumberKind.PERCENT, "%"),
        ("Площадь 500 кв. м.", "ru", NumberKind.MEASURE, "кв. м"),
        ("Добыча 9 млн баррелей в сутки.", "ru", NumberKind.MEASURE, "баррелей в сутки"),
        ("Порывы 25 м/с.", "ru", NumberKind.MEASURE, "м/с"),
        ("Прошло 9 тяжёлых месяцев.", "ru", NumberKind.DURATION, "месяцев"),
        ("Расстояние 290 световых лет.", "ru", NumberKind.MEASURE, "световых лет"),
        ("Землетрясение магнитудой 5,6.", "ru", NumberKind.MEASURE, "магнитудой"),
    ],
)
def test_percents_measures_and_spans_of_time(text: str, lang: str, kind: NumberKind, unit: str) -> None:
    number = only(text, lang)
    assert (number.kind, number.unit) == (kind, unit)


@pytest.mark.parametrize(
    ("text", "lang", "span"),
    [
        ("They pay $5 a month.", "en", "$5 a month"),
        ("They sell 20 articles per day.", "en", "20 articles per day"),
        ("Платят 100 тысяч рублей в месяц.", "ru", "100 тысяч рублей в месяц"),
    ],
)
def test_a_rate_belongs_to_the_span(text: str, lang: str, span: str) -> None:
    assert only(text, lang).span.text == span


@pytest.mark.parametrize(
    ("text", "lang", "value"),
    [
        ("It was 89 degrees.", "en", 89),
        ("It was -15°C outside.", "en", -15),
        ("Ночью будет −15 °C.", "ru", -15),
        ("Ночью будет минус 20 градусов.", "ru", -20),
        ("Днём будет +5 градусов.", "ru", 5),
    ],
)
def test_degrees_may_be_below_zero(text: str, lang: str, value: float) -> None:
    assert only(text, lang).value == value


def test_a_dash_before_a_number_is_no_minus() -> None:
    assert [number.value for number in numbers("Размах крыльев — 5 метров, длина - 3 метра.", "ru")] == [5, 3]
