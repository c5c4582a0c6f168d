"""A leaderboard as bars that end at the goal, each with its name and its hours, which may be more."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.charts.layout import EDGE, FOOT, RIGHT, SMALL, WIDTH, draw_head, fitting_size, head_height
from bot.charts.paint import Canvas, fit, widest, width_of
from bot.charts.signs import draw_bar, draw_tick
from bot.charts.theme import Theme
from bot.chat.chart import BoardBars, BoardRow
from bot.domain.duration import say

_PITCH = 67
_BAR = 27
_GAP, _GOAL_GAP = 20, 10
_TICK = 45
_SHORTEST_BAR = 115
_LONGEST_BAR = 260
_WASH = 25
"""How far the ground of the reader's own row reaches beyond its words."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """The edges of the columns: names begin at `EDGE`, bars lie between `left` and `right`, times end at `times`.

    A bar without a goal is measured by the `most` minutes.
    """

    name_size: int
    left: float
    right: float
    times: float
    most: int


def draw(chart: BoardBars, theme: Theme) -> bytes:
    """Return the picture as PNG."""
    rows = chart.logged
    own = chart.rows[chart.me] if chart.me is not None else None
    top = head_height(chart.title, chart.subtitle)
    canvas = Canvas(WIDTH, top + _PITCH * max(len(rows), 1) + FOOT - 12, theme)
    draw_head(canvas, chart.title, chart.subtitle)
    if not rows:
        canvas.text((EDGE, top + _PITCH / 2), "Nobody has logged time yet.", SMALL, colour=theme.grey)
        return canvas.png()
    goals = [chart.goal_words(row) for row in rows]
    columns = _arrange(rows, goals)
    for index, row in enumerate(rows):
        _draw_row(canvas, top + _PITCH * (index + 0.5), row, goals[index], columns, is_own=row is own)
    return canvas.png()


def _arrange(rows: Sequence[BoardRow], goals: Sequence[str]) -> _Columns:
    """Return the columns: bars have what names and times leave, never less than their shortest."""
    times = RIGHT - (_TICK if any(row.is_kept for row in rows) else 0)
    hours = (width_of(say(row.minutes), SMALL, bold=True) for row in rows)
    right = times - max(wide + _goal_width(goal) for wide, goal in zip(hours, goals, strict=True)) - _GAP
    size = fitting_size((row.name for row in rows), right - _SHORTEST_BAR - EDGE - _GAP, bold=True)
    names = widest([fit(row.name, size, right - EDGE) for row in rows], size, bold=True)
    left = max(min(EDGE + names + _GAP, right - _SHORTEST_BAR), right - _LONGEST_BAR)
    return _Columns(size, left, right, times, max(row.minutes for row in rows))


def _goal_width(goal: str) -> float:
    return _GOAL_GAP + width_of(goal, SMALL) if goal else 0


def _draw_row(canvas: Canvas, y: float, row: BoardRow, goal: str, columns: _Columns, *, is_own: bool) -> None:
    theme = canvas.theme
    if is_own:
        canvas.bar((EDGE - _WASH, y - 32, RIGHT + _WASH, y + 32), theme.wash, 17)
    name = fit(row.name, columns.name_size, columns.left - EDGE - _GAP, bold=is_own)
    canvas.text((EDGE, y), name, columns.name_size, bold=is_own)
    box = (columns.left, y - _BAR / 2, columns.right, y + _BAR / 2)
    share = row.minutes / (row.goal if row.goal > 0 else columns.most)
    colour = theme.kept if row.is_kept else theme.on_the_way
    draw_bar(canvas, box, share, colour, theme.paper if is_own else theme.track)
    canvas.text((columns.times - _goal_width(goal), y), say(row.minutes), SMALL, bold=True, anchor=1)
    canvas.text((columns.times, y), goal, SMALL, colour=theme.grey, anchor=1)
    if row.is_kept:
        draw_tick(canvas, (RIGHT - 13, y))
