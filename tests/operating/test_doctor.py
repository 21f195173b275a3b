import asyncio
from datetime import UTC, datetime

import httpx
import pytest

from bot.playground.client.cast import Bot
from bot.playground.client.local_telegram import LocalTelegram
from bot.posts import Desk
from bot.recap import RecapOptions
from bot.store.desks import chats
from bot.store.engine import open_store
from bot.store.recapping import recaps
from tests.e2e.process import TOKEN
from tests.operating.conftest import Sitrep

NOW = datetime(2096, 3, 2, 6, tzinfo=UTC)
"""Of a recap that is not due yet."""


def test_a_bot_in_good_health(sitrep: Sitrep, telegram: LocalTelegram) -> None:
    assert sitrep("migrate").returncode == 0
    told = sitrep("doctor", TELEGRAM_API_URL=telegram.url)
    assert told.returncode == 0, told.stdout + told.stderr
    assert "belongs to @sitrep_bot" in told.stdout
    assert "mend" not in told.stdout
    assert TOKEN.partition(":")[2] not in told.stdout + told.stderr


@pytest.mark.parametrize(
    ("rights", "told"),
    [
        ({}, ["ok    channels  it may post in 1 of 1 chats to which recaps go"]),
        (
            {"can_post_messages": False},
            [
                "mend  channels  it may not post in River News, to which recap № 1 goes",
                "                its administrators can give it the right to post messages",
            ],
        ),
        (
            {"can_edit_messages": True},
            [
                "mend  channels  it may edit messages of others in River News, to which recap № 1 goes",
                "                take that right from it: with it, it can't look whether a post arrived",
            ],
        ),
        (
            None,
            [
                "mend  channels  it is not in River News, to which recap № 1 goes",
                "                its administrators can add it, with the right to post messages",
            ],
        ),
    ],
)
def test_what_the_bot_may_do_where_recaps_go(
    sitrep: Sitrep, telegram: LocalTelegram, database: str, rights: dict[str, bool] | None, told: list[str]
) -> None:
    channel = telegram.channel("River News")
    bot = Bot(telegram, int(TOKEN.partition(":")[0]), TOKEN, "sitrep_bot")
    if rights is not None:
        channel.promotes(bot, **{"can_post_messages": True, "can_edit_messages": False, **rights})
    assert sitrep("migrate").returncode == 0
    asyncio.run(_make_recap(database, channel.id))
    found = sitrep("doctor", TELEGRAM_API_URL=telegram.url)
    assert found.stdout.splitlines()[-len(told) :] == told, found.stdout + found.stderr
    assert found.returncode == len(told) - 1


def test_where_recaps_go_is_not_told_while_telegram_can_t_be_asked(sitrep: Sitrep, database: str) -> None:
    sitrep("migrate")
    asyncio.run(_make_recap(database, -1001))
    found = sitrep("doctor", TELEGRAM_API_URL="http://127.0.0.1:9")
    assert "channels" not in found.stdout
    assert found.stderr == ""


async def _make_recap(database: str, chat_id: int) -> None:
    """Keep a recap that goes to a chat, as the bot does."""
    store = await open_store(database)
    async with store.write() as conn:
        await chats.touch(conn, chats.Chat(chat_id, "channel", "River News"))
        await recaps.create(
            conn,
            owner_id=1,
            source=Desk(1),
            destination=Desk(chat_id),
            title="News",
            schedule="daily 09:00 UTC",
            options=RecapOptions(),
            next_slot=NOW,
            now=NOW,
        )
    await store.close()


def test_a_token_that_telegram_does_not_know(sitrep: Sitrep, telegram: LocalTelegram) -> None:
    sitrep("migrate")
    told = sitrep("doctor", TELEGRAM_API_URL=telegram.url, TELEGRAM_TOKEN="777777:BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB")
    assert told.returncode == 1
    assert "mend  token     Telegram does not know it" in told.stdout
    assert "set TELEGRAM_TOKEN" in told.stdout


def test_no_network_and_no_schema_are_told_together(sitrep: Sitrep) -> None:
    told = sitrep("doctor", TELEGRAM_API_URL="http://127.0.0.1:9")
    assert told.returncode == 1
    assert "check the network and telegram.api_url" in told.stdout
    assert "run `sitrep migrate`" in told.stdout
    assert told.stderr == ""


def test_no_token(sitrep: Sitrep) -> None:
    told = sitrep("doctor", TELEGRAM_TOKEN="")
    assert told.returncode == 1
    assert "set TELEGRAM_TOKEN to what @BotFather gave you" in told.stdout


def test_a_webhook_that_somebody_else_left(sitrep: Sitrep, telegram: LocalTelegram) -> None:
    httpx.post(f"{telegram.url}/bot{TOKEN}/setWebhook", json={"url": "http://127.0.0.1:9/hook"}).raise_for_status()
    told = sitrep("doctor", TELEGRAM_API_URL=telegram.url)
    assert "Telegram posts them to http://127.0.0.1:9/hook" in told.stdout
    assert "start the bot: it sets this anew" in told.stdout


def test_a_wrong_setting_is_one_line(sitrep: Sitrep) -> None:
    told = sitrep("doctor", TZ="Europe/Atlantis")
    assert told.returncode == 78
    assert told.stderr.startswith("sitrep: setting general.timezone: 'Europe/Atlantis' is no IANA time zone")
    assert told.stderr.count("\n") == 1


def test_where_processes_share_a_database_it_is_told_what_none_of_them_does(
    sitrep: Sitrep, telegram: LocalTelegram, postgres_url: str
) -> None:
    url = postgres_url.replace("sitrep@", "sitrep:hidden@")
    told = sitrep("doctor", TELEGRAM_API_URL=telegram.url, DATABASE_URL=url)
    assert told.returncode == 1, told.stderr
    assert "mend  work      nobody keeps the time of recaps\n                start `sitrep clock`" in told.stdout
    assert "mend  work      nobody sends messages\n                start `sitrep worker`" in told.stdout
    assert "database  postgresql://sitrep:***@" in told.stdout
    assert "hidden" not in told.stdout
