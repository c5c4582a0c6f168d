"""The long road under way: the line of all hours, the mark that is next, and where the line leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.charts.layout import EDGE, FOOT, INNER, RIGHT, SMALL, WIDTH, draw_headline, middle_of
from bot.charts.paint import Canvas, Point, fit, width_of
from bot.charts.theme import Theme
from bot.chat.chart import Cumulative, Mark, Reach
from bot.domain.duration import HOUR, say_hours, say_total

_TOP, _FLOOR = 180, 555
_HEADROOM = 1.06
"""The scale ends a little above the next mark, or above the line where all marks are behind it."""
_LINE_WIDTH = 7.5
_DOT = 14
_FARTHEST = 1.5
"""How far ahead the picture looks at most, in lengths of the road so far."""
_BEYOND = 0.04
"""Part of the whole width that is left free behind the last day."""
_NEAR = 0.5
"""Part of the hours so far from which on a mark that was passed is still shown."""
_CAPTION = 48


@dataclass(frozen=True, slots=True)
class _Plot:
    """The scale: `so_far` days of `days` across, up to `most` minutes."""

    starts: date
    so_far: int
    days: float
    most: float

    def x(self, days: float) -> float:
        """Return where so many days after the first one stand."""
        return EDGE + (INNER - _DOT) * days / self.days

    def y(self, minutes: float) -> float:
        """Return the height of so many minutes."""
        return _FLOOR - (_FLOOR - _TOP) * minutes / self.most

    def towards(self, begins: Point, day: date, minutes: int) -> Point:
        """Return the end of the way from `begins` to `day`, when there are `minutes`; it ends at the edge."""
        days = max((day - self.starts).days, self.so_far)
        if days <= self.days:
            return self.x(days), self.y(minutes)
        part = (self.days - self.so_far) / (days - self.so_far)
        return self.x(self.days), begins[1] + (self.y(minutes) - begins[1]) * part


def draw(chart: Cumulative, minutes: Sequence[int], marks: Sequence[Mark], theme: Theme) -> bytes:
    """Return the picture as PNG; `minutes` are the chart's, at least one and none below 0, `marks` nearest first."""
    total = minutes[-1]
    target = next((mark for mark in marks if mark.minutes > total), marks[-1] if marks else None)
    is_ahead = target is not None and target.minutes > total
    reach = chart.reach if is_ahead else None
    plot = _plot(chart, len(minutes), max(total, target.minutes if target else 0, HOUR) * _HEADROOM, reach)
    points = [(plot.x(index * chart.step), plot.y(done)) for index, done in enumerate(minutes)]
    if len(points) == 1:
        points = [(EDGE, _FLOOR), (RIGHT - _DOT, points[0][1])]
    canvas = Canvas(WIDTH, _FLOOR + _CAPTION + FOOT - 4, theme)
    draw_headline(canvas, say_total(total), _say_target(target, is_ahead=is_ahead))
    canvas.shape([(EDGE, _FLOOR), *points, (points[-1][0], _FLOOR)], theme.wash)
    if reach is not None and target is not None:
        _draw_reach(canvas, plot, points[-1], reach, target.minutes)
    if target is not None and target.minutes > total * _NEAR:
        _draw_mark(canvas, plot.y(target.minutes), target)
    canvas.path(((EDGE, _FLOOR), (RIGHT, _FLOOR)), theme.track, 2.5)
    canvas.path(points, theme.on_the_way, _LINE_WIDTH)
    canvas.circle(points[-1], _DOT + 4, theme.paper)
    canvas.circle(points[-1], _DOT, theme.on_the_way)
    _draw_dates(canvas, plot, points[-1][0], reach)
    return canvas.png()


def _plot(chart: Cumulative, count: int, most: float, reach: Reach | None) -> _Plot:
    so_far = max(1, chart.step * (count - 1))
    ahead = max(0, (reach.late - chart.starts).days - so_far) if reach else 0
    days = so_far + min(ahead, so_far * _FARTHEST)
    return _Plot(chart.starts, so_far, days * (1 + _BEYOND if ahead else 1), most)


def _say_target(target: Mark | None, *, is_ahead: bool) -> str:
    if target is None:
        return ""
    return f"{'of' if is_ahead else 'past'} {say_hours(target.minutes)}"


def _draw_mark(canvas: Canvas, y: float, mark: Mark) -> None:
    canvas.dashes((EDGE, y), (RIGHT, y), canvas.theme.hollow)
    label = fit(mark.label, SMALL, INNER)
    canvas.text((EDGE, middle_of(y - 14, SMALL)), label, SMALL, colour=canvas.theme.grey)


def _draw_reach(canvas: Canvas, plot: _Plot, begins: Point, reach: Reach, minutes: int) -> None:
    """Draw where the line leads: a wedge from its end to the earliest and the latest day of the mark."""
    theme = canvas.theme
    ends = [plot.towards(begins, day, minutes) for day in (reach.early, reach.late)]
    (x, y), goal = ends[-1], plot.y(minutes)
    corner = [(x, goal)] if y > goal and ends[0][1] == goal else []
    canvas.shape([begins, ends[0], *corner, ends[-1]], theme.wash)
    for end in ends:
        canvas.dashes(begins, end, theme.on_the_way, 3)


def _draw_dates(canvas: Canvas, plot: _Plot, now: float, reach: Reach | None) -> None:
    """Draw when the line begins, and when the mark is reached or, without a forecast, where the line ends."""
    y, grey = middle_of(_FLOOR + _CAPTION, SMALL), canvas.theme.grey
    begins = f"{plot.starts:%b %Y}"
    canvas.text((EDGE, y), begins, SMALL, colour=grey)
    free = INNER - width_of(begins, SMALL) - 30
    if reach is not None:
        words = fit(reach.words, SMALL, free, bold=True)
        canvas.text((RIGHT, y), words, SMALL, bold=True, anchor=1)
        return
    ends = f"{plot.starts + timedelta(days=plot.so_far):%b %Y}"
    half = width_of(ends, SMALL) / 2
    if ends != begins and half * 2 <= free:
        canvas.text((min(now, RIGHT - half), y), ends, SMALL, colour=grey, anchor=0.5)
