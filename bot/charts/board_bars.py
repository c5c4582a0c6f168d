"""A leaderboard as bars, one beneath the other, each with its name and its time."""

from bot.charts.layout import EDGE, FOOT, HEAD, SMALL, TEXT, WIDTH, draw_head, draw_tick
from bot.charts.paint import Canvas, fit, widest, width_of
from bot.charts.theme import Theme
from bot.chat.chart import BoardBars, BoardRow
from bot.domain.duration import say

_PITCH = 52
_BAR = 26
_GAP = 16
_TICK = 30
_NAME_WIDTH = 250
_MAX_GOALS = 2.5
"""Length of a bar at most, in goals: who studied day and night makes nobody else's bar a dot."""


def draw(chart: BoardBars, theme: Theme) -> bytes:
    """Return the picture as PNG; where all share a goal it is one line, else a mark on each bar."""
    shared = _shared_goal(chart.rows)
    canvas = Canvas(WIDTH, HEAD + _PITCH * max(len(chart.rows), 1) + FOOT + (26 if shared else 0), theme)
    draw_head(canvas, chart.title, chart.subtitle)
    if chart.rows:
        _draw_rows(canvas, chart.rows, shared)
    else:
        canvas.text((EDGE, HEAD + _PITCH / 2), "Nobody has logged time yet.", TEXT, colour=theme.grey)
    return canvas.png()


def _shared_goal(rows: tuple[BoardRow, ...]) -> int:
    """Return the goal of all, 0 where goals differ or there is none."""
    return max(rows[0].goal, 0) if len({row.goal for row in rows}) == 1 else 0


def _draw_rows(canvas: Canvas, rows: tuple[BoardRow, ...], shared: int) -> None:
    grey = canvas.theme.grey
    names = [fit(row.name, TEXT, _NAME_WIDTH) for row in rows]
    times = [say(max(row.minutes, 0)) for row in rows]
    ranks = [f"{row.rank}" for row in rows]
    name_at = EDGE + widest(ranks, SMALL, bold=True) + _GAP
    left = name_at + max(widest(names, TEXT), 60) + _GAP
    time_at = WIDTH - EDGE - (_TICK if any(map(_is_reached, rows)) else 0) - widest(times, SMALL, bold=True)
    right = time_at - _GAP
    most = _most(rows)
    for index, row in enumerate(rows):
        y = HEAD + _PITCH * (index + 0.5)
        canvas.text((name_at - _GAP, y), ranks[index], SMALL, colour=grey, bold=True, anchor=1)
        canvas.text((name_at, y), names[index], TEXT)
        canvas.text((time_at, y), times[index], SMALL, bold=True)
        if _is_reached(row):
            draw_tick(canvas, WIDTH - EDGE - 17, y)
        _draw_bar(canvas, (left, right, y), row, most, marked=not shared)
    if shared:
        bottom = HEAD + _PITCH * len(rows) + 2
        _draw_goal(canvas, left + (right - left) * shared / most, bottom, f"goal {say(shared)}")


def _is_reached(row: BoardRow) -> bool:
    return row.minutes >= row.goal > 0


def _most(rows: tuple[BoardRow, ...]) -> float:
    """Return how many minutes a whole track stands for."""
    minutes, goal = (max(values) for values in zip(*((row.minutes, row.goal) for row in rows), strict=True))
    return float(max(1, goal, min(minutes, goal * _MAX_GOALS) if goal > 0 else minutes))


def _draw_bar(canvas: Canvas, place: tuple[float, float, float], row: BoardRow, most: float, *, marked: bool) -> None:
    theme = canvas.theme
    left, right, y = place
    top, bottom = y - _BAR / 2, y + _BAR / 2
    canvas.bar((left, top, right, bottom), theme.track, _BAR / 2)
    share = min(1.0, max(row.minutes, 0) / most)
    end = max(left + (right - left) * share, left + _BAR) if share else left
    canvas.bar((left, top, end, bottom), theme.reached if _is_reached(row) else theme.on_the_way, _BAR / 2)
    if row.minutes > most:
        _draw_cut(canvas, right - 44, top, bottom)
    if marked and row.goal > 0:
        x = min(left + (right - left) * row.goal / most, right - 1)
        canvas.dashes((x, top - 6), (x, bottom + 6), theme.ink)


def _draw_cut(canvas: Canvas, x: float, top: float, bottom: float) -> None:
    """Draw two strokes through a bar that would go on, longer than there is room."""
    for left in (x, x + 12):
        stroke = ((left + 6, top - 1), (left + 12, top - 1), (left + 4, bottom + 1), (left - 2, bottom + 1))
        canvas.shape(stroke, canvas.theme.paper)


def _draw_goal(canvas: Canvas, x: float, bottom: float, text: str) -> None:
    canvas.dashes((x, HEAD - 2), (x, bottom), canvas.theme.ink)
    half = width_of(text, SMALL) / 2
    canvas.text((min(x, WIDTH - EDGE - half), bottom + 20), text, SMALL, colour=canvas.theme.grey, anchor=0.5)
