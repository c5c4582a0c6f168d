"""The long road as a rising line, with a wedge to where the next mark may be reached."""

from datetime import date, timedelta

from adapters.web.charts import svg
from adapters.web.html import Html
from bot.chat.chart import Cumulative, Mark
from bot.domain.duration import say_hours, say_total

TALL, PLOT = 216, 190
ROOM_ABOVE = 1.06
"""The plot's top above the mark that lies ahead."""
ROOM_AFTER = 1.04
STRETCHED = 1000
LEAST_DAYS = 28
"""So many days are across at least, so that a first week does not look like a cliff."""
NUMBER_FROM = 24.0
"""Per cent from which on the number stands to the left of the line's end."""
ROOM_FOR_WORDS = 36.0
"""Pixels below the goal's line that the number needs for itself; nearer to it, it stands below the line's end."""
NARROW_DATES = 30.0
"""Per cent that a date needs for itself."""


def draw(chart: Cumulative, label: str) -> Html:
    """Draw all hours so far, and what lies ahead."""
    minutes = [max(total, 0) for total in chart.minutes] or [0]
    total = minutes[-1]
    ahead = next((mark for mark in chart.marks if mark.minutes > total), None)
    days = chart.step * (len(minutes) - 1)
    end = max(float(days), LEAST_DAYS)
    if chart.reach is not None and ahead is not None:
        end = max(end, (chart.reach.late - chart.starts).days * ROOM_AFTER)
    elif ahead is not None:
        end *= 1.25
    top = max(ahead.minutes if ahead else total, 1) * ROOM_ABOVE
    x_now, y_now = days / end * 100, (1 - total / top) * PLOT
    parts = [_curve(chart, minutes, end, top, ahead)]
    if ahead is not None:
        y = svg.number((1 - ahead.minutes / top) * PLOT)
        parts.append(f'<line class="goal" x1="0" x2="100%" y1="{y}" y2="{y}"/>')
        parts.append(svg.text(0, (1 - ahead.minutes / top) * PLOT + 20, say_hours(ahead.minutes), "soft"))
    parts.append(f'<line class="ground" x1="0" x2="100%" y1="{PLOT}" y2="{PLOT}"/>')
    parts.append(f'<circle class="dot" cx="{svg.number(x_now)}%" cy="{svg.number(y_now)}" r="5.5"/>')
    anchor = "end" if x_now >= NUMBER_FROM else "start"
    is_near = ahead is not None and y_now - (1 - ahead.minutes / top) * PLOT < ROOM_FOR_WORDS
    parts.append(svg.text(x_now, y_now + 24 if is_near else max(y_now - 13, 13), say_total(total), "num", anchor))
    parts += _dates(chart.starts, days, end)
    return svg.drawing("road", TALL, label, *parts)


def draw_stops(done: int, marks: tuple[Mark, ...], label: str = "") -> Html:
    """Draw the whole road as a bar with its marks: those that are reached are full."""
    last = max([mark.minutes for mark in marks] or [1])
    share = svg.number(min(done / last, 1) * 100)
    parts = ['<rect class="track" y="4" width="100%" height="8" rx="4"/>']
    if done > 0:
        parts.append(f'<rect class="way" y="4" width="{share}%" height="8" rx="4"/>')
    for mark in marks:
        shift = ' transform="translate(-7 0)"' if mark.minutes == last else ""
        kind = "kept" if done >= mark.minutes else "stop"
        x = svg.number(mark.minutes / last * 100)
        parts.append(f'<circle class="{kind}" cx="{x}%" cy="8" r="6"{shift}/>')
    return svg.drawing("stops", 16, label, *parts)


def _curve(chart: Cumulative, minutes: list[int], end: float, top: float, ahead: Mark | None) -> str:
    """Return the line, the field below it and the wedge, stretched to the place that there is."""

    across, down = chart.step / end * STRETCHED, STRETCHED / top
    places = [f"{index * across:.0f},{STRETCHED - height * down:.0f}" for index, height in enumerate(minutes)]
    line = " ".join(places)
    last = places[-1].partition(",")[0]
    wedge = ""
    if chart.reach is not None and ahead is not None:
        y = f"{STRETCHED - ahead.minutes * down:.0f}"
        ends = ((day - chart.starts).days / end * STRETCHED for day in (chart.reach.early, chart.reach.late))
        corners = " ".join(f"{x:.0f},{y}" for x in ends)
        wedge = f'<polygon class="wedge" points="{places[-1]} {corners}"/>'
    return (
        f'<svg width="100%" height="{PLOT}" viewBox="0 0 {STRETCHED} {STRETCHED}" preserveAspectRatio="none">'
        f'<polygon class="under" points="0,{STRETCHED} {line} {last},{STRETCHED}"/>{wedge}'
        f'<polyline class="line" points="{line}"/></svg>'
    )


def _dates(starts: date, days: int, end: float) -> list[str]:
    """Return the dates below: where the line begins, where it stands, and the end where something lies ahead."""
    last = starts + timedelta(days=round(end))
    at = days / end * 100
    dates = [svg.text(0, PLOT + 20, f"{starts:%b %Y}", "soft")]
    if NARROW_DATES <= at <= 100 - NARROW_DATES:
        dates.append(svg.text(at, PLOT + 20, "now", "soft", "middle"))
    if end > days:
        dates.append(svg.text(100, PLOT + 20, f"{last:%b %Y}", "soft", "end"))
    else:
        dates.append(svg.text(100, PLOT + 20, "now", "soft", "end"))
    return dates
