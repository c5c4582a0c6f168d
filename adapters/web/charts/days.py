"""A week day by day, as columns with their hours."""

from adapters.web.charts import svg
from adapters.web.html import Html
from bot.chat.chart import WeekBars, WeekKept
from bot.domain.duration import HOUR

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
TALL, GROUND, TALLEST = 112, 86, 58
LEAST_SCALE = 2 * HOUR
"""The tallest column stands for so many minutes, unless there are more."""


def draw_bars(chart: WeekBars, label: str) -> Html:
    """Draw the seven days of a week; what is still to come is a line on the ground."""
    return _columns(chart.minutes, "kept" if sum(chart.minutes) >= chart.goal > 0 else "way", chart.today, label)


def draw_kept(chart: WeekKept, label: str) -> Html:
    """Draw the days of a week that was kept."""
    return _columns(chart.minutes, "kept", None, label)


def _columns(minutes: tuple[int, ...], kind: str, today: int | None, label: str) -> Html:
    most = max([*minutes, LEAST_SCALE])
    parts = []
    for index, (name, spent) in enumerate(zip(DAYS, minutes, strict=True)):
        x = (index + 0.5) * 100 / len(DAYS)
        left = svg.number(x - 3.6)
        if spent > 0:
            tall = max(4, round(spent / most * TALLEST))
            parts.append(f'<rect class="{kind}" x="{left}%" y="{GROUND - tall}" width="7.2%" height="{tall}" rx="4"/>')
            hours = f"{spent // HOUR}:{spent % HOUR:02d}"
            parts.append(svg.text(x, GROUND - tall - 7, hours, "num", "middle"))
        else:
            parts.append(f'<rect class="track" x="{left}%" y="{GROUND - 4}" width="7.2%" height="4" rx="2"/>')
        parts.append(svg.text(x, TALL - 6, name, "today" if index == today else "soft", "middle"))
    return svg.drawing("days", TALL, label, *parts)
