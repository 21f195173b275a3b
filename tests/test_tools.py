"""What makes the models and tables of `bot.text` finds them, and its data, where they are."""

import re
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOOLS = sorted((ROOT / "tools").glob("*.py"))


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.stem)
def test_the_paths_that_a_tool_names_are_there(tool: Path) -> None:
    constants = [value for value in vars(import_module(f"tools.{tool.stem}")).values() if isinstance(value, Path)]
    written = re.findall(r"\b(?:bot|tests|tools)(?:/\w[\w*]*)+(?:\.\w+)?", tool.read_text(encoding="utf-8"))
    assert [str(path) for path in constants if not path.exists()] == []
    assert [path for path in written if not any(ROOT.glob(path))] == []
    assert constants or written
