import pytest

from bot.telegram.texts import Texts
from tests.telegram.commands.test_forget import press
from tests.telegram.commands.test_sources import buttons_of
from tests.telegram.conftest import Office
from tests.telegram.messages import ANNA, GROUP, command
from tests.telegram.writing.test_markup import Seen


async def test_who_starts_can_try_it_and_sees_the_post_and_its_summary(office: Office) -> None:
    (greeting,) = await office.gets(command("/start"))
    (data,) = buttons_of(greeting).values()
    told, sample, summary = await office.gets(press(data))
    assert told["method"] == "answerCallbackQuery"
    assert sample["text"] == Texts("en").say("sample-post")
    shown = Seen(summary["text"]).text
    assert "👤 Elena Varga, Mayor" in shown
    assert "about 12,000 people" in shown
    (sentence,) = [line for line in shown.splitlines() if line.startswith("Mayor Elena")]
    assert sentence in sample["text"]


async def test_the_sample_is_in_the_language_of_who_tries(office: Office) -> None:
    update = press("try")
    update["callback_query"]["from"] = {**ANNA, "language_code": "ru"}
    _, sample, summary = await office.gets(update)
    assert sample["text"] == Texts("ru").say("sample-post")
    assert "Елена Варга" in summary["text"]


async def test_the_sample_is_no_post_of_the_chat(office: Office) -> None:
    await office.gets(press("try"))
    assert "nothing to sum up" in await office.says(command("/summary"))


async def test_a_group_is_greeted_without_a_button(office: Office) -> None:
    (greeting,) = await office.gets(command("/start", chat=GROUP))
    assert "reply_markup" not in greeting


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_sample_is_plain_text(lang: str) -> None:
    assert not set("<>&") & set(Texts(lang).say("sample-post"))
