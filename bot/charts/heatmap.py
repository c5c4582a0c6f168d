"""Days as cells, weeks as columns, the darker the longer was studied; long spans in bands of half a year."""

from datetime import date, timedelta

from bot.charts.paint import GREY, TRACK, Canvas, fit, width_of
from bot.chat.chart import Heatmap
from bot.domain.week import DAYS

WIDTH = 800
BAND = 26
"""Weeks in one band: more would make cells too small for a phone."""

LEVELS = ((0, TRACK), (1, "#bfe6d0"), (61, "#6fc79b"), (121, "#239a66"), (181, "#07573a"))
"""From how many minutes on a day has which colour; they differ in lightness, which every eye sees."""

_EDGE = 32
_LEFT = 84
_TOP = 108
_SMALL = 17
_LARGEST_PITCH = 44
_NARROWEST = 560  # holds the legend
_WEEKDAYS = ((0, "Mon"), (2, "Wed"), (4, "Fri"), (6, "Sun"))


def draw(chart: Heatmap) -> bytes:
    """The picture as PNG."""
    columns = max(1, -(-len(chart.minutes) // DAYS))
    bands = -(-columns // BAND)
    pitch = min(_LARGEST_PITCH, (WIDTH - _LEFT - _EDGE) // min(columns, BAND))
    tall = DAYS * pitch + 48
    bottom = _TOP + bands * tall
    width = max(_NARROWEST, _LEFT + min(columns, BAND) * pitch + _EDGE)
    canvas = Canvas(width, bottom + 28)
    canvas.text((_EDGE, 46), fit(chart.title, 28, width - 2 * _EDGE, bold=True), 28, bold=True)
    for band in range(bands):
        first = band * BAND
        shown = chart.minutes[first * DAYS : (first + BAND) * DAYS]
        _draw_band(canvas, _TOP + band * tall, pitch, chart.starts + timedelta(weeks=first), shown)
    _draw_legend(canvas, bottom - 4)
    return canvas.png()


def _draw_band(canvas: Canvas, top: int, pitch: int, starts: date, minutes: tuple[int, ...]) -> None:
    for day, name in _WEEKDAYS:
        canvas.text((_LEFT - 14, top + (day + 0.5) * pitch), name, _SMALL - 1, colour=GREY, anchor=1)
    for at, spent in enumerate(minutes):
        week, day = divmod(at, DAYS)
        left, upper = _LEFT + week * pitch, top + day * pitch
        canvas.bar((left, upper, left + pitch - 4, upper + pitch - 4), _colour(spent), pitch / 6)
    _draw_months(canvas, top - 18, pitch, starts, -(-len(minutes) // DAYS))


def _draw_months(canvas: Canvas, y: int, pitch: int, starts: date, columns: int) -> None:
    """A month's name over the week with its first day, and over the first week where the next leaves room for it."""
    ends = [starts + timedelta(weeks=week, days=DAYS - 1) for week in range(columns + 1)]
    for week in range(columns):
        sunday = ends[week]
        is_named = sunday.day <= DAYS or (week == 0 and ends[1].month == sunday.month)
        name = f"{sunday:%b %Y}" if sunday.month == 1 else f"{sunday:%b}"
        x = _LEFT + week * pitch
        if is_named and x + width_of(name, _SMALL) <= canvas.width - 8:
            canvas.text((x, y), name, _SMALL, colour=GREY)


def _draw_legend(canvas: Canvas, y: int) -> None:
    x: float = _LEFT
    for (_, colour), words in zip(LEVELS, ("none", "to 1 h", "to 2 h", "to 3 h", "more"), strict=True):
        canvas.bar((x, y - 9, x + 18, y + 9), colour, 4)
        canvas.text((x + 26, y), words, _SMALL - 1, colour=GREY)
        x += 26 + width_of(words, _SMALL - 1) + 22


def _colour(minutes: int) -> str:
    return next((colour for least, colour in reversed(LEVELS) if minutes >= least), TRACK)
