from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Message, Update

from bot.telegram.commands.question import words_of
from bot.telegram.intake.carried import is_post, is_question
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


def _read(update: dict[str, Any]) -> Message:
    found = Update.de_json(update, None).message
    assert found
    return found
