from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.posts import Digest, Origin, OriginKind, Post, Span, Story
from bot.text.analysis import analyse
from bot.text.digest import Options, digest, digest_actors, digest_numbers, digest_stories
from tests.text import strategies

START = datetime(2024, 11, 21, 6, tzinfo=UTC)
QUAKE = (
    "Quake hits Rome\n"
    "A quake hit the Italian city of Rome on Monday, and the walls of many old houses in the centre fell.\n"
    "Twelve people were killed and 40 people were injured, the mayor said. "
    "Rescuers search the ruins. The city has closed its schools. Trains to Naples stand still."
)
STRIKE = (
    "Steel workers strike in Genoa\n"
    "About 3,000 workers of a steel mill in Genoa went on strike for higher wages. Talks failed on Friday."
)


def posts_of(texts: Sequence[str]) -> list[Post]:
    return [
        Post(str(number), text, START + timedelta(hours=number), Origin(OriginKind.CHANNEL, f"Channel {number}"))
        for number, text in enumerate(texts)
    ]


def read(*texts: str, options: Options | None = None) -> Digest:
    posts = posts_of(texts)
    return digest(posts, [analyse(post) for post in posts], options)


def told(result: Digest) -> list[str]:
    return [sentence.span.text for sentence in result.sentences]


@settings(max_examples=30)
@given(st.lists(strategies.posts, max_size=4), st.sampled_from([None, "пожар", "the"]))
def test_every_span_of_a_digest_is_verbatim(texts: list[str], query: str | None) -> None:
    result = read(*texts, options=Options(query=query))
    spans: list[Span] = [sentence.span for sentence in result.sentences]
    for story in result.stories:
        spans += [story.title, *(sentence.span for sentence in story.sentences)]
    assert all(texts[int(span.post)][span.start : span.end] == span.text for span in spans)


@settings(max_examples=30)
@given(st.lists(strategies.posts, max_size=4))
def test_a_post_is_in_one_story_at_most_and_a_title_is_not_told_twice(texts: list[str]) -> None:
    result = read(*texts)
    posts = [post for story in result.stories for post in story.posts]
    assert len(posts) == len(set(posts))
    assert not set(posts) & set(result.noise)
    for story in result.stories:
        assert story.title not in [sentence.span for sentence in story.sentences]


def test_a_short_post_is_told_whole() -> None:
    assert told(read("Fire in Rome. Fire in Rome! Nobody was hurt.")) == [
        "Fire in Rome.",
        "Fire in Rome!",
        "Nobody was hurt.",
    ]


def test_a_long_post_is_told_in_three_sentences_in_their_order() -> None:
    sentences = told(read(QUAKE))
    assert len(sentences) == 3
    assert sorted(sentences, key=QUAKE.index) == sentences


def test_a_headline_that_is_told_again_in_full_is_left_out() -> None:
    result = read(QUAKE)
    assert "Quake hits Rome" not in told(result)
    assert result.stories[0].title.text == "Quake hits Rome"
    best = max(result.sentences, key=lambda sentence: sentence.score)
    assert best.span.text.startswith("A quake hit the Italian city")


def test_a_headline_that_says_what_nobody_says_again_is_told_first() -> None:
    text = QUAKE.replace("Quake hits Rome", "Italy mourns victims of disaster")
    best = max(read(text).sentences, key=lambda sentence: sentence.score)
    assert best.span.text == "Italy mourns victims of disaster"


@pytest.mark.parametrize("options", [Options(sentences=None, words=12), Options(sentences=None, chars=60)])
def test_words_and_characters_can_be_the_budget(options: Options) -> None:
    sentences = told(read(QUAKE, options=options))
    assert sentences
    assert sum(len(sentence.split()) for sentence in sentences) <= (options.words or 99)
    assert sum(map(len, sentences)) <= (options.chars or 999)


def test_no_budget_tells_everything_that_is_not_a_repeat() -> None:
    assert len(told(read(QUAKE, options=Options(sentences=None)))) == 5


def test_a_budget_of_nothing_tells_nothing() -> None:
    assert told(read(QUAKE, options=Options(sentences=0))) == []


def test_a_query_chooses_posts_and_sentences() -> None:
    result = read(QUAKE, STRIKE, options=Options(query="schools", sentences=1))
    assert told(result) == ["The city has closed its schools."]
    assert [story.posts for story in result.stories] == [("0",)]


