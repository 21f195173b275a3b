"""Receive updates that Telegram posts: store, commit, and only then answer 200.

Telegram posts an update again until it gets a 2xx (Bot API, ``setWebhook``), so one that was not committed comes back;
the store knows those that come twice by their ids.
"""

import hashlib
import hmac
import json

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from bot.errors import StoreFault
from bot.store.queues.updates import Written, is_update, written
from bot.web.group_commit import GroupCommit

_log = structlog.get_logger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
MOST_BYTES = 1 << 20
"""No update is nearly as long: a text has at most 4,096 characters, and 100 entities of a few hundred bytes."""


def secret_of(token: str) -> str:
    """Derive the secret of the webhook from the bot's token, so that all processes of a bot agree on it."""
    return hmac.new(token.encode(), b"webhook", hashlib.sha256).hexdigest()


class Webhook:
    """The endpoint that Telegram posts to.

    Args:
        secret: what Telegram was told to send in `SECRET_HEADER`.
        updates: where updates go.

    """

    def __init__(self, secret: str, updates: GroupCommit) -> None:
        self._secret = secret.encode()
        self._updates = updates

    async def __call__(self, request: Request) -> Response:
        """Take an update."""
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), self._secret):
            return PlainTextResponse("This address is Telegram's.\n", 401)
        try:
            body = await _read(request)
        except ClientDisconnect:
            return Response(status_code=400)
        if body is None:
            _log.error("an update was refused: it is too long", limit=MOST_BYTES)
            return PlainTextResponse(f"At most {MOST_BYTES} bytes.\n", 413)
        update = _parse(body)
        if update is None:
            _log.error("an update was refused: it can't be read", size=len(body))
            return PlainTextResponse("This is no update.\n", 400)
        try:
            await self._updates.put(update)
        except StoreFault as fault:
            _log.error("an update could not be stored; Telegram will post it again", fault=str(fault))
            return PlainTextResponse("Later, please.\n", 503)
        return Response(status_code=200)


async def _read(request: Request) -> bytes | None:
    """Return the body; None if it is too long, of which no more than the limit is read."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            return None
    return bytes(body)


def _parse(body: bytes) -> Written | None:
    try:
        raw = body.decode()
        update = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return written(update, raw) if is_update(update) else None
