"""Conversations are what their transcripts say; run with `--write-transcripts` to write these anew."""

from pathlib import Path

import pytest

from bot.telegram.dispatch import COMMANDS
from bot.telegram.texts import LANGUAGES
from tests.e2e.transcript_commands import COMMAND_SCENES
from tests.e2e.transcript_errors import ERROR_SCENES
from tests.e2e.transcript_scene import Scene, story
from tests.e2e.transcript_tasks import TASKS
from tests.e2e.transcript_tours import TOURS

pytestmark = pytest.mark.e2e

_FOLDER = Path(__file__).with_name("transcripts")
_SCENES: tuple[Scene, ...] = (*TASKS, *COMMAND_SCENES, *TOURS, *ERROR_SCENES)


def _file(scene: Scene, lang: str) -> Path:
    return _FOLDER / f"{scene.name}.{lang}.md"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("scene", _SCENES, ids=lambda scene: scene.name)
def test_a_conversation_is_as_its_transcript_says(
    scene: Scene, lang: str, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    with story(tmp_path, scene, lang) as told:
        scene.play(told)
    written, file = told.written(), _file(scene, lang)
    # pytest knows the option only if the folder of its conftest is named on the command line.
    if pytestconfig.getoption("write_transcripts", default=False):
        file.write_text(written, encoding="utf-8")
    assert written == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("place", COMMAND_SCENES, ids=lambda scene: scene.name)
def test_every_command_is_tried_in_every_kind_of_chat(place: Scene, lang: str) -> None:
    tried = _file(place, lang).read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f": /{name}" not in tried] == []


def test_every_transcript_is_of_a_conversation() -> None:
    assert set(_FOLDER.iterdir()) == {_file(scene, lang) for scene in _SCENES for lang in LANGUAGES}
