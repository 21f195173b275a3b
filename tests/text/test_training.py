"""The models are what the training command makes of the data that are shipped."""

import hashlib
import json
from pathlib import Path

import pytest

from bot.text.actors.names import load_tagger
from tools import train_names

TRAINED = json.loads((train_names.MODELS / "trained.json").read_text(encoding="utf-8"))


def test_the_shipped_models_are_the_ones_that_were_trained() -> None:
    shipped = {
        path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in train_names.MODELS.glob("*.crfsuite")
    }
    assert shipped == {model: made["model"] for model, made in TRAINED.items()}
    assert len(shipped) == 4


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_features_and_labels_are_still_what_the_models_were_trained_on(lang: str) -> None:
    samples = train_names.load(lang)
    made = {
        f"{task}_{lang}": train_names.fingerprint(samples, examples) for task, examples in train_names.TASKS.items()
    }
    assert made == {model: TRAINED[model]["examples"] for model in made}


def test_training_anew_gives_a_model_that_labels_the_whole_corpus_alike(tmp_path: Path) -> None:
    # Not the same bytes: processors differ in the last bits of an exponential.
    samples = train_names.load("ru")
    anew = train_names.fit(samples, train_names.role_examples, tmp_path / "roles_ru.crfsuite")
    shipped = load_tagger("roles_ru")
    lines = [rows for sample in samples for rows, _ in train_names.role_examples(sample)]
    assert [anew.tag(rows) for rows in lines] == [shipped.tag(rows) for rows in lines]
