"""One week: how far the goal is, and the seven days that led there."""

from bot.charts.paint import GREY, INK, ON_THE_WAY, REACHED, TRACK, Canvas, fit, width_of
from bot.chat.chart import WeekBars
from bot.domain.duration import say
from bot.domain.week import DAYS

WIDTH, HEIGHT = 800, 460
_EDGE = 32
_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_TOP, _FLOOR = 178, 406
_SMALL = 18
_BAR = 64
_TALLEST_AT_LEAST = 60
"""Minutes: a week of one short day does not look like a day of many hours."""


def draw(chart: WeekBars) -> bytes:
    """The picture as PNG: the sum as a bar against the goal, the days upright beneath it."""
    canvas = Canvas(WIDTH, HEIGHT)
    days = [max(minutes, 0) for minutes in chart.minutes[:DAYS]] + [0] * (DAYS - len(chart.minutes))
    colour = REACHED if sum(days) >= chart.goal > 0 else ON_THE_WAY
    said = say(sum(days)) + (f" of {say(chart.goal)}" if chart.goal > 0 else "")
    room = WIDTH - 2 * _EDGE - width_of(said, 24, bold=True) - 24
    canvas.text((_EDGE, 46), fit(chart.title, 28, room, bold=True), 28, bold=True)
    canvas.text((WIDTH - _EDGE, 46), said, 24, bold=True, anchor=1)
    _draw_progress(canvas, sum(days), chart.goal, colour)
    _draw_days(canvas, days, colour)
    return canvas.png()


def _draw_progress(canvas: Canvas, minutes: int, goal: int, colour: str) -> None:
    right = WIDTH - _EDGE
    share = min(1.0, minutes / goal) if goal > 0 else float(minutes > 0)
    canvas.bar((_EDGE, 80, right, 100), TRACK, 10)
    canvas.bar((_EDGE, 80, _EDGE + (right - _EDGE) * share, 100), colour, 10)


def _draw_days(canvas: Canvas, days: list[int], colour: str) -> None:
    most = max(*days, _TALLEST_AT_LEAST)
    if not any(days):
        canvas.text((WIDTH / 2, (_TOP + _FLOOR) / 2), "Nothing logged yet.", 21, colour=GREY, anchor=0.5)
    pitch = (WIDTH - 2 * _EDGE) / DAYS
    for at, minutes in enumerate(days):
        x = _EDGE + pitch * (at + 0.5)
        top = _FLOOR - (_FLOOR - _TOP) * minutes / most
        canvas.bar((x - _BAR / 2, _FLOOR - 4, x + _BAR / 2, _FLOOR), TRACK, 2)
        canvas.bar((x - _BAR / 2, top, x + _BAR / 2, _FLOOR), colour, 8)
        if minutes:
            canvas.text((x, top - 16), say(minutes), _SMALL, bold=True, anchor=0.5)
        canvas.text((x, _FLOOR + 24), _NAMES[at], _SMALL, colour=INK if minutes else GREY, anchor=0.5)
