"""What becomes of a text, for any text."""

import html
import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import Chat, Message, MessageEntity

from bot.playground.parsing.formatted import format_text
from bot.playground.refusals import Refusal

Json = dict[str, Any]

# Letters, signs that mean something to a parser, signs of two UTF-16 units, and what the server drops or blanks.
_ALPHABET = "aя b😀𝔘\n\t_*[]()~`>#+-=|{}.!\\<>/&;\"'@$:й\u0301\r\x07\u202e0"
_MARKS = """
<b> </b> <i> </i> <u> <s> </s> <code> </code> <pre> </pre> <a/href="http://a.b"> <a> </a> <blockquote> </blockquote>
<tg-spoiler> </tg-spoiler> <span> </code></pre> &lt; &amp; &#33; ** __ || ``` ~ ` [x](http://a.b) ![x](tg://emoji?id=1)
@name #tag /start example.org https://example.org/a?b=c name@example.org $USD >
"""
_PIECES = st.sampled_from([*_MARKS.split(), '<a href="http://a.b">', '<pre><code class="language-c">'])
_WILD = st.lists(st.one_of(st.text(_ALPHABET, max_size=4), _PIECES), max_size=12).map("".join)
_MODES = ["HTML", "MarkdownV2", "Markdown", ""]


@settings(deadline=None)
@given(_WILD, st.sampled_from(_MODES))
def test_any_text_is_read_or_refused_in_words(text: str, mode: str) -> None:
    try:
        shown, entities = format_text(text, mode, None)
    except Refusal as refusal:
        words = (refusal.code, refusal.description)
    else:
        assert_well_formed(shown, entities)
        return
    assert mode
    assert words[0] == 400
    assert words[1].startswith("Bad Request: can't parse entities: ")


_ENTITY = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["bold", "italic", "code", "pre", "blockquote", "spoiler", "underline", "text_link"]),
        "offset": st.integers(0, 30),
        "length": st.integers(1, 30),
        "url": st.just("https://example.org/"),
    }
)


@settings(deadline=None)
@given(st.text(_ALPHABET, max_size=30), st.lists(_ENTITY, max_size=6))
def test_any_entities_come_out_sorted_nested_and_inside_of_the_text(text: str, entities: list[Json]) -> None:
    shown, found = format_text(text, "", entities)
    assert_well_formed(shown, found)


def assert_well_formed(text: str, entities: list[Json]) -> None:
    """Check what the server promises of every text that it shows."""
    assert text == text.strip(" \n\t") or entities, "only what is formatted keeps its space in front"
    assert not set("\r\x07\u202e") & set(text)
    length = len(text.encode("utf-16-le")) // 2
    starts = [(entity["offset"], -entity["length"]) for entity in entities]
    assert starts == sorted(starts)
    for entity in entities:
        assert entity["length"] > 0
        assert 0 <= entity["offset"] <= entity["offset"] + entity["length"] <= length
    for outer, inner in itertools.combinations(entities, 2):
        end = outer["offset"] + outer["length"]
        assert inner["offset"] >= end or inner["offset"] + inner["length"] <= end, "they nest"
        if outer["type"] in {"code", "pre"}:
            assert inner["offset"] >= end or outer["type"] == inner["type"] == "pre", "nothing stands in code"


@dataclass(frozen=True)
class Node:
    """A piece of a formatted text: plain text, or something around other pieces."""

    kind: str
    text: str = ""
    inside: tuple["Node", ...] = field(default=())


_WORDS = st.text("aбв <>&.*_!(){}[]~`#+-=|\\😀", min_size=1, max_size=6)
_LEAVES = st.builds(Node, st.sampled_from(["plain", "code", "pre"]), text=_WORDS)


def _around(pieces: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    kinds = st.sampled_from(["bold", "italic", "underline", "strikethrough", "spoiler", "text_link"])
    return st.builds(Node, kinds, inside=st.lists(pieces, min_size=1, max_size=3).map(tuple))


_TREES = st.lists(st.recursive(_LEAVES, _around, max_leaves=6), min_size=1, max_size=3)
_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "pre": "pre",
    "text_link": "a",
}


def _as_html(node: Node) -> str:
    inside = html.escape(node.text) + "".join(_as_html(piece) for piece in node.inside)
    if node.kind == "plain":
        return inside
    tag = _TAGS[node.kind]
    link = ' href="https://example.org/"' if tag == "a" else ""
    return f"<{tag}{link}>{inside}</{tag}>"


def _plain(node: Node) -> str:
    return node.text + "".join(_plain(piece) for piece in node.inside)


@settings(deadline=None)
@given(_TREES)
def test_html_keeps_the_text_and_is_rendered_back(trees: list[Node]) -> None:
    text, entities = format_text("".join(map(_as_html, trees)), "HTML", None)
    assert text.strip() == "".join(map(_plain, trees)).strip()
    if text:
        assert format_text(_rendered(text, entities, "HTML"), "HTML", None) == (text, entities)


