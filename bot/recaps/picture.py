"""Draw the picture of a recap: bars for those who are named most, and its stories over the time.

It is made for the width of a phone: lengths are in pixels of a screen that is 360 wide. The picture has nearly three
times as many, so that Telegram, which makes no photo larger than 1,280 pixels, leaves it as it is.

Matplotlib shapes and orders the letters of all scripts by itself from 3.11 on. Its own font, DejaVu Sans, has Latin,
Cyrillic, Greek, Armenian, Georgian, Hebrew and Arabic letters; for others a font of the machine is used. Where there is
none, signs are left out of lines, and lines without their letters as a whole.

Matplotlib takes 20 MB and a second to be imported: do so only when there is a picture to draw.
"""

import io
import threading
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from bot.recaps.chart import Chart, Labels

_WIDTH, _MARGIN = 360, 16
_LINE_WIDTH = _WIDTH - 2 * _MARGIN
_DOTS = 275
_PIXELS_PER_INCH = 100
_INK, _QUIET, _RULE = "#1f2430", "#6b7280", "#e5e7eb"
_BAR, _OTHERS = "#5b84b1", "#d3d8df"
_COLOURS = ("#35618f", "#e08e45", "#5f9e6e", "#a06ba5")
_NAME_WIDTH = 158
# A course of fewer stretches has bars no wider than these.
_FEWEST_BARS = 12
_BAR_WIDTH = 0.82
_NAME_HEIGHT, _STORY_HEIGHT, _COURSE_HEIGHT = 22, 19, 88
_MOST = 0.75
_FONT = "DejaVu Sans"
# Of other scripts, where the machine has them.
_FURTHER_FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Noto Sans SC",
    "WenQuanYi Zen Hei",
    "Microsoft YaHei",
    "PingFang SC",
    "Noto Sans KR",
    "Malgun Gothic",
    "Noto Sans Devanagari",
    "Noto Sans Bengali",
    "Noto Sans Tamil",
    "Nirmala UI",
    "Noto Sans Thai",
    "Noto Sans Ethiopic",
)
# Matplotlib keeps no promises for threads.
_one_at_a_time = threading.Lock()


def draw(chart: Chart, labels: Labels) -> bytes:
    """Draw a picture, as PNG."""
    with _one_at_a_time:
        return _Drawing(chart, labels).png()


