from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.posts import (
    Actor,
    ActorKind,
    Conflict,
    Digest,
    Number,
    NumberKind,
    Origin,
    OriginKind,
    Post,
    Qualifier,
    Sentence,
    Span,
    Story,
)
from bot.printing.page import readable
from bot.telegram.texts import Texts
from bot.telegram.writing.markup import MOST_ENTITIES, MOST_UNITS, plain, units_of
from bot.telegram.writing.render import render
from tests.telegram.writing.test_markup import Seen

NOW = datetime(2024, 11, 21, 12, 0, tzinfo=UTC)
EN = Texts("en")


def _span(text: str, post: str = "1") -> Span:
    return Span(text, post, 0, len(text))


def _sentences(*texts: str, post: str = "1") -> tuple[Sentence, ...]:
    return tuple(Sentence(_span(text, post), 1.0) for text in texts)


def _actor(name: str, role: str | None = None) -> Actor:
    return Actor(name, ActorKind.PERSON, _span(role) if role else None, (_span(name),), 1.0, name.casefold())


def _number(span: str, about: str | None = None) -> Number:
    return Number(_span(span), 1.0, "people", Qualifier.EXACT, NumberKind.COUNT, _span(about) if about else None, 1.0)


def _figure(span: str, value: float, post: str = "1") -> Number:
    return replace(_number(span), span=_span(span, post), value=value)


def _post(number: int, title: str = "World News", hours: float = 1) -> Post:
    origin = Origin(OriginKind.CHANNEL, title, "worldnews", -1001234, number)
    return Post(str(number), "...", NOW - timedelta(hours=hours), origin, f"https://t.me/worldnews/{number}")


def _story(title: str, posts: tuple[str, ...], *sentences: str, conflicts: tuple[Conflict, ...] = ()) -> Story:
    return Story(
        title,
        _span(title),
        posts,
        len(posts),
        1.0,
        _sentences(*sentences),
        (_actor("Ann", "mayor"),),
        (_number("5 people"),),
        conflicts,
    )


def _render(digest: Digest, *posts: Post) -> list[str]:
    return render(digest, posts, EN, NOW)


def test_one_post_is_told_as_headline_sentences_actors_numbers_and_source() -> None:
    digest = Digest(
        "en",
        "sitrep",
        _sentences("Fire in the port.", "Two ships <burnt>.", "Nobody was hurt."),
        (_actor("Ann Lee", "mayor of the city"), _actor("Port & Co")),
        (_number("about 5,000 people", "were led away"), _number("2 ships")),
        id="1",
    )
    assert _render(digest, _post(1)) == [
        (
            "<b>Fire in the port.</b>\n"
            "\n"
            "Two ships &lt;burnt&gt;.\n"
            "\n"
            "Nobody was hurt.\n"
            "\n"
            "👤 Ann Lee, <i>mayor of the city</i> · Port &amp; Co\n"
            "🔢 <b>about 5,000 people</b> — were led away\n"
            "🔢 <b>2 ships</b>\n"
            "\n"
            '🔗 <a href="https://t.me/worldnews/1">World News</a> · 11:00 UTC'
        )
    ]


def test_many_posts_are_told_story_by_story_under_what_was_read() -> None:
    posts = [_post(1, hours=30), _post(2, "Harbour Watch", 2), _post(3), _post(4)]
    told = Digest(
        "en",
        "sitrep",
        stories=(
            _story("Fire in the port.", ("1", "2"), "Two ships burnt.", "Nobody was hurt.", "This is too much."),
            _story("Strike at the mill", ("3",)),
        ),
        noise=("4",),
    )
    assert _render(told, *posts) == [
        (
            "📰 <b>4 posts from 2 sources</b> · Nov 20, 06:00 – 11:00 UTC\n"
            "<i>1 post left out as advertising or chatter</i>\n"
            "\n"
            "<b>Fire in the port.</b>\n"
            "Two ships burnt. Nobody was hurt.\n"
            "👤 Ann, <i>mayor</i>\n"
            "🔢 <b>5 people</b>\n"
            '🔗 <a href="https://t.me/worldnews/1">World News</a>, Nov 20, 06:00 · '
            '<a href="https://t.me/worldnews/2">Harbour Watch</a>, 10:00\n'
            "\n"
            "<b>Strike at the mill</b>\n"
            "👤 Ann, <i>mayor</i>\n"
            "🔢 <b>5 people</b>\n"
            '🔗 <a href="https://t.me/worldnews/3">World News</a> · 11:00'
        )
    ]


def test_stories_that_are_not_shown_are_counted() -> None:
    digest = Digest("en", "sitrep", stories=(_story("A.", ("1",)),), rest=2)
    (html,) = _render(digest, _post(1), _post(2), _post(3))
    assert html.endswith("<i>2 more stories are not shown.</i>")


