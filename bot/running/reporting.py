"""Reporting faults to Sentry: of which kind, where in the code, and of which update, message or recap.

What an exception says may quote the post at which the code failed, and what a library logs may, too. So a report holds
nothing of that: only what our code calls the fault, and what `_TAGS` names. The log tells the rest, under the same ids.

It needs the extra ``sentry``; who wants no reports never imports it.
"""

import logging
import sys
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from time import monotonic as _now
from typing import Any, Literal

import sentry_sdk
from sentry_sdk.types import Event, Hint
from sentry_sdk.utils import capture_internal_exceptions, event_from_exception

from bot import __version__
from bot.logs import redact
from bot.reader.faults import frames_of

_TAGS = ("reference", "chat", "message", "recap", "slot", "run", "crew", "parked", "deaths", "gives_up")
"""What is taken over from a line of the log. Ids of posts are not: those that were imported may be addresses."""
_KEPT = {
    *("event_id", "timestamp", "level", "logger", "message", "tags", "exception"),
    *("release", "environment", "server_name", "platform", "sdk"),
}
"""What there is in a report."""
# They log that they can't reach where we report to.
_OURS = ("sentry_sdk", "urllib3", "opentelemetry")
_MOST_ALIKE = 10
_ALIKE_SECONDS = 60.0
# So long the last reports may take at the end.
_LAST_SECONDS = 2.0


@contextmanager
def reporting(dsn: str, role: str) -> Iterator[None]:
    """Report every error that is logged in the block, and what breaks it off."""
    # No scope and no integrations: nothing is collected beside what we report.
    client = sentry_sdk.Client(
        dsn,
        release=f"sitrep-bot@{__version__}",
        default_integrations=False,
        auto_enabling_integrations=False,
        include_local_variables=False,
        before_send=_without_words,
    )
    reporter = _Reporter(client, role)
    root = logging.getLogger()
    root.addHandler(reporter)
    try:
        yield
    except Exception as error:
        reporter.report("the process broke off", "fatal", __name__, error)
        raise
    finally:
        root.removeHandler(reporter)
        client.close(_LAST_SECONDS)


class _Reporter(logging.Handler):
    """Reports errors that are logged: ours by their words, those of others by the name of who logged them."""

    def __init__(self, client: sentry_sdk.Client, role: str) -> None:
        super().__init__(logging.ERROR)
        self._client = client
        self._role = role
        self._when: dict[str, deque[float]] = defaultdict(partial(deque, maxlen=_MOST_ALIKE))

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.startswith(_OURS):
            return
        # structlog hands our lines over as dictionaries.
        line: dict[str, Any] = record.msg if isinstance(record.msg, dict) else {}
        error = _exception_of(line.get("exc_info") or record.exc_info)
        if error and not isinstance(error, Exception):  # it was broken off, which is how everything ends
            return
        fault = line.get("event", f"an error that {record.name} logs")
        if self._is_told_enough(fault):
            return
        self.report(fault, "error", record.name, error, **{name: line[name] for name in _TAGS if name in line})

    def report(
        self,
        fault: str,
        level: Literal["error", "fatal"],
        logger: str,
        error: BaseException | None,
        **tags: object,
    ) -> None:
        """Report a fault; if that is impossible, it is not."""
        with capture_internal_exceptions():
            event, hint = self._told_of(error) if error else ({}, {})
            event |= {"level": level, "logger": logger, "message": fault}
            event["tags"] = {"role": self._role, **{name: str(value) for name, value in tags.items()}}
            self._client.capture_event(event, hint)

    def _told_of(self, error: BaseException) -> tuple[Event, Hint]:
        event, hint = event_from_exception(error, self._client.options)
        raised = event["exception"]["values"][-1]
        raised.setdefault("stacktrace", {"frames": []})["frames"] += [
            {"abs_path": file, "filename": file, "lineno": line, "function": function}
            for file, line, function in frames_of(error)
        ]
        return event, hint

    def _is_told_enough(self, fault: str) -> bool:
        """Tell whether the same was reported often of late: an outage is logged again and again."""
        when, now = self._when[fault], _now()
        if len(when) == _MOST_ALIKE and now - when[0] < _ALIKE_SECONDS:
            return True
        when.append(now)
        return False


def _exception_of(exc_info: object) -> BaseException | None:
    match exc_info:
        case BaseException() as error:
            return error
        case (_, BaseException() as error, _):
            return error
        case True:
            return sys.exception()
    return None


def _without_words(event: Event, _hint: Hint) -> Event:
    """Leave of a report what may leave the house."""
    kept: dict[str, Any] = {name: value for name, value in event.items() if name in _KEPT}
    for exception in kept.get("exception", {}).get("values", ()):
        exception["value"] = event["message"]
    clean: Event = _redacted(kept)
    return clean


def _redacted(value: Any) -> Any:
    """Redact all strings of something that JSON can hold."""
    match value:
        case str():
            return redact(value)
        case dict():
            return {key: _redacted(held) for key, held in value.items()}
        case list():
            return [_redacted(held) for held in value]
    return value
