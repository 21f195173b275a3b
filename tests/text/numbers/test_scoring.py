from bot.posts import Post
from bot.text.numbers import find_numbers
from bot.text.words.document import read_document


def best_first(text: str, lang: str = "en") -> list[str]:
    return [number.span.text for number in find_numbers(read_document(Post("p", text), lang))]


def test_a_toll_comes_before_other_counts() -> None:
    assert best_first("Police searched 12 houses after 12 people were killed.")[0] == "12 people"


def test_the_first_sentence_comes_before_the_others() -> None:
    assert best_first("The city spent $5 million.\nLast year it spent $6 million.")[0] == "$5 million"


def test_an_age_comes_last() -> None:
    assert best_first("Погиб 45-летний водитель, ранены трое детей, ущерб 2 млн рублей.", "ru")[-1] == "45-летний"


def test_the_largest_of_its_kind_comes_before_the_others() -> None:
    assert best_first("The three firms paid $5 million, $9 million and $7 million in fines.")[0] == "$9 million"


def test_what_another_is_compared_with_comes_behind_it() -> None:
    assert best_first("Unemployment fell to 7.7 percent from 7.9 percent.") == ["7.7 percent", "7.9 percent"]
    assert best_first("Profit was $7 million, compared with a loss of $9 million.")[0] == "$7 million"
    assert best_first("Цена выросла с 90 до 80 рублей.", "ru")[0] == "80 рублей"


def test_a_vague_number_is_not_the_largest() -> None:
    assert best_first("At least 24 homes burned as dozens of fires spread.") == ["At least 24 homes", "dozens of fires"]
