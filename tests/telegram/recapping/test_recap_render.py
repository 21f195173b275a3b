import re
from datetime import timedelta
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground.parsing.html import parse_html
from bot.posts import Origin, OriginKind, Post
from bot.recap import Length, RecapOptions, ToldStory
from bot.recaps.compose import AMOUNTS, Composed, compose
from bot.recaps.events import Read, find_events
from bot.telegram.recapping.render import render_empty, render_recap, render_story
from bot.telegram.texts import Texts
from bot.text.analysis import analyse
from tests.recaps.making import moment

NOW = moment("18:30")
FLOOD = "A flood in Riverton killed 12 people on Monday, the mayor said. Rescuers searched the old town."
LATER = "The flood in Riverton has killed 18 people, the mayor said. The army brought drinking water by helicopter."
STRIKE = "Train drivers in Lakeland went on strike over pay. About 300 trains were cancelled on Tuesday."
TOWNS = ("Aston", "Brixby", "Corham", "Dalby", "Elmore", "Fenwick", "Garton", "Holme", "Irby", "Jarrow")


def _read(seq: int, text: str, source: str = "River News", url: str | None = None) -> Read:
    date = moment("08:00") + timedelta(minutes=seq)
    post = Post(f"p{seq}", text, date, Origin(OriginKind.CHANNEL, source), url or f"https://t.me/news/{seq}")
    return Read(seq, post, analyse(post))


def _many(count: int) -> list[Read]:
    texts = (
        f"{TOWNS[seq % 10]}{seq} elected {TOWNS[seq % 10]}{seq} Smith mayor{seq}. {seq + 100} people{seq} voted at "
        f"school{seq}. The count{seq} in {TOWNS[seq % 10]}{seq} took {seq + 2} hours, said clerk{seq} Jones{seq}."
        for seq in range(count)
    )
    return [_read(seq, text, f"Source {seq % 7}") for seq, text in enumerate(texts)]


def _composed(window: list[Read], before: list[Read], told: list[ToldStory], options: RecapOptions) -> Composed:
    found = find_events(window, before, options, AMOUNTS[options.length].stories)
    return compose(found, {one.seq: one.analysis for one in (*window, *before)}, told, options, "sitrep")


def _recap(window: list[Read], before: list[Read] | None = None, lang: str = "en", **options: object) -> list[str]:
    told = [ToldStory("The flood", (one.seq,)) for one in before or []]
    chosen = RecapOptions(lang=lang, **options)  # type: ignore[arg-type]  # the options of a test are its own
    composed = _composed(window, before or [], told, chosen)
    return [*render_recap("Morning <news>", composed, Texts(lang), NOW).messages]


