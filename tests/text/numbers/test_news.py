"""Sentences of varied news, with what they should be read as; they were written before they were read."""

import pytest

from tests.text.numbers.news import read_news
from tests.text.numbers.reading import numbers

_OTHERS = ("de", "fr", "es", "it", "pt", "uk", "bg", "pl", "tr", "hy", "ar", "zh")


@pytest.mark.parametrize(
    ("lang", "least_found", "least_about"),
    [("en", 0.95, 0.9), ("ru", 0.95, 0.9), *((lang, 0.8, 0.8) for lang in _OTHERS)],
)
def test_numbers_of_news_are_found_with_what_they_count(lang: str, least_found: float, least_about: float) -> None:
    given = wanted = found = about = 0
    for text, expected in read_news(lang):
        read = numbers(text, lang)
        pairs = [(one, number) for one in expected for number in read if one.is_found_as(number)]
        given, wanted, found = given + len(read), wanted + len(expected), found + len(pairs)
        about += sum(one.is_about(number) for one, number in pairs)
    assert 2 * found / (given + wanted) >= least_found
    assert about / found >= least_about
