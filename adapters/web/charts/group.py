"""How many members kept each of the last weeks, as columns."""

from adapters.web.charts import svg
from adapters.web.html import Html
from bot.chat.chart import GroupWeek

TALL, GROUND, TALLEST = 96, 74, 52
PLACES = 12


def draw(chart: GroupWeek, label: str) -> Html:
    """Draw the weeks from the oldest to the one that the chart is of; the first, the best and the last have numbers."""
    weeks = chart.weeks[-PLACES:]
    most = max([*weeks, 1])
    best = max(range(len(weeks)), key=lambda index: weeks[index], default=0)
    parts = []
    for index, kept in enumerate(weeks):
        x = (index + PLACES - len(weeks) + 0.5) * 100 / PLACES
        is_last = index == len(weeks) - 1
        tall = max(2, round(kept / most * TALLEST))
        parts.append(
            f'<rect class="{"kept" if is_last else "kept-soft"}" x="{svg.number(x - 2.9)}%" y="{GROUND - tall}" '
            f'width="5.8%" height="{tall}" rx="{min(4, tall // 2)}"/>'
        )
        if index in (0, best, len(weeks) - 1):
            parts.append(svg.text(x, GROUND - tall - 6, f"{kept:,}", "num", "middle"))
    if len(weeks) > 1:
        first = (PLACES - len(weeks) + 0.5) * 100 / PLACES
        ago = f"{len(weeks) - 1} weeks before" if len(weeks) > 2 else "the week before"
        anchor = "start" if len(weeks) >= PLACES - 2 else "middle"
        parts.append(svg.text(1 if anchor == "start" else first, TALL - 4, ago, "soft", anchor))
        parts.append(svg.text(99, TALL - 4, chart.title, "soft", "end"))
    return svg.drawing("gweeks", TALL, label, *parts)
