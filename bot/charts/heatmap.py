"""Days as cells, the fuller the longer was studied: a few weeks one beneath the other, long spans in bands."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.charts import heatmap_rows
from bot.charts.heatmap_cells import ROUND, colour_of, is_to_come, level_legend, sign_legend
from bot.charts.layout import EDGE, FOOT, LINE, RIGHT, SMALL, WIDTH, arrange, draw_head, draw_legend, head_height
from bot.charts.paint import Canvas, Point, width_of
from bot.charts.theme import Theme
from bot.chat.chart import Heatmap, WeekSign
from bot.domain.week import DAYS_A_WEEK

BAND_WEEKS = 27
"""Weeks in one band at most, so that a year is two bands: more would make cells too small for a phone."""
_WEEKDAYS = ((0, "M"), (2, "W"), (4, "F"), (6, "S"))
_LEFT = EDGE + 48
_LARGEST_PITCH, _LARGEST_IN_BANDS = 46, 32
_GAP = 0.15
"""Part of a cell's place that is left free."""
_MONTHS = 54
"""Height of the line of months above a band."""
_SIGNS = 28
_BETWEEN_BANDS = 18
_LEGEND_SIGN = 11
_MONTH_GAP = 14


def draw(chart: Heatmap, theme: Theme) -> bytes:
    """Return the picture as PNG."""
    count = -(-len(chart.minutes) // DAYS_A_WEEK)
    if count <= heatmap_rows.MOST_WEEKS:
        return heatmap_rows.draw(chart, theme)
    bands = -(-count // BAND_WEEKS)
    columns = -(-count // bands)
    pitch = min(_LARGEST_PITCH if bands == 1 else _LARGEST_IN_BANDS, (RIGHT - _LEFT) / (columns - _GAP))
    tall = _MONTHS + DAYS_A_WEEK * pitch + (_SIGNS if chart.weeks else 0) + _BETWEEN_BANDS
    top = head_height(chart.title, chart.subtitle) - 6
    legends = [level_legend(), sign_legend(chart, _LEGEND_SIGN, _draw_sign)]
    bottom = top + bands * tall + 26
    height = bottom + sum(arrange(legend)[-1][1] + LINE for legend in legends if legend) - LINE / 2
    canvas = Canvas(WIDTH, height + FOOT - SMALL / 2, theme)
    draw_head(canvas, chart.title, chart.subtitle)
    for band in range(bands):
        weeks = range(band * columns, min((band + 1) * columns, count))
        _draw_band(canvas, (top + band * tall, pitch), chart, weeks)
    for legend in filter(None, legends):
        draw_legend(canvas, bottom, legend)
        bottom += arrange(legend)[-1][1] + LINE
    return canvas.png()


def _draw_band(canvas: Canvas, place: tuple[float, float], chart: Heatmap, weeks: range) -> None:
    """Draw the weeks as columns; `place` is the top of the band, and the distance of two cells."""
    top, pitch = place
    _draw_months(canvas, top + _MONTHS / 2, pitch, [chart.starts + timedelta(weeks=week) for week in weeks])
    top += _MONTHS
    size = pitch * (1 - _GAP)
    for day, name in _WEEKDAYS:
        canvas.text((EDGE, top + day * pitch + size / 2), name, SMALL, colour=canvas.theme.grey)
    for column, week in enumerate(weeks):
        x = _LEFT + column * pitch
        for day, minutes in enumerate(chart.minutes[week * DAYS_A_WEEK : (week + 1) * DAYS_A_WEEK]):
            if not is_to_come(chart, week * DAYS_A_WEEK + day):
                y = top + day * pitch
                canvas.bar((x, y, x + size, y + size), colour_of(minutes, canvas.theme), size * ROUND)
        sign = chart.weeks[week].sign if week < len(chart.weeks) else None
        if sign is not None:
            _draw_sign(canvas, (x + size / 2, top + DAYS_A_WEEK * pitch + _SIGNS / 2), min(10, size / 2.2), sign)


def _draw_months(canvas: Canvas, y: float, pitch: float, mondays: Sequence[date]) -> None:
    """Draw a month's name over the week with its first day, a year's over that of its first; the first where free."""
    free: float = _LEFT
    ends = [monday + timedelta(days=DAYS_A_WEEK - 1) for monday in mondays]
    for column, sunday in enumerate(ends):
        is_first = sunday.day <= DAYS_A_WEEK
        if column and not is_first:
            continue
        is_year = is_first and sunday.month == 1
        name = f"{sunday:%Y}" if is_year else f"{sunday:%b}"
        x, width = _LEFT + column * pitch, width_of(name, SMALL, bold=is_year)
        next_first = next((at for at, day in enumerate(ends) if at > column and day.day <= DAYS_A_WEEK), len(ends))
        has_room = is_first or x + width + _MONTH_GAP <= _LEFT + next_first * pitch
        if has_room and x >= free and x + width <= RIGHT + 4:
            canvas.text((x, y), name, SMALL, colour="" if is_year else canvas.theme.grey, bold=is_year)
            free = x + width + _MONTH_GAP


def _draw_sign(canvas: Canvas, at: Point, radius: float, sign: WeekSign) -> None:
    """Draw the small sign of a week: a dot, a diamond, a dash or a ring, told apart without their colours."""
    theme = canvas.theme
    x, y = at
    match sign:
        case "kept":
            canvas.circle(at, radius, theme.kept)
        case "saved":
            canvas.shape(((x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)), theme.accent)
        case "away":
            canvas.bar((x - radius, y - 2, x + radius, y + 2), theme.hollow, 2)
        case "missed":
            canvas.ring(at, radius, theme.hollow, 2.5)
        case "practice":
            for quarter in range(4):
                canvas.arc(at, radius, (quarter / 4, quarter / 4 + 0.14), theme.hollow, 2.5)
        case "open":
            canvas.circle(at, radius / 2.5, theme.on_the_way)
