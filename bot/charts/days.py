"""The seven days of a week as columns, each with its time above it."""

from bot.charts.layout import EDGE, INNER, SMALL, middle_of
from bot.charts.paint import Canvas
from bot.domain.duration import HOUR
from bot.domain.week import DAYS_A_WEEK

TALLEST = 125
"""Height of the longest day's column."""
LABEL_BASELINE = 46
"""From the ground down to the line on which the days' names stand."""
_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_PITCH = INNER / DAYS_A_WEEK
_COLUMN = 66
_LEAST_HEIGHT = 10
_ROUND = 12
_LEAST_SCALE_MINUTES = 120
"""A week of one short day does not look like a day of many hours."""


def whole_week(minutes: tuple[int, ...]) -> list[int]:
    """Return the minutes of seven days, none of them below 0."""
    days = [max(spent, 0) for spent in minutes[:DAYS_A_WEEK]]
    return days + [0] * (DAYS_A_WEEK - len(days))


def draw_days(canvas: Canvas, ground: float, days: list[int], colour: str, today: int | None = None) -> None:
    """Draw the columns on `ground`; the name of `today` (0 is Monday) stands out."""
    theme = canvas.theme
    most = max(*days, _LEAST_SCALE_MINUTES)
    for index, minutes in enumerate(days):
        x = EDGE + _PITCH * (index + 0.5)
        left, right = x - _COLUMN / 2, x + _COLUMN / 2
        if minutes:
            top = ground - max(TALLEST * minutes / most, _LEAST_HEIGHT)
            canvas.bar((left, top, right, ground), colour, _ROUND)
            canvas.text((x, middle_of(top - 14, SMALL)), _say_clock(minutes), SMALL, bold=True, anchor=0.5)
        else:
            canvas.bar((left, ground - _LEAST_HEIGHT, right, ground), theme.track, _LEAST_HEIGHT / 2)
        is_today = index == today
        place = (x, middle_of(ground + LABEL_BASELINE, SMALL))
        canvas.text(
            place, _NAMES[index], SMALL, colour=theme.ink if is_today else theme.grey, bold=is_today, anchor=0.5
        )


def _say_clock(minutes: int) -> str:
    """Return `2:30`: short enough to stand above a column."""
    return f"{minutes // HOUR}:{minutes % HOUR:02}"
