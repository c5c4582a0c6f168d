"""The beginning of the long road: ten blocks to its first mark, and the next stops."""

from collections.abc import Sequence

from bot.charts.layout import EDGE, FOOT, RIGHT, SMALL, WIDTH, draw_headline
from bot.charts.paint import Canvas, fit
from bot.charts.signs import draw_blocks
from bot.charts.theme import Theme
from bot.chat.chart import Mark
from bot.domain.duration import round_total, say, say_hours, say_total

_BLOCKS_TOP = 150
_MIDDLE = 282
_STOP, _NEXT_STOP = 15, 20
_MOST_STOPS = 5
_LEFT, _RIGHT = EDGE + 46, RIGHT - 56
_PITCH = (_RIGHT - _LEFT) / (_MOST_STOPS - 1)
_HOURS = _MIDDLE + 58
_LABELS = _HOURS + 45


def draw(total: int, marks: Sequence[Mark], theme: Theme) -> bytes:
    """Return the picture as PNG; `total` minutes are less than those of the first of `marks`, nearest first."""
    stops = _choose(marks)
    has_labels = any(stop.label for stop in stops)
    canvas = Canvas(WIDTH, (_LABELS if has_labels else _HOURS) + FOOT + 14, theme)
    first = marks[0].minutes
    if total:
        draw_headline(canvas, say_total(total), f"{say(first - round_total(total))} to the first mark")
    else:
        draw_headline(canvas, say_hours(first), "to the first mark")
    draw_blocks(canvas, _BLOCKS_TOP, total, first)
    canvas.path(((EDGE + 6, _MIDDLE), (_LEFT + (len(stops) - 1) * _PITCH, _MIDDLE)), theme.track, 12)
    for index, stop in enumerate(stops):
        _draw_stop(canvas, _LEFT + index * _PITCH, stop, is_next=index == 0)
    return canvas.png()


def _choose(marks: Sequence[Mark]) -> Sequence[Mark]:
    """Return at most five marks: the first three, the first one with a name behind them, and the last."""
    if len(marks) <= _MOST_STOPS:
        return marks
    between = marks[_MOST_STOPS - 2 : -1]
    named = next((mark for mark in between if mark.label), between[0])
    return [*marks[: _MOST_STOPS - 2], named, marks[-1]]


def _draw_stop(canvas: Canvas, x: float, stop: Mark, *, is_next: bool) -> None:
    theme = canvas.theme
    radius, colour = (_NEXT_STOP, theme.on_the_way) if is_next else (_STOP, theme.hollow)
    canvas.circle((x, _MIDDLE), radius, theme.paper)
    canvas.ring((x, _MIDDLE), radius, colour, 6)
    hours = fit(say_hours(stop.minutes), SMALL, _PITCH - 8, bold=is_next)
    canvas.text((x, _HOURS), hours, SMALL, colour=theme.accent if is_next else theme.grey, bold=is_next, anchor=0.5)
    label = fit(stop.label, SMALL, _PITCH - 14)
    canvas.text((x, _LABELS), label, SMALL, colour=theme.grey, anchor=0.5)
