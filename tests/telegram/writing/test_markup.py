from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.writing.markup import (
    CAPTION_UNITS,
    LONGEST_URL,
    MOST_BYTES,
    MOST_ENTITIES,
    MOST_UNITS,
    Markup,
    as_caption,
    bold,
    has_room,
    italic,
    joined,
    link,
    plain,
    share_out,
    share_out_and_place,
    shortened,
    units_of,
)

ANY = st.text(st.characters(codec=None), max_size=200)


class Seen(HTMLParser):
    """What a reader sees of Telegram HTML: the text, and how many stretches of it are formatted."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.entities = 0
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert not self._open, "a tag was left open"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"a", "b", "i", "code"}
        assert all((tag, name) == ("a", "href") for name, _ in attrs)
        self._open.append(tag)
        self.entities += 1

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


MARKUP = st.one_of(
    ANY.map(plain),
    ANY.map(bold),
    ANY.map(italic),
    st.builds(link, ANY, st.one_of(ANY, ANY.map("https://example.org/".__add__))),
)


@given(MARKUP)
def test_markup_is_well_formed_and_knows_what_it_costs(text: Markup) -> None:
    seen = Seen(text.html)
    assert units_of(seen.text) == text.units
    assert seen.entities == text.entities


@given(MARKUP)
def test_of_what_was_written_it_can_be_seen_whether_there_is_room_for_it(text: Markup) -> None:
    assert has_room(text.html, text.units)
    assert not has_room(text.html, text.units - 1)


@pytest.mark.parametrize(
    ("whole", "fits"),
    [
        (plain("a" * MOST_UNITS), True),
        (plain("😀" * (MOST_UNITS // 2) + "a"), False),
        (joined("", [bold("a")] * MOST_ENTITIES), True),
        (bold("a") + joined("", [bold("a")] * MOST_ENTITIES), False),
        (link("a" * 1000, "https://e.org/" + "&" * 900) + link("b" * 1000, "https://e.org/" + "ы" * 900), True),
    ],
)
def test_what_has_room_is_what_a_message_holds(whole: Markup, fits: bool) -> None:
    assert has_room(whole.html) == fits
    assert (len(share_out([[whole]])) == 1 and whole.units <= MOST_UNITS) >= fits


@given(st.lists(st.lists(MARKUP, max_size=4), max_size=6))
def test_a_caption_reads_as_the_message_would(blocks: list[list[Markup]]) -> None:
    caption = as_caption(blocks)
    if caption is None:
        assert len("".join(Seen(html).text for html in share_out(blocks))) > CAPTION_UNITS // 2
    else:
        assert [caption] == (share_out(blocks) or [""])
        assert has_room(caption, CAPTION_UNITS)


@given(ANY)
def test_a_text_can_be_sent_whatever_it_holds(text: str) -> None:
    plain(text).html.encode()


@pytest.mark.parametrize(
    "url",
    [
        None,
        "javascript:alert(1)",
        "tg://user?id=1",
        "//example.org",
        "https:///path",
        "http://a b",
        "https://a.org/" + "x" * LONGEST_URL,
    ],
)
def test_only_addresses_of_the_web_become_links(url: str | None) -> None:
    assert link("here", url) == plain("here")


def test_an_address_can_t_leave_its_quotes() -> None:
    assert link("<here>", 'https://a.org/?q="><b>&x').html == (
        '<a href="https://a.org/?q=&quot;&gt;&lt;b&gt;&amp;x">&lt;here&gt;</a>'
    )


def test_parts_are_joined_as_far_as_they_fit() -> None:
    parts = [bold("one"), plain(""), plain("two"), plain("three")]
    assert joined(" · ", parts).html == "<b>one</b> · two · three"
    assert joined(" · ", parts, most_units=10).html == "<b>one</b> · two"


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        ("two words", 9, "two words"),
        ("two words", 8, "two…"),
        ("two words", 4, "two…"),
        ("overlong", 5, "over…"),
        ("🇦🇦🇦", 6, "🇦🇦🇦"),
        ("🇦🇦🇦", 5, "🇦🇦…"),
        ("🇦🇦🇦", 4, "🇦…"),
    ],
)
def test_a_text_is_shortened_between_words(text: str, most: int, short: str) -> None:
    assert shortened(text, most) == short


@given(ANY, st.integers(1, 50))
def test_a_shortened_text_fits(text: str, most: int) -> None:
    assert units_of(shortened(text, most)) <= most


@given(st.lists(st.lists(MARKUP, max_size=30), max_size=30))
def test_blocks_are_shared_out_within_the_limits_and_nothing_is_lost(blocks: list[list[Markup]]) -> None:
    messages = share_out(blocks)
    seen = [Seen(html) for html in messages]
    for html, one in zip(messages, seen, strict=True):
        assert one.text.strip()
        assert units_of(one.text) <= MOST_UNITS
        assert one.entities <= MOST_ENTITIES
        assert len(html.encode()) <= MOST_BYTES
    told = "".join("".join(one.text for one in seen).split())
    assert told == "".join("".join(Seen(line.html).text for block in blocks for line in block).split())


@given(st.lists(st.lists(MARKUP, max_size=30), max_size=30))
def test_each_block_is_told_to_end_where_the_messages_of_all_before_it_end(blocks: list[list[Markup]]) -> None:
    messages, places = share_out_and_place(blocks)
    assert messages == share_out(blocks)
    assert places == [len(share_out(blocks[: number + 1])) for number in range(len(blocks))]


def test_a_block_is_not_split_where_it_fits_into_a_message_of_its_own() -> None:
    block = [plain("a" * 1500), plain("b" * 1000)]
    assert [len(message) for message in share_out([block, block])] == [2501, 2501]


def test_a_block_that_is_longer_than_a_message_is_split_between_lines() -> None:
    assert share_out([[plain("a" * 3000), plain("b" * 3000), plain("c")]]) == ["a" * 3000, "b" * 3000 + "\nc"]


def test_formatted_stretches_are_shared_out_too() -> None:
    messages = share_out([[bold("x")] * (MOST_ENTITIES + 1)])
    assert [message.count("<b>") for message in messages] == [MOST_ENTITIES, 1]
