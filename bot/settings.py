"""Settings: environment > config/local.toml > config/default.toml; typed, unknown keys refused.

config/default.toml holds the default of every setting and is the only place that does.
"""

import os
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

from platformdirs import user_data_path
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    StringConstraints,
    ValidationError,
)
from pydantic_core import ErrorDetails

from bot.errors import SettingFault

_PACKAGE = Path(__file__).parent
# In a checkout the file stands in config/; a wheel carries it inside the package.
_DEFAULTS = next(
    path for path in (_PACKAGE / "default.toml", _PACKAGE.parent / "config" / "default.toml") if path.exists()
)
LOCAL = Path("config/local.toml")

# Names that hosts and habits give to some settings.
USUAL_NAMES = {
    "TELEGRAM_TOKEN": ("telegram", "token"),
    "TELEGRAM_API_URL": ("telegram", "api_url"),
    "WEBHOOK_URL": ("webhook", "url"),
    "WEBHOOK_SECRET": ("webhook", "secret"),
    "PORT": ("webhook", "port"),
    "DATABASE_URL": ("database", "url"),
    "LOG_LEVEL": ("logs", "level"),
    "TZ": ("general", "timezone"),
    "SENTRY_DSN": ("sentry", "dsn"),
    "OTEL_EXPORTER_OTLP_ENDPOINT": ("tracing", "endpoint"),
}
_PREFIX = "SITREP_"

_Source = tuple[str, dict[str, Any]]


def _known_timezone(name: str) -> str:
    name = name.removeprefix(":")  # POSIX writes TZ=:Europe/Berlin
    if name not in available_timezones():
        raise ValueError(f"{name!r} is no IANA time zone such as Europe/Berlin")
    return name


def _token_shape(token: SecretStr) -> SecretStr:
    number, colon, secret = token.get_secret_value().partition(":")
    if token.get_secret_value() and not (number.isdecimal() and colon and secret):
        raise ValueError("a token looks like 123456:ABC-DEF, as @BotFather gives it")
    return token


def _secret_shape(secret: SecretStr) -> SecretStr:
    # What Telegram takes (Bot API, setWebhook).
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret.get_secret_value()):
        raise ValueError("a secret has at most 256 characters out of A-Z, a-z, 0-9, _ and -")
    return secret


def _invitation_shape(invitation: SecretStr) -> SecretStr:
    # What Telegram takes in a link (core.telegram.org/bots/features#deep-linking).
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,64}", invitation.get_secret_value()):
        raise ValueError("an invitation has at most 64 characters out of A-Z, a-z, 0-9, _ and -")
    return invitation


def _dsn_shape(dsn: SecretStr) -> SecretStr:
    # What sentry_sdk takes: a key before the host, and the number of a project behind it.
    if not re.fullmatch(r"(https?://[^\s/@]+@[^\s/@]+/(\S+/)?\d+)?", dsn.get_secret_value()):
        raise ValueError("a DSN looks like https://key@host/1, as Sentry shows it for a project")
    return dsn


def _ids(value: object) -> object:
    # The environment has no lists: numbers with commas or spaces between them.
    return value.replace(",", " ").split() if isinstance(value, str) else value


def _database_url(url: str) -> str:
    if not url:
        return f"sqlite:///{user_data_path('sitrep') / 'sitrep.sqlite3'}"
    if not url.startswith(("sqlite:", "postgresql:", "postgresql+psycopg:", "postgres:")):
        raise ValueError("must start with sqlite:/// or postgresql://")
    return url


Ids = Annotated[tuple[int, ...], BeforeValidator(_ids)]


def _http_url(url: str) -> str:
    if not re.match(r"https?://[^/\s]", url):
        raise ValueError("an address begins with http:// or https://")
    return url.rstrip("/")


HttpUrl = Annotated[str, AfterValidator(_http_url)]
HttpUrlIfAny = Annotated[str, AfterValidator(lambda url: url and _http_url(url))]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class TelegramSettings(_Section):
    """How to reach Telegram."""

    token: Annotated[SecretStr, AfterValidator(_token_shape)]
    api_url: HttpUrl
    poll_seconds: Annotated[int, Field(ge=0, le=50)]


class WebhookSettings(_Section):
    """How Telegram reaches us; without a url we ask it instead."""

    url: Annotated[str, StringConstraints(pattern=r"^(https?://[^/\s]+(/\S*)?)?$")]
    secret: Annotated[SecretStr, AfterValidator(_secret_shape)]
    host: str
    port: Annotated[int, Field(ge=0, le=65535)]


class DatabaseSettings(_Section):
    """Where everything is remembered, and for how long."""

    url: Annotated[str, AfterValidator(_database_url)]
    keep_days: Annotated[int, Field(ge=1, le=36_500)]


