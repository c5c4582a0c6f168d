"""A week that was kept: a tick, its hours, ten green blocks, the days, and the streak up to the next freeze."""

from math import cos, radians, sin

from bot.charts.days import LABEL_BASELINE, TALLEST, draw_days, whole_week
from bot.charts.layout import EDGE, FOOT, HUGE, INNER, RIGHT, SMALL, TEXT, WIDTH, middle_of
from bot.charts.paint import Canvas, fit, width_of
from bot.charts.signs import BLOCK, draw_blocks, draw_dashed, draw_flake, draw_kept
from bot.charts.theme import Theme
from bot.chat.chart import WeekKept
from bot.domain.duration import say
from bot.domain.streak import FREEZE_EVERY_WEEKS

_MEDALLION = 65
_LEFT = EDGE + 2 * _MEDALLION + 34
_BLOCKS_TOP = 220
_GROUND = _BLOCKS_TOP + BLOCK + 30 + SMALL + TALLEST
_STREAK = _GROUND + LABEL_BASELINE + 66
"""The line on which the words of the streak stand."""
_PLACES = 2 * FREEZE_EVERY_WEEKS
_PLACE = 32
_PITCH = (INNER - 2 * _PLACE) / (_PLACES - 1)
_CONFETTI = (
    (551, 39, 60),
    (605, 55, 20),
    (669, 84, -30),
    (714, 53, 50),
    (639, 142, -15),
    (752, 123, 10),
    (697, 172, 35),
)
"""Middle and angle in degrees of each snippet."""
_SNIPPET = (26, 11)


def draw(chart: WeekKept, theme: Theme) -> bytes:
    """Return the picture as PNG; a streak that is not known yet is left out."""
    places_top = _STREAK + 28
    height = places_top + 2 * _PLACE + FOOT if chart.streak > 0 else _GROUND + LABEL_BASELINE + FOOT
    canvas = Canvas(WIDTH, height, theme)
    days = whole_week(chart.minutes)
    hours = fit(say(sum(days)), HUGE, RIGHT - _LEFT, bold=True)
    draw_kept(canvas, (EDGE + _MEDALLION, 115), _MEDALLION)
    canvas.text((_LEFT - 3, middle_of(112, HUGE)), hours, HUGE, bold=True)
    title = fit(chart.title, SMALL, RIGHT - _LEFT)
    canvas.text((_LEFT, middle_of(169, SMALL)), title, SMALL, colour=theme.grey)
    _draw_confetti(canvas, _LEFT + max(width_of(hours, HUGE, bold=True), width_of(title, SMALL)))
    draw_blocks(canvas, _BLOCKS_TOP, 1, 1)
    draw_days(canvas, _GROUND, days, theme.kept)
    if chart.streak > 0:
        _draw_streak(canvas, chart, places_top + _PLACE)
    return canvas.png()


def _draw_confetti(canvas: Canvas, free_from: float) -> None:
    """Scatter snippets of paper where no words stand."""
    theme = canvas.theme
    colours = (theme.kept, theme.on_the_way, theme.faded)
    for index, (x, y, angle) in enumerate(_CONFETTI):
        if x - _SNIPPET[0] < free_from:
            continue
        across, down = cos(radians(angle)), sin(radians(angle))
        wide, high = (side / 2 for side in _SNIPPET)
        corners = ((-wide, -high), (wide, -high), (wide, high), (-wide, high))
        points = [(x + dx * across - dy * down, y + dx * down + dy * across) for dx, dy in corners]
        canvas.shape(points, colours[index % len(colours)])


def _draw_streak(canvas: Canvas, chart: WeekKept, middle: float) -> None:
    """Draw the streak in words, and eight of its weeks: the last four and those on the way to the next freeze."""
    canvas.text((EDGE, middle_of(_STREAK, TEXT)), chart.streak_words, TEXT, bold=True)
    if width_of(chart.streak_words, TEXT, bold=True) + 30 + width_of(chart.freeze_words, SMALL) <= INNER:
        grey = canvas.theme.grey
        canvas.text((RIGHT, middle_of(_STREAK, SMALL)), chart.freeze_words, SMALL, colour=grey, anchor=1)
    first = max(0, (chart.streak - 1) // FREEZE_EVERY_WEEKS - 1) * FREEZE_EVERY_WEEKS + 1
    for place in range(_PLACES):
        week, at = first + place, (EDGE + _PLACE + place * _PITCH, middle)
        if week <= chart.streak:
            draw_kept(canvas, at, _PLACE)
        elif chart.freeze_words and week == chart.streak + chart.freeze_in:
            draw_flake(canvas, at, _PLACE)
        else:
            draw_dashed(canvas, at, _PLACE)
