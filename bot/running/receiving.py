"""Receiving updates: by webhook if there is an address for it, else by polling."""

from collections.abc import Sequence
from functools import partial

from bot.running.common import Common
from bot.running.greeting import webhook_secret
from bot.running.parts import Part
from bot.running.seeing import routes_beside
from bot.telegram.receive import Receiver
from bot.web.group_commit import GroupCommit
from bot.web.server import build_web, listen, serve
from bot.web.webhook import Webhook


def receiving(common: Common) -> Sequence[Part]:
    """Make the part that puts updates into the inbox."""
    return [Part("receiver", partial(_receive, common))]


async def _receive(common: Common) -> None:
    settings, on_updates = common.settings, partial(common.bell.ring, "inbox")
    if not settings.webhook.url:
        await Receiver(settings.telegram, common.store, on_updates).run()
        return
    webhook = Webhook(webhook_secret(settings), GroupCommit(common.store, on_updates, common.flood))
    web = build_web(settings.webhook.url, webhook, routes_beside(common))
    await serve(web, listen(settings.webhook.host, settings.webhook.port))
