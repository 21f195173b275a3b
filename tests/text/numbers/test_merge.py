from bot.text.numbers import merge_numbers
from tests.text.numbers.reading import analysis


def merged(*texts: str, lang: str = "en") -> list[str]:
    analyses = [analysis(str(post), text, lang) for post, text in enumerate(texts)]
    return [number.span.text for number in merge_numbers(analyses)]


def test_what_several_posts_say_is_told_once() -> None:
    assert merged("At least 12 people died.", "12 people died in Kyiv.") == ["At least 12 people"]


def test_cases_of_a_russian_noun_are_one() -> None:
    assert len(merged("Сбиты 32 беспилотника.", "Власти сообщили о 32 сбитых беспилотниках.", lang="ru")) == 1


def test_other_values_and_other_nouns_stay() -> None:
    assert len(merged("12 people died.", "13 people died.", "12 houses burned.")) == 3


def test_equal_shares_and_spans_of_time_of_different_things_stay() -> None:
    assert len(merged("Exports rose 5%.", "Unemployment stands at 5%.")) == 2
    assert len(merged("He served five years in prison.", "The bridge was built for five years.")) == 2


def test_a_limit_and_its_number_are_one_where_one_post_says_the_same_of_both() -> None:
    assert merged("Соцсети закроют детям до 16 лет. Их запретят детям младше 16 лет.", lang="ru") == ["до 16 лет"]
    assert len(merged("Police held 90 people. Police held about 90 people, it said.")) == 1
    assert len(merged("The hall holds up to 90 people. The blast killed 90 people.")) == 2


def test_a_measure_that_was_reached_and_one_that_may_be_stay() -> None:
    assert len(merged("It writes at 16 megabytes. It writes at up to 16 megabytes.")) == 2


def test_the_best_come_first() -> None:
    analyses = [analysis("a", "He was 45.\nThe fire killed 30 people."), analysis("b", "Losses reached $5 million.")]
    scores = [number.score for number in merge_numbers(analyses)]
    assert scores == sorted(scores, reverse=True)
