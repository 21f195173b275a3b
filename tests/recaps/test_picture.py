"""Pictures are looked at as pixels: what is dark, and where."""

import io
from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.recaps.chart import MOST_ACTORS, MOST_STORIES, Chart, Course, Labels, Named
from bot.recaps.picture import draw

NOTHING = Chart((), (), (), (), ())
BEGIN = datetime(2025, 5, 5, 9)  # noqa: DTZ001 - a reader's clock
MOST_PIXELS = 1280
"""Telegram makes larger photos smaller."""
_MARGIN = 16 / 360

Pixels = npt.NDArray[np.uint8]


def labels(title: str = "News", ticks: tuple[str, ...] = ()) -> Labels:
    return Labels(title, "May 5, 09:00-18:00", "Most named", "Stories over time", "other stories", ticks)


def pixels(png: bytes) -> Pixels:
    with Image.open(io.BytesIO(png)) as image:
        return np.asarray(image.convert("L"))


def ink(drawn: Pixels) -> Pixels:
    """Return what is dark, without the white around it."""
    rows, columns = np.where(drawn < 128)
    return drawn[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


def titled(title: str) -> Pixels:
    """Return the ink of a title, which stands above all else."""
    drawn = pixels(draw(NOTHING, labels(title)))
    return ink(drawn[: int(drawn.shape[1] * 34 / 360)])


def full(name: str, title: str, stories: int = MOST_STORIES) -> Chart:
    courses = tuple(Course(f"{number}. {title}", (number, 2, 0)) for number in range(stories))
    times = tuple(BEGIN + timedelta(hours=hour) for hour in range(3))
    return Chart(tuple(Named(name, 9 - place) for place in range(MOST_ACTORS)), courses, (4, 0, 1), times, (0, 2))


@pytest.mark.parametrize(
    "text",
    ["Mayor Anna Kowalska", "Владимир Зеленский", "Նիկոլ Փաշինյան", "محمد بن سلمان", "בנימין נתניהו", "ნიკა გვარამია"],
)
def test_every_script_that_the_font_has_is_drawn(text: str) -> None:
    with_names = pixels(draw(full(text, text), labels(text, ("09:00", "11:00"))))
    assert with_names.shape[0] > pixels(draw(full("中国", text), labels(text, ("09:00", "11:00")))).shape[0]
    assert (titled(text) < 128).sum() > (titled("·") < 128).sum() * 10


def test_arabic_letters_are_joined() -> None:
    joined, apart = titled("ببببببب"), titled("\u200c".join("ببببببب"))
    assert joined.shape[1] < apart.shape[1] * 0.8


def test_hebrew_runs_from_right_to_left() -> None:
    drawn = titled("ל" + "י" * 12)  # the first letter is the tallest
    (columns,) = np.where(drawn[0] < 128)
    assert columns.min() > drawn.shape[1] * 0.8


def test_names_of_which_no_font_has_the_letters_are_left_out_and_their_stories_count_among_the_others() -> None:
    unknown = "\U00012000\U00012001"  # cuneiform
    shown = draw(full("Anna", unknown, stories=1), labels(ticks=("09:00", "11:00")))
    counted = Chart(full("Anna", "").actors, (), (4, 2, 1), full("", "").stretches, (0, 2))
    assert shown == draw(counted, labels(ticks=("09:00", "11:00")))
    nobody = Chart((Named(unknown, 3),), (), (), (), ())
    assert draw(nobody, labels()) == draw(NOTHING, labels())


def test_a_text_with_dollars_is_no_formula() -> None:
    assert titled("$2 or $3").shape[1] > titled("2 or 3").shape[1]


@settings(max_examples=12, deadline=None)
@given(st.text(max_size=80), st.text(max_size=300), st.integers(0, MOST_STORIES))
def test_whatever_the_texts_nothing_is_cut_at_the_edges_and_telegram_need_not_shrink_it(
    name: str, title: str, stories: int
) -> None:
    drawn = pixels(draw(full(f"A {name}", title, stories), labels(f"A {title}", ("09:00", "11:00"))))
    height, width = drawn.shape
    assert max(height, width) <= MOST_PIXELS
    margin = int(width * _MARGIN) - 4
    for edge in (drawn[:, :margin], drawn[:, -margin:], drawn[:margin], drawn[-margin:]):
        assert edge.min() == 255


@pytest.mark.parametrize("count", [1, 2, 5, 12, 13, 24, 25])
def test_no_label_under_the_axis_is_cut(count: int) -> None:
    times = tuple(BEGIN + timedelta(hours=hour) for hour in range(count))
    ticks = tuple(sorted({0, count - 1}))
    chart = Chart((), (), (1,) * count, times, ticks)
    drawn = pixels(draw(chart, labels(ticks=("25 нояб.",) * len(ticks))))
    margin = int(drawn.shape[1] * _MARGIN) - 4
    assert drawn[:, :margin].min() == drawn[:, -margin:].min() == 255


def test_bars_are_as_long_as_they_count() -> None:
    chart = Chart((Named("Anna", 8), Named("Boris", 4), Named("Vera", 2)), (), (), (), ())
    with Image.open(io.BytesIO(draw(chart, labels()))) as image:
        colours = np.asarray(image.convert("RGB"))
    bars = (colours == (0x5B, 0x84, 0xB1)).all(axis=2).sum(axis=1)
    lengths = sorted(set(bars[bars > 0]), reverse=True)
    longest = lengths[0]
    assert [round(length / longest, 2) for length in lengths] == pytest.approx([1, 0.5, 0.25], abs=0.02)
