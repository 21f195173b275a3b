"""`sitrep doctor`: look at everything that the bot needs, and say what to mend."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

from telegram import Bot, User, WebhookInfo
from telegram.error import InvalidToken, TelegramError

from bot import clock
from bot.errors import StoreFault
from bot.operating.finding import Finding
from bot.operating.rights import examine_rights
from bot.settings import Settings
from bot.store.database import shown
from bot.store.engine import open_store
from bot.store.tables import State
from bot.store.upkeep.condition import Condition, condition


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Yield what was found, one thing after the other."""
    token = settings.telegram.token.get_secret_value()
    bot = Bot(token, base_url=f"{settings.telegram.api_url}/bot") if token else None
    async for finding in _examine_telegram(settings, bot):
        yield finding
    async for finding in _examine_store(settings, bot):
        yield finding


async def _examine_telegram(settings: Settings, bot: Bot | None) -> AsyncIterator[Finding]:
    if bot is None:
        yield Finding("token", "none is set", "set TELEGRAM_TOKEN to what @BotFather gave you")
        return
    try:
        async with bot:
            me, webhook = await bot.get_me(), await bot.get_webhook_info()
    except InvalidToken:
        yield Finding("token", "Telegram does not know it", "set TELEGRAM_TOKEN to what @BotFather gave you")
        return
    except TelegramError as error:
        yield Finding("Telegram", f"{settings.telegram.api_url}: {error}", "check the network and telegram.api_url")
        return
    yield Finding("token", f"belongs to @{me.username}")
    yield _groups(me)
    yield _way_in(webhook, settings.webhook.url)


def _groups(me: User) -> Finding:
    if not me.can_join_groups:
        return Finding("groups", "it can't be added to groups (@BotFather, /setjoingroups)")
    if me.can_read_all_group_messages:
        return Finding("groups", "it sees all messages")
    return Finding("groups", "it sees forwards only as an administrator, since its privacy mode is on (@BotFather)")


def _way_in(webhook: WebhookInfo, wanted: str) -> Finding:
    waiting = f"{webhook.pending_update_count} updates wait at Telegram"
    if webhook.url != wanted:
        has = f"posts them to {webhook.url}" if webhook.url else "keeps them to be asked for"
        return Finding("updates", f"Telegram {has}; {waiting}", "start the bot: it sets this anew")
    if webhook.last_error_message and webhook.pending_update_count:
        return Finding(
            "updates",
            f"by webhook; {waiting}",
            f"Telegram could not post to {webhook.url}: {webhook.last_error_message}",
        )
    return Finding("updates", f"by {'webhook' if wanted else 'polling'}; {waiting}")


async def _examine_store(settings: Settings, bot: Bot | None) -> AsyncIterator[Finding]:
    try:
        store = await open_store(settings.database.url)
    except StoreFault as fault:
        yield Finding("database", shown(settings.database.url), str(fault))
        return
    try:
        yield Finding("database", shown(settings.database.url))
        found = await condition(store)
        for finding in (*_examine_work(found), *_examine_processes(found, settings)):
            yield finding
        if bot:
            async for finding in examine_rights(store, bot):
                yield finding
    finally:
        await store.close()


def _examine_processes(found: Condition, settings: Settings) -> Iterator[Finding]:
    """Say what the processes do not do that should; of those that share a database, that they do."""
    wrong = found.wrong(clock.now(), timedelta(seconds=settings.health.longest_wait))
    for one in wrong:
        what, _, advice = one.partition(": ")
        yield Finding("work", what, advice)
    if found.led is not None and not wrong:
        yield Finding("work", "one process keeps the time of recaps, and one sends messages")


def _examine_work(found: Condition) -> Iterator[Finding]:
    updates, messages, oldest = found.updates, found.messages, found.oldest_update
    waited = f", the oldest for {(clock.now() - oldest).total_seconds():.0f} s" if oldest else ""
    yield Finding(
        "inbox",
        f"{updates[State.WAITING]} updates wait{waited}; {updates[State.PARKED]} were given up",
        "sitrep inbox list shows why" if updates[State.PARKED] else "",
    )
    yield Finding(
        "outbox",
        f"{messages[State.WAITING]} messages wait; {messages[State.PARKED]} were refused, "
        f"{messages[State.UNCERTAIN]} may have been sent (sitrep outbox list)",
    )
