"""The models are what the training command makes of the data that are shipped."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODELS = ROOT / "bot" / "text" / "models"


@pytest.mark.quality
def test_training_gives_the_shipped_models_bit_for_bit(tmp_path: Path) -> None:
    subprocess.run([sys.executable, ROOT / "tools" / "train_names.py", "train", tmp_path], check=True)
    shipped = {path.name: path.read_bytes() for path in MODELS.glob("*.crfsuite")}
    assert len(shipped) == 4
    assert {path.name: path.read_bytes() for path in tmp_path.glob("*.crfsuite")} == shipped
