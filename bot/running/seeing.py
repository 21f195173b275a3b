"""Seeing how the bot fares: /readyz and /metrics, at a port of their own or beside the webhook."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from starlette.routing import Route

from bot.running.common import Common
from bot.running.parts import Part
from bot.store.upkeep.condition import condition
from bot.web.health import Health
from bot.web.server import build_health, listen, serve


def seeing(common: Common) -> Sequence[Part]:
    """Make the part that answers at `health.port`, if there is one."""
    return [Part("health", partial(_serve, common))] if common.settings.health.port else []


def routes_beside(common: Common) -> Sequence[Route]:
    """Return what is answered beside the webhook: without a port of its own, how the bot fares."""
    return () if common.settings.health.port else _health(common).routes()


async def _serve(common: Common) -> None:
    settings = common.settings.health
    await serve(build_health(_health(common).routes()), listen(settings.host, settings.port, "health.port"))


def _health(common: Common) -> Health:
    longest_wait = timedelta(seconds=common.settings.health.longest_wait)
    return Health(partial(condition, common.store), common.led_here, longest_wait)
