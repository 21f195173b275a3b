import pytest

from tests.text.numbers.reading import numbers, spans


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Explosions kill eight in Jakarta", "en", ["eight"]),
        ("The death toll rose to 120.", "en", ["120"]),
        ("Five killed in a crash", "en", ["Five"]),
        ("The index closed at a record 21,004.96 on Friday.", "en", ["21,004.96"]),
        ("The turnout was only six million.", "en", ["six million"]),
        ("The bus had a capacity of 60.", "en", ["60"]),
        ("One firefighter died.", "en", ["One firefighter"]),
        ("За проголосовало 330.", "ru", ["330"]),
        ("Around 15 were held.", "en", ["Around 15"]),
        ("На месте погибли семеро.", "ru", ["семеро"]),
        ("Погибших при ударе уже восемь, сообщили власти.", "ru", ["восемь"]),
        ("Билет стоил 4,8 млн.", "ru", ["4,8 млн"]),
        ("Число погибших выросло до 11 — власти.", "ru", ["11"]),
        ("Сгорели дома, 8 из них восстановят.", "ru", ["8"]),
    ],
)
def test_tolls_sizes_and_qualified_numbers_need_no_noun(text: str, lang: str, expected: list[str]) -> None:
    assert spans(text, lang) == expected


@pytest.mark.parametrize(
    ("text", "lang", "units"),
    [
        ("He led by 30561 votes to 27021.", "en", ["votes", "votes"]),
        ("Four casualties drowned, three were crushed and one was struck.", "en", ["casualties"] * 3),
        ("Семь ракет сбили, одна достигла цели.", "ru", ["ракет", "ракет"]),
        ("Ранены 6 человек, 12 погибли.", "ru", ["человек", "человек"]),
        ("Сбили 59 дронов, два из них над морем.", "ru", ["дронов", "дронов"]),
        ("Police held 9 men, 2 of whom fled.", "en", ["men", "men"]),
        ("They won 50 seats out of 75.", "en", ["seats", "seats"]),
        ("Some 90 men died while 10 million fled.", "en", ["men", "men"]),
        ("Four judges gave scores out of six.", "en", ["judges", None]),
        ("They held nine men, one of them armed.", "en", ["men"]),
    ],
)
def test_a_number_without_a_noun_shares_that_of_the_one_before(text: str, lang: str, units: list[str]) -> None:
    assert [number.unit for number in numbers(text, lang)] == units


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("One woman died.", "en", ["One woman"]),
        ("He wants only one term.", "en", ["one term"]),
        ("One report says so.", "en", []),
        ("Пострадал один человек.", "ru", ["один человек"]),
        ("Это одна большая идея.", "ru", []),
        # none at all
        ("Ни один солдат не погиб.", "ru", []),
        ("Такого нет ни у одного человека, ни в одном городе.", "ru", []),
        ("Not one soldier was killed, and no one person knew.", "en", []),
    ],
)
def test_one_counts_people_and_what_is_stressed(text: str, lang: str, expected: list[str]) -> None:
    assert spans(text, lang) == expected


@pytest.mark.parametrize("text", ["The five had been arrested.", "All five were found guilty.", "He chose 60+."])
def test_other_numbers_without_a_noun_are_left_out(text: str) -> None:
    assert numbers(text) == []
