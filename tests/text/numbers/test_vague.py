import pytest

from bot.posts import Qualifier
from tests.text.numbers.reading import numbers, only


@pytest.mark.parametrize(
    ("text", "lang", "span", "unit"),
    [
        ("Wikileaks attacked; millions of files to be released", "en", "millions of files", "files"),
        ("Hundreds of thousands of people protest in Tbilisi", "en", "Hundreds of thousands of people", "people"),
        ("Тысячи человек вышли на улицы Тбилиси", "ru", "Тысячи человек", "человек"),
        ("Ущерб оценили в сотни миллионов долларов", "ru", "сотни миллионов долларов", "USD"),
    ],
)
def test_a_vague_number_is_news_where_a_post_begins(text: str, lang: str, span: str, unit: str) -> None:
    number = only(text, lang)
    assert (number.span.text, number.unit, number.value) == (span, unit, None)
    assert number.qualifier is Qualifier.ABOUT


def test_further_on_it_is_none() -> None:
    assert numbers("The court ruled on Monday. Millions of files were lost.") == []


def test_several_hundred_is_no_hundred() -> None:
    assert numbers("The court ruled on Monday. Several hundred people came.") == []
