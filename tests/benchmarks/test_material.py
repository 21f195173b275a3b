"""What the benchmarks measure with: material that is the same in every run, and times of other processes."""

import pytest

from tests.benchmarks.__main__ import BENCHMARKS, _cells
from tests.benchmarks.material import made_posts, made_sentences, real_posts
from tests.benchmarks.rows import Row, run_python


def test_made_posts_are_the_real_ones_and_then_others() -> None:
    real = [post.text for post in real_posts("ru")]
    made = made_posts(len(real) + 200)
    assert [post.text for post in made[: len(real)]] == real
    again = [post.text for post in made[len(real) :]]
    assert sum(text == first for text, first in zip(again, real, strict=False)) < 20, "they are exchanged"
    assert len({post.id for post in made}) == len(made)
    assert made == made_posts(len(real) + 200)


def test_made_sentences_are_as_many_as_asked_for() -> None:
    sentences = made_sentences(12_000)
    assert len(sentences) == 12_000
    assert len(set(sentences)) > 11_000
    assert sentences[:100] == made_sentences(100)


def test_another_process_is_measured() -> None:
    spent = run_python("-c", "import time; print(sum(range(3_000_000))); time.sleep(0.2)")
    assert spent.output.split() == ["4499998500000"]
    assert spent.seconds > 0
    assert spent.wall >= 0.2


def test_a_process_that_fails_is_not_a_figure() -> None:
    with pytest.raises(RuntimeError, match="ended with 3"):
        run_python("-c", "raise SystemExit(3)")


def test_a_row_says_how_many_times_better() -> None:
    assert _cells(Row("ranking", "1 s", "2 s", "sumy", "50 s", 50.0))[-1] == "50 x"
    assert _cells(Row("reading", "1 s", ratio=0.25))[-1] == "0.2 x"
    assert _cells(Row("memory", "1 MB"))[-1] == ""


def test_the_local_telegram_answers_every_message_of_the_benchmark() -> None:
    (row,) = BENCHMARKS["sending"]()
    assert row.figure.endswith("sendMessage/s")
    assert row.ratio
