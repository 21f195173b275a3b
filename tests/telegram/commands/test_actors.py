from typing import Any

from tests.telegram.conftest import Office
from tests.telegram.messages import ANNA, FROM_CHANNEL, FROM_SECRET, NOW, command, message
from tests.telegram.writing.test_markup import Seen

VISIT = "The German chancellor Olaf Scholz met the French president Emmanuel Macron in Berlin on Monday."
SPEECH = "Olaf Scholz told the Bundestag on Tuesday that the budget would be passed before Christmas."
AD = "Subscribe to our channel! Discounts of 20% only today, follow the link and buy now."


def _forward(text: str, number: int, origin: dict[str, Any] = FROM_CHANNEL) -> dict[str, Any]:
    return message(text, forward_origin={**origin, "message_id": number, "date": NOW - 600 * number})


async def test_it_lists_who_acts_with_role_count_and_links(office: Office) -> None:
    await office.gets(_forward(VISIT, 1), _forward(SPEECH, 2, FROM_SECRET))
    html = await office.says(command("/actors"))
    head, actors = Seen(html).text.split("\n\n")
    assert head.startswith("👤 2 posts from 2 sources · ")
    assert "Olaf Scholz, German chancellor · 2 posts\n🔗 World News, " in actors
    (macron,) = [line for line in actors.splitlines() if line.startswith("Emmanuel Macron")]
    assert macron.startswith("Emmanuel Macron, French president · World News, ")
    assert html.count('<a href="https://t.me/worldnews/1">World News</a>') >= 2
    assert '<a href="https://t.me/c/5678/2">Closed circle</a>' in html


async def test_of_one_post_it_lists_the_actors_alone(office: Office) -> None:
    update = _forward(VISIT, 1)
    await office.gets(update, _forward(SPEECH, 2))
    text = Seen(await office.says(command("/actors", reply_to_message=update["message"]))).text
    assert text.startswith("👤 1 post from 1 source")
    assert "Emmanuel Macron, French president" in text.splitlines()
    assert "Bundestag" not in text
    assert "🔗" not in text


async def test_it_takes_the_words_of_summary(office: Office) -> None:
    await office.gets(_forward(VISIT, 1), _forward(SPEECH, 2))
    assert "Macron" not in await office.says(command("/actors 1"))
    text = await office.says(command("/actors whoever"))
    assert "“whoever”" in text
    assert "/actors 24h" in text


async def test_after_a_summary_it_tells_the_actors_of_the_last_day_and_moves_no_mark(office: Office) -> None:
    await office.gets(_forward(VISIT, 1))
    await office.says(command("/summary"))
    assert "Macron" in await office.says(command("/actors"))
    await office.gets(_forward(SPEECH, 2))
    assert "Macron" not in await office.says(command("/actors"))
    assert "Bundestag" in await office.says(command("/summary"))


async def test_where_nobody_acts_it_says_so(office: Office) -> None:
    await office.gets(_forward(AD, 1), _forward("It was cold again, and the snow did not melt.", 2))
    assert await office.says(command("/actors")) == "The 2 posts name nobody who acts."
    assert "Forward me some posts" in await office.says(command("/actors", chat={**ANNA, "type": "private", "id": 70}))


async def test_names_are_shown_as_text_and_long_lists_fit(office: Office) -> None:
    names = [f"{first}{last}" for first in ("Ann", "Bob", "Carl", "Dora", "Emil") for last in (" Lee", " Ray", " Poe")]
    text = " ".join(f"The minister {name} & Sons Ltd <b>met</b> the press on Monday." for name in names)
    await office.gets(*(_forward(f"{text} Edition {number}.", number) for number in range(1, 6)))
    calls = await office.gets(command("/actors", sender={**ANNA, "language_code": "ru"}))
    assert all(Seen(call["text"]).text for call in calls)
    assert "5 постов" in calls[0]["text"]
