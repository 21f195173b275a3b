from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Message, Update

from bot.telegram.commands.question import words_of
from bot.telegram.intake.carried import is_few_words, is_post, is_question
from tests.telegram.conftest import Office
from tests.telegram.messages import FROM_CHANNEL, GROUP, message

FIRE = "A fire broke out in the port of Rotterdam on Monday. Two ships burnt. The mayor, Ann Lee, spoke of 40 injured."
STRIKE = "Workers of the steel mill in Genoa went on strike for higher wages, the union said on Tuesday afternoon."


@pytest.fixture
async def stocked(office: Office) -> Office:
    await office.gets(
        *(message(text, forward_origin=FROM_CHANNEL | {"message_id": n}) for n, text in enumerate([FIRE, STRIKE], 1))
    )
    return office


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("What did Elena Varga say?", ["Elena", "Varga"]),
        ("Who is Tomas Berg?", ["Tomas", "Berg"]),
        ("What’s new about the flood?", ["about", "the", "flood"]),
        ("What happened since 09:00?", ["since", "09:00"]),
        ("What happened?", []),
        ("Что сказала Елена Варга?", ["Елена", "Варга"]),
        ("Что нового за час?", ["за", "час"]),
        ("How many houses were flooded?", ["houses", "flooded"]),
        ("Many houses were flooded, how many?", ["Many", "houses", "flooded"]),
        ("Сколько домов затопило?", ["домов", "затопило"]),
        ("Кто такая Клара Штейн?!", ["Клара", "Штейн"]),
    ],
)
def test_what_a_question_is_about(asked: str, words: list[str]) -> None:
    assert words_of(asked) == words


@given(st.text())
def test_whatever_is_asked_its_words_are_looked_for_as_they_stand(asked: str) -> None:
    words = words_of(asked)
    assert all(word in asked and word.split() == [word] for word in words)
    assert words_of(" ".join(words)) == words


async def test_a_question_is_answered_about_its_words(stocked: Office) -> None:
    said = await stocked.says(message("What did Ann Lee say?"))
    assert "Rotterdam" in said
    assert "Genoa" not in said


async def test_a_question_for_what_is_new_is_answered_as_the_plain_summary(stocked: Office) -> None:
    assert "2 posts from 1 source" in await stocked.says(message("What's new?"))
    assert "Nothing new since the last summary" in await stocked.says(message("What happened?"))


async def test_who_is_told_of_nothing_is_told_how_to_ask(stocked: Office) -> None:
    said = await stocked.says(message("What about volcanoes?"))
    assert "Nothing about" in said
    assert "/summary flood" in said


async def test_a_question_is_no_post_nor_becomes_one_by_an_edit(stocked: Office) -> None:
    asked = message("Who is Ann Lee?")
    await stocked.gets(asked)
    assert (
        await stocked.gets(message("Who is Anne Lee?", "edited_message", message_id=asked["message"]["message_id"]))
        == []
    )
    assert "2 posts" in await stocked.says(message("What happened in the last hour?"))


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Will the bridge over the Weser be closed?", {"forward_origin": FROM_CHANNEL}),
        ("Will the bridge be closed?", {"chat": GROUP}),
        ("Closed?\nThe bridge over the Weser, as it seems, will be closed?", {}),
        (f"{FIRE} Why?", {}),
        ("???", {}),
    ],
)
def test_what_is_no_question(text: str, fields: dict[str, Any]) -> None:
    assert not is_question(_read(message(text, **fields)))


def test_a_question_in_a_private_chat_is_no_post() -> None:
    asked = _read(message("Will the bridge be closed?"))
    assert is_question(asked)
    assert not is_post(asked, 200)


@pytest.mark.parametrize(
    "text",
    [
        "hello",
        "привет",
        "Flood",
        "flood 24h",
        "how many houses were flooded",
        "What did Ann Lee say",
        "Что сказала Елена Варга о мосте",
        "hello how are you doing",
        "Strike in Genoa",
    ],
)
def test_a_few_words_that_somebody_types_are_no_post(text: str) -> None:
    typed = _read(message(text))
    assert is_few_words(typed)
    assert is_question(typed)
    assert not is_post(typed, 200)


LINK = {"type": "url", "offset": 0, "length": 19}


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("hello", {"forward_origin": FROM_CHANNEL}),
        ("hello", {"via_bot": {"id": 5, "is_bot": True, "first_name": "Gif"}}),
        ("https://example.org", {"entities": [LINK]}),
        ("Explosion in Oslo: 5 dead", {}),
        ("Earthquake hits Nepal again", {}),
        ("Взрыв в центре Осло", {}),
        ("Parliament passes budget after long debate.", {}),
        ("Budget passed – opposition walks out", {}),
        ("How the dam of the valley broke in the night.", {}),
        ("Parliament passes the budget of next year after a debate that went on all night", {}),
        ("hello\nthere", {}),
    ],
)
def test_a_line_of_news_is_a_post(text: str, fields: dict[str, Any]) -> None:
    sent = _read(message(text, **fields))
    assert not is_question(sent)
    assert is_post(sent, 200)


async def test_a_few_words_are_looked_for(stocked: Office) -> None:
    for typed in ("how many were injured", "rotterdam", "Strike in Rotterdam"):
        assert "Rotterdam" in await stocked.says(message(typed))
    assert "2 posts" in await stocked.says(message("What happened in the last hour?"))


async def test_a_few_words_that_no_post_has_are_not_kept_and_it_is_said_so(office: Office, stocked: Office) -> None:
    (hint,) = await stocked.gets(message("hello"))
    assert hint["text"].startswith("🔎 Nothing about “hello”. I looked for it, and did not keep it")
    assert "2 posts" in await stocked.says(message("What happened in the last hour?"))


async def test_where_there_are_no_posts_a_few_words_are_answered_too(office: Office) -> None:
    assert "did not keep it" in await office.says(message("Привет"))
    assert "There is nothing to sum up yet" in await office.says(message("what's new"))


def _read(update: dict[str, Any]) -> Message:
    found = Update.de_json(update, None).message
    assert found
    return found