@pytest.mark.parametrize(
    ("query", "posts"),
    [("schooling -strike", ("0", "2")), ('"steel mill"', ("1",)), ("-mill", ("0", "2")), ('"mill steel"', ())],
)
def test_a_query_is_understood_as_a_question_to_the_bot(query: str, posts: tuple[str, ...]) -> None:
    assert read(QUAKE, STRIKE, QUAKE, options=Options(query=query)).posts == posts


@pytest.mark.parametrize("about", ["Пашиняну", "пашинян -переговоры", '"Никола Пашиняна"'])
def test_sentences_about_what_was_asked_come_first_in_any_form(about: str) -> None:
    text = (
        "Переговоры прошли в Париже в понедельник. Стороны обсудили помощь 40 сёлам, которые пострадали от паводка. "
        "Встреча длилась три часа и закончилась ночью. Позже Николу Пашиняну вручили книгу. "
        "Следующая встреча состоится через две недели в Вене."
    )
    (sentence,) = read(text, STRIKE, options=Options(about=about, sentences=1)).sentences
    assert sentence.span.text == "Позже Николу Пашиняну вручили книгу."


def test_the_sentences_that_hold_the_most_of_what_is_asked_for_come_first() -> None:
    first = "Trains to Naples stand still."
    assert told(read(QUAKE, options=Options(about="trains Naples")))[0] == first
    assert told(read(QUAKE, STRIKE, QUAKE, options=Options(about="trains Naples")))[0] == first
    result = read(QUAKE, options=Options(about="schools mayor", sentences=4))
    spans = [sentence.span for sentence in result.sentences]
    held = [sum(word in span.text for word in ("schools", "mayor")) for span in spans]
    assert held[:2] == [1, 1]
    assert held == sorted(held, reverse=True)
    for some in (spans[:2], spans[2:]):
        assert [span.start for span in some] == sorted(span.start for span in some)


def test_a_query_that_nothing_holds_gives_an_empty_digest() -> None:
    result = read(QUAKE, options=Options(query="volcano"))
    assert (result.sentences, result.stories, result.actors, result.numbers) == ((), (), (), ())


@pytest.mark.parametrize("texts", [(), ("",), ("🔥",), ("", "...", "🔥")])
def test_posts_without_words_give_an_empty_digest(texts: tuple[str, ...]) -> None:
    result = read(*texts)
    assert (result.sentences, result.stories) == ((), ())


def test_a_summary_of_many_posts_tells_of_more_than_one_story() -> None:
    result = read(QUAKE, STRIKE, options=Options(sentences=2))
    assert {sentence.span.post for sentence in result.sentences} == {"0", "1"}


def test_a_digest_of_many_posts_has_the_best_number_of_each_story_first() -> None:
    result = read(QUAKE, STRIKE)
    of_stories = [story.numbers[0].span for story in result.stories]
    assert [number.span for number in result.numbers[:2]] == of_stories


def test_of_posts_that_repeat_each_other_the_first_or_the_last_is_told() -> None:
    texts = [f"The dead in the quake of Rome have risen to {number}, officials said." for number in (10, 20, 30)]
    result = read(*texts, options=Options(sentences=1))
    assert result.sentences[0].span.post != "1"


def test_actors_and_numbers_are_limited() -> None:
    result = read(QUAKE, STRIKE, options=Options(actors=1, numbers=1))
    assert len(result.numbers) == 1
    assert len(result.actors) <= 1


def test_one_post_is_read_even_if_it_is_noise() -> None:
    text = "Subscribe now and join our giveaway! Use promo code ROME for a discount. Buy now, order now."
    assert read(text).noise == ()
    assert told(read(text))


def test_the_language_is_that_of_most_words_or_the_given_one() -> None:
    assert read("Пожар в Москве.", QUAKE).lang == "en"
    assert read("Пожар в Москве.", QUAKE, options=Options(lang="ru")).lang == "ru"


SAID = st.lists(
    st.sampled_from([QUAKE, STRIKE, "Twelve people were killed.", "Buy now!", "🔥"]) | strategies.posts, max_size=5
)


def _unnamed(stories: Sequence[Story]) -> list[Story]:
    return [replace(story, id="") for story in stories]


