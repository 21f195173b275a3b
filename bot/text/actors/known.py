"""The features that the name and role models know: when they read, no others need to be given to them.

They are taken from the models themselves, which hold them as a constant database (CQDB) behind a header of twelve
numbers (github.com/chokkan/crfsuite, lib/crf/src/crf1d_model.c and lib/cqdb).
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.resources import files
from struct import Struct

# Where the header tells where the database stands, and where this tells of how many keys, and of the list of them.
_PLACE, _KEYS = 36, 16
_NUMBER, _TWO = Struct("<I"), Struct("<2I")

Feature = str | bytes
Kept = tuple[Feature, ...]
Keep = Callable[[Iterable[str]], Kept]
"""Returns those of some features that matter, as a tagger takes them."""


@cache
def keep_known(lang: str) -> Keep:
    """Return what keeps the features that the models of a language know, which is ``en`` or ``ru``.

    They are encoded, as the tagger would do at every token.
    """
    models = (f"names_{lang}", f"roles_{lang}")
    encoded = {feature.decode(): feature for model in models for feature in _features(model)}

    def keep(features: Iterable[str]) -> Kept:
        return tuple([encoded[feature] for feature in features if feature in encoded])

    return keep


def keep_all(features: Iterable[str]) -> Kept:
    """Keep every feature, for models that are being trained."""
    return tuple(features)


def _features(model: str) -> Iterator[bytes]:
    data = (files("bot.text") / "models" / f"{model}.crfsuite").read_bytes()
    (start,) = _NUMBER.unpack_from(data, _PLACE)
    count, keys = _TWO.unpack_from(data, start + _KEYS)
    for (place,) in _NUMBER.iter_unpack(data[start + keys : start + keys + 4 * count]):
        _, length = _TWO.unpack_from(data, start + place)
        key = start + place + _TWO.size
        yield data[key : key + length - 1]  # without the zero at its end
