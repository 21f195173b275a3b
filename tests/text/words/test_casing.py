"""The case that words would have inside of a sentence."""

from bot.text.words.casing import is_shouted, is_whispered, true_case


def test_capitals_throughout_are_shouting() -> None:
    assert is_shouted(["PUTIN", "ARRIVES", "IN", "MINSK"])
    assert not is_shouted(["NATO", "said", "so", "today"])
    assert not is_shouted(["NATO"])


def test_no_capitals_at_all_are_whispering() -> None:
    assert is_whispered([["путин", "прилетел", "в", "минск"]])
    assert not is_whispered([["Путин", "прилетел", "в", "минск"]])
    assert not is_whispered([["да", "и", "нет"]])


def test_words_get_the_case_that_they_usually_have() -> None:
    assert [true_case(word, "en") for word in ("MOSCOW", "ARRIVES", "NATO", "nato")] == [
        "Moscow",
        "arrives",
        "NATO",
        "NATO",
    ]
    assert [true_case(word, "ru") for word in ("ПУТИН", "СКЛАД", "США", "ХАРЬКОВОМ")] == [
        "Путин",
        "склад",
        "США",
        "Харьковом",
    ]


def test_numbers_and_marks_stay() -> None:
    assert [true_case(word, "ru") for word in ("42", "«", "$")] == ["42", "«", "$"]
