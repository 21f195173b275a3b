import io
import json
from datetime import UTC, datetime
from html.parser import HTMLParser
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.console import Console

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
from bot.printing import as_html, as_json, as_markdown, as_text, lay_out, print_on_terminal
from bot.printing.page import Block, Page, figure_of, readable

TEXT = "Minister Ann Lee spoke. About 120,000 people had no gas."


def make_post(text: str = TEXT, url: str | None = "https://t.me/news/5", title: str = "News", name: str = "p1") -> Post:
    origin = Origin(OriginKind.CHANNEL, title)
    return Post(name, text, datetime(2024, 11, 21, 6, 25, tzinfo=UTC), origin, url)


def span(post: Post, words: str) -> Span:
    start = post.text.index(words)
    return Span(words, post.id, start, start + len(words))


def make_digest(post: Post) -> Digest:
    actor = Actor("Ann Lee", ActorKind.PERSON, span(post, "Minister"), (span(post, "Ann Lee"),), 0.9, "ann lee")
    number = Number(
        span(post, "About 120,000 people"),
        120000.0,
        "people",
        Qualifier.ABOUT,
        NumberKind.COUNT,
        span(post, "had no gas"),
        0.7,
    )
    sentences = (Sentence(span(post, "Minister Ann Lee spoke."), 0.912345), Sentence(number.span, 0.5))
    conflict = Conflict(span(post, "had no gas"), (number, number))
    story = Story("s1", sentences[0].span, (post.id,), 1, 2.5, sentences[1:], (actor,), (number,), (conflict,))
    return Digest("en", "sitrep", sentences, (actor,), (number,), (story,), ("p9",))


def page_text(html: str) -> str:
    class Reader(HTMLParser):
        text = ""
        tags: list[str] = []  # noqa: RUF012 - one reader a call

        def handle_data(self, data: str) -> None:
            self.text += data

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert tag != "script"
            assert all(not name.startswith("on") for name, _ in attrs)

    reader = Reader()
    reader.feed(html)
    return reader.text


def test_json_is_the_contract() -> None:
    post = make_post()
    row = json.loads(as_json(make_digest(post)))
    assert row["version"] == 1
    assert "id" not in row
    assert row["sentences"][0] == {
        "text": "Minister Ann Lee spoke.",
        "post": "p1",
        "start": 0,
        "end": 23,
        "score": 0.9123,
    }
    assert row["actors"][0]["role"] == {"text": "Minister", "post": "p1", "start": 0, "end": 8}
    number = row["numbers"][0]
    assert (number["text"], number["value"], number["unit"]) == ("About 120,000 people", 120000, "people")
    assert (number["qualifier"], number["kind"], number["about"]["text"]) == ("~", "count", "had no gas")
    assert set(row["stories"][0]) == {
        "id",
        "title",
        "posts",
        "sources",
        "score",
        "sentences",
        "actors",
        "numbers",
        "conflicts",
    }
    assert row["noise"] == ["p9"]


def test_json_of_one_post_names_it_and_writes_a_lone_surrogate_so_that_it_comes_back() -> None:
    post = make_post("\ud800 broke")
    digest = Digest("en", "sitrep", (Sentence(Span(post.text, "p1", 0, 7), 1.0),), id="p1")
    text = as_json(digest)
    assert text.encode()
    assert json.loads(text)["sentences"][0]["text"] == "\ud800 broke"
    assert json.loads(text)["id"] == "p1"


def test_a_single_post_is_laid_out_without_its_story() -> None:
    post = make_post()
    page = lay_out([(make_digest(post), [post])])
    (block,) = page.blocks
    assert block.title == "Minister Ann Lee spoke."
    assert block.sentences == ("About 120,000 people",)
    assert (page.posts, page.sources, page.noise) == (1, 1, 1)


def test_many_posts_are_laid_out_by_story_and_each_source_is_named_once() -> None:
    posts = [make_post(), make_post(name="p2"), make_post(name="p3", title="Other", url=None)]
    digest = make_digest(posts[0])
    story = digest.stories[0]
    together = Story(
        story.id, story.title, ("p1", "p2", "p3"), 2, 1.0, story.sentences, story.actors, story.numbers, ()
    )
    page = lay_out([(Digest("en", "sitrep", stories=(together,)), posts)])
    assert page.blocks[0].title == "Minister Ann Lee spoke."
    assert [(link.title, link.url) for link in page.blocks[0].links] == [
        ("News", "https://t.me/news/5"),
        ("Other", None),
    ]


def test_a_source_is_named_by_the_post_that_its_story_quotes() -> None:
    first, quoted = make_post(url="https://t.me/news/5"), make_post(name="p2", url="https://t.me/news/6")
    title = span(quoted, "Minister Ann Lee spoke.")
    story = Story("s1", title, ("p1", "p2"), 1, 1.0, (Sentence(span(first, "About 120,000 people"), 1.0),), (), (), ())
    (block,) = lay_out([(Digest("en", "sitrep", stories=(story,)), [first, quoted])]).blocks
    assert [(link.title, link.url) for link in block.links] == [("News", "https://t.me/news/6")]


def test_only_web_addresses_become_links() -> None:
    for url in (
        "javascript:alert(1)",
        "tg://resolve?domain=x",
        "data:text/html,x",
        " https://x",
        "https://x\x1b]8;;",
        "https://x/\ud800",
    ):
        post = make_post(url=url)
        page = lay_out([(make_digest(post), [post])])
        assert url not in as_html(page)
        assert url not in as_markdown(page)


