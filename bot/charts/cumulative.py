"""Hours in all as a rising line, with the whole road and its marks above it."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle

from bot.charts.layout import EDGE, HEAD, SMALL, TEXT, WIDTH, draw_head, draw_tick
from bot.charts.paint import Canvas, Point, fit, width_of
from bot.charts.theme import Theme
from bot.chat.chart import Cumulative, Mark
from bot.domain.duration import HOUR

HEIGHT = 700
_ROAD = HEAD + 12
_BAR = 22
_TOP, _FLOOR = 272, 630
_RIGHT = WIDTH - EDGE
_LINE_WIDTH = 4
_HEADROOM = 1.12
"""The line's scale ends a little above the line, or at the mark that is near."""
_MAX_LEVELS = 5
_LABEL_DISTANCE = 34
_MONTH_STEPS = (1, 2, 3, 6, 12)
_YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100)
_MAX_DATES = 7


def draw(chart: Cumulative, theme: Theme) -> bytes:
    """Return the picture as PNG: the road from nothing to the last mark, and the line on a scale of its own."""
    canvas = Canvas(WIDTH, HEIGHT, theme)
    draw_head(canvas, chart.title, chart.subtitle)
    minutes = tuple(max(total, 0) for total in chart.minutes)
    total = minutes[-1] if minutes else 0
    if chart.marks:
        _draw_road(canvas, total, chart.marks)
    if not total:
        canvas.text((WIDTH / 2, (_TOP + _FLOOR) / 2), "The road begins with the first hour.", TEXT, anchor=0.5)
        return canvas.png()
    _draw_plot(canvas, chart, minutes)
    return canvas.png()


def _draw_road(canvas: Canvas, total: int, marks: tuple[Mark, ...]) -> None:
    theme = canvas.theme
    whole = max(1, *(mark.minutes for mark in marks))
    length = _RIGHT - EDGE
    share = min(1.0, total / whole)
    canvas.bar((EDGE, _ROAD, _RIGHT, _ROAD + _BAR), theme.track, _BAR / 2)
    end = max(EDGE + length * share, EDGE + _BAR / 2) if share else EDGE
    canvas.bar((EDGE, _ROAD, end, _ROAD + _BAR), theme.reached if share == 1 else theme.on_the_way, _BAR / 2)
    for mark in marks:
        x = EDGE + length * max(mark.minutes, 0) / whole
        upright = min(x, _RIGHT - 1)
        canvas.path(((upright, _ROAD - 4), (upright, _ROAD + _BAR + 4)), theme.ink, 2)
        if total >= mark.minutes:
            draw_tick(canvas, x - 28, _ROAD + _BAR / 2, theme.paper)
        canvas.text((x, _ROAD + 50), _say_hours(mark.minutes), SMALL, bold=True, anchor=1)
        canvas.text((x, _ROAD + 78), fit(mark.label, SMALL, length / len(marks)), SMALL, colour=theme.grey, anchor=1)


