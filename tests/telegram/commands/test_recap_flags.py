import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.recap import RecapOptions
from bot.telegram.commands.recaps.flags import take_flags, with_flags
from tests.telegram.commands.test_recap import the_recap
from tests.telegram.conftest import Office
from tests.telegram.messages import command
from tests.telegram.writing.test_markup import Seen

SCHEDULE = ["daily", "09:00,18:30", "weekdays", "по", "будням", "с", "on", "off", "with", "no", "Europe/Yerevan"]
SWITCHES = [
    ("picture", {"picture": True}),
    ("Picture on", {"picture": True}),
    ("with pictures", {"picture": True}),
    ("no picture", {"picture": False}),
    ("without edits", {"follow_edits": False}),
    ("edits off", {"follow_edits": False}),
    ("с картинкой", {"picture": True}),
    ("без картинки", {"picture": False}),
    ("картинка выкл", {"picture": False}),
    ("правки", {"follow_edits": True}),
    ("без правок", {"follow_edits": False}),
    ("edits no picture", {"follow_edits": True, "picture": False}),
]


@pytest.mark.parametrize(("line", "flags"), SWITCHES)
def test_words_switch_options(line: str, flags: dict[str, bool]) -> None:
    assert take_flags(line.split()) == (flags, [])


@given(st.lists(st.sampled_from(SCHEDULE)))
def test_a_schedule_stays_as_it_is(words: list[str]) -> None:
    assert take_flags(words) == ({}, words)


@given(st.lists(st.sampled_from(["daily", "at", "9:00"])), st.sampled_from(SWITCHES), st.lists(st.just("Yerevan")))
def test_a_switch_may_stand_anywhere(before: list[str], switch: tuple[str, dict[str, bool]], after: list[str]) -> None:
    line, flags = switch
    assert take_flags([*before, *line.split(), *after]) == (flags, [*before, *after])


def test_what_is_not_named_stays() -> None:
    options = RecapOptions(picture=True, silent=True)
    assert with_flags(options, {"follow_edits": True}) == RecapOptions(picture=True, silent=True, follow_edits=True)


async def test_the_line_that_sets_a_recap_up_can_ask_for_a_picture(office: Office) -> None:
    assert "✅ It is set up." in await office.says(command("/recap add daily 9:00 with picture"))
    recap = await the_recap(office)
    assert (recap.options.picture, recap.options.follow_edits) == (True, False)


async def test_a_line_switches_options_with_the_schedule_or_alone(office: Office) -> None:
    await office.gets(command("/recap add daily 9:00"))
    number = (await the_recap(office)).id
    assert "18:00" in Seen(await office.says(command(f"/recap {number} daily 18:00 edits picture"))).text
    recap = await the_recap(office)
    assert (recap.options.picture, recap.options.follow_edits) == (True, True)
    assert "18:00" in Seen(await office.says(command(f"/recap {number} no picture"))).text
    changed = await the_recap(office)
    assert (changed.options.picture, changed.options.follow_edits) == (False, True)
    assert changed.next_slot == recap.next_slot
