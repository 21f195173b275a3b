"""What the reader of some sentences of a story knows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.stories.known import Known, untold_first
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


@pytest.mark.parametrize(
    ("numbers", "told", "order"),
    [
        (["29 drones", "7 bridges"], ["Over four regions 29 aircraft were shot down."], [1, 0]),
        (["29 drones", "29 UAVs", "7 bridges"], [], [0, 2, 1]),
        (["two cars", "three cars"], ["The flood took two cars."], [1, 0]),
        (["2.3%", "3%"], ["Brent fell 2.3%."], [1, 0]),
        (["9 people"], ["In 2019 nobody was hurt."], [0]),
    ],
    ids=["in a sentence", "in a number before", "in words", "whole figures", "part of another figure"],
)
def test_numbers_that_the_reader_does_not_know_come_first(
    numbers: list[str], told: list[str], order: list[int]
) -> None:
    assert untold_first(numbers, told) == order


@given(st.lists(st.text(min_size=1)), st.lists(st.text()))
def test_every_number_is_kept(numbers: list[str], told: list[str]) -> None:
    assert sorted(untold_first(numbers, told)) == list(range(len(numbers)))
