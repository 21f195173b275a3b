import pytest

from tests.text.numbers.reading import numbers, spans


@pytest.mark.parametrize(
    "text",
    [
        "It was on May 5, 1999.",
        "It was on 5 May 1999, and on July 7th.",
        "He was born in 1985 and died in 2010.",
        "The 1990s and the mid-60s were better.",
        "The communist North fought in a 1950–53 war.",
        "The 2004 tsunami and the 2010 Atlantic hurricane season.",
        "It began at 10:30 a.m. and at 7.45 p.m., at 0333 GMT, at 07.20 on Monday.",
        "He left at 5 pm, or at 8 o'clock.",
        "It happened two years ago, six days later.",
        "It lasted from March 3 to 5, and from 9 to 10 November.",
        "The 2024-25 season begins.",
        "A cent a share, for the quarter ended Oct. 30, and none since Jan. 9.",
        "The circuit opened on August, 7, 1948.",
    ],
)
def test_english_dates_and_times_are_no_numbers(text: str) -> None:
    assert numbers(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Это было 5 мая 1999 года.",
        "В ночь с 9 на 10 ноября, 23-24 ноября, 22, 23 и 24 декабря.",
        "В 2024 году и в 2026-2027 годах, за 2022 и 2023 годы.",
        "Успейте оформить до 31.01.25, с 01.02.2024.",
        "В 8:37 стало известно, в 19.30 начнётся.",
        "В 4 часа утра, к 8 часам, до 17 часов по мск.",
        "Это было два года назад, через шесть минут, спустя 7 лет.",
        "Дворяне 19 века и 90-е годы.",
        "Итоги распродажи 11.11: весело. 28.11, чт: концерт.",
    ],
)
def test_russian_dates_and_times_are_no_numbers(text: str) -> None:
    assert numbers(text, "ru") == []


@pytest.mark.parametrize(
    ("text", "lang", "span"),
    [
        ("More than 2,000 people came.", "en", "More than 2,000 people"),
        ("About 2000 people came.", "en", "About 2000 people"),
        ("In May, 7 people died.", "en", "7 people"),
        ("On January 2, 52 people died.", "en", "52 people"),
        ("Курс доллара — 28.11 рубля.", "ru", "28.11 рубля"),
        ("Потеряли до 1515 военнослужащих.", "ru", "до 1515 военнослужащих"),
        ("Собрали 2000 рублей.", "ru", "2000 рублей"),
        ("It may cost $2010.", "en", "$2010"),
        ("Тревога длилась около 5 часов.", "ru", "около 5 часов"),
    ],
)
def test_amounts_that_look_like_years_are_numbers(text: str, lang: str, span: str) -> None:
    assert spans(text, lang) == [span]