class SummarySettings(_Section):
    """What /summary shows."""

    method: Literal["sitrep", "lexrank", "textrank", "lsa", "luhn", "kl", "sumbasic", "reduction", "edmundson", "lead"]
    sentences: Annotated[int, Field(ge=1, le=20)]
    actors: Annotated[int, Field(ge=0, le=50)]
    numbers: Annotated[int, Field(ge=0, le=50)]
    stories: Annotated[int, Field(ge=1, le=100)]
    hours: Annotated[int, Field(ge=1, le=24 * 31)]


class IntakeSettings(_Section):
    """How posts are taken in."""

    acknowledge: Literal["reaction", "none"]
    group_post_chars: Annotated[int, Field(ge=1, le=4096)]
    burst_posts: Annotated[int, Field(ge=0, le=1000)]
    summarise_at_once: Annotated[int, Field(ge=0, le=4096)]


class LimitSettings(_Section):
    """How much one person, or one desk, may ask for."""

    posts_per_minute: Annotated[int, Field(ge=1, le=100_000)]
    summaries_per_minute: Annotated[int, Field(ge=1, le=1000)]
    stored_posts: Annotated[int, Field(ge=1, le=1_000_000)]


class AccessSettings(_Section):
    """Who may use the bot."""

    who: Literal["everybody", "listed"]
    listed: Ids
    blocked: Ids
    owners: Ids
    invitation: Annotated[SecretStr, AfterValidator(_invitation_shape)]


class RecapSettings(_Section):
    """How recaps are made."""

    catch_up: Annotated[int, Field(ge=0, le=24 * 7)]


class DeliverySettings(_Section):
    """How messages are sent."""

    when_uncertain: Literal["resend", "hold"]


class GeneralSettings(_Section):
    """What holds for every chat that has not chosen for itself."""

    language: Literal["en", "ru"]
    timezone: Annotated[str, AfterValidator(_known_timezone)]


class LogSettings(_Section):
    """What is logged, and how."""

    level: Literal["debug", "info", "warning", "error"]
    format: Literal["auto", "console", "json"]


class HealthSettings(_Section):
    """Where we tell how the bot fares, and what is no longer well."""

    host: str
    port: Annotated[int, Field(ge=0, le=65535)]
    longest_wait: Annotated[int, Field(ge=1, le=86_400)]


class SentrySettings(_Section):
    """Where faults are reported."""

    dsn: Annotated[SecretStr, AfterValidator(_dsn_shape)]


class TracingSettings(_Section):
    """Where spans are sent."""

    endpoint: HttpUrlIfAny


class Settings(_Section):
    """Every setting, by section; made by `load_settings`."""

    telegram: TelegramSettings
    webhook: WebhookSettings
    database: DatabaseSettings
    summary: SummarySettings
    intake: IntakeSettings
    limits: LimitSettings
    access: AccessSettings
    recaps: RecapSettings
    delivery: DeliverySettings
    general: GeneralSettings
    logs: LogSettings
    health: HealthSettings
    sentry: SentrySettings
    tracing: TracingSettings


def load_settings(local: Path = LOCAL) -> Settings:
    """Read all settings.

    Raises:
        SettingFault: one line that names the setting, its value's fault and where the value came from.

    """
    sources = [(str(_DEFAULTS), _read_toml(_DEFAULTS)), *_read_local(local), *_read_environment()]
    merged: dict[str, Any] = {}
    for _, values in sources:
        for section, keys in values.items():
            merged[section] = {**merged.get(section, {}), **keys} if isinstance(keys, dict) else keys
    try:
        return Settings.model_validate(merged)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = tuple(str(part) for part in first["loc"][:2])  # a third part would number the entry of a list
        raise SettingFault(f"setting {'.'.join(place)}: {_fault(first)} (from {_came_from(place, sources)})") from None


def _read_local(local: Path) -> list[_Source]:
    return [(str(local), _read_toml(local))] if local.exists() else []


def _read_environment() -> list[_Source]:
    """Read the variables, the usual names before those with our prefix, which win."""
    usual = [
        (f"the environment variable {name}", {section: {key: os.environ[name]}})
        for name, (section, key) in USUAL_NAMES.items()
        if os.environ.get(name)
    ]
    ours = []
    for name, value in sorted(os.environ.items()):
        if name.upper().startswith(_PREFIX):
            section, _, key = name.upper().removeprefix(_PREFIX).lower().partition("__")
            ours.append((f"the environment variable {name}", {section: {key: value} if key else value}))
    return usual + ours


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingFault(f"{path} can't be read: {error}") from None


def _fault(error: ErrorDetails) -> str:
    if error["type"] == "extra_forbidden":
        return "there is no such setting; config/default.toml lists them all"
    return error["msg"].removeprefix("Value error, ")


def _came_from(place: tuple[str, ...], sources: list[_Source]) -> str:
    """Name the last source that says something at this place: the one that won."""
    for name, values in reversed(sources):
        found: Any = values
        for part in place:
            if not isinstance(found, dict) or part not in found:
                break
            found = found[part]
        else:
            return name
    return "nowhere: it is missing"
