from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.posts import Origin, OriginKind, Post
from bot.recap import RecapOptions
from bot.recaps.chart import MOST_ACTORS, MOST_STORIES, Chart, Named, chart
from bot.recaps.compose import Read, compose
from bot.text.analysis import analyse
from tests.recaps.making import moment

FLOOD = "A flood in Riverton killed 12 people, the mayor Anna Kowalska said. Rescuers searched the old town."
STRIKE = "Train drivers in Lakeland went on strike over pay. Anna Kowalska called it a shame on Tuesday."
AD = "Subscribe to our channel! Promo code SALE20 gives you a 20% discount, order now: https://shop.example.com"
WEEK = timedelta(days=7)
UTC_ZONE = ZoneInfo("UTC")
ANALYSIS = analyse(Post("p", STRIKE))


def read(seq: int, text: str, date: datetime | None, source: str = "River News") -> Read:
    post = Post(f"p{seq}", text, date, Origin(OriginKind.CHANNEL, source))
    return Read(seq, post, analyse(post))


def charted(window: Sequence[Read], zone: ZoneInfo = UTC_ZONE, longest: timedelta = WEEK) -> Chart:
    return chart(window, compose(window, [], [], RecapOptions(), "sitrep"), zone, longest)


def test_those_whom_most_posts_name_stand_first_and_noise_names_nobody() -> None:
    made = charted([read(1, FLOOD, moment("08:00")), read(2, STRIKE, moment("09:00")), read(3, AD, moment("09:30"))])
    assert made.actors[0] == Named("Anna Kowalska", 2)
    assert len(made.actors) <= MOST_ACTORS
    assert sum(sum(story.posts) for story in made.stories) + sum(made.others) == 2


def test_each_story_has_its_posts_where_their_time_is() -> None:
    window = [
        read(1, FLOOD, moment("06:10")),
        read(2, FLOOD.replace("12", "13"), moment("09:20"), "Coast Times"),
        read(3, "Chess: Lakeland won the cup final against Brixby by three goals.", moment("09:59")),
    ]
    made = charted(window)
    assert [f"{begin:%H:%M}" for begin in (made.stretches[0], made.stretches[-1])] == ["06:10", "09:50"]
    places = [[place for place, posts in enumerate(story.posts) if posts] for story in made.stories]
    assert sorted(places) == [[0, 19], [22]]


def test_stretches_begin_on_the_readers_clock() -> None:
    window = [read(1, FLOOD, moment("06:10")), read(2, STRIKE, moment("23:10"))]
    assert charted(window, ZoneInfo("Asia/Kolkata")).stretches[0].strftime("%d %H:%M") == "05 11:00"


def test_a_post_that_was_forwarded_long_after_it_was_written_does_not_stretch_the_course() -> None:
    window = [read(1, FLOOD, moment("06:10") - timedelta(days=300)), read(2, STRIKE, moment("06:20"))]
    made = charted(window, longest=timedelta(days=1))
    assert len(made.stretches) == 1
    assert sum(sum(story.posts) for story in made.stories) == 1


def test_posts_without_a_time_have_no_course() -> None:
    made = charted([read(1, FLOOD, None)])
    assert (made.stretches, made.ticks, made.others) == ((), (), ())
    assert made.actors


@given(
    st.lists(st.datetimes(datetime(2020, 1, 1), datetime(2021, 1, 1), timezones=st.just(UTC)), min_size=1, max_size=40),  # noqa: DTZ001 - hypothesis adds the zone
    st.sampled_from(("UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns", "Australia/Lord_Howe")),
    st.integers(0, 400),
)
def test_every_post_that_is_not_too_old_is_in_one_stretch(dates: list[datetime], zone: str, days: int) -> None:
    longest = timedelta(days=days)
    posts = [Post(f"p{number}", STRIKE, date) for number, date in enumerate(dates)]
    window = [Read(number, post, ANALYSIS) for number, post in enumerate(posts)]
    made = chart(window, compose([], [], [], RecapOptions(), "sitrep"), ZoneInfo(zone), longest)
    clocks = [date.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for date in dates]
    assert sum(made.others) == sum(clock >= max(clocks) - longest for clock in clocks)
    assert len(made.stretches) == len(made.others) <= 25
    assert len({later - earlier for earlier, later in zip(made.stretches, made.stretches[1:], strict=False)}) <= 1
    assert made.others[0]
    assert made.others[-1]
    assert 1 <= len(made.ticks) <= 6
    assert set(made.ticks) <= set(range(len(made.stretches)))
    assert len(made.stories) <= MOST_STORIES