def _seen(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


@pytest.mark.parametrize(
    ("lang", "head"),
    [
        ("en", "📰 Morning <news> · 2 posts from 2 sources · 08:01–08:02 UTC"),
        ("ru", "📰 Morning <news> · 2 поста из 2 источников · 08:01–08:02 UTC"),
    ],
)
def test_a_recap_says_what_it_is_of_and_tells_its_stories(lang: str, head: str) -> None:
    (html,) = _recap([_read(1, FLOOD), _read(2, STRIKE, "Rail Times")], lang=lang)
    seen = _seen(html)
    assert seen.splitlines()[0] == head
    assert "A flood in Riverton killed 12 people" in seen
    assert '<a href="https://t.me/news/2">Rail Times</a>' in html
    assert "<blockquote expandable>" in html


@pytest.mark.parametrize(("lang", "label"), [("en", "🔄 Update"), ("ru", "🔄 Новое")])
def test_an_update_is_marked(lang: str, label: str) -> None:
    (html,) = _recap([_read(2, LATER, "Coast Times")], [_read(1, FLOOD)], lang=lang)
    assert f"<i>{label}</i>" in html
    assert "18 people" in html


def test_nothing_to_tell_makes_no_message_and_a_line_where_it_is_wanted() -> None:
    assert _recap([]) == []
    assert _seen(render_empty("Morning <news>", Texts("en"))) == "📰 Morning <news> · nothing new since the last time."


def test_a_long_recap_begins_with_what_it_holds_and_ends_between_stories() -> None:
    messages = _recap(_many(60), length=Length.LONG)
    assert len(messages) > 1
    contents = _seen(messages[0]).split("\n\n")[0].splitlines()[1:]
    assert len(contents) > 5
    assert all(line.startswith("▪️ ") for line in contents)
    whole = "\n\n".join(messages)
    for line in contents:
        assert f"<b>{line.removeprefix('▪️ ')}</b>" in whole
    assert all(message.startswith(("📰", "<b>", "<i>")) for message in messages)
    assert "more stories are not shown" in messages[-1]


def test_each_story_is_known_to_end_in_the_message_that_holds_it() -> None:
    window = _many(60)
    composed = _composed(window, [], [], RecapOptions(length=Length.LONG))
    rendered = render_recap("News", composed, Texts("en"), NOW)
    assert len(set(rendered.places)) == len(rendered.messages) > 1
    for item, place in zip(composed.items, rendered.places, strict=True):
        assert f"<b>{item.told.title}</b>" in rendered.messages[place - 1]


def test_under_a_picture_stands_all_of_a_recap_that_has_room_there() -> None:
    window = [_read(1, FLOOD), _read(2, STRIKE)]
    (usual,) = _recap(window)
    rendered = render_recap(
        "Morning <news>", _composed(window, [], [], RecapOptions()), Texts("en"), NOW, pictured=True
    )
    assert rendered.messages == (usual,)
    assert rendered.places == (1, 1)


def test_under_a_picture_stands_only_the_first_line_of_a_longer_recap() -> None:
    composed = _composed(_many(30), [], [], RecapOptions(length=Length.LONG))
    caption, contents, *messages = render_recap("News", composed, Texts("en"), NOW, pictured=True).messages
    assert _seen(caption).startswith("📰 News · 30 posts from 7 sources")
    assert "\n" not in caption
    assert contents.startswith("<blockquote expandable>▪️ ")
    plain = render_recap("News", composed, Texts("en"), NOW).messages
    stories = [
        [line for html in told for line in html.splitlines() if line[:3] == "<b>"]
        for told in ((contents, *messages), plain)
    ]
    assert stories[0] == stories[1]


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 30), st.sampled_from(list(Length)), st.sampled_from(["en", "ru"]))
def test_no_caption_is_too_long_and_each_story_ends_where_it_is_said(count: int, length: Length, lang: str) -> None:
    composed = _composed(_many(count), [], [], RecapOptions(length=length))
    rendered = render_recap("News", composed, Texts(lang), NOW, pictured=True)
    assert len(parse_html(rendered.messages[0])[0].encode("utf-16-le")) // 2 <= 1024
    for item, place in zip(composed.items, rendered.places, strict=True):
        assert f"<b>{item.told.title}</b>" in rendered.messages[place - 1]


@settings(max_examples=30)
@given(
    st.lists(st.tuples(st.sampled_from([FLOOD, LATER, STRIKE]), st.text(max_size=300)), min_size=1, max_size=12),
    st.sampled_from(list(Length)),
    st.booleans(),
)
def test_a_story_alone_is_written_as_it_stands_in_the_recap(
    posts: list[tuple[str, str]], length: Length, pictured: bool
) -> None:
    window = [*_many(20), *(_read(20 + seq, f"{text} {more}", f"S{seq}") for seq, (text, more) in enumerate(posts))]
    composed = _composed(window, [], [], RecapOptions(length=length))
    rendered = render_recap("News", composed, Texts("en"), NOW, pictured=pictured)
    alone = [render_story(item, Texts("en"), NOW) for item in composed.items]
    for (html, _), place in zip(alone, rendered.places, strict=True):
        assert html in rendered.messages[place - 1]
    parts = [part for html in rendered.messages for part in re.split(r"\n|<[^>]*>", html)]
    lines = [part for part in parts if part.startswith("▪️ ")]
    assert lines == [line for _, line in alone][: len(lines)]


def test_all_sources_of_a_story_are_linked() -> None:
    (html,) = _recap([_read(seq, FLOOD, f"Source {seq}") for seq in range(5)])
    for seq in range(5):
        assert f'<a href="https://t.me/news/{seq}">Source {seq}</a>' in html


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from([FLOOD, LATER, STRIKE]), st.text(max_size=300)), min_size=1, max_size=12),
    st.sampled_from(list(Length)),
    st.sampled_from(["en", "ru"]),
)
def test_whatever_the_posts_hold_telegram_takes_the_messages(
    posts: list[tuple[str, str]], length: Length, lang: str
) -> None:
    window = [_read(seq, f"{text} {more}", more[:20] or "A") for seq, (text, more) in enumerate(posts)]
    for html in _recap(window, lang=lang, length=length):
        text, entities = parse_html(html)
        assert text.strip()
        assert len(text.encode("utf-16-le")) <= 2 * 4096
        assert len(entities) <= 100