def _draw_plot(canvas: Canvas, chart: Cumulative, minutes: tuple[int, ...]) -> None:
    theme = canvas.theme
    most = _most(minutes[-1], chart.marks)
    step = _step(most)
    left = EDGE + width_of(_say_number(most // step * step), SMALL) + 14
    points = list(_points(minutes, left, most))
    canvas.shape([(points[0][0], _FLOOR), *points, (points[-1][0], _FLOOR)], theme.wash)
    for level in range(0, most + 1, step):
        y = _height(level, most)
        canvas.path(((left, y), (_RIGHT, y)), theme.track, 1.5)
        canvas.text((left - 14, y), _say_number(level), SMALL, colour=theme.grey, anchor=1)
    marks = _choose_labelled([(_height(mark.minutes, most), mark) for mark in chart.marks if 0 < mark.minutes <= most])
    for y, _ in marks:
        canvas.dashes((left, y), (_RIGHT, y), theme.mark)
    canvas.path(points, theme.on_the_way, _LINE_WIDTH)
    x, y = points[-1]
    canvas.bar((x - 7, y - 7, x + 7, y + 7), theme.on_the_way, 7)
    for y, mark in marks:
        _draw_label(canvas, left + 12, y, f"{_say_hours(mark.minutes)} · {mark.label}")
    _draw_dates(canvas, left, chart.starts, chart.starts + timedelta(days=chart.step * (len(minutes) - 1)))


def _choose_labelled(marks: list[tuple[float, Mark]]) -> list[tuple[float, Mark]]:
    """Return the highest mark, and those below it whose labels would not run into the one above."""
    labelled: list[tuple[float, Mark]] = []
    for y, mark in reversed(marks):
        if not labelled or y - labelled[-1][0] >= _LABEL_DISTANCE:
            labelled.append((y, mark))
    return labelled


def _draw_label(canvas: Canvas, x: float, y: float, text: str) -> None:
    """Draw a label on the paper's own colour, since the line may pass behind it."""
    text = fit(text, SMALL, (_RIGHT - x) / 2)
    y -= 18
    canvas.bar((x - 6, y - 14, x + width_of(text, SMALL) + 6, y + 14), canvas.theme.paper, 6)
    canvas.text((x, y), text, SMALL, colour=canvas.theme.mark)


def _draw_dates(canvas: Canvas, left: float, first: date, last: date) -> None:
    """Draw where the line begins, then the first days of months or years, as many as have room."""
    y, grey = _FLOOR + 28, canvas.theme.grey
    begins = f"{first.day} {first:%b %Y}"
    canvas.text((left, y), begins, SMALL, colour=grey)
    free = left + width_of(begins, SMALL) + 16
    for day in _firsts(first, last):
        x = left + (_RIGHT - left) * (day - first).days / (last - first).days
        text = f"{day:%Y}" if day.month == 1 else f"{day:%b}"
        half = width_of(text, SMALL) / 2
        if x - half >= free and x + half <= canvas.width - 8:
            canvas.path(((x, _FLOOR), (x, _FLOOR + 8)), grey, 1.5)
            canvas.text((x, y), text, SMALL, colour=grey, anchor=0.5)
            free = x + half + 16


def _firsts(first: date, last: date) -> Iterator[date]:
    months = (last.year - first.year) * 12 + last.month - first.month
    years = next((step for step in _YEAR_STEPS if months <= step * 12 * _MAX_DATES), _YEAR_STEPS[-1])
    step = next((step for step in _MONTH_STEPS if months <= step * _MAX_DATES), years * 12)
    number = -(-(first.year * 12 + first.month) // step) * step
    while (day := date(number // 12, number % 12 + 1, 1)) <= last:
        yield day
        number += step


def _points(minutes: tuple[int, ...], left: float, most: int) -> Iterator[Point]:
    """Yield the points of the line; it begins at nothing where there is one point alone."""
    totals = (0, *minutes) if len(minutes) == 1 else minutes
    for index, total in enumerate(totals):
        yield left + (_RIGHT - 10 - left) * index / (len(totals) - 1), _height(total, most)


def _height(minutes: int, most: int) -> float:
    return _FLOOR - (_FLOOR - _TOP) * minutes / most


def _most(total: int, marks: tuple[Mark, ...]) -> int:
    """Return the top of the line's scale, in whole hours of minutes: a near mark, else a bit above the line."""
    needed = max(total * _HEADROOM, HOUR)
    near = [mark.minutes for mark in marks if total <= mark.minutes <= total * 2]
    return -(-int(max(needed, min(near, default=0) * 1.1)) // HOUR) * HOUR


def _step(most: int) -> int:
    """Return the minutes between two levels: the first of 1, 2, 5, 10, 20, 50 … hours with which few are enough."""
    hours = 1
    for factor in cycle((2, 2.5, 2)):
        if hours * HOUR * _MAX_LEVELS >= most:
            break
        hours = int(hours * factor)
    return hours * HOUR


def _say_hours(minutes: int) -> str:
    return f"{_say_number(minutes)} h"


def _say_number(minutes: int) -> str:
    return f"{minutes // HOUR:,}"
