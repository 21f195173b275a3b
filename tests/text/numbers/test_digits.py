import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.text.numbers.digits import read_digits
from tests.text.numbers.reading import values

amounts = st.integers(0, 999_999_999)


@pytest.mark.parametrize(
    ("text", "lang", "value"),
    [
        ("1,234", "en", 1234),
        ("1,234", "ru", 1.234),
        ("12,5", "ru", 12.5),
        ("12.5", "en", 12.5),
        ("1,234,567.89", "en", 1234567.89),
        ("1.234.567,89", "ru", 1234567.89),
        ("1 234 567,89", "ru", 1234567.89),
        ("120,000", "ru", 120000),
        ("120.000", "ru", 120000),
        ("4.800", "en", 4.8),
        ("0,500", "ru", 0.5),
        ("12.5,1.234", "en", 1251.234),
        ("1,09,89,897", "en", 10989897),
    ],
)
def test_separators_group_or_part_as_their_tradition_has_it(text: str, lang: str, value: float) -> None:
    assert read_digits(text, lang) == value


@given(amounts, st.integers(0, 99))
def test_a_number_written_the_english_way_is_read_back(whole: int, cents: int) -> None:
    assert read_digits(f"{whole:,}", "en") == whole
    assert read_digits(f"{whole:,}.{cents:02}", "en") == pytest.approx(whole + cents / 100)


@given(amounts, st.integers(0, 99))
def test_a_number_written_the_russian_way_is_read_back(whole: int, cents: int) -> None:
    spaced = f"{whole:,}".replace(",", " ")
    assert read_digits(spaced, "ru") == whole
    assert read_digits(f"{spaced},{cents:02}", "ru") == pytest.approx(whole + cents / 100)


@settings(deadline=None)  # the first reading loads the dictionary
@given(amounts.filter(lambda whole: whole > 0), st.sampled_from([" ", "\u00a0", "\u2009", "\u202f"]))
def test_any_blank_groups_thousands(whole: int, blank: str) -> None:
    grouped = f"{whole:,}".replace(",", blank)
    assert values(f"Ущерб составил {grouped} рублей.", "ru") == [whole]


@pytest.mark.parametrize(("text", "value"), [("4.1 million people", 4_100_000), ("$34.7 trillion", 34_700_000_000_000)])
def test_magnitudes_bring_no_noise_of_binary_fractions(text: str, value: float) -> None:
    assert values(f"It was {text}.") == [value]
