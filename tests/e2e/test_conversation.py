"""The main job, as people meet it: the real bot answers them over the local Telegram."""

from collections.abc import Iterator

import pytest

from bot.playground.client.cast import Bot, User
from bot.playground.client.local_telegram import LocalTelegram
from bot.playground.serving import serving
from tests.e2e.conftest import starting
from tests.e2e.messages import (
    SEED,
    answer_to,
    answers_to,
    is_acknowledged,
    links,
    posts_of_export,
    stretches,
)
from tests.e2e.process import TOKEN

pytestmark = pytest.mark.e2e

BRIDGE = "The mayor Anna Weber opened the new bridge on Monday. It cost 12 million euros and took four years to build."
FLOOD = (
    "Heavy rain flooded the harbour of Bremen on Tuesday. More than 300 people had to leave their homes, police said."
)


@pytest.fixture(scope="module")
def telegram(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalTelegram]:
    """A local Telegram with the bot at work, for all tests of this module: each has people of its own."""
    with serving() as telegram, starting(tmp_path_factory.mktemp("bot")) as start:
        telegram.bot("sitrep_bot", token=TOKEN, inline=True)
        # Bursts depend on how fast tests write; the line about them has tests of its own.
        start(telegram.url, LOG_LEVEL="debug", SITREP_INTAKE__BURST_POSTS="0")
        yield telegram
        assert telegram.wrong_requests() == []


@pytest.fixture
def sitrep(telegram: LocalTelegram) -> Bot:
    return Bot(telegram, int(TOKEN.partition(":")[0]), TOKEN, "sitrep_bot")


def test_a_pasted_text_is_acknowledged_and_summed_up_word_for_word(anna: User, sitrep: Bot) -> None:
    assert is_acknowledged(anna.writes(SEED, to=sitrep))
    answer = answer_to(anna.writes("/summary", to=sitrep))
    headline, *sentences, facts, source = answer.text.split("\n\n")
    assert stretches(answer, "bold")[0] == headline
    assert 2 <= len(sentences) <= 4
    for sentence in (headline, *sentences):
        assert sentence in SEED
    actors, *numbers = facts.split("\n")
    assert actors.startswith("👤 ")
    assert "Nikol Pashinyan, Armenian Prime Minister" in actors.split(" · ")
    assert any(number.startswith("🔢 approximately 120,000 people — ") for number in numbers)
    assert "approximately 120,000 people" in stretches(answer, "bold")
    assert source.startswith("🔗 Anna · ")
    assert answer.shown["link_preview_options"] == {"is_disabled": True}


