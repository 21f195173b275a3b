"""What the documentation says of commands, settings and errors is what there is."""

import re
from pathlib import Path

import click
import pytest
from fluent.syntax import FluentParser, ast

from bot.cli import main
from bot.errors import SitrepError
from bot.settings import USUAL_NAMES, Settings
from bot.telegram.dispatch import COMMANDS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"


def _name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def _page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def _first_column(page: str) -> set[str]:
    """Return what stands in code in the first cells of all tables."""
    cells = (line.split("|")[1] for line in page.splitlines() if line.startswith("| `"))
    return {code for cell in cells for code in re.findall(r"`([^`]+)`", cell)}


def _commands(group: click.Group) -> set[str]:
    return {f"sitrep {name}" for name in group.commands}


def test_every_command_of_the_bot_is_told_and_none_else() -> None:
    told = {code.lstrip("/") for code in _first_column(_page("using.md")) if code.startswith("/")}
    assert told == set(COMMANDS)


@pytest.mark.parametrize("page", [ROOT / "README.md", DOCS / "using.md"], ids=_name)
def test_no_command_is_told_that_does_not_exist(page: Path) -> None:
    named = re.findall(r"`/(\w+)(?![\w/])", page.read_text(encoding="utf-8"))
    assert named
    assert set(named) <= set(COMMANDS) | {"setinline"}


def test_every_command_of_sitrep_is_told_and_none_else() -> None:
    assert {code for code in _first_column(_page("operating.md")) if code.startswith("sitrep ")} == _commands(main)


def test_every_section_of_the_settings_and_every_usual_name_is_told_and_none_else() -> None:
    told = {code for code in _first_column(_page("operating.md")) if not code.startswith("sitrep ")}
    assert told == set(Settings.model_fields) | set(USUAL_NAMES)
    for variable, (section, key) in USUAL_NAMES.items():
        assert f"| `{variable}` | `{section}.{key}` |" in _page("operating.md")


def _all_faults(fault: type[SitrepError]) -> list[type[SitrepError]]:
    return [fault, *(found for heir in fault.__subclasses__() for found in _all_faults(heir))]


@pytest.mark.parametrize("fault", _all_faults(SitrepError))
def test_the_exit_code_of_every_fault_is_told(fault: type[SitrepError]) -> None:
    assert re.search(rf"(?<!\d){fault.exit_code} ", _page("operating.md"))


@pytest.mark.parametrize("page", [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")], ids=_name)
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"`[^`]*`", "", page.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)\s]+)\)", text):
        path, _, anchor = target.partition("#")
        found = page.parent / path
        assert found.exists(), target
        if anchor:
            heads = re.findall(r"^#+ (.+)$", found.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w -]", "", head).lower().replace(" ", "-") for head in heads}, target


@pytest.mark.parametrize("page", [ROOT / "README.md", DOCS / "using.md", DOCS / "operating.md"], ids=_name)
def test_settings_that_are_named_exist(page: Path) -> None:
    named = re.findall(r"`(" + "|".join(Settings.model_fields) + r")\.(\w+)`", page.read_text(encoding="utf-8"))
    for section, key in named:
        fields = Settings.model_fields[section].annotation
        assert key in getattr(fields, "model_fields", {}), f"{section}.{key}"


_ENGLISH = FluentParser().parse((ROOT / "bot/locales/en.ftl").read_text(encoding="utf-8")).body
_MESSAGES = {message.id.name: message for message in _ENGLISH if isinstance(message, ast.Message) and message.value}
_OF_FAULTS = re.compile(r"(^|-)(too|wrong|gone|unknown|refused|broken|absent|stranger|nothing|none|fault)(-|$)")
# It tells of something that is in order.
_NO_FAULTS = {"recap-nothing-new"}


def said_in_short(key: str) -> str:
    """Return the first sentence of a message, without markup; of what depends on a number the usual case."""
    pattern = _MESSAGES[key].value
    assert pattern
    said = re.sub(r"<[^>]*>", "", _plain(pattern)).strip().split("\n")[0]
    return re.split(r"(?<=[.?!:])\s(?=[A-Z/{“])", said)[0].replace("|", "\\|")


def _plain(pattern: ast.Pattern) -> str:
    return "".join(_written(element) for element in pattern.elements)


def _written(element: ast.TextElement | ast.Placeable) -> str:
    if isinstance(element, ast.TextElement):
        return element.value
    match element.expression:
        case ast.SelectExpression(variants=variants):
            return _plain(next(variant.value for variant in variants if variant.default))
        case ast.VariableReference(id=named):
            return "{" + named.name + "}"
        case ast.StringLiteral(value=value):
            return value
    raise AssertionError(element.expression)


def _faults() -> set[str]:
    """Return the keys of the messages that are marked as faults in the English texts."""
    return {key for key, message in _MESSAGES.items() if message.comment and message.comment.content == "Fault"}


def test_what_is_said_of_faults_is_explained_and_nothing_else() -> None:
    rows = [line.split(" | ") for line in _page("messages.md").splitlines() if line.startswith("| `")]
    told = {row[0].strip("| `"): row[1] for row in rows}
    assert told == {key: said_in_short(key) for key in _faults()}
    assert all(len(row) == 4 and all(cell.strip(" |") for cell in row) for row in rows)


def test_messages_whose_names_tell_of_faults_are_marked_as_such() -> None:
    assert {key for key in _MESSAGES if _OF_FAULTS.search(key)} - _faults() <= _NO_FAULTS
