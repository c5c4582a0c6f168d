"""A heatmap of a few weeks: each a row with its Monday, seven large cells, its hours and its sign."""

from collections.abc import Callable
from datetime import timedelta

from bot.charts.heatmap_cells import ROUND, colour_of, is_to_come, sign_legend
from bot.charts.layout import EDGE, FOOT, RIGHT, SMALL, WIDTH, LegendItem, arrange, draw_head, draw_legend, head_height
from bot.charts.paint import Canvas, Point
from bot.charts.signs import draw_week
from bot.charts.theme import Theme
from bot.chat.chart import Heatmap, HeatmapWeek
from bot.domain.duration import say
from bot.domain.week import DAYS_A_WEEK

MOST_WEEKS = 8
_LETTERS = "MTWTFSS"
_LETTERS_HEIGHT = 62
_LEFT = 184
_CELL, _PITCH = 46, 54
_ROW, _NARROW_ROW = 77, 62
_WIDE_ROWS = 4
_SIGN = 20
_TO_COME = 5
"""Radius of the dot that stands for a day that is still to come."""


def draw(chart: Heatmap, theme: Theme) -> bytes:
    """Return the picture as PNG."""
    count = max(1, -(-len(chart.minutes) // DAYS_A_WEEK))
    height = _ROW if count <= _WIDE_ROWS else _NARROW_ROW
    legend = [*sign_legend(chart, _SIGN, draw_week), *_to_go(chart.weeks)]
    letters = head_height(chart.title, chart.subtitle) + 27
    bottom = letters - 27 + _LETTERS_HEIGHT + count * height
    below = (58 + arrange(legend)[-1][1] if legend else -height + _CELL) + FOOT
    canvas = Canvas(WIDTH, bottom + below, theme)
    draw_head(canvas, chart.title, chart.subtitle)
    for day, letter in enumerate(_LETTERS):
        canvas.text((_LEFT + day * _PITCH + _CELL / 2, letters), letter, SMALL, colour=theme.grey, anchor=0.5)
    for week in range(count):
        _draw_week(canvas, letters - 27 + _LETTERS_HEIGHT + week * height + _CELL / 2, chart, week)
    draw_legend(canvas, bottom + 26, legend)
    return canvas.png()


def _draw_week(canvas: Canvas, y: float, chart: Heatmap, week: int) -> None:
    theme = canvas.theme
    monday = chart.starts + timedelta(weeks=week)
    canvas.text((EDGE, y), f"{monday.day} {monday:%b}", SMALL, colour=theme.grey)
    days = chart.minutes[week * DAYS_A_WEEK : (week + 1) * DAYS_A_WEEK]
    for day, minutes in enumerate(days):
        x = _LEFT + day * _PITCH
        if is_to_come(chart, week * DAYS_A_WEEK + day):
            canvas.circle((x + _CELL / 2, y), _TO_COME, theme.hollow)
        else:
            box = (x, y - _CELL / 2, x + _CELL, y + _CELL / 2)
            canvas.bar(box, colour_of(minutes, theme), _CELL * ROUND)
    own = chart.weeks[week] if week < len(chart.weeks) else None
    total = sum(max(minutes, 0) for minutes in days)
    right = RIGHT - 2 * _SIGN - 15 if chart.weeks else RIGHT
    is_kept = own is not None and own.sign == "kept"
    canvas.text((right, y), say(total) if total > 0 else "–", SMALL, bold=is_kept, anchor=1)
    if own is not None and own.sign is not None:
        draw_week(canvas, (RIGHT - _SIGN, y), _SIGN, own.sign, own.share)


def _to_go(weeks: tuple[HeatmapWeek, ...]) -> list[LegendItem]:
    """Return what the current week lacks, beside its ring."""
    if not weeks or not weeks[-1].to_go:
        return []
    return [LegendItem(f"{say(weeks[-1].to_go)} to go", 2 * _SIGN, _ring_of(weeks[-1]))]


def _ring_of(week: HeatmapWeek) -> Callable[[Canvas, Point], None]:
    return lambda canvas, at: draw_week(canvas, at, _SIGN, "open", week.share)