@settings(deadline=None)
@given(_TREES)
def test_markdown_is_rendered_back(trees: list[Node]) -> None:
    # Italic beside underline is ambiguous, and python-telegram-bot does not keep them apart.
    source = "".join(map(_as_html, trees)).replace("<u>", "<b>").replace("</u>", "</b>")
    text, entities = format_text(source, "HTML", None)
    if text:
        assert format_text(_rendered(text, entities, "MarkdownV2"), "MarkdownV2", None) == (text, entities)


def _rendered(text: str, entities: list[Json], mode: str) -> str:
    """Render a message as python-telegram-bot does."""
    found = [MessageEntity.de_json(entity, None) for entity in entities]
    message = Message(1, datetime.now(UTC), Chat(1, "private"), text=text, entities=found)
    return message.text_html if mode == "HTML" else message.text_markdown_v2


def _marked(text: str, mode: str = "HTML") -> list[tuple[str, str]]:
    """Return the entities of a text as (type, what they mark)."""
    shown, entities = format_text(text, mode, None)
    units = shown.encode("utf-16-le")
    return [
        (entity["type"], units[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le"))
        for entity in entities
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see example.org.", [("url", "example.org")]),
        ("see (https://example.org/a_(b)).", [("url", "https://example.org/a_(b)")]),
        ("see 1.5 or e.g this", []),
        ("https://localhost", []),
        ("mail news@example.org now", [("email", "news@example.org")]),
        ("ask @anna_b, not a@b", [("mention", "@anna_b")]),
        ("#новости and #1 and #2a", [("hashtag", "#новости"), ("hashtag", "#2a")]),
        ("$USD and $usd", [("cashtag", "$USD")]),
        ("/start@news_bot now", [("bot_command", "/start@news_bot")]),
        ("and/or 1/2", []),
        ("😀 #tag", [("hashtag", "#tag")]),
    ],
)
def test_what_telegram_finds_by_itself(text: str, found: list[tuple[str, str]]) -> None:
    assert _marked(text, "") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<b>a<i>b</i></b>", [("bold", "ab"), ("italic", "b")]),
        (
            "<strong>a</strong><em>b</em><ins>c</ins><del>d</del>",
            [("bold", "a"), ("italic", "b"), ("underline", "c"), ("strikethrough", "d")],
        ),
        ('<span class="tg-spoiler">a</span>', [("spoiler", "a")]),
        ("<B>a</b>", [("bold", "a")]),
        ("<b>a</>", [("bold", "a")]),
        ("<b>a</b><b>b</b>", [("bold", "ab")]),
        ("<code>a <b>b</b></code>", [("code", "a b")]),
        ("<a href='example.org'>a</a>", [("text_link", "a")]),
        ("<a>https://example.org</a>", [("text_link", "https://example.org")]),
        ("<a href='tg://user?id=42'>a</a>", [("text_mention", "a")]),
        ("<a href='no link'>a</a>", []),
        ("<blockquote expandable>a</blockquote>", [("expandable_blockquote", "a")]),
        ("<b>a</b> example.org", [("bold", "a"), ("url", "example.org")]),
        ("  <b> a </b>  ", [("bold", " a")]),
        ("&lt;b&gt; &#x41;&#66; &copy;", []),
    ],
)
def test_html(text: str, found: list[tuple[str, str]]) -> None:
    assert _marked(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("*a _b_*", [("bold", "a b"), ("italic", "b")]),
        ("__a__ _b_", [("underline", "a"), ("italic", "b")]),
        ("___a_**__", [("italic", "a"), ("underline", "a")]),
        ("~a~ ||b||", [("strikethrough", "a"), ("spoiler", "b")]),
        ("`a*` ```c\nb```", [("code", "a*"), ("pre", "b")]),
        ("[a](http://example.org/\\))", [("text_link", "a")]),
        (">a\n>b\nc", [("blockquote", "a\nb")]),
        (r"a\.\_b", []),
    ],
)
def test_markdown_v2(text: str, found: list[tuple[str, str]]) -> None:
    assert _marked(text, "MarkdownV2") == found


def test_legacy_markdown() -> None:
    found = [("bold", "a"), ("italic", "b"), ("code", "c"), ("text_link", "d")]
    assert _marked(r"*a* _b_ `c` [d](http://example.org) \_e", "Markdown") == found


def test_code_names_its_language() -> None:
    shown = format_text('<pre><code class="language-python">x</code></pre>', "HTML", None)[1]
    assert shown == [{"type": "pre", "offset": 0, "length": 1, "language": "python"}]
    assert format_text("```python\nx```", "MarkdownV2", None)[1] == shown


def test_links_are_written_as_the_server_keeps_them() -> None:
    [entity] = format_text('<a href="EXAMPLE.org">a</a>', "HTML", None)[1]
    assert entity["url"] == "http://example.org/"


def test_more_than_a_hundred_entities_are_passed_over() -> None:
    assert len(_marked("<b>a</b> " * 101)) == 100


def test_offsets_count_utf_16_units() -> None:
    [entity] = format_text("😀<b>я</b>", "HTML", None)[1]
    assert (entity["offset"], entity["length"]) == (2, 1)
