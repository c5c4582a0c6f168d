"""The layout that all pictures share: width, sizes that are readable on a phone, head, and tick."""

from bot.charts.paint import Canvas, fit

WIDTH = 800
EDGE = 36
TITLE, TEXT, SMALL = 34, 26, 22
"""Sizes of letters; a phone shows a picture at less than half its width."""
HEAD = 124
"""The height of title and subtitle."""
FOOT = 30
_INNER = WIDTH - 2 * EDGE


def draw_head(canvas: Canvas, title: str, subtitle: str) -> None:
    """Draw title and subtitle, each cut to one line."""
    canvas.text((EDGE, 50), fit(title, TITLE, _INNER, bold=True), TITLE, bold=True)
    canvas.text((EDGE, 92), fit(subtitle, SMALL, _INNER), SMALL, colour=canvas.theme.grey)


def draw_tick(canvas: Canvas, x: float, y: float, colour: str = "") -> None:
    """Draw the sign of a goal that was reached, for whoever cannot tell it by the colour."""
    points = ((x, y), (x + 6, y + 6), (x + 17, y - 7))
    canvas.path(points, colour or canvas.theme.reached, 4)
