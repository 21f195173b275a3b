"""Logging: structlog in front, the standard library's handlers behind; for people or, as JSON, for machines.

Every line passes `redact`, whoever wrote it: httpx logs the whole URL of each call, bot token included, and the
text of an exception may hold one too. That goes for what nobody caught as well, which Python would print itself.
"""

import logging
import re
import sys
import threading
from types import TracebackType
from typing import Literal

import structlog

_log = structlog.get_logger(__name__)

# Only the secret half goes; the number before it is public and tells which bot it was.
_IN_URL = re.compile(r"(/bot\d+)(?::|%3A)[^/\s\"']+", re.IGNORECASE)
_ALONE = re.compile(r"\b(\d{5,}):[\w-]{20,}", re.ASCII)


def redact(text: str) -> str:
    """Replace the secret half of every bot token in a text by an ellipsis."""
    return _ALONE.sub(r"\1:…", _IN_URL.sub(r"\1:…", text))


class _RedactingFormatter(structlog.stdlib.ProcessorFormatter):
    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


def set_up_logs(level: str, form: Literal["auto", "console", "json"]) -> None:
    """Send everything that is logged to standard error, without secrets; one line each, tracebacks apart."""
    console = form == "console" or (form == "auto" and sys.stderr.isatty())
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    # A traceback of rich would print local variables, and with them secrets and readers' messages.
    ending: list[structlog.typing.Processor] = (
        [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)]
        if console
        else [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        _RedactingFormatter(
            foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *ending]
        )
    )
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    # These tell of every single request, job and dictionary: of use only to somebody who hunts a fault.
    for chatty in ("httpx", "httpcore", "apscheduler", "alembic", "sqlalchemy", "pymorphy3"):
        logging.getLogger(chatty).setLevel(level.upper() if level == "debug" else logging.WARNING)
    sys.excepthook, threading.excepthook, sys.unraisablehook = _log_crash, _log_end_of_thread, _log_unraisable


def _log_crash(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    _log.critical("the process broke off", exc_info=error)


def _log_end_of_thread(ended: threading.ExceptHookArgs) -> None:
    if ended.exc_type is not SystemExit:
        _log.error("a thread broke off", thread=ended.thread and ended.thread.name, exc_info=ended.exc_value)


def _log_unraisable(ignored: "sys.UnraisableHookArgs") -> None:
    _log.error("an exception was raised where none can be", by=repr(ignored.object), exc_info=ignored.exc_value)
