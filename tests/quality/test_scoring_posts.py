"""The scorers of actors, numbers and leads, on cases small enough to count by hand."""

import pytest

from tests.quality.gold import load_gold_posts
from tests.quality.making import actor, gold_actor, gold_number, number, sentence
from tests.quality.matching import one_holds_other, overlap, plain, words
from tests.quality.scoring_actors import score_actors
from tests.quality.scoring_leads import score_leads
from tests.quality.scoring_numbers import same_unit, same_value, score_numbers


@pytest.mark.parametrize(
    ("one", "other"),
    [("«Хезболла»", "хезболла"), ("the Kremlin", "Kremlin."), ("Мосгорсуд: ёж", "мосгорсуд: еж"), ("Iran's", "Iran")],
)
def test_spellings_of_one_name_are_plainly_the_same(one: str, other: str) -> None:
    assert plain(one) == plain(other)


def test_a_surname_is_held_by_the_full_name_but_two_short_letters_are_not_enough() -> None:
    assert one_holds_other("Pashinyan", "Nikol Pashinyan")
    assert not one_holds_other("EU", "EU Council")
    assert not one_holds_other("", "EU Council")


def test_overlap_counts_repeats() -> None:
    assert overlap(["a", "a", "b"], ["a", "b", "b"]) == pytest.approx(2 / 3)
    assert overlap([], ["a"]) == 0


def test_precision_counts_all_actors_and_recall_only_key_ones() -> None:
    gold = [
        gold_actor("Nikol Pashinyan", "Pashinyan"),
        gold_actor("Armenia", kind="state"),
        gold_actor("TASS", key=False),
    ]
    figures = score_actors([(gold, [actor("TASS"), actor("Pashinyan"), actor("Yerevan"), actor("Baku")])])
    assert figures["actors_precision"] == 2 / 4
    assert figures["key_actors_found"] == 1 / 2
    assert figures["actors_f1"] == 1 / 2
    assert figures["top_actor_is_key"] == 0
    assert figures["kind_accuracy"] == 1


def test_a_second_actor_for_the_same_annotated_one_is_wrong() -> None:
    figures = score_actors([([gold_actor("Nikol Pashinyan")], [actor("Nikol Pashinyan"), actor("Pashinyan")])])
    assert figures["actors_precision"] == 1 / 2
    assert figures["top_actor_is_key"] == 1


def test_an_exact_name_wins_over_a_longer_one_that_holds_it() -> None:
    gold = [gold_actor("Bank of Russia", key=False), gold_actor("Russia", kind="state")]
    figures = score_actors([(gold, [actor("Russia", kind="state")])])
    assert (figures["key_actors_found"], figures["kind_accuracy"]) == (1, 1)


def test_posts_without_annotated_actors_do_not_ask_for_a_top_actor() -> None:
    figures = score_actors([([], [actor("Baku")]), ([gold_actor("Armenia")], [actor("Armenia")])])
    assert figures["top_actor_is_key"] == 1
    assert figures["actors_precision"] == 1 / 2


def test_a_role_is_right_if_it_shares_half_of_its_words() -> None:
    gold = [
        gold_actor("Ann Lee", role="prime minister of Malta"),
        gold_actor("Bob Ray", role="judge"),
        gold_actor("Cy Orr"),
    ]
    mine = [actor("Ann Lee", role="prime minister"), actor("Bob Ray", role="lawyer"), actor("Cy Orr", role="clerk")]
    figures = score_actors([(gold, mine)])
    assert figures["roles_f1"] == pytest.approx(2 * (1 / 3) * (1 / 2) / (1 / 3 + 1 / 2))


def test_no_actors_at_all_score_nothing() -> None:
    assert set(score_actors([([gold_actor("Armenia")], [])]).values()) == {0.0}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (120_000, 120_000.0, True),
        (1000, 1005, True),
        (1000, 1006, False),
        ((3.0, 2.0), (3, 2), True),
        ((3.0, 2.0), 3, False),
        (None, None, True),
        (None, 12, False),
        (0, 0, True),
    ],
)
def test_values_are_the_same_within_half_a_percent(one: float | None, other: float | None, *, same: bool) -> None:
    assert same_value(one, other) is same
    assert same_value(other, one) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("USD", "$", True),
        ("%", "процентов", True),
        ("%", "percentage points", True),
        ("houses", "house", True),
        ("people", "Palestinians", False),
        ("", "", True),
        ("", "people", False),
        ("RUB", "USD", False),
    ],
)
def test_units_are_the_same_in_any_spelling(one: str, other: str, *, same: bool) -> None:
    assert same_unit(one, other) is same


def test_a_number_is_found_where_it_overlaps_and_has_the_value() -> None:
    gold = [gold_number((0, 9), 12, "people"), gold_number((20, 29), 12, "houses"), gold_number((40, 45), 7)]
    mine = [number("12", 12, 0, "person"), number("12 homes", 12, 20, "homes"), number("8", 8, 40), number("7", 7, 60)]
    figures = score_numbers([(gold, mine)])
    assert figures["numbers_precision"] == 2 / 4
    assert figures["numbers_recall"] == 2 / 3
    assert figures["unit_accuracy"] == 0


def test_qualifiers_and_clauses_are_asked_of_found_numbers() -> None:
    gold = [
        gold_number((0, 2), 12, qualifier="~", what="people were killed in the fire"),
        gold_number((20, 22), 15, what="hurt"),
    ]
    mine = [number("12", 12, 0, about="were killed"), number("15", 15, 20)]
    figures = score_numbers([(gold, mine)])
    assert (figures["qualifier_accuracy"], figures["about_accuracy"]) == (1 / 2, 1 / 2)


def test_a_lead_is_hit_by_the_sentence_of_the_highest_score() -> None:
    lead = ["Fire destroyed the old market in Riga."]
    near, far = sentence("Fire destroyed the market in Riga", 0.9), sentence("Nobody was hurt.", 0.5)
    assert score_leads([(lead, [far, near])])["lead_hit"] == 1
    assert score_leads([(lead, [sentence("Nobody was hurt.", 1.0), near]), (lead, [])])["lead_hit"] == 0


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_annotated_numbers_stand_in_their_posts(lang: str) -> None:
    numbers = [(true.post.text, gold) for true in load_gold_posts(lang) for gold in true.numbers]
    assert len(numbers) > 50
    for text, gold in numbers:
        assert words(text[gold.start : gold.end])
