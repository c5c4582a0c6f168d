"""The long road: before its first mark as stops that lie ahead, then as a line that rises to the next mark."""

from bot.charts import road_line, road_start
from bot.charts.theme import Theme
from bot.chat.chart import Cumulative


def draw(chart: Cumulative, theme: Theme) -> bytes:
    """Return the picture as PNG."""
    minutes = [max(total, 0) for total in chart.minutes] or [0]
    marks = sorted((mark for mark in chart.marks if mark.minutes > 0), key=lambda mark: mark.minutes)
    if marks and minutes[-1] < marks[0].minutes:
        return road_start.draw(minutes[-1], marks, theme)
    return road_line.draw(chart, minutes, marks, theme)
