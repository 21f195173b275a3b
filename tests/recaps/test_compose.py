from datetime import timedelta

import pytest

from bot.posts import Origin, OriginKind, Post
from bot.recap import Length, RecapOptions, ToldStory
from bot.recaps.compose import AMOUNTS, Composed, compose
from bot.recaps.events import Read, find_events
from bot.text.analysis import analyse
from tests.recaps.making import moment

FLOOD = "A flood in Riverton killed 12 people on Monday, the mayor Anna Kowalska said. Rescuers searched the old town."
FLOOD_LATER = (
    "The flood in Riverton has killed 18 people, the mayor Anna Kowalska said. Rescuers searched the old town. "
    "The army brought drinking water by helicopter."
)
FLOOD_AGAIN = (
    "A flood in Riverton killed 12 people on Monday, mayor Anna Kowalska said. Rescuers searched the old town."
)
STRIKE = "Train drivers in Lakeland went on strike on Tuesday over pay. About 300 trains were cancelled."
AD = "Subscribe to our channel! Promo code SALE20 gives you a 20% discount, order now: https://shop.example.com"


def read(seq: int, text: str, source: str = "River News", day: int = 5) -> Read:
    post = Post(f"p{seq}", text, moment("08:00", day) + timedelta(minutes=seq), Origin(OriginKind.CHANNEL, source))
    return Read(seq, post, analyse(post))


def recap(window: list[Read], before: list[Read] | None = None, options: RecapOptions | None = None) -> Composed:
    told = [ToldStory(one.post.text.split(".")[0], (one.seq,)) for one in before or []]
    options = options or RecapOptions()
    found = find_events(window, before or [], options, AMOUNTS[options.length].stories)
    analyses = {one.seq: one.analysis for one in (*window, *(before or []))}
    return compose(found, analyses, told, options, "sitrep")


def test_sources_of_one_event_make_one_story_and_nothing_makes_none() -> None:
    made = recap([read(1, FLOOD), read(2, STRIKE), read(3, FLOOD_AGAIN, "Coast Times")])
    assert sorted(tuple(post.id for post in item.posts) for item in made.items) == [("p1", "p3"), ("p2",)]
    assert recap([]).items == ()


def test_figures_that_differ_leave_room_for_other_numbers() -> None:
    texts = [
        f"A flood in Riverton killed {toll} people and injured {toll * 3} people, the mayor said. "
        f"In Riverton {toll * 20} people are missing. Bridges that fell: 7 bridges in the valley of Riverton."
        for toll in (12, 18)
    ]
    (item,) = recap([read(1, texts[0]), read(2, texts[1], "Coast Times")]).items
    assert len(item.story.conflicts) == 3
    assert "7 bridges" in [number.span.text for number in item.story.numbers]


def test_what_is_told_is_copied_from_the_posts() -> None:
    window = [read(1, FLOOD), read(2, STRIKE)]
    texts = {one.post.id: one.post.text for one in window}
    for item in recap(window).items:
        for span in [item.story.title, *(sentence.span for sentence in item.story.sentences)]:
            assert texts[span.post][span.start : span.end] == span.text


@pytest.mark.parametrize("day", [5, 6, 7])
def test_of_a_story_that_was_told_only_what_is_new_comes_again(day: int) -> None:
    (item,) = recap([read(2, FLOOD_LATER, "Coast Times", day)], [read(1, FLOOD)]).items
    assert item.update_of == "A flood in Riverton killed 12 people on Monday, the mayor Anna Kowalska said"
    told = [item.story.title.text, *(sentence.span.text for sentence in item.story.sentences)]
    assert any("18 people" in sentence for sentence in told)
    assert any("helicopter" in sentence for sentence in told)
    assert not any("Rescuers" in sentence for sentence in told)
    assert [number.span.text for number in item.story.numbers] == ["18 people"]
    assert item.posts == (read(2, FLOOD_LATER, "Coast Times", day).post,)


def test_a_story_in_which_nothing_is_new_is_not_told_again() -> None:
    assert recap([read(2, FLOOD_AGAIN, "Coast Times")], [read(1, FLOOD)]).items == ()


def test_a_new_story_beside_one_that_was_told_is_no_update() -> None:
    (item,) = recap([read(2, STRIKE)], [read(1, FLOOD)]).items
    assert item.update_of is None


def test_advertising_is_counted_and_not_told_even_alone() -> None:
    made = recap([read(1, AD)])
    assert (made.items, made.noise, len(made.posts)) == ((), 1, 1)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (RecapOptions(min_sources=2), [("p1", "p3")]),
        (RecapOptions(words=("STRIKE", "quake")), [("p2",)]),
        (RecapOptions(sources=("coast times",)), [("p3",)]),
        (RecapOptions(sources=("Nobody",)), []),
    ],
)
def test_filters_leave_out_what_is_not_wanted(options: RecapOptions, told: list[tuple[str, ...]]) -> None:
    window = [read(1, FLOOD), read(2, STRIKE), read(3, FLOOD_LATER, "Coast Times")]
    assert [tuple(post.id for post in item.posts) for item in recap(window, options=options).items] == told


@pytest.mark.parametrize("length", list(Length))
def test_a_length_bounds_what_is_told(length: Length) -> None:
    amount = AMOUNTS[length]
    towns = ("Aston", "Brixby", "Corham", "Dalby", "Elmore", "Fenwick", "Garton", "Holme", "Irby", "Jarrow") * 4
    window = [
        read(seq, f"{town}{seq} elected {town}{seq} Smith mayor{seq}. {seq + 100} people voted at school{seq}.")
        for seq, town in enumerate(towns)
    ]
    made = recap(window, options=RecapOptions(length=length))
    assert len(made.items) == amount.stories
    assert made.rest > 0
    for item in made.items:
        assert len(item.story.sentences) <= amount.sentences
        assert len(item.story.actors) <= amount.actors
        assert len(item.story.numbers) <= amount.numbers
