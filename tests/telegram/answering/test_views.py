from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.recap import Length
from bot.telegram.answering.views import Further, Kind, Pressed, View, read_pressed
from bot.telegram.texts import LANGUAGES, Texts
from bot.telegram.writing.markup import units_of
from tests.telegram.commands.test_forget import press
from tests.telegram.commands.test_sources import FIRE, STRIKE, VOTE, buttons_of
from tests.telegram.conftest import Office
from tests.telegram.messages import FROM_CHANNEL, FROM_SECRET, GROUP, command, message
from tests.telegram.writing.test_markup import Seen

NEWS = [
    *(FIRE, STRIKE, VOTE),
    "A dam near Turin is to be mended for 12 million euros, its owner Hydro Alpe said on Friday.",
    "Doctors in Lyon counted 900 cases of measles in a month, twice as many as a year ago.",
    "The airline Nordwind bought 30 jets from Embraer and wants to fly them from Oslo.",
    "Wolves killed 14 sheep on a farm in Galicia; farmers ask the regional government for fences.",
    "Chess champion Ivo Marek lost three games in a row to a schoolgirl from Riga.",
    "The museum of Ghent found a lost painting by Rubens behind a wall of its cellar.",
]
_VIEWS = st.builds(
    View,
    first=st.integers(0, 2**40),
    last=st.integers(0, 2**40),
    source=st.text(st.characters(exclude_characters="|"), max_size=20),
    words=st.text(max_size=20),
    kind=st.sampled_from(Kind),
    length=st.sampled_from(Length),
    skipped=st.integers(0, 999),
    only=st.just("") | st.text("0123456789abcdef", min_size=8, max_size=8),
)


async def collect(office: Office, texts: list[str] = NEWS) -> None:
    await office.gets(
        *(message(text, forward_origin={**FROM_CHANNEL, "message_id": number}) for number, text in enumerate(texts))
    )


def told(html: str) -> list[str]:
    """Return the posts whose first words stand in an answer."""
    shown = Seen(html).text
    return [text for text in NEWS if " ".join(text.split()[:4]) in shown]


@given(_VIEWS)
def test_a_view_is_read_as_it_was_written(view: View) -> None:
    assert read_pressed(view.written()) == Pressed("view", None, view)


@given(st.text())
def test_whatever_stands_in_a_button_is_a_view_or_none(data: str) -> None:
    pressed = read_pressed(f"view:{data}")
    assert pressed is None or pressed.verb == "view"
    assert read_pressed(data) is None or data.startswith(("view:", "from", "share"))


@given(_VIEWS, st.sampled_from(["from", "share"]), st.integers(0, 10**9))
def test_what_a_button_does_with_a_view_is_read_as_it_was_written(view: View, verb: str, number: int) -> None:
    assert read_pressed(view.written(f"{verb}{number}")) == Pressed(verb, number, view)
    assert read_pressed(view.written("share")) == Pressed("share", None, view)


@given(_VIEWS, st.integers(1, 20), st.integers(0, 1000), st.builds(Further, st.integers(0, 9), st.booleans()))
def test_buttons_hold_no_more_than_telegram_lets_them(view: View, shown: int, rest: int, further: Further) -> None:
    markup = view.buttons(Texts("en"), shown, rest, further)
    if markup is not None:
        for row in markup.inline_keyboard:
            assert row
            for button in row:
                assert 1 <= len(str(button.callback_data).encode()) <= 64
                assert read_pressed(str(button.callback_data)) != Pressed("view", None, view)


async def test_the_next_stories_come_in_its_place_until_all_were_shown(office: Office) -> None:
    await collect(office)
    (answer,) = await office.gets(command("/summary"))
    first = told(answer["text"])
    assert len(first) == 7
    told_, page = await office.gets(press(buttons_of(answer)["⏭ 2 more"]))
    assert told_["method"] == "answerCallbackQuery"
    assert page["method"] == "editMessageText"
    second = told(page["text"])
    assert sorted(first + second) == sorted(NEWS)
    assert not any("more" in label for label in buttons_of(page))
    _, again = await office.gets(press(buttons_of(page)["⏮ From the start"]))
    assert again["text"] == answer["text"]


async def test_a_short_view_shows_fewer_stories_and_leads_to_all_of_them(office: Office) -> None:
    await collect(office)
    (answer,) = await office.gets(command("/summary"))
    _, page = await office.gets(press(buttons_of(answer)["✂️ Shorter"]))
    seen = told(page["text"])
    assert len(seen) == 4
    while more := [data for label, data in buttons_of(page).items() if "more" in label]:
        _, page = await office.gets(press(more[0]))
        seen += told(page["text"])
    assert sorted(seen) == sorted(NEWS)


