from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.posts import Origin, OriginKind, Post
from bot.recap import ToldStory
from bot.recaps.chart import MOST_ACTORS, Chart, Named, chart
from bot.recaps.compose import Composed, Item
from bot.text.analysis import analyse
from bot.text.digest import Options, tell_story
from tests.recaps.making import moment

FLOOD = "A flood in Riverton killed 12 people, the mayor Anna Kowalska said. Rescuers searched the old town."
STRIKE = "Train drivers in Lakeland went on strike over pay. Anna Kowalska called it a shame on Tuesday."
AD = "Subscribe to our channel! Promo code SALE20 gives you a 20% discount, order now: https://shop.example.com"
WEEK = timedelta(days=7)
UTC_ZONE = ZoneInfo("UTC")


def read(number: int, text: str, date: datetime | None, source: str = "River News") -> Post:
    return Post(f"p{number}", text, date, Origin(OriginKind.CHANNEL, source))


def charted(
    *stories: Sequence[Post], others: Sequence[Post] = (), zone: ZoneInfo = UTC_ZONE, longest: timedelta = WEEK
) -> Chart:
    """Chart a recap that tells some stories, of these and other posts."""
    posts = [post for story in stories for post in story]
    seqs = {post.id: seq for seq, post in enumerate(posts)}
    analyses = {seqs[post.id]: analyse(post) for post in posts}
    items = []
    for members in stories:
        story = tell_story("", [(post, analyses[seqs[post.id]]) for post in members], 1.0, Options())
        told = ToldStory(story.title.text, tuple(seqs[post.id] for post in members))
        items.append(Item(story, tuple(members), None, told))
    return chart(Composed(tuple(items), (*posts, *others), 0, 0), analyses, zone, longest)


def test_those_whom_most_posts_of_its_stories_name_stand_first() -> None:
    made = charted([read(1, FLOOD, moment("08:00"))], [read(2, STRIKE, moment("09:00"))])
    assert made.actors[0] == Named("Anna Kowalska", 2)
    assert len(made.actors) <= MOST_ACTORS


def test_each_story_has_its_posts_where_their_time_is_and_the_others_are_counted_together() -> None:
    flood = [read(1, FLOOD, moment("06:10")), read(2, FLOOD, moment("09:20"), "Coast Times")]
    made = charted(flood, [read(3, STRIKE, moment("09:59"))], others=[read(4, AD, moment("07:05"))])
    assert [f"{begin:%H:%M}" for begin in (made.stretches[0], made.stretches[-1])] == ["06:10", "09:50"]
    places = [[place for place, posts in enumerate(story.posts) if posts] for story in made.stories]
    assert places == [[0, 19], [22]]
    assert [place for place, posts in enumerate(made.others) if posts] == [5]


def test_stretches_begin_on_the_readers_clock() -> None:
    posts = [read(1, FLOOD, moment("06:10")), read(2, STRIKE, moment("23:10"))]
    made = charted(posts, zone=ZoneInfo("Asia/Kolkata"))
    assert made.stretches[0].strftime("%d %H:%M") == "05 11:00"


def test_a_post_that_was_forwarded_long_after_it_was_written_does_not_stretch_the_course() -> None:
    late = read(1, FLOOD, moment("06:10") - timedelta(days=300))
    made = charted([late, read(2, STRIKE, moment("06:20"))], longest=timedelta(days=1))
    assert [story.posts for story in made.stories] == [(1,)]


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
    made = charted(others=posts, zone=ZoneInfo(zone), longest=longest)
    clocks = [date.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for date in dates]
    assert sum(made.others) == sum(clock >= max(clocks) - longest for clock in clocks)
    assert len(made.stretches) == len(made.others) <= 25
    assert len({later - earlier for earlier, later in zip(made.stretches, made.stretches[1:], strict=False)}) <= 1
    assert made.others[0]
    assert made.others[-1]
    assert 1 <= len(made.ticks) <= 6
    assert set(made.ticks) <= set(range(len(made.stretches)))