@pytest.mark.parametrize(
    ("deaths", "row"),
    [
        ((30, 78), "Figures over time: killed: 30 people; 78 people"),
        ((78, 30), "Figures differ: killed: 78 people; 30 people"),
    ],
    ids=["a toll that grew", "figures that differ"],
)
def test_figures_that_differ_are_told_once_and_a_toll_that_grew_as_one(deaths: tuple[int, int], row: str) -> None:
    posts = [
        make_post(f"Fire. {toll} people killed, two cars burned.", title=name, name=name)
        for toll, name in zip(deaths, "AB", strict=True)
    ]
    tolls = [_count(post, f"{toll} people", "killed") for post, toll in zip(posts, deaths, strict=True)]
    cars = _count(posts[0], "two cars", "burned")
    conflict = Conflict(span(posts[1], "killed"), tuple(tolls))
    story = Story("s1", span(posts[0], "Fire."), ("A", "B"), 2, 1.0, (), (), (*tolls, cars), (conflict,))
    printed = as_text(lay_out([(Digest("en", "sitrep", stories=(story,)), posts)]))
    assert [line for line in printed.splitlines() if "people" in line] == [row]
    assert "Number: two cars — burned" in printed


def _count(post: Post, words: str, about: str) -> Number:
    amount, unit = words.split()
    value = 2.0 if amount == "two" else float(amount)
    return Number(span(post, words), value, unit, Qualifier.EXACT, NumberKind.COUNT, span(post, about), 0.5)


def test_plain_text_has_a_line_for_each_fact() -> None:
    post = make_post()
    assert as_text(lay_out([(make_digest(post), [post])])).splitlines() == [
        "Minister Ann Lee spoke.",
        "About 120,000 people",
        "Actor: Ann Lee, Minister",
        "Number: About 120,000 people — had no gas",
        "Source: News · 2024-11-21 06:25 UTC · https://t.me/news/5",
        "",
        "Read 1 post of 1 source (1 left out as advertising or chatter)",
    ]


def test_a_terminal_shows_the_same_words() -> None:
    post = make_post()
    screen = io.StringIO()
    print_on_terminal(lay_out([(make_digest(post), [post])]), Console(file=screen, force_terminal=True, width=60))
    for words in ("Minister Ann Lee spoke.", "Ann Lee", "120,000 people", "had no gas", "News"):
        assert words in screen.getvalue()


@given(st.text(), st.text())
def test_html_and_markdown_show_any_text_as_text(words: str, title: str) -> None:
    post = make_post(f"{TEXT} {words}", title=title or "-")
    sentence = Sentence(Span(post.text, "p1", 0, len(post.text)), 1.0)
    page = lay_out([(Digest("en", "sitrep", (sentence,)), [post])])
    shown = page.blocks[0].title
    assert shown in page_text(as_html(page))
    rendered = page_text(MarkdownIt("commonmark").render(as_markdown(page)))
    assert "".join(shown.split()) in "".join(rendered.split())


@given(st.text("\\`*_{}[]()<>#+-=!|~&;.:1a ", min_size=1).map(str.strip).filter(bool))
def test_markdown_shows_markup_of_a_post_as_text_wherever_it_stands(words: str) -> None:
    page = Page("en", (Block(words, (words,), ((words, words),), (), (), ()),), 1, 0, 0)
    shown = page_text(MarkdownIt("commonmark").render(as_markdown(page)))
    word = "".join(words.split())
    assert "".join(shown.split()) == f"{word}{word}Actors:{word},{word}Read1post"


@pytest.mark.parametrize(
    "text", ["The Nagorno-Karabakh talks of 6-7 May", "AT&T", "News | World", "C# 12+ (beta)!", "7.1 magnitude"]
)
def test_markdown_leaves_alone_what_is_no_markup_where_it_stands(text: str) -> None:
    page = Page("en", (Block(text, (text,), (), (), (), ()),), 1, 0, 0)
    assert as_markdown(page) == f"## {text}\n\n{text}\n\n*Read 1 post*\n"


@given(st.text(st.characters(), min_size=1))
def test_no_control_character_of_a_post_reaches_a_terminal(words: str) -> None:
    post = make_post(f"\x1b[2J\x07Gone \x9b5m{words}.")
    page = lay_out([(Digest("en", "sitrep", (Sentence(Span(post.text, "p1", 0, len(post.text)), 1.0),)), [post])])
    shown = page.blocks[0].title
    assert "Gone" in shown
    assert not [character for character in shown if category(character) in {"Cc", "Cs"}]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("honey in Russia [is fake", "honey in Russia is fake"),
        ("screens of MAER](https://t.me/maer", "screens of MAER"),
        ("founder] Wikileaks", "founder Wikileaks"),
        ("he said [he] would", "he said [he] would"),
        ("read [this](https://example.org/a) now", "read this now"),
    ],
)
def test_half_of_a_link_is_not_shown(text: str, shown: str) -> None:
    assert readable(Span(text, "p", 0, len(text))) == shown


@pytest.mark.parametrize(
    ("text", "about", "shown"),
    [
        ("Here 900 homes had no gas", "had no gas", "had no gas"),
        ("It left 900 homes dark", "It left", "It left …"),
        ("It left 900 homes dark", "It left 900 homes dark", "It left … dark"),
        ("It left **900 homes** dark", "It left **900 homes** dark", "It left … dark"),
        ("900 homes are dark", "900 homes are dark", "are dark"),
        ("900 homes", "900 homes", ""),
    ],
)
def test_what_is_counted_does_not_tell_the_number_again(text: str, about: str, shown: str) -> None:
    post = make_post(text)
    counted = span(post, "900 homes")
    number = Number(counted, 900.0, "homes", Qualifier.EXACT, NumberKind.COUNT, span(post, about), 1.0)
    assert figure_of(number).about == shown
