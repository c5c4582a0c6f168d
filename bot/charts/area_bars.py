"""Areas of study, each with its time, its share, and the weeks since it was last touched."""

from bot.charts.layout import EDGE, FOOT, HEAD, SMALL, TEXT, WIDTH, draw_head
from bot.charts.paint import Canvas, fit, width_of
from bot.charts.theme import Theme
from bot.chat.chart import AreaBars, AreaRow
from bot.domain.duration import say_hours

_PITCH = 72
_BAR = 18
_GAP = 20


def draw(chart: AreaBars, theme: Theme) -> bytes:
    """Return the picture as PNG: a line of words over each bar, so that long names have room."""
    canvas = Canvas(WIDTH, HEAD + _PITCH * max(len(chart.rows), 1) + FOOT - 12, theme)
    draw_head(canvas, chart.title, chart.subtitle)
    total = sum(max(row.minutes, 0) for row in chart.rows)
    most = max((row.minutes for row in chart.rows), default=0)
    for index, row in enumerate(chart.rows):
        _draw_row(canvas, HEAD + _PITCH * index, row, total, most)
    if not chart.rows:
        canvas.text((EDGE, HEAD + _PITCH / 2), "There are no areas yet.", TEXT, colour=theme.grey)
    return canvas.png()


def _draw_row(canvas: Canvas, top: float, row: AreaRow, total: int, most: int) -> None:
    theme = canvas.theme
    right = WIDTH - EDGE
    minutes = max(row.minutes, 0)
    since = f" · {row.since}"
    hours = f"{say_hours(minutes)} · {_percent(minutes, total)} %" if minutes else "0 h"
    middle = top + 20
    hours_to = right - width_of(since, SMALL)
    hours_at = hours_to - width_of(hours, SMALL, bold=True)
    canvas.text((EDGE, middle), fit(row.name, TEXT, hours_at - EDGE - _GAP), TEXT)
    canvas.text((hours_at, middle), hours, SMALL, bold=True)
    canvas.text((hours_to, middle), since, SMALL, colour=theme.grey)
    bar = (EDGE, middle + 22, right, middle + 22 + _BAR)
    canvas.bar(bar, theme.track, _BAR / 2)
    if minutes:
        end = max(EDGE + (right - EDGE) * minutes / most, EDGE + _BAR)
        canvas.bar((EDGE, bar[1], end, bar[3]), theme.on_the_way, _BAR / 2)


def _percent(minutes: int, total: int) -> str:
    return str(round(minutes * 100 / total)) if minutes * 200 >= total else "<1"
