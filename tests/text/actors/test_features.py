"""What the models are given to read with is all that they know of a text."""

import json

import pytest

from bot.posts import Post
from bot.text.actors.features import document_features
from bot.text.actors.known import keep_all, keep_known
from bot.text.actors.names import load_tagger
from bot.text.words.document import read_document
from tests.benchmarks.material import DATA


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_kept_are_the_features_that_the_models_know(lang: str) -> None:
    keep = keep_known(lang)
    for model in ("names", "roles"):
        known = {feature for feature, _ in load_tagger(f"{model}_{lang}").info().state_features}
        assert len(known) > 1000
        assert {kept.decode() for kept in keep(known) if isinstance(kept, bytes)} == known
    assert keep(("w=an unseen word", "no feature")) == ()


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_names_model_is_as_sure_of_every_label_as_with_all_features(lang: str) -> None:
    tagger = load_tagger(f"names_{lang}")
    left_out = 0
    for row in (DATA / "gold" / f"posts_{lang}.jsonl").read_text(encoding="utf-8").splitlines():
        document = read_document(Post("1", json.loads(row)["text"], lang=lang))
        some, every = document_features(document), document_features(document, keep_all)
        for (_, kept), (_, rows) in zip(some, every, strict=True):
            left_out += sum(map(len, rows)) - sum(map(len, kept))
            told = []
            for given in (kept, rows):
                labels = tagger.tag(given)
                told.append([(label, tagger.marginal(label, place)) for place, label in enumerate(labels)])
            assert told[0] == told[1]
    assert left_out > 1000