def test_a_clause_that_leads_to_its_number_says_where_the_number_stands() -> None:
    text = "Airlines grounded 34 jets."
    number = Number(
        Span("34 jets", "1", 18, 25), 34.0, "jets", Qualifier.EXACT, NumberKind.COUNT, Span(text[:17], "1", 0, 17), 1.0
    )
    digest = Digest("en", "sitrep", _sentences(text), numbers=(number,), id="1")
    (html,) = _render(digest, _post(1))
    assert "🔢 <b>34 jets</b> — Airlines grounded …\n" in html


def test_figures_of_one_source_are_told_as_its_later_ones_and_not_again() -> None:
    conflict = Conflict(_span("injured"), (_figure("13", 13), _figure("45", 45, post="2")))
    told = (_figure("45 people", 45, post="2"), _figure("13", 13), _figure("7 cars", 7))
    story = replace(_story("Fire.", ("1", "2"), conflicts=(conflict,)), numbers=told)
    (html,) = _render(Digest("en", "sitrep", stories=(story,)), _post(1), _post(2))
    assert "📈 <b>13</b> → <b>45</b> — injured" in html
    assert "⚖️" not in html
    assert [line for line in html.splitlines() if line.startswith("🔢")] == ["🔢 <b>7 cars</b>"]


def test_figures_that_differ_stand_side_by_side() -> None:
    conflict = Conflict(_span("dead"), (_figure("12", 12), _figure("18", 18, post="2"), _figure("12", 12)))
    story = replace(_story("A.", ("1", "2"), conflicts=(conflict,)), numbers=conflict.values)
    (html,) = _render(Digest("en", "sitrep", stories=(story,)), _post(1), _post(2, "Daily"))
    assert "🔢" not in html
    assert "⚖️ Figures differ: <b>12</b> / <b>18</b> — dead" in html


def test_a_line_without_a_full_stop_does_not_run_into_the_next() -> None:
    digest = Digest("en", "sitrep", stories=(_story("A.", ("1", "2"), "Port: first line", "Second line"),))
    (html,) = _render(digest, _post(1), _post(2))
    assert "Port: first line\nSecond line\n" in html


def test_markup_in_the_text_of_a_post_is_not_shown() -> None:
    digest = Digest("en", "sitrep", _sentences("**Fire** in the [port](https://port.example)."), id="1")
    (html,) = _render(digest, _post(1))
    assert html.startswith("<b>Fire in the port.</b>\n")


def test_many_sources_are_counted_after_the_first_few() -> None:
    posts = [_post(number, f"Source {number}") for number in range(12)]
    digest = Digest("en", "sitrep", stories=(_story("A.", tuple(post.id for post in posts)),))
    (html,) = _render(digest, *posts)
    assert html.endswith("Source 7</a>, 11:00 · +4")


def test_a_digest_without_a_sentence_gives_no_message() -> None:
    assert _render(Digest("en", "sitrep", id="1"), _post(1)) == []
    assert _render(Digest("en", "sitrep", noise=("1", "2")), _post(1), _post(2)) == []


WORDS = st.text(st.characters(codec=None), min_size=1, max_size=3000)
SHORT = st.text(st.characters(codec=None), min_size=1, max_size=300)


@st.composite
def digests(draw: st.DrawFn) -> tuple[Digest, list[Post]]:
    numbers = count()
    stories = []
    posts = [Post("noise", "...")]
    for _ in range(draw(st.integers(1, 6))):
        told = [
            Post(
                str(next(numbers)),
                "...",
                draw(st.none() | st.datetimes(datetime(2000, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))),  # noqa: DTZ001 - hypothesis wants them naive
                draw(st.none() | SHORT.map(lambda title: Origin(OriginKind.HIDDEN_USER, title))),
                draw(st.none() | SHORT.map("https://example.org/".__add__)),
            )
            for _ in range(draw(st.integers(1, 12)))
        ]
        posts += told
        stories.append(
            Story(
                "s",
                _span(draw(WORDS)),
                tuple(post.id for post in told),
                1,
                1.0,
                _sentences(*draw(st.lists(WORDS, max_size=4))),
                tuple(_actor(*pair) for pair in draw(st.lists(st.tuples(SHORT, SHORT), max_size=10))),
                tuple(_number(*pair) for pair in draw(st.lists(st.tuples(SHORT, SHORT), max_size=10))),
                (),
            )
        )
    return Digest("en", "sitrep", stories=tuple(stories)), posts


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(digests(), st.sampled_from(["en", "ru"]))
def test_messages_keep_the_limits_and_no_sentence_is_cut(told: tuple[Digest, list[Post]], lang: str) -> None:
    digest, posts = told
    messages = render(digest, posts, Texts(lang), NOW)
    seen = [Seen(html) for html in messages]
    for one in seen:
        assert 0 < units_of(one.text) <= MOST_UNITS
        assert one.entities <= MOST_ENTITIES
    for story in digest.stories:
        for span in [story.title, *[sentence.span for sentence in story.sentences[:2]]]:
            shown = _sendable(readable(span))
            assert not shown.strip() or any(shown in one.text for one in seen)


def _sendable(text: str) -> str:
    return unescape(plain(text).html)
