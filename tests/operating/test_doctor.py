import httpx

from bot.playground.client.local_telegram import LocalTelegram
from tests.e2e.process import TOKEN
from tests.operating.conftest import Sitrep


def test_a_bot_in_good_health(sitrep: Sitrep, telegram: LocalTelegram) -> None:
    assert sitrep("migrate").returncode == 0
    told = sitrep("doctor", TELEGRAM_API_URL=telegram.url)
    assert told.returncode == 0, told.stdout + told.stderr
    assert "belongs to @sitrep_bot" in told.stdout
    assert "mend" not in told.stdout
    assert TOKEN.partition(":")[2] not in told.stdout + told.stderr


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
