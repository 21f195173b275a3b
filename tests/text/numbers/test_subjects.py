import pytest

from tests.text.numbers.reading import abouts, numbers


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        # a relative clause goes on with the words that its pronoun stands for
        ("Readers who do not subscribe may see 20 articles.", "en", "Readers who do not subscribe may see"),
        ("Мужчина, который убил 3 человек, задержан.", "ru", "Мужчина, который убил"),
        ("Они устроили заезд, в котором участвовало 90 человек.", "ru", "Они устроили заезд, в котором участвовало"),
        ("It leads in Oman and Iran where it amounts to 47%.", "en", "It leads in Oman and Iran where it amounts to"),
        # or with the pronoun alone, if they are too many or are the number itself
        (
            "All of the many very old men from the small town near the border that lost 20 people.",
            "en",
            "that lost",
        ),
        ("Four soldiers who were there were killed.", "en", "who were there were killed"),
        # a clause without a subject goes on with the one before
        ("It was planned for Monday, but was delayed two days.", "en", "It was planned for Monday, but was delayed"),
        ("Она закончила школу, а затем проработала 20 лет.", "ru", "Она закончила школу, а затем проработала"),
        # past what stands between a subject and its verb
        ("Hamas, which rules Gaza, has fired 90 rockets.", "en", "Hamas, which rules Gaza, has fired"),
        ("Britain has, according to the BBC, sent 90 men.", "en", "Britain has, according to the BBC, sent"),
        # it has a subject of its own
        ("They said that the troops had killed 20 people.", "en", "the troops had killed"),
        ("He wrote a book in which she met 20 people.", "en", "she met"),
        ("When it rains, there remain 20 people.", "en", "there remain"),
        # what stands before says who says so, is parted from it, or tells another number
        ("По нашим данным, погибли 20 человек.", "ru", "погибли"),
        ("The storm came (it killed 20 people).", "en", "it killed"),
        ("They took 9 boats and then killed 20 people.", "en", "then killed"),
    ],
)  # fmt: skip
def test_a_clause_begins_with_its_subject(text: str, lang: str, expected: str) -> None:
    assert abouts(numbers(text, lang))[-1] == expected
