import tomllib
from pathlib import Path

import pytest

from bot.errors import SettingFault
from bot.settings import USUAL_NAMES, Settings, load_settings


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in USUAL_NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_the_defaults_stand_in_one_file_that_names_every_setting() -> None:
    defaults = tomllib.loads((Path(__file__).parents[1] / "config" / "default.toml").read_text(encoding="utf-8"))
    named = {(section, key) for section, keys in defaults.items() for key in keys}
    typed = {
        (section, key)
        for section, field in Settings.model_fields.items()
        if field.annotation
        for key in field.annotation.model_fields
    }
    assert named == typed


def test_the_environment_wins_over_the_local_file_and_that_over_the_defaults(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    local = tmp_path / "local.toml"
    local.write_text("[summary]\nsentences = 5\nactors = 9\n", encoding="utf-8")
    monkeypatch.setenv("SITREP_SUMMARY__SENTENCES", "6")
    settings = load_settings(local)
    assert (settings.summary.sentences, settings.summary.actors, settings.summary.method) == (6, 9, "sitrep")


def test_our_own_name_wins_over_the_usual_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", "debug")
    monkeypatch.setenv("SITREP_LOGS__LEVEL", "error")
    assert load_settings().logs.level == "error"


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("SITREP_SUMMARY__SENTENCES", "many", "setting summary.sentences: Input should be a valid integer"),
        ("SITREP_SUMMARY__SENTENCES", "0", "setting summary.sentences: Input should be greater than or equal to 1"),
        ("SITREP_SUMMARY__SENTENSES", "3", "setting summary.sentenses: there is no such setting"),
        ("SITREP_SUMARY__SENTENCES", "3", "setting sumary: there is no such setting"),
        ("TZ", "Mars/Olympus", "setting general.timezone: 'Mars/Olympus' is no IANA time zone"),
        ("DATABASE_URL", "mysql://localhost/sitrep", "setting database.url: must start with sqlite:///"),
        ("TELEGRAM_API_URL", "api.telegram.org", "setting telegram.api_url:"),
        ("TELEGRAM_API_URL", "ftp://x", "setting telegram.api_url:"),
        ("LOG_LEVEL", "loud", "setting logs.level:"),
        ("TELEGRAM_TOKEN", "no-token-at-all", "setting telegram.token: a token looks like 123456:ABC-DEF"),
        ("SENTRY_DSN", "https://sentry.example/1", "setting sentry.dsn: a DSN looks like https://key@host/1"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "localhost:4318", "setting tracing.endpoint: an address begins with http://"),
    ],
)
def test_a_fault_is_one_line_with_the_setting_what_is_wrong_and_where_it_came_from(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, message: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingFault) as caught:
        load_settings()
    text = str(caught.value)
    assert text.startswith(message)
    assert text.endswith(f"(from the environment variable {name})")
    assert "\n" not in text


def test_a_fault_in_the_local_file_names_the_file(tmp_path: Path) -> None:
    local = tmp_path / "local.toml"
    local.write_text('[logs]\nlevel = "loud"\n', encoding="utf-8")
    with pytest.raises(SettingFault, match=r"setting logs\.level: .*local\.toml"):
        load_settings(local)
    local.write_text("[logs\n", encoding="utf-8")
    with pytest.raises(SettingFault, match=r"local\.toml can't be read"):
        load_settings(local)


def test_the_token_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "123456:very-secret")
    assert "very-secret" not in repr(load_settings())
    monkeypatch.setenv("TELEGRAM_TOKEN", "123456very-secret")
    with pytest.raises(SettingFault) as caught:
        load_settings()
    assert "very-secret" not in str(caught.value)


def test_without_an_address_the_database_is_in_the_users_data_folder() -> None:
    assert load_settings().database.url.startswith("sqlite:////")


@pytest.mark.parametrize(("written", "read"), [("", ()), ("7", (7,)), ("7,-1001234 8", (7, -1001234, 8))])
def test_lists_of_ids_come_from_the_environment_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, written: str, read: tuple[int, ...]
) -> None:
    monkeypatch.setenv("SITREP_ACCESS__LISTED", written)
    assert load_settings(tmp_path / "none.toml").access.listed == read


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("SITREP_ACCESS__INVITATION", "with blanks", "an invitation has at most 64 characters"),
        ("WEBHOOK_SECRET", "päss", "a secret has at most 256 characters"),
        ("WEBHOOK_URL", "ftp://bot.example", "String should match pattern"),
        ("SITREP_ACCESS__OWNERS", "anna", "Input should be a valid integer"),
    ],
)
def test_more_wrong_settings_are_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str, fault: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingFault, match=fault) as caught:
        load_settings(tmp_path / "none.toml")
    assert name in str(caught.value)
    assert value not in str(caught.value)
