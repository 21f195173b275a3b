"""Seeing how the bot fares: /readyz and /metrics, at a port of their own or beside the webhook."""

import socket
from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from starlette.routing import Route

from bot.running.common import Common
from bot.running.parts import Part
from bot.settings import HealthSettings
from bot.store.upkeep.condition import condition
from bot.web.health import Health
from bot.web.server import build_health, listen, serve


def listening_for_health(settings: HealthSettings) -> socket.socket | None:
    """Open `health.port`, if there is one; who connects waits until somebody serves there.

    Raises:
        SettingFault: it can't be used.

    """
    return listen(settings.host, settings.port, "health.port") if settings.port else None


def seeing(common: Common) -> Sequence[Part]:
    """Make the part that answers at `health.port`, if there is one."""
    if not common.health:
        return []
    return [Part("health", partial(serve, build_health(_health(common).routes()), common.health))]


def routes_beside(common: Common) -> Sequence[Route]:
    """Return what is answered beside the webhook: without a port of its own, how the bot fares."""
    return () if common.settings.health.port else _health(common).routes()


def _health(common: Common) -> Health:
    longest_wait = timedelta(seconds=common.settings.health.longest_wait)
    return Health(partial(condition, common.store), common.led_here, longest_wait)
