"""A heatmap: days as cells, weeks as columns, and beneath each week its sign."""

from bisect import bisect
from datetime import date, timedelta
from functools import lru_cache

from adapters.web.charts import svg
from adapters.web.html import Html, attribute
from bot.chat.chart import Heatmap
from bot.domain.duration import HOUR
from bot.domain.week import DAYS_A_WEEK

YEAR_WEEKS, HALF_WEEKS = 53, 26
YEAR_PITCH, HALF_PITCH = 18.9, 11.2
"""Units from one week to the next: on a desktop, and on a phone."""
LEVELS_FROM = (1, HOUR + 1, 2 * HOUR + 1, 3 * HOUR + 1)
"""Minutes from which a day has the next level: any, more than 1 h, 2 h, 3 h."""
LEFT, TOP, FOOT = 34, 24, 20
NAMED_DAYS = ((0, "Mon"), (2, "Wed"), (4, "Fri"), (6, "Sun"))
MONTH_ROOM = 34


def level(minutes: int) -> int:
    """Return the level of a day, 0 to 4."""
    return bisect(LEVELS_FROM, minutes)


def draw(chart: Heatmap, label: str) -> Html:
    """Draw a year for wide screens and half a year for narrow ones; the style sheet hides one of them."""
    year, half = newest(chart, YEAR_WEEKS), newest(chart, HALF_WEEKS)
    drawings = _draw(year, YEAR_PITCH, "year", label)
    if len(year.minutes) == len(half.minutes):
        return Html(drawings + _draw(half, YEAR_PITCH, "half", label))
    return Html(drawings + _draw(half, HALF_PITCH, "half", f"The last {HALF_WEEKS} weeks of it. {label}"))


def newest(chart: Heatmap, weeks: int) -> Heatmap:
    """Return the newest weeks of a heatmap."""
    count = -(-len(chart.minutes) // DAYS_A_WEEK)
    skipped = max(0, count - weeks)
    starts = chart.starts + timedelta(weeks=skipped)
    minutes = chart.minutes[skipped * DAYS_A_WEEK :]
    return Heatmap(chart.title, starts, minutes, chart.subtitle, chart.weeks[skipped:], chart.today)


def _draw(chart: Heatmap, pitch: float, kind: str, label: str) -> Html:
    size = _size(pitch)
    count = -(-len(chart.minutes) // DAYS_A_WEEK)
    columns = max(count, YEAR_WEEKS if kind == "year" else HALF_WEEKS if pitch == HALF_PITCH else 16)
    wide, tall = LEFT + columns * pitch - (pitch - size), TOP + DAYS_A_WEEK * pitch + FOOT
    parts = [
        f'<text class="soft" x="{LEFT - 8}" y="{svg.number(TOP + day * pitch + size / 2 + 4.6)}" '
        f'text-anchor="end">{name}</text>'
        for day, name in NAMED_DAYS
    ]
    parts += _months(chart.starts, count, pitch, wide)
    parts += _cells(chart, pitch)
    below = TOP + DAYS_A_WEEK * pitch + 9
    radius = min(4.2, size / 2.6)
    parts += [
        svg.week_dot(week.sign, LEFT + index * pitch + size / 2, below, radius)
        for index, week in enumerate(chart.weeks)
    ]
    view = f"0 0 {svg.number(wide)} {svg.number(tall)}"
    return Html(
        f'<svg class="heat {kind}" viewBox="{view}" role="img" aria-label="{attribute(label)}">{"".join(parts)}</svg>'
    )


def _months(starts: date, count: int, pitch: float, wide: float) -> list[str]:
    """Return the names of the months, each where its first day lies, as far as there is room."""
    names, free = [], 0.0
    for week in range(count):
        sunday = starts + timedelta(weeks=week, days=DAYS_A_WEEK - 1)
        x = LEFT + week * pitch
        if (sunday.day <= DAYS_A_WEEK or week == 0) and x >= free and x + MONTH_ROOM - 6 <= wide:
            names.append(f'<text class="soft" x="{svg.number(x)}" y="13">{sunday:%b}</text>')
            free = x + MONTH_ROOM
    return names


def _cells(chart: Heatmap, pitch: float) -> list[str]:
    """Return a path for each level: so many cells are drawn as fast as one, and weigh little.

    A line around each cell, of its own colour and with round joints, rounds its corners.
    """
    shown = len(chart.minutes)
    if chart.today is not None:
        shown = min(shown, (chart.today - chart.starts).days + 1)
    outlines = _outlines(pitch)
    by_level: list[list[str]] = [[] for _ in range(len(LEVELS_FROM) + 1)]
    for minutes, outline in zip(chart.minutes[: max(shown, 0)], outlines, strict=False):
        by_level[bisect(LEVELS_FROM, minutes)].append(outline)
    wide = svg.number(_corner(pitch))
    return [
        f'<path class="l{at}" stroke-width="{wide}" d="{"".join(cells)}"/>'
        for at, cells in enumerate(by_level)
        if cells
    ]


@lru_cache(maxsize=8)
def _outlines(pitch: float) -> tuple[str, ...]:
    """Return where each day of a year is drawn, the first Monday first."""
    inset = _corner(pitch) / 2
    side = svg.number(_size(pitch) - 2 * inset)
    return tuple(
        f"M{svg.number(LEFT + index // DAYS_A_WEEK * pitch + inset)} "
        f"{svg.number(TOP + index % DAYS_A_WEEK * pitch + inset)}h{side}v{side}h-{side}z"
        for index in range(YEAR_WEEKS * DAYS_A_WEEK)
    )


def _size(pitch: float) -> float:
    return pitch - max(2, round(pitch / 6))


def _corner(pitch: float) -> float:
    return pitch / 5
