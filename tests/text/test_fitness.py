import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.fitness import fitness, introduces, is_fragment, is_question, leans_on_others, points_elsewhere


@pytest.mark.parametrize(
    "text", ["He said so.", "But it rained.", "— Это случилось ночью.", "Об этом сообщил Рябков.", "However, it fell."]
)
def test_a_sentence_may_lean_on_the_one_before(text: str) -> None:
    assert leans_on_others(text)


@pytest.mark.parametrize("text", ["Hershey fell.", "Butter is dear.", "Этажи обрушились.", "Итальянцы голосуют."])
def test_a_word_that_only_begins_like_a_pronoun_leans_on_nothing(text: str) -> None:
    assert not leans_on_others(text)


def test_questions_are_told() -> None:
    assert is_question("Кто виноват?»")
    assert is_question("هل سيبقى؟")
    assert not is_question("He asked why (who?) and left.")


@given(st.text("ab1_?？؟\u037e:!»)😀 \n", max_size=12))
def test_marks_at_the_end_tell_wherever_they_stand_among_other_marks(text: str) -> None:
    assert is_question(text) == bool(re.search(r"[?？؟\u037e]\W*$", text))
    assert introduces(text) == bool(re.search(r":\W*$", text))


def test_a_colon_at_the_end_introduces() -> None:
    assert introduces("Главное к этому часу: ")
    assert not introduces("Путин: мы готовы")


def test_a_sentence_may_send_to_a_link() -> None:
    assert points_elsewhere("Все подробности — по ссылке.")
    assert points_elsewhere("The full report is available here.")
    assert not points_elsewhere("Here the rain began.")
    assert not points_elsewhere("They met in the comments section.")


@given(st.text("ab _.,", max_size=30), st.sampled_from(["in the comments", "Available here", "тут"]), st.text("?»)😀 "))
def test_a_sentence_sends_elsewhere_by_its_last_words_however_long_it_is(before: str, place: str, marks: str) -> None:
    assert points_elsewhere(f"{before} {place}{marks}")
    assert not points_elsewhere(f"{before}x{place}{marks}")
    assert not points_elsewhere(f"{before} {place} x{marks}")


@pytest.mark.parametrize("text", ["«Мы готовы.", 'He said: "We go.', "It is late (he said.", "и ушёл»."])
def test_half_a_quotation_is_a_fragment(text: str) -> None:
    assert is_fragment(text)


@pytest.mark.parametrize("text", ["«Мы „готовы“», — сказал он.", "“We go,” he said.", "2) Musk denies", "„Wir gehen“"])
def test_a_whole_quotation_is_no_fragment(text: str) -> None:
    assert not is_fragment(text)


def test_a_plain_sentence_is_fit() -> None:
    assert fitness("The president of France arrived in Rome on Monday.", terms=6) == 1.0


def test_too_few_and_too_many_words_are_less_fit() -> None:
    assert fitness("All gone.", terms=1) < fitness("word " * 200, terms=200) < 1.0


def test_faults_add_up() -> None:
    assert fitness("But why?", terms=1) < fitness("Why?", terms=1)
