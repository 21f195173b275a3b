from hypothesis import given
from hypothesis import strategies as st

from bot.text.words.tokens import content_stems, is_stopword, stem, stopwords, tokenise
from tests.text import strategies


def tokens(text: str) -> list[str]:
    return [token.text for token in tokenise(text)]


@given(strategies.posts)
def test_tokens_are_verbatim_in_order_and_leave_out_blanks_only(text: str) -> None:
    done = 0
    for token in tokenise(text):
        assert text[token.start : token.end] == token.text
        assert text[done : token.start].strip() == ""
        done = token.end
    assert text[done:].strip() == ""


def test_numbers_keep_the_separators_of_both_traditions() -> None:
    assert tokens("1,234.5 and 1 234,5 or 12.") == ["1,234.5", "and", "1 234,5", "or", "12", "."]


def test_words_keep_their_inner_hyphens_and_apostrophes() -> None:
    assert tokens("O'Neil's ex-wife, UK-based") == ["O'Neil", "'s", "ex-wife", ",", "UK", "-", "based"]


def test_abbreviations_of_single_letters_are_one_token() -> None:
    assert tokens("The U.S. won") == ["The", "U.S.", "won"]


def test_words_of_one_stem_are_the_same() -> None:
    assert stem("пожары", "ru") == stem("пожаров", "ru")
    assert stem("Ёлка", "ru") == stem("елка", "ru")
    assert stem("attacks", "en") == stem("attacked", "en")
    assert stem("країна", "uk") == stem("країни", "uk")


@given(st.text(max_size=20), st.sampled_from(["en", "ru", "uk", "ar", "zh", "xx"]))
def test_every_word_has_a_stem_in_every_language(word: str, lang: str) -> None:
    assert isinstance(stem(word, lang), str)


def test_a_language_without_a_list_has_no_stop_words() -> None:
    assert stopwords("xx") == frozenset()
    assert is_stopword("Её", "ru")
    assert not is_stopword("пожар", "ru")


def test_content_stems_leave_out_stop_words_and_marks_and_keep_numbers() -> None:
    assert content_stems(tokenise("The 120,000 people fled, and fled."), "en") == ("120,000", "peopl", "fled", "fled")
