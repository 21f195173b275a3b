import re

from hypothesis import given
from hypothesis import strategies as st
from nltk.stem.snowball import SnowballStemmer

from bot.text.words.russian_stemmer import stem_russian
from tests.benchmarks.material import real_posts

SNOWBALL = SnowballStemmer("russian")
LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюя-"
ENDINGS = [
    "ость", "ост", "ейше", "ейш", "нн", "сь", "ся", "в", "вши", "вшись", "ив", "ивши", "ывшись", "ая", "ую",
    "юю", "яя", "ого", "ему", "ыми", "ующая", "ившего", "вший", "нная", "щие", "емые", "ла", "ило", "йте",
    "ешь", "ует", "уют", "уй", "ять", "ить", "нно", "ют", "ю", "ями", "иях", "ией", "ием", "ью", "ов", "ев",
    "й", "ь", "и", "о",
]  # fmt: skip


@given(st.text(LETTERS, max_size=8), st.lists(st.sampled_from(ENDINGS), max_size=4).map("".join))
def test_made_up_words_have_the_stems_that_nltk_gives_them(beginning: str, ending: str) -> None:
    assert stem_russian(beginning + ending) == SNOWBALL.stem(beginning + ending)


@given(st.text(LETTERS + "azё'’9іїі", max_size=12))
def test_words_with_other_letters_have_the_stems_that_nltk_gives_them(word: str) -> None:
    assert stem_russian(word) == SNOWBALL.stem(word)


def test_the_words_of_real_posts_have_the_stems_that_nltk_gives_them() -> None:
    words = {word for post in real_posts("ru") for word in re.findall(r"[^\W_]+(?:-[^\W_]+)*", post.text.lower())}
    assert {word: stem_russian(word) for word in words} == {word: SNOWBALL.stem(word) for word in words}
