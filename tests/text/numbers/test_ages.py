import pytest

from bot.posts import NumberKind
from tests.text.numbers.reading import numbers, only


@pytest.mark.parametrize(
    ("text", "lang", "span", "unit"),
    [
        ("David Frost has died aged 74.", "en", "aged 74", "years"),
        ("He died at the age of 95 in Maryland.", "en", "at the age of 95", "years"),
        ("Scottish artist dies at 93", "en", "93", "years"),
        ("Frank Bronson, 49, told a magazine.", "en", "49", "years"),
        ("He is 62 years old.", "en", "62 years old", "years"),
        ("Он умер в возрасте 62 лет.", "ru", "62 лет", "лет"),
        ("Погиб мужчина 38 лет.", "ru", "38 лет", "лет"),
        ("Пострадала женщина, 45 лет.", "ru", "45 лет", "лет"),
        ("Ему было 35, когда он поставил балет.", "ru", "35", "лет"),
        ("Доступ закроют детям младше 16 лет.", "ru", "16 лет", "лет"),
        ("Доступ закроют детям до 16 лет.", "ru", "до 16 лет", "лет"),
        ("Подростки от 14 до 17 лет поедут.", "ru", "от 14 до 17 лет", "лет"),
        ("Pupils aged 11 to 14 sang.", "en", "aged 11 to 14", "years"),
        ("Женщине 86 лет.", "ru", "86 лет", "лет"),
        ("Погибшему 30 лет.", "ru", "30 лет", "лет"),
        ("Children under 16 are banned.", "en", "under 16", "years"),
        ("A second man, also 18, was charged.", "en", "18", "years"),
        ("At 28, she won.", "en", "28", "years"),
    ],
)
def test_ages(text: str, lang: str, span: str, unit: str) -> None:
    number = only(text, lang)
    assert (number.kind, number.span.text, number.unit) == (NumberKind.AGE, span, unit)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("He served 12 years in prison.", "en"),
        ("Ему грозит до 10 лет.", "ru"),
        ("Мошенникам до 10 лет колонии.", "ru"),
        ("Мужчине 8 лет строгого режима.", "ru"),
        ("Суд дал женщине 8 лет.", "ru"),
        ("Иванову 8 лет не платили.", "ru"),
        ("Его приговорили к сроку в 16 лет колонии.", "ru"),
        ("Она три года копила на круиз.", "ru"),
    ],
)
def test_years_that_pass_are_no_ages(text: str, lang: str) -> None:
    assert [number.kind for number in numbers(text, lang)] == [NumberKind.DURATION]


def test_ages_of_several_are_ages() -> None:
    found = numbers("Школьницам 10 и 12 лет.", "ru")
    assert [(number.value, number.kind) for number in found] == [(10, NumberKind.AGE), (12, NumberKind.AGE)]
