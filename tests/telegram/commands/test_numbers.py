from typing import Any

from tests.telegram.conftest import Office
from tests.telegram.messages import ANNA, FROM_CHANNEL, FROM_SECRET, NOW, command, message
from tests.telegram.writing.test_markup import Seen

FIRST = "An explosion at a factory in Lyon killed 12 people on Monday, the police said. The damage is 3 million euros."
LATER = "The explosion at the factory in Lyon killed 18 people, the mayor said."
LAST = "21 people were killed by the explosion at the factory in Lyon, the hospital of Lyon said."
VOTE = "The parliament of Norway voted for a new budget of 20 billion euros after a long debate in the night."
HOUR = 3600


def _forward(text: str, number: int, ago: int, origin: dict[str, Any] = FROM_CHANNEL) -> dict[str, Any]:
    return message(text, forward_origin={**origin, "message_id": number, "date": NOW - ago})


def _line(text: str, beginning: str) -> str:
    (line,) = [line for line in text.split("\n") if line.startswith(beginning)]
    return line


async def test_a_number_that_grew_shows_its_history_by_time_of_publication(office: Office) -> None:
    await office.gets(
        _forward(LAST, 3, 1 * HOUR), _forward(FIRST, 1, 3 * HOUR), _forward(LATER, 2, 2 * HOUR, FROM_SECRET)
    )
    html = await office.says(command("/numbers"))
    text = Seen(html).text
    steps = _line(text, "📈 ").removeprefix("📈 ").partition(" — ")[0].split(" → ")
    times = ("03:25", "04:25", "05:25")
    assert [step.rpartition(", ")[2].rstrip(")").endswith(time) for step, time in zip(steps, times, strict=True)] == [
        True,
        True,
        True,
    ]
    assert [step.split()[0] for step in steps] == ["12", "18", "21"]
    assert "World News" in steps[0]
    assert "Closed circle" in steps[1]
    assert '<a href="https://t.me/worldnews/3">World News</a>' in html
    title, *lines = text.split("\n\n")[1].split("\n")
    assert title == LAST, "no toll that was outgrown"
    assert [line[0] for line in lines if "21 people" in line] == ["📈"]
    assert "\n".join(lines).count("21 people") == 1


async def test_other_numbers_come_by_story_with_what_is_counted_and_their_post(office: Office) -> None:
    await office.gets(_forward(FIRST, 1, HOUR), _forward(VOTE, 2, HOUR, FROM_SECRET))
    text = Seen(await office.says(command("/numbers"))).text
    head, *stories = text.split("\n\n")
    assert head.startswith("🔢 2 posts from 2 sources · ")
    (vote,) = [story for story in stories if story.startswith(VOTE)]
    assert "🔢 20 billion euros — " in vote
    assert " · Closed circle, " in vote
    (lyon,) = [story for story in stories if "Lyon" in story]
    assert "🔢 3 million euros — " in lyon
    assert "📈" not in lyon


async def test_of_one_post_it_lists_the_numbers_alone(office: Office) -> None:
    update = _forward(FIRST, 1, HOUR)
    await office.gets(update, _forward(VOTE, 2, HOUR))
    text = Seen(await office.says(command("/numbers", reply_to_message=update["message"]))).text
    assert _line(text, "🔢 12 people")
    assert "20 billion" not in text


async def test_it_takes_the_words_of_summary(office: Office) -> None:
    await office.gets(_forward(FIRST, 1, HOUR), _forward(VOTE, 2, HOUR))
    assert "Lyon" not in await office.says(command("/numbers 1"))
    assert "/numbers 24h" in await office.says(command("/numbers whatever"))


async def test_where_there_are_none_it_says_so(office: Office) -> None:
    await office.gets(_forward("The mayor of Utrecht resigned.", 1, HOUR))
    russian = {**ANNA, "language_code": "ru"}
    assert await office.says(command("/numbers")) == "The post tells no numbers that matter."
    assert await office.says(command("/numbers", sender=russian)) == "В этом посте нет важных чисел."
