import pytest

from bot.posts import Qualifier
from tests.text.numbers.reading import numbers, only


@pytest.mark.parametrize(
    ("phrase", "qualifier"),
    [
        ("120 people", "="),
        ("about 120 people", "~"),
        ("an estimated 120 people", "~"),
        ("nearly 120 people", "~"),
        ("some 120 people", "~"),
        ("120 people or so", "~"),
        ("120 or so people", "~"),
        ("more than 120 people", ">"),
        ("well over 120 people", ">"),
        ("more than a million people", ">"),
        ("fewer than 120 people", "<"),
        ("just under 120 people", "<"),
        ("at least 120 people", ">="),
        ("no fewer than 120 people", ">="),
        ("120 or more people", ">="),
        ("120+ people", ">="),
        ("up to 120 people", "<="),
        ("as many as 120 people", "<="),
        ("no more than 120 people", "<="),
        ("120 people at most", "<="),
        ("between 100 and 120 people", "range"),
    ],
)
def test_english(phrase: str, qualifier: str) -> None:
    number = only(f"Police counted {phrase}.")
    assert (number.qualifier, number.span.text) == (Qualifier(qualifier), phrase)


@pytest.mark.parametrize(
    ("phrase", "qualifier"),
    [
        ("120 человек", "="),
        ("около 120 человек", "~"),
        ("порядка 120 человек", "~"),
        ("почти 120 человек", "~"),
        ("человек двадцать", "~"),
        ("более 120 человек", ">"),
        ("чуть больше 120 человек", ">"),
        ("свыше 120 человек", ">"),
        ("120 с лишним человек", ">"),
        ("менее 120 человек", "<"),
        ("не менее 120 человек", ">="),
        ("как минимум 120 человек", ">="),
        ("120 и более человек", ">="),
        ("до 120 человек", "<="),
        ("не более 120 человек", "<="),
        ("от 100 до 120 человек", "range"),
    ],
)
def test_russian(phrase: str, qualifier: str) -> None:
    number = only(f"Полиция насчитала {phrase}.", "ru")
    assert (number.qualifier, number.span.text) == (Qualifier(qualifier), phrase)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Налоги подняли более чем на 40 млрд рублей.", "более чем на 40 млрд рублей"),
        ("Число выросло почти в два раза.", "почти в два раза"),
        ("Сбой был как минимум в 11 странах.", "как минимум в 11 странах"),
    ],
)
def test_a_preposition_may_stand_between_a_qualifier_and_its_number(text: str, span: str) -> None:
    assert only(text, "ru").span.text == span


@pytest.mark.parametrize("verb", ["вырос", "рос", "снизился", "подорожал", "упал", "взлетел", "подскочил"])
def test_to_after_a_change_is_where_it_ended_and_no_limit(verb: str) -> None:
    number = only(f"Курс {verb} до 90 рублей.", "ru")
    assert (number.qualifier, number.span.text) == (Qualifier.EXACT, "90 рублей")


def test_a_change_may_stand_far_before_where_it_ended() -> None:
    text = "Котировки кофе выросли более чем на 3% в ходе торгов в Нью-Йорке в среду вечером - до $3,22 за фунт."
    percent, price = numbers(text, "ru")
    assert (percent.qualifier, price.qualifier) == (Qualifier.MORE, Qualifier.EXACT)
    assert price.span.text == "$3,22 за фунт"


@pytest.mark.parametrize(
    ("text", "lang", "span"),
    [("От 40 000 ₽.", "ru", "От 40 000 ₽"), ("Prices start from $799.", "en", "from $799")],
)
def test_a_price_from_which_others_begin_is_at_least_so_much(text: str, lang: str, span: str) -> None:
    number = only(text, lang)
    assert (number.qualifier, number.span.text) == (Qualifier.AT_LEAST, span)


@pytest.mark.parametrize(
    ("text", "span"),
    [("They studied it over nine years.", "nine years"), ("It lasted over nine years.", "over nine years")],
)
def test_over_a_span_of_time_may_be_during_it(text: str, span: str) -> None:
    assert only(text).span.text == span


@pytest.mark.parametrize(
    ("text", "span", "qualifier"),
    [
        ("It needs >90% of votes.", ">90%", ">"),
        ("It stays cool (< 5 °C).", "< 5 °C", "<"),
        ("They saw >= 20 people.", ">= 20 people", ">="),
        ("<= 20 people came.", "<= 20 people", "<="),
        # a quotation, arrows
        ("> 20 people came.", "20 people", "="),
        ("The way -> 20 people.", "20 people", "="),
        ("The way => 20 people.", "20 people", "="),
    ],
)
def test_signs_before_a_number_qualify_it(text: str, span: str, qualifier: str) -> None:
    number = only(text)
    assert (number.span.text, number.qualifier) == (span, Qualifier(qualifier))
