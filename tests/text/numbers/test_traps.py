import pytest

from tests.text.numbers.reading import numbers, spans


@pytest.mark.parametrize(
    "text",
    [
        "Flight 370 and Route 66 and Highway 101.",
        "A Boeing 747-400 and an Airbus A320 and a Cessna 206 crashed.",
        "The S&P 500 and Windows 11 and the iPhone 15.",
        "Apollo 11, 12, 14, and 17 missions.",
        "Article 5, Section 12, Proposition 8, Resolution 1723.",
        "The G8, the G20 and the Group of Eight met about COVID-19.",
        "No. 10, number 58, top 10, the top three women.",
        "He came first, 2nd and 3rd; the 159th Constable.",
        "Call 1-800-555-0199, +44 20 7946 0958 or 9-1-1.",
        "Prime Minister of 10 Downing Street.",
        "The server 192.168.1.2 runs version 10.2.1, see 22,24,26,31.",
        "One of them and one of the countries.",
        "The two countries and both sides and these three men.",
        "The combined Expedition 35 crew members left.",
        "A two-lane road led to a four-star hotel and a three-storey house.",
    ],
)
def test_english_names_references_and_ordinals_are_no_numbers(text: str) -> None:
    assert numbers(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Boeing 737, Ту-154, С-400, Т-72 и iPhone 15 Pro.",
        "Самолёт Sukhoi Superjet 100 авиакомпании «Азимут».",
        "Статья 5, пункт 3, № 12, рейс 447, топ-10.",
        "Ул. Маршала Катукова, 23, дом 7.",
        "Звоните +7 (495) 123-45-67 или 8-800-555-35-35.",
        "На 509-м километре, 2-й этаж, 5-го числа.",
        "Один из них и одна из причин, один раз.",
        "Фильм для зрителей 18+.",
        "Форум «Диалог о фейках 2.0» открылся.",
        "Вышли финальные серии 7, 8 и 9.",
        'Отряд "БАРС -32" российской группировки наступает.',
    ],
)
def test_russian_names_references_and_ordinals_are_no_numbers(text: str) -> None:
    assert numbers(text, "ru") == []


def test_the_numbers_of_a_list_are_none() -> None:
    text = "1. Откройте приложение\n2. Нажмите «Обновить»\n3) Подождите 5 минут"
    assert spans(text, "ru") == ["5 минут"]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("In Iraq 35 people died.", "en", ["35 people"]),
        ("Bomb Kills 35 People In Baghdad Market", "en", ["35 People"]),
        ("В Москве 15 человек погибли.", "ru", ["15 человек"]),
        ("A 68–31 vote confirmed her.", "en", ["68–31 vote"]),
        ("Ущерб составил 100 000 000 рублей.", "ru", ["100 000 000 рублей"]),
        ("Some 63,10,194 workers came.", "en", ["Some 63,10,194 workers"]),
    ],
)
def test_a_capital_before_a_number_need_not_make_it_a_name(text: str, lang: str, expected: list[str]) -> None:
    assert spans(text, lang) == expected
