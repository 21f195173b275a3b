import gc
import weakref

import pytest

from bot.garbage import uncollected


class Cycle:
    def __init__(self) -> None:
        self.itself = self


def test_what_is_loaded_is_left_out_of_collections_and_what_comes_later_is_not() -> None:
    try:
        with uncollected():
            assert not gc.isenabled()
            loaded = weakref.ref(Cycle())
        assert gc.isenabled()
        later = weakref.ref(Cycle())
        gc.collect()
        assert loaded() is not None
        assert later() is None
    finally:
        gc.unfreeze()
    gc.collect()
    assert loaded() is None


def test_garbage_is_collected_again_if_loading_fails() -> None:
    with pytest.raises(ImportError), uncollected():
        raise ImportError
    assert gc.isenabled()
    gc.unfreeze()
