"""The figures that were reached are held: a change that makes reading worse fails here.

Who makes it better, or worse on purpose, keeps the new figures with `python -m tests.quality --write`.
"""

import pytest

from tests.quality.ratchet import fallen, read_figures
from tests.quality.systems import OURS, TASKS, Task, measure


@pytest.mark.quality
@pytest.mark.parametrize("task", TASKS, ids=str)
def test_reading_is_as_good_as_it_was(task: Task) -> None:
    assert not fallen(read_figures()[str(task)], measure(task, OURS))
