import re

import pytest
from pymorphy3 import MorphAnalyzer

from bot.text.words.morphology import parse
from tests.benchmarks.material import real_posts

_WORDS = sorted({word for post in real_posts("ru")[:40] for word in re.findall("[а-яё][а-яё-]*", post.text.lower())})


@pytest.fixture(scope="module")
def pymorphy() -> MorphAnalyzer:
    return MorphAnalyzer(lang="ru")


def test_words_are_read_as_pymorphy_reads_them(pymorphy: MorphAnalyzer) -> None:
    for word in [*_WORDS, "еще", "ещё", "стали", "а", "Б", "В", "СТАЛИ", "айфончик", "интернет-магазинами"]:
        form, readings = parse(word), pymorphy.parse(word)
        best = readings[0]
        likely = [reading.tag.grammemes for reading in readings if reading.score >= best.score / 10]

        assert form.lemma == best.normal_form.replace("ё", "е"), word
        assert (form.part, form.case, form.best) == (best.tag.POS, best.tag.case, best.tag.grammemes), word
        assert form.tags == frozenset().union(*likely), word
        assert form.known == best.is_known, word


def test_a_word_in_other_letters_is_its_own_dictionary_form() -> None:
    form = parse("sitrep")

    assert (form.lemma, form.part, form.known) == ("sitrep", None, False)
