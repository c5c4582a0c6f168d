"""The signs of the product, the same on every picture: ten blocks, the tick, and a sign for each state of a week."""

from math import cos, pi, sin

from bot.charts.layout import EDGE, INNER, ROUND
from bot.charts.paint import Canvas, Point
from bot.chat.chart import WeekSign

BLOCKS = 10
BLOCK = 35
"""Height of a block."""
_GAP = 9
_WIDE = (INNER - (BLOCKS - 1) * _GAP) / BLOCKS
_LEAST = 0.08
"""Part of a block from which on it is seen; the first one shows the least time."""
_ARMS = 6
_DASHES = 11


def draw_blocks(canvas: Canvas, top: float, done: float, goal: float) -> None:
    """Draw ten blocks, each a tenth of the goal: violet on the way, all of them green at the goal."""
    theme = canvas.theme
    colour = theme.kept if done >= goal else theme.on_the_way
    for index in range(BLOCKS):
        left = EDGE + index * (_WIDE + _GAP)
        part = min(1.0, done * BLOCKS / goal - index) if goal > 0 else float(done > 0)
        if part < 1:
            canvas.bar((left, top, left + _WIDE, top + BLOCK), theme.track, ROUND)
        if part > _LEAST or (part > 0 and index == 0):
            end = left + max(_WIDE * part, ROUND + 1)
            canvas.bar((left, top, end, top + BLOCK), colour, ROUND)


def draw_bar(canvas: Canvas, box: tuple[float, float, float, float], share: float, colour: str, track: str) -> None:
    """Draw a bar that ends at the goal; it is seen where anything was done."""
    left, top, right, bottom = box
    radius = (bottom - top) / 2
    share = max(0.0, min(1.0, share))
    if share < 1:
        canvas.bar(box, track, radius)
    if share:
        canvas.bar((left, top, max(left + (right - left) * share, left + 2 * radius), bottom), colour, radius)


def draw_tick(canvas: Canvas, at: Point, colour: str = "", size: float = 1) -> None:
    """Draw the sign of a goal that was reached, for whoever cannot tell it by the colour."""
    x, y = at
    points = [(x + dx * size, y + dy * size) for dx, dy in ((-12.5, 1), (-4, 9.5), (13, -9))]
    canvas.path(points, colour or canvas.theme.kept, 6.2 * size)


def draw_kept(canvas: Canvas, at: Point, radius: float) -> None:
    """Draw a full circle with a tick in it."""
    canvas.circle(at, radius, canvas.theme.kept)
    draw_tick(canvas, at, canvas.theme.on_kept, radius / 29)


def draw_flake(canvas: Canvas, at: Point, radius: float) -> None:
    """Draw the sign of a freeze: a star on a pale circle."""
    canvas.circle(at, radius, canvas.theme.wash)
    for arm in range(_ARMS // 2):
        across, down = sin(arm * pi * 2 / _ARMS) * radius * 0.52, cos(arm * pi * 2 / _ARMS) * radius * 0.52
        ends = ((at[0] - across, at[1] - down), (at[0] + across, at[1] + down))
        canvas.path(ends, canvas.theme.accent, max(2.5, radius * 0.14))


def draw_dashed(canvas: Canvas, at: Point, radius: float, thick: float = 3.5) -> None:
    """Draw an empty place that waits."""
    for dash in range(_DASHES):
        begins = dash / _DASHES
        canvas.arc(at, radius, (begins, begins + 0.55 / _DASHES), canvas.theme.hollow, thick)


def draw_week(canvas: Canvas, at: Point, radius: float, sign: WeekSign, share: float = 0) -> None:
    """Draw the sign of a week; an open one is a ring that fills by its share of the goal."""
    theme = canvas.theme
    match sign:
        case "kept":
            draw_kept(canvas, at, radius)
        case "saved":
            draw_flake(canvas, at, radius)
        case "away":
            canvas.path(((at[0] - radius * 0.6, at[1]), (at[0] + radius * 0.6, at[1])), theme.hollow, 4)
        case "missed":
            canvas.ring(at, radius, theme.hollow, 3.5)
        case "practice":
            draw_dashed(canvas, at, radius)
        case "open":
            canvas.ring(at, radius - 1, theme.track, radius * 0.36)
            if share > 0:
                canvas.arc(at, radius - 1, (0, min(share, 1)), theme.on_the_way, radius * 0.36)