def test_many_posts_become_stories_that_link_to_every_source(telegram: LocalTelegram, boris: User, sitrep: Bot) -> None:
    posts = posts_of_export("ru_news_saved_messages.json")[:40]
    channels = {
        name: telegram.channel(name, username=f"source_{n}") for n, name in enumerate({name for name, _ in posts})
    }
    for name, text in posts:
        boris.forwards(channels[name].post(text), to=sitrep)
    asked = boris.writes("/summary", to=sitrep)
    first = answer_to(asked)
    assert first.text.startswith(f"📰 {len(posts)} постов из {len(channels)} источников · ")
    answers = answers_to(asked)
    assert all(len(answer.text.encode("utf-16-le")) // 2 <= 4096 for answer in answers)
    told = [block.split("\n") for answer in answers for block in answer.text.split("\n\n")]
    stories = [lines for lines in told if lines[-1].startswith("🔗 ")]
    assert len(stories) == 7
    written = " ".join(" ".join(text for _, text in posts).replace("*", "").split())
    for headline, *_ in stories:
        assert headline in written
    found = {title: url for answer in answers for title, url in links(answer).items()}
    assert found
    for title, url in found.items():
        assert url.startswith(f"https://t.me/{channels[title].messages()[0].shown['chat']['username']}/")


def test_the_plain_form_tells_what_is_new_and_the_others_look_back(anna: User, sitrep: Bot) -> None:
    anna.writes(BRIDGE, to=sitrep)
    anna.writes(FLOOD, to=sitrep)
    assert answer_to(anna.writes("/summary", to=sitrep)).text.startswith("📰 2 posts from 1 source")
    assert "Nothing new since the last summary" in answer_to(anna.writes("/summary", to=sitrep)).text
    assert answer_to(anna.writes("/summary 24h", to=sitrep)).text.startswith("📰 2 posts from 1 source")
    assert answer_to(anna.writes("/summary 1", to=sitrep)).text.startswith("Heavy rain flooded the harbour")


def test_a_reply_asks_for_that_post_alone(anna: User, sitrep: Bot) -> None:
    bridge = anna.writes(BRIDGE, to=sitrep)
    anna.writes(FLOOD, to=sitrep)
    answer = answer_to(anna.writes("/summary", to=sitrep, reply_to=bridge))
    assert answer.text.startswith("The mayor Anna Weber opened the new bridge on Monday.")
    assert "Bremen" not in answer.text
    assert answer.shown["reply_to_message"]["message_id"] == bridge.id


def test_every_origin_is_named_and_linked_where_it_has_an_address(
    telegram: LocalTelegram, anna: User, sitrep: Bot
) -> None:
    carl, dora = telegram.user("Carl", "Berg"), telegram.user("Dora")
    dora.hides_forwards()
    group = telegram.supergroup("Harbour talk", carl, dora, anna)
    public, closed = telegram.channel("Bridge News", username="bridge_news"), telegram.channel("Closed circle", anna)
    telegram.channel("Rain Watch")
    original = public.post(BRIDGE)
    anna.forwards(original, to=sitrep)
    secret = closed.post("The council dismissed its director Max Brandt on Friday.")
    anna.forwards(secret, to=sitrep)
    anna.forwards(carl.writes(FLOOD, to=group), to=sitrep)
    anna.forwards(
        dora.writes("Two ferries collided near the port of Kiel, injuring 14 passengers.", to=group), to=sitrep
    )
    anna.pastes(
        "The swimmers won nine medals in Lyon on Sunday.",
        {"type": "chat", "sender_chat": {"id": group.id, "type": "supergroup", "title": "Harbour talk"}},
        to=sitrep,
    )
    answer = answer_to(anna.writes("/summary", to=sitrep))
    assert answer.text.startswith("📰 5 posts from 5 sources")
    for name in ("Carl Berg", "Dora", "Harbour talk"):
        assert name in answer.text
    assert links(answer) == {
        "Bridge News": f"https://t.me/bridge_news/{original.id}",
        "Closed circle": f"https://t.me/c/{str(closed.id).removeprefix('-100')}/{secret.id}",
    }


def test_an_edit_replaces_what_was_told(anna: User, sitrep: Bot) -> None:
    anna.edits(anna.writes(BRIDGE, to=sitrep), BRIDGE.replace("12 million", "15 million"))
    answer = answer_to(anna.writes("/summary", to=sitrep))
    assert "15 million" in answer.text
    assert "12 million" not in answer.text


def test_an_edited_command_is_not_answered_again(anna: User, sitrep: Bot) -> None:
    asked = anna.writes("/help", to=sitrep)
    asked.answer()
    anna.edits(asked, "/start")
    assert is_acknowledged(anna.writes(BRIDGE, to=sitrep))
    assert len(asked.answers()) == 1


def test_an_album_is_one_post_of_which_any_part_can_be_asked(anna: User, sitrep: Bot) -> None:
    album = anna.sends_album("", BRIDGE, "", to=sitrep)
    assert is_acknowledged(album[1])
    assert is_acknowledged(anna.sends_photo(FLOOD, to=sitrep))
    for part in album:
        answer = answer_to(anna.writes("/summary", to=sitrep, reply_to=part))
        assert answer.text.startswith("The mayor Anna Weber opened the new bridge on Monday.")
    assert answer_to(anna.writes("/summary", to=sitrep)).text.startswith("📰 2 posts from 1 source")
    assert len(answers_to(album[0])) == 4


def test_pictures_without_words_are_told_so_once(anna: User, boris: User, sitrep: Bot) -> None:
    first, *_ = [anna.sends_photo(to=sitrep) for _ in range(5)]
    assert first.answer().text.startswith("There is nothing to read in this.")
    assert is_acknowledged(anna.writes(BRIDGE, to=sitrep))
    assert len(first.answers()) == 1
    assert answer_to(boris.writes("!!!", to=sitrep)).text.startswith("Здесь нечего читать.")


def test_a_post_that_comes_another_way_again_is_one_post(telegram: LocalTelegram, anna: User, sitrep: Bot) -> None:
    first, second = (telegram.channel(name, username=name.lower()) for name in ("Firsthand", "Secondhand"))
    original = first.post(BRIDGE)
    anna.forwards(original, to=sitrep)
    anna.forwards(second.post(BRIDGE), to=sitrep)
    copy = anna.writes(f"*{BRIDGE}*", to=sitrep)
    anna.writes(FLOOD, to=sitrep)
    assert answer_to(anna.writes("/summary", to=sitrep, reply_to=copy)).text.count("Firsthand") == 1
    answer = answer_to(anna.writes("/summary", to=sitrep))
    assert answer.text.startswith("📰 2 posts from 2 sources")
    assert links(answer)["Firsthand"].endswith(f"/{original.id}")


@pytest.mark.parametrize(
    ("written", "english", "russian"),
    [
        ("/start", "👋 I am Sitrep. Forward me posts", "👋 Я Sitrep. Пересылайте мне посты"),
        ("/help", "Collect\nForward posts to me", "Собрать\nПересылайте мне посты"),
        ("/dance", "I don't know /dance.", "Я не знаю команды /dance."),
        ("/summary", "There is nothing to sum up yet.", "Пока не о чем рассказать."),
    ],
)
def test_commands_are_answered_in_the_language_of_who_asks(  # noqa: PLR0917 - two people, and what each reads
    anna: User, boris: User, sitrep: Bot, written: str, english: str, russian: str
) -> None:
    assert answer_to(anna.writes(written, to=sitrep)).text.startswith(english)
    assert answer_to(boris.writes(written, to=sitrep)).text.startswith(russian)


def test_topics_of_a_group_are_kept_apart(telegram: LocalTelegram, anna: User, sitrep: Bot) -> None:
    forum = telegram.supergroup("Newsroom", sitrep, by=anna, is_forum=True)
    forum.promotes(sitrep)
    roads, weather = forum.topic("Roads"), forum.topic("Weather")
    anna.writes(f"{BRIDGE}\n{BRIDGE}", to=forum, topic=roads)
    anna.writes(f"{FLOOD}\n{FLOOD}", to=forum, topic=weather)
    answer = answer_to(anna.writes("/summary@sitrep_bot", to=forum, topic=roads))
    assert answer.text.startswith("The mayor Anna Weber opened the new bridge on Monday.")
    assert "Bremen" not in answer.text
    assert answer.shown["message_thread_id"] == roads


def test_in_a_group_the_answer_is_a_reply_and_talk_is_no_post(
    telegram: LocalTelegram, anna: User, boris: User, sitrep: Bot
) -> None:
    group = telegram.supergroup("Newsroom", boris, sitrep, by=anna)
    group.promotes(sitrep)
    channel = telegram.channel("Harbour News", username="harbour_news")
    boris.writes("What a day!", to=group)
    assert is_acknowledged(boris.forwards(channel.post(FLOOD), to=group))
    asked = boris.writes("/summary@sitrep_bot", to=group)
    answer = answer_to(asked)
    assert answer.text.startswith("Heavy rain flooded the harbour of Bremen")
    assert answer.shown["reply_to_message"]["message_id"] == asked.id


def test_in_a_group_where_the_bot_sees_little_a_reply_tells_of_any_post(
    telegram: LocalTelegram, anna: User, sitrep: Bot
) -> None:
    group = telegram.group("Family", sitrep, by=anna)
    unseen = anna.writes(BRIDGE, to=group)
    answer = answer_to(anna.writes("/summary@sitrep_bot", to=group, reply_to=unseen))
    assert answer.text.startswith("The mayor Anna Weber opened the new bridge on Monday.")


def test_an_anonymous_administrator_is_answered(telegram: LocalTelegram, anna: User, sitrep: Bot) -> None:
    group = telegram.supergroup("Newsroom", sitrep, by=anna)
    answer = answer_to(anna.writes("/help@sitrep_bot", to=group, as_chat=group.id))
    assert answer.text.startswith("Collect")


def test_a_group_that_becomes_a_supergroup_takes_its_posts_along(
    telegram: LocalTelegram, anna: User, sitrep: Bot
) -> None:
    group = telegram.group("Family", sitrep, by=anna)
    channel = telegram.channel("Old News", username="old_news")
    group.promotes(sitrep)
    assert is_acknowledged(anna.forwards(channel.post(BRIDGE), to=group))
    larger = group.becomes_supergroup()
    answer = answer_to(anna.writes("/summary@sitrep_bot", to=larger))
    assert answer.text.startswith("The mayor Anna Weber opened the new bridge on Monday.")
    assert not any(told.text.startswith("👋") for told in larger.messages())


def test_who_is_added_to_a_group_says_once_what_it_does(telegram: LocalTelegram, boris: User, sitrep: Bot) -> None:
    group = telegram.supergroup("Соседи", by=boris)
    group.adds(sitrep)
    greeting = next(iter(group.messages())).answer()
    group.promotes(sitrep)
    answer_to(boris.writes("/help@sitrep_bot", to=group))
    assert greeting.text.startswith("👋 Я Sitrep")
    assert [told.id for told in group.messages() if told.text.startswith("👋")] == [greeting.id]


def test_what_somebody_types_inline_offers_the_stories_of_his_own_posts(anna: User, boris: User, sitrep: Bot) -> None:
    assert is_acknowledged(anna.writes(BRIDGE, to=sitrep))
    assert is_acknowledged(anna.writes(FLOOD, to=sitrep))
    (story,) = anna.asks_inline(sitrep, "bremen").answer()["results"]
    assert "Heavy rain flooded the harbour of Bremen on Tuesday." in story["input_message_content"]["message_text"]
    assert boris.asks_inline(sitrep, "bremen").answer()["results"] == []
