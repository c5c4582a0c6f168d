"""A leaderboard as bars, one beneath the other, each with its name and its time."""

from bot.charts.paint import GREY, ON_THE_WAY, REACHED, TRACK, Canvas, fit, widest, width_of
from bot.chat.chart import BoardBars, BoardRow
from bot.domain.duration import say

WIDTH = 800
_EDGE = 32
_TOP = 116
_PITCH = 46
_BAR = 24
_GAP = 16
_NAME, _SMALL = 21, 17
_NAME_WIDTH = 240


def draw(chart: BoardBars) -> bytes:
    """The picture as PNG; where all share a goal it is one line, else a mark on each bar."""
    shared = _shared_goal(chart.rows)
    canvas = Canvas(WIDTH, _TOP + _PITCH * max(len(chart.rows), 1) + (44 if shared else 24))
    inner = WIDTH - 2 * _EDGE
    canvas.text((_EDGE, 46), fit(chart.title, 28, inner, bold=True), 28, bold=True)
    canvas.text((_EDGE, 82), fit(chart.subtitle, _SMALL, inner), _SMALL, colour=GREY)
    if chart.rows:
        _draw_rows(canvas, chart.rows, shared)
    else:
        canvas.text((_EDGE, _TOP + _PITCH / 2), "Nobody has logged time yet.", _NAME, colour=GREY)
    return canvas.png()


def _shared_goal(rows: tuple[BoardRow, ...]) -> int:
    """The goal of all, 0 where they differ or have none."""
    return max(rows[0].goal, 0) if len({row.goal for row in rows}) == 1 else 0


def _draw_rows(canvas: Canvas, rows: tuple[BoardRow, ...], shared: int) -> None:
    names = [fit(row.name, _NAME, _NAME_WIDTH) for row in rows]
    times = [say(max(row.minutes, 0)) for row in rows]
    ranks = [f"{row.rank}" for row in rows]
    name_at = _EDGE + widest(ranks, _SMALL, bold=True) + 14
    left = name_at + max(widest(names, _NAME), 60) + _GAP
    right = WIDTH - _EDGE - widest(times, _SMALL + 2, bold=True) - _GAP
    most = max(1, *(max(row.minutes, row.goal) for row in rows))
    for at, row in enumerate(rows):
        y = _TOP + _PITCH * (at + 0.5)
        canvas.text((name_at - 14, y), ranks[at], _SMALL, colour=GREY, bold=True, anchor=1)
        canvas.text((name_at, y), names[at], _NAME)
        canvas.text((right + _GAP, y), times[at], _SMALL + 2, bold=True)
        _draw_bar(canvas, (left, right, y), row, most, marked=not shared)
    if shared:
        bottom = _TOP + _PITCH * len(rows) + 4
        _draw_goal(canvas, left + (right - left) * shared / most, bottom, f"goal {say(shared)}")


def _draw_bar(canvas: Canvas, place: tuple[float, float, float], row: BoardRow, most: int, *, marked: bool) -> None:
    left, right, y = place
    top, bottom = y - _BAR / 2, y + _BAR / 2
    canvas.bar((left, top, right, bottom), TRACK, _BAR / 2)
    end = left + (right - left) * max(row.minutes, 0) / most
    colour = REACHED if row.minutes >= row.goal > 0 else ON_THE_WAY
    canvas.bar((left, top, end, bottom), colour, _BAR / 2)
    if marked and row.goal > 0:
        x = left + (right - left) * row.goal / most
        canvas.dashes((min(x, right - 1), top - 5), (min(x, right - 1), bottom + 5))


def _draw_goal(canvas: Canvas, x: float, bottom: float, text: str) -> None:
    canvas.dashes((x, _TOP - 4), (x, bottom))
    half = width_of(text, _SMALL) / 2
    canvas.text((min(x, WIDTH - _EDGE - half), bottom + 16), text, _SMALL, colour=GREY, anchor=0.5)
