"""What the two layouts of a heatmap share: the colour of a day, and legends of colours and of weeks' signs."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from bot.charts.layout import LegendItem
from bot.charts.paint import Canvas, Point
from bot.charts.theme import Theme
from bot.chat.chart import Heatmap, WeekSign

LEVEL_MINUTES = (1, 61, 121, 181)
"""Minutes from which on a day has each of the theme's levels."""
ROUND = 0.22
"""Radius of a cell's corners, as a part of its side."""

_LEVEL_NAMES = ("to 1 h", "2 h", "3 h", "more")
_SWATCH = 30
_EXPLAINED: tuple[WeekSign, ...] = ("practice", "kept", "saved", "away", "missed")
"""The signs that a legend names, as far as they occur: a ring that fills explains itself."""


def colour_of(minutes: int, theme: Theme) -> str:
    """Return the colour of a day with so many minutes."""
    level = sum(minutes >= least for least in LEVEL_MINUTES)
    return theme.levels[level - 1] if level else theme.track


def is_to_come(chart: Heatmap, index: int) -> bool:
    """Return True for a day that has not begun yet."""
    return chart.today is not None and chart.starts + timedelta(days=index) > chart.today


def level_legend() -> list[LegendItem]:
    """Return the legend of a day's colours."""
    return [
        LegendItem(words, _SWATCH, partial(_draw_swatch, minutes=least))
        for words, least in zip(_LEVEL_NAMES, LEVEL_MINUTES, strict=True)
    ]


def sign_legend(
    chart: Heatmap, radius: float, draw: Callable[[Canvas, Point, float, WeekSign], None]
) -> list[LegendItem]:
    """Return the legend of the signs that occur, each drawn by `draw`."""
    present = {week.sign for week in chart.weeks}
    return [
        LegendItem(sign, 2 * radius, lambda canvas, at, sign=sign: draw(canvas, at, radius, sign))  # type: ignore[misc]
        for sign in _EXPLAINED
        if sign in present
    ]


def _draw_swatch(canvas: Canvas, at: Point, minutes: int) -> None:
    half = _SWATCH / 2
    box = (at[0] - half, at[1] - half, at[0] + half, at[1] + half)
    canvas.bar(box, colour_of(minutes, canvas.theme), _SWATCH * ROUND)
