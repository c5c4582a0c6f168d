"""One week on its way: hours of the goal as ten blocks, and the seven days beneath them."""

from bot.charts.days import LABEL_BASELINE, TALLEST, draw_days, whole_week
from bot.charts.layout import FOOT, SMALL, WIDTH, draw_headline
from bot.charts.paint import Canvas
from bot.charts.signs import BLOCK, draw_blocks
from bot.charts.theme import Theme
from bot.chat.chart import WeekBars
from bot.domain.duration import say

_BLOCKS_TOP = 150
_BLOCKS_BOTTOM = _BLOCKS_TOP + BLOCK
_GROUND = _BLOCKS_BOTTOM + 38 + SMALL + TALLEST


def draw(chart: WeekBars, theme: Theme) -> bytes:
    """Return the picture as PNG; before anything is logged it shows the hours that are to come."""
    days = whole_week(chart.minutes)
    total, goal = sum(days), max(chart.goal, 0)
    if not total:
        canvas = Canvas(WIDTH, _BLOCKS_BOTTOM + FOOT, theme)
        draw_headline(canvas, say(goal), "to go", chart.title)
        draw_blocks(canvas, _BLOCKS_TOP, total, goal)
        return canvas.png()
    canvas = Canvas(WIDTH, _GROUND + LABEL_BASELINE + FOOT, theme)
    draw_headline(canvas, say(total), f"of {say(goal)}" if goal else "", chart.title)
    draw_blocks(canvas, _BLOCKS_TOP, total, goal)
    draw_days(canvas, _GROUND, days, theme.kept if total >= goal else theme.on_the_way, chart.today)
    return canvas.png()
