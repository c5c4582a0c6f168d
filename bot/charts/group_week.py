"""A group's week: hours together, a dot for each member who kept the week or studied, and the weeks before it.

Nobody's empty place is drawn: who has logged nothing is no dot.
"""

from functools import partial
from math import ceil, sqrt

from bot.charts.layout import (
    EDGE,
    FOOT,
    INNER,
    RIGHT,
    SMALL,
    WIDTH,
    LegendItem,
    arrange,
    draw_headline,
    draw_legend,
    middle_of,
)
from bot.charts.paint import Canvas, Point, fit, width_of
from bot.charts.signs import BLOCK, draw_blocks, draw_kept
from bot.charts.theme import Theme
from bot.chat.chart import GroupWeek
from bot.domain.duration import say_hours
from bot.domain.streak import RECENT_WEEKS

_BLOCKS_TOP = 150
_DOTS_TOP = _BLOCKS_TOP + BLOCK + 38
_DOT_ROWS = 3
_DOTS_A_ROW = (12, 15, 18)
"""Dots in a row of small groups; beyond, as many as keep their rows within `_DOTS_HEIGHT`."""
_DOTS_HEIGHT = 130
_LARGEST_GROUP = 1_500
"""Members beyond whom dots would be too small to be seen: the words say how many there are."""
_DOT_GAP = 0.22
"""Part of a dot's place that is left free."""
_TICKED = 9
"""Radius from which on a dot has room for a tick."""
_SIGN = 15
_COLUMN_GAP = 15
_PITCH = (INNER + _COLUMN_GAP) / RECENT_WEEKS
_TALLEST = 96
_LEAST_HEIGHT = 10


def draw(chart: GroupWeek, theme: Theme) -> bytes:
    """Return the picture as PNG; weeks before this one are left out where there are none."""
    kept, studied = max(chart.kept, 0), max(chart.studied, 0)
    weeks = [max(count, 0) for count in chart.weeks[-RECENT_WEEKS:]]
    legend = _legend(chart)
    a_row, rows = _grid(kept + studied)
    legend_at = _DOTS_TOP + rows * _dot_pitch(a_row) + (28 if rows else 0)
    bottom = legend_at + arrange(legend)[-1][1] + SMALL / 2 if legend else _DOTS_TOP - 30
    ground = bottom + 40 + SMALL + _TALLEST
    caption = (ground if len(weeks) > 1 else bottom) + 48
    canvas = Canvas(WIDTH, caption + FOOT - 6, theme)
    draw_headline(canvas, say_hours(max(chart.minutes, 0)), chart.goal_words)
    draw_blocks(canvas, _BLOCKS_TOP, max(chart.counted, 0), chart.goal)
    if rows:
        _draw_dots(canvas, kept, studied, a_row)
    draw_legend(canvas, legend_at, legend)
    if len(weeks) > 1:
        _draw_weeks(canvas, ground, weeks)
    _draw_caption(canvas, caption, chart.title, chart.weeks_words)
    return canvas.png()


def _legend(chart: GroupWeek) -> list[LegendItem]:
    signs = ((chart.kept_words, draw_kept), (chart.studied_words, _draw_studied))
    return [LegendItem(words, 2 * _SIGN, partial(draw, radius=_SIGN)) for words, draw in signs if words]


def _draw_studied(canvas: Canvas, at: Point, radius: float) -> None:
    canvas.circle(at, radius, canvas.theme.on_the_way)


def _grid(count: int) -> tuple[int, int]:
    """Return dots in a row, and rows; no rows where nobody studied, or where there are too many to be drawn."""
    if not 0 < count <= _LARGEST_GROUP:
        return 1, 0
    a_row = next((a_row for a_row in _DOTS_A_ROW if count <= a_row * _DOT_ROWS), 0)
    while not a_row or (a_row > _DOTS_A_ROW[-1] and ceil(count / a_row) * _dot_pitch(a_row) > _DOTS_HEIGHT):
        a_row = max(a_row + 1, _DOTS_A_ROW[-1] + 1, int(sqrt(count * INNER / _DOTS_HEIGHT)))
    return a_row, ceil(count / a_row)


def _dot_pitch(a_row: int) -> float:
    """Return the distance of the middles of two dots; the last of a row ends at the right edge."""
    return INNER / (a_row - _DOT_GAP)


def _draw_dots(canvas: Canvas, kept: int, studied: int, a_row: int) -> None:
    pitch = _dot_pitch(a_row)
    radius = pitch * (1 - _DOT_GAP) / 2
    for index in range(kept + studied):
        row, column = divmod(index, a_row)
        at = (EDGE + radius + column * pitch, _DOTS_TOP + radius + row * pitch)
        if index >= kept:
            _draw_studied(canvas, at, radius)
        elif radius >= _TICKED:
            draw_kept(canvas, at, radius)
        else:
            canvas.circle(at, radius, canvas.theme.kept)


def _draw_weeks(canvas: Canvas, ground: float, weeks: list[int]) -> None:
    """Draw how many kept each week as columns, this one last, with their numbers where they have room."""
    theme = canvas.theme
    most = max(*weeks, 1)
    has_room = width_of(f"{most:,}", SMALL) < _PITCH
    for index, count in enumerate(weeks):
        is_last = index == len(weeks) - 1
        x = EDGE + index * _PITCH
        top = ground - max(_TALLEST * count / most, _LEAST_HEIGHT)
        colour = theme.track if not count else theme.kept if is_last else theme.faded
        canvas.bar((x, top, x + _PITCH - _COLUMN_GAP, ground), colour, 8)
        if is_last or has_room:
            middle = x + (_PITCH - _COLUMN_GAP) / 2
            half = width_of(f"{count:,}", SMALL, bold=is_last) / 2
            place = (min(middle, RIGHT - half), middle_of(top - 12, SMALL))
            canvas.text(place, f"{count:,}", SMALL, colour="" if is_last else theme.grey, bold=is_last, anchor=0.5)


def _draw_caption(canvas: Canvas, baseline: float, title: str, words: str) -> None:
    """Draw the week by its dates, and what the columns are."""
    y, grey = middle_of(baseline, SMALL), canvas.theme.grey
    canvas.text((EDGE, y), words, SMALL, colour=grey)
    title = fit(title, SMALL, INNER - (width_of(words, SMALL) + 30 if words else 0))
    canvas.text((RIGHT if words else EDGE, y), title, SMALL, colour=grey, anchor=1 if words else 0)
