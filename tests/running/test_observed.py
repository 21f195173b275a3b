"""What is not wanted is not loaded, and what is wanted but not installed is named."""

import os
import subprocess
import sys

import pytest

_SETTINGS = ("SENTRY_DSN", "OTEL_EXPORTER_OTLP_ENDPOINT")

_OBSERVED = """
import sys
import {module}
from bot.running.observed import observed
from bot.settings import load_settings
with observed(load_settings(), "run"):
    print(*(name for name in ("sentry_sdk", "opentelemetry", "google.protobuf") if name in sys.modules))
"""

_RUN = """
import sys
sys.modules["{missing}"] = None  # as if it were not installed
from bot.cli import main
main(["run"])
"""


def _run(program: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in _SETTINGS} | settings
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=False)


@pytest.mark.parametrize(
    ("module", "settings", "loaded"),
    [
        ("bot.app", {}, ""),
        ("bot.cli", {"SENTRY_DSN": "http://key@127.0.0.1:9/1"}, "sentry_sdk"),
        ("bot.cli", {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9"}, "opentelemetry google.protobuf"),
    ],
)
def test_only_what_is_wanted_is_loaded(module: str, settings: dict[str, str], loaded: str) -> None:
    done = _run(_OBSERVED.replace("{module}", module), **settings)
    assert (done.returncode, done.stdout.strip()) == (0, loaded), done.stderr


@pytest.mark.parametrize(
    ("variable", "value", "missing", "said"),
    [
        ("SENTRY_DSN", "http://key@127.0.0.1:9/1", "sentry_sdk", "setting sentry.dsn: it needs sentry_sdk"),
        (
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "http://127.0.0.1:9",
            "opentelemetry",
            "setting tracing.endpoint: it needs opentelemetry",
        ),
    ],
)
def test_what_is_wanted_but_not_installed_is_a_fault_of_the_settings(
    variable: str, value: str, missing: str, said: str
) -> None:
    done = _run(_RUN.replace("{missing}", missing), **{variable: value})
    assert done.returncode == 78
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"sitrep: {said}")
    assert "pip install 'sitrep-bot[" in line