@settings(max_examples=40)
@given(SAID, st.integers(0, 3), st.sampled_from([None, "people", "the", "volcano"]))
def test_a_part_of_a_digest_is_what_the_whole_has(texts: list[str], most: int, query: str | None) -> None:
    posts, options = posts_of(texts), Options(query=query)
    analyses = [analyse(post) for post in posts]
    whole = digest(posts, analyses, options)
    assert digest_actors(posts, analyses, options).actors == whole.actors
    stories, numbers = (make(posts, analyses, options, most) for make in (digest_stories, digest_numbers))
    if len(whole.posts) == 1:
        assert stories == numbers == whole
        return
    numbered = [story for story in whole.stories if story.numbers]
    assert stories.stories == whole.stories[:most]
    assert (len(stories.stories) + stories.rest, stories.noise) == (len(whole.stories), whole.noise)
    assert _unnamed(numbers.stories) == _unnamed(numbered[:most])
    assert len(numbers.stories) + numbers.rest == len(numbered)


def test_a_digest_names_the_posts_that_hold_what_was_asked_for() -> None:
    assert read(QUAKE, STRIKE, QUAKE).posts == ("0", "1", "2")
    assert read(QUAKE, STRIKE, QUAKE, options=Options(query="schools")).posts == ("0", "2")


def story_of(*texts: str) -> Story:
    (story,) = read(*texts).stories
    return story


def sentences_of(story: Story) -> list[str]:
    return [sentence.span.text for sentence in story.sentences]


def test_a_story_is_not_told_again_in_the_words_of_another_post() -> None:
    story = story_of(
        "A drunk man bit a young visitor of a shopping mall in the toilet of the mall in Petersburg.\n"
        "The police took him to a cell for the night.",
        "In Petersburg a drunk bit a visitor in a toilet of the shopping mall.\nHe had attacked three guards before.",
    )
    told = [story.title.text, *sentences_of(story)]
    assert sum("bit" in sentence for sentence in told) == 1
    assert "The police took him to a cell for the night." in told


def test_the_title_of_a_story_gives_the_latest_toll_and_its_sentences_no_older_one() -> None:
    story = story_of(
        "Blast in Beirut: at least 30 people were killed\nAt least 30 people were killed in the blast in Beirut.",
        "Blast in Beirut: 63 people were killed\nThe minister said that 63 people were killed in the blast in Beirut.",
        "The blast in Beirut: 78 people were killed, the minister said.\nThe port of Beirut burned all night.",
    )
    told = [story.title.text, *sentences_of(story)]
    assert "78" in story.title.text
    assert not any("30" in sentence or "63" in sentence for sentence in told)


def test_a_sentence_that_leans_on_another_stands_only_beside_it() -> None:
    first = "Yoon was impeached by the parliament of South Korea on Saturday with 204 votes."
    second = "The parliament of South Korea voted on Saturday that Yoon is impeached with 204 votes. {}"
    leaning, resting = "He denies every charge of the prosecutors.", "But the prosecutors have raised more charges."
    assert leaning in sentences_of(story_of(first, second.format(leaning)))
    assert resting not in sentences_of(story_of(first, second.format(f"\nWho comes next? {resting}")))


def test_a_story_is_not_titled_with_what_somebody_says_of_it() -> None:
    story = story_of(
        "“Notre Dame cathedral in Paris will be rebuilt after the fire,” Macron said.",
        "The spire of Notre Dame cathedral in Paris has collapsed in a fire, firefighters said.",
    )
    assert story.title.text.startswith("The spire")


@pytest.mark.parametrize(
    "line",
    [
        "Ministry of defence:",
        "Ministry of defence",
        "And how will the enemy answer to the loss of these places?",
        "“In the streets of both places everything is calm after the battles.",
    ],
    ids=["leads to others", "credit", "asks", "half of a quotation"],
)
def test_what_makes_no_sense_alone_is_not_told_of_a_story_that_several_posts_tell(line: str) -> None:
    story = story_of(
        "The army has taken the towns of Ilyinka and Petrovka, the ministry reports.",
        f"{line}\n\nThe towns of Ilyinka and Petrovka were taken by the army after a week of battles.",
    )
    assert line not in [story.title.text, *sentences_of(story)]


def test_of_many_posts_no_fact_is_told_that_two_sentences_have_told_together() -> None:
    first = "A flood in Riverton swept away the wooden bridge of the old harbour on Monday."
    second = "Mayor Anna Kowalska of Riverton has closed all schools in the town until Thursday."
    both = "Mayor Kowalska closed schools as flood swept away harbour bridge."
    assert told(read(first, both, second, options=Options(sentences=9))) == [first, second]
