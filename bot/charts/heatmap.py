"""Days as cells, weeks as columns, the fuller the longer was studied; long spans in bands of half a year."""

from datetime import date, timedelta

from bot.charts.layout import EDGE, SMALL, TITLE, WIDTH
from bot.charts.paint import Canvas, fit, widest, width_of
from bot.charts.theme import Theme
from bot.chat.chart import Heatmap
from bot.domain.week import DAYS_A_WEEK

BAND_WEEKS = 27
"""Weeks in one band at most, so that a year is two bands: more would make cells too small for a phone."""

LEVEL_MINUTES = (0, 1, 61, 121, 181)
"""Minutes from which on a day has each of the theme's levels."""

_LEGEND = ("none", "to 1 h", "to 2 h", "to 3 h", "more")
_TOP = 118
_SMALL = SMALL - 1
_LARGEST_PITCH = 44
_LARGEST_IN_BANDS = 28
_MONTHS = 52
_BETWEEN = 4
_NEXT = 52
_WEEKDAYS = ((0, "Mon"), (2, "Wed"), (4, "Fri"), (6, "Sun"))


def draw(chart: Heatmap, theme: Theme) -> bytes:
    """Return the picture as PNG."""
    columns = max(1, -(-len(chart.minutes) // DAYS_A_WEEK))
    bands = -(-columns // BAND_WEEKS)
    columns = -(-columns // bands)
    left = EDGE + round(widest((name for _, name in _WEEKDAYS), _SMALL)) + 14
    pitch = min(_LARGEST_PITCH if bands == 1 else _LARGEST_IN_BANDS, (WIDTH - left - EDGE) * 2 // columns / 2)
    tall = DAYS_A_WEEK * pitch + _MONTHS
    bottom = _TOP + bands * tall
    canvas = Canvas(max(left + columns * pitch - _BETWEEN, left + _legend_width()) + EDGE, bottom + 12, theme)
    canvas.text((EDGE, 50), fit(chart.title, TITLE, canvas.width - 2 * EDGE, bold=True), TITLE, bold=True)
    for band in range(bands):
        first = band * columns
        shown = chart.minutes[first * DAYS_A_WEEK : (first + columns) * DAYS_A_WEEK]
        place = (left, _TOP + band * tall, pitch)
        _draw_band(canvas, place, chart.starts + timedelta(weeks=first), shown)
    _draw_legend(canvas, left, bottom - 20)
    return canvas.png()


def _draw_band(canvas: Canvas, place: tuple[float, float, float], starts: date, minutes: tuple[int, ...]) -> None:
    left, top, pitch = place
    for day, name in _WEEKDAYS:
        y = top + (day + 0.5) * pitch - 2
        canvas.text((left - 14, y), name, _SMALL, colour=canvas.theme.grey, anchor=1)
    for index, spent in enumerate(minutes):
        week, day = divmod(index, DAYS_A_WEEK)
        x, y = left + week * pitch, top + day * pitch
        canvas.bar((x, y, x + pitch - _BETWEEN, y + pitch - _BETWEEN), canvas.theme.levels[_level(spent)], pitch / 6)
    _draw_months(canvas, (left, top - 20, pitch), starts, -(-len(minutes) // DAYS_A_WEEK))


def _draw_months(canvas: Canvas, place: tuple[float, float, float], starts: date, columns: int) -> None:
    """Draw a month's name over the week with its first day, and over the first week where the next leaves room."""
    left, y, pitch = place
    ends = [starts + timedelta(weeks=week, days=DAYS_A_WEEK - 1) for week in range(columns + 1)]
    free: float = left
    for week in range(columns):
        sunday = ends[week]
        is_named = sunday.day <= DAYS_A_WEEK or (week == 0 and ends[1].month == sunday.month)
        name = f"{sunday:%b %Y}" if sunday.month == 1 else f"{sunday:%b}"
        x = left + week * pitch
        if is_named and x >= free and x + width_of(name, _SMALL) <= canvas.width - 8:
            canvas.text((x, y), name, _SMALL, colour=canvas.theme.grey)
            free = x + width_of(name, _SMALL) + 8


def _draw_legend(canvas: Canvas, left: float, y: float) -> None:
    x: float = left
    for colour, words in zip(canvas.theme.levels, _LEGEND, strict=True):
        canvas.bar((x, y - 10, x + 20, y + 10), colour, 4)
        canvas.text((x + 28, y), words, _SMALL, colour=canvas.theme.grey)
        x += _NEXT + width_of(words, _SMALL)


def _legend_width() -> float:
    return sum(_NEXT + width_of(words, _SMALL) for words in _LEGEND) - _NEXT + 28


def _level(minutes: int) -> int:
    return max((level for level, least in enumerate(LEVEL_MINUTES) if minutes >= least), default=0)