class _Drawing:
    """A picture that is drawn from the top to the bottom."""

    def __init__(self, chart: Chart, labels: Labels) -> None:
        self._chart = chart
        self._labels = labels
        self._actors = [named for named in chart.actors if _is_drawable(named.name)]
        self._stories = [story for story in chart.stories if _is_drawable(story.title)]
        hidden = [story for story in chart.stories if story not in self._stories]
        self._others = _sum([chart.others, *(story.posts for story in hidden)])
        self._height = self._needed_height()
        size = (_WIDTH / _PIXELS_PER_INCH, self._height / _PIXELS_PER_INCH)
        self._figure = Figure(size, dpi=_DOTS, facecolor="white")
        FigureCanvasAgg(self._figure)
        self._top = 0.0

    def png(self) -> bytes:
        """Draw everything."""
        self._draw_head()
        if self._actors:
            self._draw_actors()
        if self._chart.stretches:
            self._draw_course()
            self._draw_legend()
        written = io.BytesIO()
        self._figure.savefig(written, format="png")
        return written.getvalue()

    def _needed_height(self) -> float:
        height = 2 * _MARGIN + 38
        if self._actors:
            height += 34 + _NAME_HEIGHT * len(self._actors)
        if self._chart.stretches:
            height += 34 + _COURSE_HEIGHT + 24 + _STORY_HEIGHT * (len(self._stories) + any(self._others))
        return height

    def _draw_head(self) -> None:
        self._top = _MARGIN + 8
        self._write(_MARGIN, self._labels.title, _style(15, bold=True))
        self._top += 21
        self._write(_MARGIN, self._labels.about, _style(11, _QUIET))
        self._top += 9

    def _draw_heading(self, text: str) -> None:
        self._top += 20
        self._write(_MARGIN, text, _style(11.5, bold=True))
        self._top += 14

    def _draw_actors(self) -> None:
        self._draw_heading(self._labels.actors)
        room = _LINE_WIDTH - _NAME_WIDTH - 30
        for named in self._actors:
            self._top += _NAME_HEIGHT / 2
            length = room * named.posts / self._actors[0].posts
            self._write(_MARGIN, named.name, _style(11.5), _NAME_WIDTH - 8)
            self._fill(_MARGIN + _NAME_WIDTH, length, 11, _BAR)
            self._write(_MARGIN + _NAME_WIDTH + length + 6, str(named.posts), _style(11, _QUIET))
            self._top += _NAME_HEIGHT / 2

    def _draw_course(self) -> None:
        self._draw_heading(self._labels.stories)
        left = _MARGIN + 18
        box = (left, self._height - self._top - _COURSE_HEIGHT, _WIDTH - left - _MARGIN, _COURSE_HEIGHT)
        axes = self._figure.add_axes(self._share(*box))
        bars = max(len(self._chart.stretches), _FEWEST_BARS)
        most = self._stack(axes)
        axes.set_xlim(-0.6, bars - 0.4)
        axes.set_ylim(0, most * 1.08)
        for side in ("top", "left", "right"):
            axes.spines[side].set_visible(False)
        axes.spines["bottom"].set(color=_RULE, linewidth=0.8)
        axes.set_xticks([])
        axes.set_yticks([])
        self._draw_scale(axes, most)
        self._draw_ticks(axes, bars)
        self._top += _COURSE_HEIGHT + 24

    def _stack(self, axes: Axes) -> int:
        """Stack the posts of each stretch, the story that matters most at the bottom; return the greatest sum."""
        places = range(len(self._chart.stretches))
        bottom = (0,) * len(places)
        stories = zip((story.posts for story in self._stories), _COLOURS, strict=False)
        for posts, colour in [*stories, (self._others, _OTHERS)]:
            axes.bar(places, posts, _BAR_WIDTH, bottom, color=colour, linewidth=0)
            bottom = _sum([bottom, posts])
        return max(bottom)

    def _draw_ticks(self, axes: Axes, bars: int) -> None:
        """Label stretches; a label at an edge begins or ends with its bar, so that it is not cut."""
        for tick, label in zip(self._chart.ticks, self._labels.ticks, strict=True):
            edge = -1 if tick < 0.08 * bars else 1 if tick >= 0.92 * bars - 1 else 0
            align = {-1: "left", 0: "center", 1: "right"}[edge]
            place = (tick + edge * _BAR_WIDTH / 2, 0)
            axes.annotate(label, place, (0, -4), textcoords="offset points", **_style(10, _QUIET), ha=align, va="top")

    def _draw_scale(self, axes: Axes, most: int) -> None:
        for count in {most, most // 2} - {0}:
            axes.axhline(count, color=_RULE, linewidth=0.6, zorder=0)
            axes.annotate(
                str(count),
                (0, count),
                (-4, 0),
                ("axes fraction", "data"),
                "offset points",
                **_style(10, _QUIET),
                ha="right",
                va="center",
            )

    def _draw_legend(self) -> None:
        shown = [*zip((story.title for story in self._stories), _COLOURS, strict=False)]
        if any(self._others):
            shown.append((self._labels.others, _OTHERS))
        for title, colour in shown:
            self._top += _STORY_HEIGHT / 2
            self._fill(_MARGIN, 10, 10, colour)
            self._write(_MARGIN + 17, title, _style(11), _LINE_WIDTH - 17)
            self._top += _STORY_HEIGHT / 2

    def _write(self, left: float, text: str, style: dict[str, Any], width: float = _LINE_WIDTH) -> None:
        """Write a line, its middle at the top that is reached; one that is longer than its width ends in "…"."""
        x, y, *_ = self._share(left, self._height - self._top, 0, 0)
        written = self._figure.text(x, y, "", **style, va="center_baseline")
        _fit(written, _drawable(text), lambda: self._width_of(written) <= width)

    def _width_of(self, written: Text) -> float:
        return written.get_window_extent().width * _PIXELS_PER_INCH / _DOTS

    def _fill(self, left: float, width: float, height: float, colour: str) -> None:
        x, y, wide, high = self._share(left, self._height - self._top - height / 2, width, height)
        self._figure.add_artist(Rectangle((x, y), wide, high, color=colour, linewidth=0))

    def _share(self, left: float, bottom: float, width: float, height: float) -> tuple[float, float, float, float]:
        """Return pixels as shares of the picture."""
        return left / _WIDTH, bottom / self._height, width / _WIDTH, height / self._height


def _style(size: float, colour: str = _INK, *, bold: bool = False) -> dict[str, Any]:
    """Return how a text is written; one with two $ is no formula."""
    points = size * 72 / _PIXELS_PER_INCH
    weight = "bold" if bold else "normal"
    return {"fontsize": points, "fontweight": weight, "color": colour, "family": _families(), "parse_math": False}


def _fit(written: Text, text: str, fits: Callable[[], bool]) -> None:
    """Write as much of a text as fits, whole words if that leaves most of it."""
    written.set_text(text)
    if fits():
        return
    short, long = 0, len(text)
    while long - short > 1:
        middle = (short + long) // 2
        written.set_text(text[:middle].rstrip() + "…")
        short, long = (middle, long) if fits() else (short, middle)
    words, _, _ = text[: short + 1].rpartition(" ")
    kept = words if len(words) > _MOST * short else text[:short]
    written.set_text(kept.rstrip() + "…")


def _sum(rows: Sequence[Sequence[int]]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*rows, strict=True)))


def _is_drawable(text: str) -> bool:
    """Tell whether a text has letters or digits, and there is a font for all of them."""
    letters = [character for character in text if character.isalnum()]
    return bool(letters) and all(map(_has_font, letters))


def _drawable(text: str) -> str:
    """Leave out the signs for which there is no font."""
    return " ".join("".join(character for character in text if _has_font(character)).split())


@cache
def _has_font(character: str) -> bool:
    return any(ord(character) in _letters(family) for family in _families())


@cache
def _families() -> list[str]:
    """Return the fonts that there are, in the order in which a letter is looked for."""
    there = set(fontManager.get_font_names())
    return [_FONT, *(family for family in _FURTHER_FONTS if family in there)]


@cache
def _letters(family: str) -> frozenset[int]:
    return frozenset(get_font(findfont(FontProperties(family))).get_charmap())
