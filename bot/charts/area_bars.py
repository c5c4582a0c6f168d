"""Areas of study, each with its time, and the weeks since it was last touched, as bars beside the largest."""

from bot.charts.layout import EDGE, FOOT, INNER, RIGHT, SMALL, TEXT, WIDTH, draw_head, fitting_size, head_height
from bot.charts.paint import Canvas, fit, width_of
from bot.charts.signs import draw_bar
from bot.charts.theme import Theme
from bot.chat.chart import AreaBars, AreaRow
from bot.domain.duration import say_total

MOST_ROWS = 8
"""Areas that a picture has room for; the smallest beyond are summed up in one."""
_PITCH = 92
_BAR = 20
_GAP = 24


def draw(chart: AreaBars, theme: Theme) -> bytes:
    """Return the picture as PNG: a line of words over each bar, so that long names have room."""
    rows = _shorten(chart.rows)
    top = head_height(chart.title, chart.subtitle)
    canvas = Canvas(WIDTH, top + _PITCH * max(len(rows), 1) + FOOT - 24, theme)
    draw_head(canvas, chart.title, chart.subtitle)
    most = max((row.minutes for row in rows), default=0)
    is_small = any(fitting_size([row.name], _room_for_name(row)) == SMALL for row in rows)
    for index, row in enumerate(rows):
        _draw_row(canvas, top + _PITCH * index, row, most, SMALL if is_small else TEXT)
    if not rows:
        canvas.text((EDGE, top + _PITCH / 2), "There are no areas yet.", SMALL, colour=theme.grey)
    return canvas.png()


def _shorten(rows: tuple[AreaRow, ...]) -> list[AreaRow]:
    if len(rows) <= MOST_ROWS:
        return list(rows)
    rest = rows[MOST_ROWS - 1 :]
    touched = [row.weeks for row in rest if row.weeks is not None]
    others = AreaRow(f"{len(rest)} others", sum(max(row.minutes, 0) for row in rest), min(touched, default=None))
    return [*rows[: MOST_ROWS - 1], others]


def _say_hours(row: AreaRow) -> str:
    return say_total(row.minutes) if row.minutes > 0 else ""


def _say_since(row: AreaRow) -> str:
    return f"{row.since} · " if row.minutes > 0 else row.since


def _room_for_name(row: AreaRow) -> float:
    return INNER - _GAP - width_of(_say_since(row), SMALL) - width_of(_say_hours(row), SMALL, bold=True)


def _draw_row(canvas: Canvas, top: float, row: AreaRow, most: int, size: int) -> None:
    theme = canvas.theme
    minutes = max(row.minutes, 0)
    middle = top + 24
    hours = _say_hours(row)
    canvas.text((EDGE, middle), fit(row.name, size, _room_for_name(row)), size)
    since_to = RIGHT - width_of(hours, SMALL, bold=True)
    canvas.text((since_to, middle), _say_since(row), SMALL, colour=theme.grey, anchor=1)
    canvas.text((RIGHT, middle), hours, SMALL, bold=True, anchor=1)
    bar = (EDGE, middle + 32, RIGHT, middle + 32 + _BAR)
    draw_bar(canvas, bar, minutes / most if most > 0 else 0, theme.on_the_way, theme.track)
