from itertools import count
from typing import Any

import pytest

from bot.telegram.texts import LANGUAGES, Texts
from bot.telegram.writing.markup import units_of
from tests.telegram.commands.test_sources import FIRE, STRIKE, VOTE
from tests.telegram.conftest import Office
from tests.telegram.messages import ANNA, FROM_CHANNEL, command, message
from tests.telegram.writing.test_markup import Seen

_numbers = count(700_000)


def types(text: str, **person: Any) -> dict[str, Any]:
    """Make the update of Anna typing behind the bot's name."""
    query = {"id": str(next(_numbers)), "from": ANNA | person, "query": text, "offset": ""}
    return {"update_id": next(_numbers), "inline_query": query}


async def offers(office: Office, text: str) -> dict[str, Any]:
    """Return the answer to what Anna types."""
    (answer,) = await office.gets(types(text))
    assert answer["method"] == "answerInlineQuery"
    return answer


async def collect(office: Office) -> None:
    for number, text in enumerate((FIRE, STRIKE, VOTE)):
        await office.gets(message(text, forward_origin={**FROM_CHANNEL, "message_id": number}))


async def test_nothing_typed_offers_the_stories_of_ones_posts(office: Office) -> None:
    await collect(office)
    answer = await offers(office, "")
    assert len(answer["results"]) == 3
    assert answer["is_personal"]
    assert len({result["id"] for result in answer["results"]}) == 3


async def test_words_offer_the_stories_that_hold_them_ready_to_be_pasted(office: Office) -> None:
    await collect(office)
    (story,) = (await offers(office, "rotterdam"))["results"]
    assert story["type"] == "article"
    content = story["input_message_content"]
    assert content["parse_mode"] == "HTML"
    assert "A fire broke out in the port of Rotterdam on Monday." in Seen(content["message_text"]).text
    assert "worldnews" in content["message_text"]


async def test_what_a_summary_has_told_is_still_offered(office: Office) -> None:
    await collect(office)
    await office.says(command("/summary"))
    assert len((await offers(office, ""))["results"]) == 3


async def test_the_posts_of_others_are_not_offered(office: Office) -> None:
    await collect(office)
    (answer,) = await office.gets(types("", id=8))
    assert answer["results"] == []


@pytest.mark.parametrize("text", ["", "atlantis", "@nobody", "90m"])
async def test_in_vain_a_button_leads_to_the_private_chat(office: Office, text: str) -> None:
    answer = await offers(office, text)
    assert answer["results"] == []
    assert answer["button"] == {"text": Texts("en").say("inline-nothing"), "start_parameter": "inline"}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", ["inline-nothing", "inline-too-many"])
def test_what_stands_on_a_button_fits_it(lang: str, key: str) -> None:
    assert units_of(Texts(lang).say(key)) <= 64
