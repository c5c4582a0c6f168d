"""One week: a bar against the goal, and the seven days beneath it."""

from bot.charts.layout import EDGE, SMALL, TEXT, TITLE, WIDTH, draw_tick
from bot.charts.paint import Canvas, fit, width_of
from bot.charts.theme import Theme
from bot.chat.chart import WeekBars
from bot.domain.duration import say
from bot.domain.week import DAYS_A_WEEK

HEIGHT = 470
_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_TOP, _FLOOR = 186, 412
_BAR = 68
_TICK = 30
_MIN_SCALE_MINUTES = 120
"""A week of one short day does not look like a day of many hours."""


def draw(chart: WeekBars, theme: Theme) -> bytes:
    """Return the picture as PNG: the sum as a bar against the goal, the days upright beneath it."""
    canvas = Canvas(WIDTH, HEIGHT, theme)
    days = [max(minutes, 0) for minutes in chart.minutes[:DAYS_A_WEEK]] + [0] * (DAYS_A_WEEK - len(chart.minutes))
    is_reached = sum(days) >= chart.goal > 0
    total = say(sum(days)) + (f" of {say(chart.goal)}" if chart.goal > 0 else "")
    total_to = WIDTH - EDGE - (_TICK if is_reached else 0)
    room = total_to - EDGE - width_of(total, TEXT, bold=True) - 24
    canvas.text((EDGE, 50), fit(chart.title, TITLE, room, bold=True), TITLE, bold=True)
    canvas.text((total_to, 50), total, TEXT, bold=True, anchor=1)
    if is_reached:
        draw_tick(canvas, WIDTH - EDGE - 17, 50)
    colour = theme.reached if is_reached else theme.on_the_way
    _draw_progress(canvas, sum(days), chart.goal, colour)
    _draw_days(canvas, days, colour)
    return canvas.png()


def _draw_progress(canvas: Canvas, minutes: int, goal: int, colour: str) -> None:
    right = WIDTH - EDGE
    share = min(1.0, minutes / goal) if goal > 0 else float(minutes > 0)
    end = max(EDGE + (right - EDGE) * share, EDGE + 12) if share else EDGE
    canvas.bar((EDGE, 86, right, 110), canvas.theme.track, 12)
    canvas.bar((EDGE, 86, end, 110), colour, 12)


def _draw_days(canvas: Canvas, days: list[int], colour: str) -> None:
    theme = canvas.theme
    most = max(*days, _MIN_SCALE_MINUTES)
    if not any(days):
        canvas.text((WIDTH / 2, (_TOP + _FLOOR) / 2), "Nothing logged yet.", TEXT, colour=theme.grey, anchor=0.5)
    pitch = (WIDTH - 2 * EDGE) / DAYS_A_WEEK
    for index, minutes in enumerate(days):
        x = EDGE + pitch * (index + 0.5)
        top = _FLOOR - (_FLOOR - _TOP) * minutes / most
        canvas.bar((x - _BAR / 2, _FLOOR - 6, x + _BAR / 2, _FLOOR), theme.track, 3)
        canvas.bar((x - _BAR / 2, min(top, _FLOOR - 6), x + _BAR / 2, _FLOOR), colour if minutes else theme.track, 8)
        if minutes:
            canvas.text((x, min(top, _FLOOR - 6) - 20), say(minutes), SMALL, bold=True, anchor=0.5)
        canvas.text((x, _FLOOR + 28), _NAMES[index], SMALL, colour=theme.ink if minutes else theme.grey, anchor=0.5)