async def test_actors_and_numbers_of_the_same_posts_and_back(office: Office) -> None:
    await collect(office)
    (answer,) = await office.gets(command("/summary"))
    await office.gets(message("Something else: 77 trams burnt in Sofia.", forward_origin=FROM_SECRET))
    _, actors = await office.gets(press(buttons_of(answer)["👤 Actors"]))
    assert "Ivo Marek" in actors["text"]
    _, numbers = await office.gets(press(buttons_of(actors)["🔢 Numbers"]))
    assert "14 sheep" in numbers["text"]
    assert "77 trams" not in numbers["text"]
    _, stories = await office.gets(press(buttons_of(numbers)["📰 Stories"]))
    assert stories["text"] == answer["text"]
    assert buttons_of(stories) == buttons_of(answer)


COUNTED = {
    "4,100 votes": "The parliament of Norway was elected by 4,100 votes more than the polls had foretold.",
    "12 million euros": NEWS[3],
    "900 cases": NEWS[4],
    "30 jets": NEWS[5],
    "14 sheep": NEWS[6],
    "77 trams": "A fire in the depot of Sofia destroyed 77 trams, the fire brigade said in the morning.",
    "18 miners": "Rescuers in Zambia brought 18 miners back to the surface after two nights underground.",
    "250 whales": "Biologists counted 250 whales near Iceland, more than in any summer since the hunting ended.",
    "60 paintings": "A collector from Kyoto left 60 paintings by Hokusai to the museum of his home town.",
}


def counted(html: str) -> list[str]:
    """Return what of the counted stands in an answer."""
    return [number for number in COUNTED if number in Seen(html).text]


async def test_the_numbers_of_further_stories_follow_where_a_button_says_so(office: Office) -> None:
    await collect(office, list(COUNTED.values()))
    *_, answer = await office.gets(command("/numbers"))
    assert "not shown" not in answer["text"]
    page, seen = answer, counted(answer["text"])
    assert 0 < len(seen) < len(COUNTED)
    while more := [data for label, data in buttons_of(page).items() if "more" in label]:
        _, page = await office.gets(press(more[0]))
        assert counted(page["text"])
        seen += counted(page["text"])
    assert sorted(seen) == sorted(COUNTED)
    _, again = await office.gets(press(buttons_of(page)["⏮ From the start"]))
    assert again["text"] == answer["text"]
    assert buttons_of(again) == buttons_of(answer)


async def test_numbers_chosen_by_more_words_than_a_button_holds_say_how_many_stories_are_left(office: Office) -> None:
    await collect(office, list(COUNTED.values()))
    *_, answer = await office.gets(command("/numbers " + "-banana " * 10))
    assert "reply_markup" not in answer
    assert "more stories are not shown." in answer["text"]


async def test_words_and_source_hold_for_the_other_views_too(office: Office) -> None:
    await collect(office)
    await office.gets(message("Norway sends 50 soldiers to Riga.", forward_origin=FROM_SECRET))
    (answer,) = await office.gets(command("/summary @worldnews riga"))
    assert "reply_markup" not in answer  # a single post has no other view
    (answer,) = await office.gets(command("/summary 20 of"))
    _, page = await office.gets(press(buttons_of(answer)["✂️ Shorter"]))
    assert set(told(page["text"])) <= set(told(answer["text"]))


async def test_what_is_too_long_for_a_button_goes_without(office: Office) -> None:
    await collect(office)
    asked = "/summary 20 " + "euro " * 20
    (answer,) = await office.gets(command(asked))
    assert "reply_markup" not in answer


async def test_a_view_of_posts_that_are_gone_says_so(office: Office) -> None:
    await collect(office)
    (answer,) = await office.gets(command("/summary"))
    await office.gets(press("forget:yes"))
    (only,) = await office.gets(press(buttons_of(answer)["👤 Actors"]))
    assert only["method"] == "answerCallbackQuery"
    assert only["text"] == Texts("en").say("view-gone")


async def test_posts_of_another_chat_are_never_shown(office: Office) -> None:
    await collect(office)
    (answer,) = await office.gets(command("/summary"))
    (only,) = await office.gets(press(buttons_of(answer)["👤 Actors"], GROUP))
    assert only["text"] == Texts("en").say("view-gone")


async def test_long_stories_come_as_many_as_fit_into_one_message(office: Office) -> None:
    long = [f"{text} " + f"{text[:-1]}, as {'many ' * 90}people said. " for text in NEWS]
    await collect(office, long)
    *_, answer = await office.gets(command("/summary"))
    _, page = await office.gets(press(buttons_of(answer)["📖 Longer"]))
    seen = told(page["text"])
    assert 0 < units_of(Seen(page["text"]).text) <= 4096
    while more := [data for label, data in buttons_of(page).items() if "more" in label]:
        _, page = await office.gets(press(more[0]))
        assert told(page["text"])
        seen += told(page["text"])
    assert sorted(seen) == sorted(NEWS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_button_has_a_label(lang: str) -> None:
    view = View(1, 2, skipped=7)
    for kind in Kind:
        assert replace(view, kind=kind).buttons(Texts(lang), 7, 3) is not None
