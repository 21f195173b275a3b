"""Updates that come twice, out of order, late, or broken."""

from bot.playground.client.cast import Bot, User
from bot.playground.serving import serving
from tests.playground.caller import Caller


def test_an_update_comes_again_after_it_was_confirmed(anna: User, bot: Bot, api: Caller) -> None:
    anna.writes("one", to=bot)
    number = bot.gets_again()
    first = api.updates(offset=0)
    assert [update["update_id"] for update in first] == [number, number]
    anna.writes("two", to=bot)
    number = bot.gets_again()
    api.confirm()
    anna.writes("three", to=bot)
    texts = [update["message"]["text"] for update in api.updates(offset=number + 1)]
    assert texts == ["three"]


def test_so_does_one_that_was_confirmed_before_it_is_repeated(anna: User, bot: Bot, api: Caller) -> None:
    anna.writes("one", to=bot)
    api.confirm()
    number = bot.gets_again()
    again = api.updates(offset=number + 1)
    assert [update["update_id"] for update in again] == [number], "a confirmed one comes once more"
    assert api.updates(offset=number + 2) == []


def test_updates_are_held_back_and_let_go_in_another_order(anna: User, bot: Bot) -> None:
    bot.held_back()
    anna.sends_album("One.", "", "Three.", to=bot)
    assert bot.updates() == []
    assert bot.let_go(2, 0, 1) == 3
    parts = [update["message"] for update in bot.updates()]
    assert [part["message_id"] for part in parts] == [3, 1, 2]
    assert len({part["media_group_id"] for part in parts}) == 1


def test_an_update_that_can_t_be_parsed_and_one_that_is_no_json() -> None:
    with serving() as telegram:  # of its own: these answers are not as they are described
        bot = telegram.bot("news_bot")
        with Caller(telegram.url, bot.token) as api:
            number = bot.gets({"message": {"message_id": "no number"}})
            assert api.updates() == [{"update_id": number, "message": {"message_id": "no number"}}]
            bot.gets(raw='{"update_id": ')
            assert api.post("getUpdates", offset=number).text.endswith(',{"update_id": ]}')
