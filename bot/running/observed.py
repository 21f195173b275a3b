"""Being observed from elsewhere, by who wants it: faults by Sentry, spans by a collector of OpenTelemetry."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from bot.errors import SettingFault
from bot.settings import Settings

# ruff: noqa: PLC0415 - what is imported here need not be installed, and takes time and memory


@contextmanager
def observed(settings: Settings, role: str) -> Iterator[None]:
    """Have what the block does observed by whom the settings name; who names nobody does not need what that takes.

    Raises:
        SettingFault: they name somebody, and what that takes is not installed.

    """
    with ExitStack() as stack:
        if dsn := settings.sentry.dsn.get_secret_value():
            with _extra("sentry", "sentry.dsn"):
                from bot.running.reporting import reporting
            stack.enter_context(reporting(dsn, role))
        if endpoint := settings.tracing.endpoint:
            with _extra("tracing", "tracing.endpoint"):
                from bot.running.exporting import exporting
            stack.enter_context(exporting(endpoint, role))
        yield


@contextmanager
def _extra(name: str, setting: str) -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        raise SettingFault(
            f"setting {setting}: it needs {error.name}, which is not installed: pip install 'sitrep-bot[{name}]'"
        ) from None
