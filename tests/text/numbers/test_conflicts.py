import pytest

from bot.text.numbers import find_conflicts
from tests.text.numbers.reading import analysis


def differing(*texts: str, lang: str = "en") -> list[list[str]]:
    """Return the numbers of each conflict of posts, given oldest first."""
    analyses = [analysis(str(post), text, lang) for post, text in enumerate(texts)]
    return [[number.span.text for number in conflict.values] for conflict in find_conflicts(analyses)]


@pytest.mark.parametrize(
    ("texts", "lang", "expected"),
    [
        (
            ("120,000 people are without gas in the city.", "More than 100,000 people are without gas, officials say."),
            "en",
            ["120,000 people", "More than 100,000 people"],
        ),
        (
            ("Погибли восемь человек.", "Число погибших выросло: погибли 11 человек.", "Погибли 14 человек."),
            "ru",
            ["восемь человек", "11 человек", "14 человек"],
        ),
        (
            ("Ущерб от пожара составил 3 млн рублей.", "Ущерб от пожара составил 4 млн рублей."),
            "ru",
            ["3 млн рублей", "4 млн рублей"],
        ),
    ],
)
def test_figures_that_differ_are_listed_newest_last(texts: tuple[str, ...], lang: str, expected: list[str]) -> None:
    assert differing(*texts, lang=lang) == [expected]


@pytest.mark.parametrize(
    ("texts", "lang"),
    [
        (("Ten people were killed.", "Ten people were killed in the blast."), "en"),
        (("Ten people were killed.", "Thirty people were injured."), "en"),
        (("Ten people were killed and 30 people were killed later.",), "en"),
        (("The fund costs 6.2 million dollars a year.", "The fund costs $6,240,000."), "en"),
        (("Рухнули две крыши.", "Рухнули три моста."), "ru"),
        (("Банк выдал кредит на 3 млн рублей.", "Ущерб от пожара составил 4 млн рублей."), "ru"),
        (("Мужчине 30 лет.", "Мужчине 31 год."), "ru"),
        (
            (
                "The basket of food costs 9,140 roubles, a year ago the basket of food cost 8,050 roubles.",
                "The basket of food costs 9,140 roubles, it was 8,050 roubles for the basket of food last year.",
            ),
            "en",
        ),
        (
            (
                "The basket of food costs 9,140 roubles.",
                "The basket of food costs 9,140 roubles, a year ago the basket of food cost 8,050 roubles.",
            ),
            "en",
        ),
    ],
    ids=[
        "equal",
        "another fate",
        "one post",
        "rounded",
        "other things",
        "about other things",
        "ages",
        "of another year, in both",
        "of another year, in one",
    ],
)
def test_figures_of_other_things_and_equal_ones_are_no_conflict(texts: tuple[str, ...], lang: str) -> None:
    assert differing(*texts, lang=lang) == []


def test_a_conflict_is_about_what_its_newest_number_counts() -> None:
    analyses = [analysis("a", "Погибли восемь человек.", "ru"), analysis("b", "В Сумах погибли 11 человек.", "ru")]
    (conflict,) = find_conflicts(analyses)
    assert conflict.about.text == "В Сумах погибли"
