import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.posts import Qualifier
from tests.text.numbers.reading import numbers, only, values


@pytest.mark.parametrize(
    ("text", "lang", "low", "high"),
    [
        ("It needs 5 to 7 people.", "en", 5, 7),
        ("It needs between five and seven people.", "en", 5, 7),
        ("It costs $5-10 million.", "en", 5_000_000, 10_000_000),
        ("It is 3% to 4% of the total.", "en", 3, 4),
        ("It is worth USD 30 to USD 35 trillion.", "en", 30e12, 35e12),
        ("It took 3 or 4 minutes.", "en", 3, 4),
        ("Ages ranging from 18 to 25 years.", "en", 18, 25),
        ("Погибли от 5 до 7 тысяч человек.", "ru", 5000, 7000),
        ("Цены вырастут на 20-30%.", "ru", 20, 30),
        ("Цена 9,8–18,9 млн рублей.", "ru", 9_800_000, 18_900_000),
        ("Ждать два-три часа.", "ru", 2, 3),
        ("Штраф — от 800 до 5 тысяч рублей.", "ru", 800, 5000),
        ("Sales may grow by 20 to 30 percent.", "en", 20, 30),
        ("Штраф от ₽100 до ₽500 тысяч.", "ru", 100_000, 500_000),
        ("Зарплата 50 000 — 80 000 ₽.", "ru", 50_000, 80_000),
    ],
)
def test_ranges(text: str, lang: str, low: float, high: float) -> None:
    number = only(text, lang)
    assert (number.value, number.qualifier) == ((low, high), Qualifier.RANGE)


@settings(deadline=None)
@given(st.integers(1, 900), st.integers(1, 90))
def test_the_sides_of_a_range_are_in_order(low: int, more: int) -> None:
    number = only(f"It weighs {low} to {low + more} kg.")
    assert number.value == (low, low + more)


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Inflation fell from 5.5 percent to 4.1 percent.", "en", [5.5, 4.1]),
        ("The share rose from 24.9% to 38.6%.", "en", [24.9, 38.6]),
        ("Shares rose 4.5% to $1.2bn.", "en", [4.5, 1_200_000_000]),
        ("Объём вырос с 34,7 до 51 триллиона рублей.", "ru", [34.7e12, 51e12]),
        ("Ставку подняли с 5,5% до 6%.", "ru", [5.5, 6]),
        ("Призывной возраст хотят изменить с 25 до 18 лет.", "ru", [25, 18]),
    ],
)
def test_a_change_is_told_by_two_numbers(text: str, lang: str, expected: list[float]) -> None:
    assert values(text, lang) == expected


@pytest.mark.parametrize(
    ("text", "lang", "sides"),
    [
        ("The bill passed by a 68–31 vote.", "en", (68, 31)),
        ("The vote was 52 to 48.", "en", (52, 48)),
        ("Chelsea won 3-2 on Sunday.", "en", (3, 2)),
        ("The vote passed by 52 to 48.", "en", (52, 48)),
        ("The bill passed in the Senate, 81–16.", "en", (81, 16)),
        ("«Спартак» победил со счётом 3:1.", "ru", (3, 1)),
        ("«Зенит» сыграл 2:2.", "ru", (2, 2)),
    ],
)
def test_scores_and_votes_are_pairs(text: str, lang: str, sides: tuple[float, float]) -> None:
    number = only(text, lang)
    assert (number.value, number.qualifier) == (sides, Qualifier.EXACT)


@pytest.mark.parametrize(
    ("text", "lang", "span", "unit"),
    [
        ("With 325 of 325 precincts counted, he led.", "en", "325 of 325 precincts", "precincts"),
        ("They sued two of its subsidiaries.", "en", "two of its subsidiaries", "subsidiaries"),
        ("It hit 41 of Nepal's 75 districts.", "en", "41 of Nepal's 75 districts", "districts"),
        ("Прибыльны 18 из 20 сделок.", "ru", "18 из 20 сделок", "сделок"),
    ],
)
def test_a_part_stands_with_its_whole(text: str, lang: str, span: str, unit: str) -> None:
    number = only(text, lang)
    assert (number.span.text, number.unit) == (span, unit)


def test_the_sets_of_a_match_are_scores_even_where_they_rise() -> None:
    found = numbers("She won 6-4, 3-6, 7-6 (7-4) in Doha.")
    assert [number.value for number in found] == [(6, 4), (3, 6), (7, 6), (7, 4)]
    assert all(number.qualifier is Qualifier.EXACT for number in found)


def test_numbers_of_different_units_make_no_range() -> None:
    found = numbers("Children aged between two months and twelve years came.")
    assert [number.unit for number in found] == ["months", "years"]
