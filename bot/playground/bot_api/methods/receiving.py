"""Getting updates, by asking or by webhook."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot.playground.bot_api.methods.registry import Call, RawJson, method
from bot.playground.bot_api.spec import SPEC
from bot.playground.refusals import bad_request, conflict, too_many_requests
from bot.playground.world.views import me_json

if TYPE_CHECKING:
    from bot.playground.world.facts import Json

_PORTS = (80, 88, 443, 8443)
_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
_KINDS = frozenset(field.name for field in SPEC.fields("Update")) - {"update_id"}


@method("getMe")
def get_me(call: Call) -> Json:
    """Tell the bot who it is."""
    return me_json(call.bot)


@method("logOut")
def log_out(call: Call) -> bool:
    """Do nothing: there is no other server to move to."""
    return bool(call.bot)


@method("close")
def close(call: Call) -> bool:
    """Do nothing: there is no other server to move to."""
    return bool(call.bot)


@method("getUpdates")
async def get_updates(call: Call) -> RawJson:
    """Hand out updates."""
    params = call.params
    _remember_allowed(call)
    updates = await call.telegram.poll(call.bot).fetch(
        call.bot,
        params.integer("offset"),
        params.integer("limit", 100, 1, 100),
        params.integer("timeout", 0, 0, 50),
    )
    return RawJson(f"[{','.join(updates)}]")


@method("setWebhook")
def set_webhook(call: Call) -> tuple[bool, str]:
    """Have updates delivered to a URL; an empty one ends that."""
    params, bot = call.params, call.bot
    url = params.text("url")
    if not url:
        return _remove_webhook(call)
    _check_url(url, insecure=call.telegram.insecure_webhooks)
    secret = params.text("secret_token")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    _not_too_often(call)
    same = url == bot.webhook.url and secret == bot.webhook.secret_token
    _remember_allowed(call)
    if params.flag("drop_pending_updates"):
        bot.pending.clear()
    bot.webhook.url, bot.webhook.secret_token = url, secret
    bot.webhook.max_connections = params.integer("max_connections", 40, 1, 100)
    bot.webhook.ip_address = params.text("ip_address") or None
    bot.webhook.has_custom_certificate = "certificate" in params.uploads
    bot.webhook.last_error_date = bot.webhook.last_error_message = None
    call.telegram.poll(bot).stop(conflict("terminated by setWebhook request"))
    call.telegram.webhook(bot).start()
    return True, "Webhook is already set" if same else "Webhook was set"


@method("deleteWebhook")
def delete_webhook(call: Call) -> tuple[bool, str]:
    """End the delivery to a URL."""
    return _remove_webhook(call)


def _remove_webhook(call: Call) -> tuple[bool, str]:
    bot = call.bot
    if call.params.flag("drop_pending_updates"):
        bot.pending.clear()
    was_set = bool(bot.webhook.url)
    bot.webhook.url = bot.webhook.secret_token = ""
    call.telegram.webhook(bot).stop()
    return True, "Webhook was deleted" if was_set else "Webhook is already deleted"


@method("getWebhookInfo")
def get_webhook_info(call: Call) -> Json:
    """Tell how the delivery goes."""
    webhook = call.bot.webhook
    info: Json = {
        "url": webhook.url,
        "has_custom_certificate": webhook.has_custom_certificate,
        "pending_update_count": len(call.bot.pending),
    }
    if call.bot.allowed_updates:
        info["allowed_updates"] = call.bot.allowed_updates
    if webhook.url:
        info |= {"max_connections": webhook.max_connections, "ip_address": webhook.ip_address or "127.0.0.1"}
    if webhook.last_error_date:
        info |= {"last_error_date": webhook.last_error_date, "last_error_message": webhook.last_error_message}
    return info


def _remember_allowed(call: Call) -> None:
    """Take over `allowed_updates`: without the argument the last choice stays, unknown kinds are passed over."""
    wanted: Any = call.params.json("allowed_updates", "allowed updates")
    if isinstance(wanted, list):
        call.bot.allowed_updates = [kind for kind in wanted if isinstance(kind, str) and kind in _KINDS]


def _check_url(url: str, *, insecure: bool) -> None:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise bad_request("bad webhook: invalid URL specified") from None
    if insecure and parts.scheme == "http" and parts.hostname:
        return
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (port or 443) not in _PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def _not_too_often(call: Call) -> None:
    """Refuse a second setWebhook within one second."""
    last = call.telegram.last_set_webhook.get(call.bot.id, 0.0)
    now = time.monotonic()
    if now < last + 1:
        raise too_many_requests(1)
    call.telegram.last_set_webhook[call.bot.id] = now
