"""What the reader of some sentences of a story knows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.stories.known import Known
from bot.text.words.tokens import content_stems, tokenise


def holds(told: list[str], sentence: str, lang: str = "en") -> bool:
    known = Known(lang)
    for one in told:
        known.add(content_stems(tokenise(one), lang))
    return known.holds(content_stems(tokenise(sentence), lang))


def test_an_event_told_in_words_of_two_sentences_is_known() -> None:
    told = ["A quake hit the old town of Rome.", "Twelve people were killed under the ruins."]
    assert holds(told, "Twelve killed as quake hits old Rome")
    assert not holds(told[:1], "The mayor has closed all schools until Thursday.")


def test_common_words_say_less_than_rare_ones() -> None:
    told = ["Президент России Владимир Путин провёл совещание."]
    assert not holds(told, "Президент России Владимир Путин помиловал контрабандистку кокаина.", "ru")
    assert holds(["Контрабандистка кокаина помилована."], "Президент: контрабандистка кокаина помилована.", "ru")


@pytest.mark.parametrize("lang", ["en", "ru", "hy"])
def test_what_says_nothing_is_known(lang: str) -> None:
    assert Known(lang).holds(())


@given(st.lists(st.text(min_size=1), min_size=1), st.lists(st.text(min_size=1)))
def test_a_sentence_that_was_read_is_known_and_stays_so(sentence: list[str], later: list[str]) -> None:
    known = Known("en")
    known.add(sentence)
    known.add(later)
    assert known.holds(sentence)
