"""Names with bars: those who studied, each against their own goal, and the areas of study."""

from adapters.web.charts import svg
from adapters.web.html import EMPTY, Html, tag
from bot.chat.chart import AreaBars, AreaRow, BoardBars, BoardRow
from bot.domain.duration import say, say_total

SHOWN = 12
"""So many people are shown at once; the others can be unfolded."""
WAITS_FROM_WEEKS = 3
"""Weeks after which an area is marked as one that waits."""
SHOWN_AREAS = 12


def draw_board(chart: BoardBars) -> Html:
    """Return those who have logged time, with bars that end at each one's goal."""
    rows = list(chart.logged)
    me = rows.index(chart.rows[chart.me]) if chart.me is not None and chart.rows[chart.me] in rows else None
    items = [_person(chart, row, is_me=index == me) for index, row in enumerate(rows)]
    if len(items) <= SHOWN:
        return tag("ol", *items, cls="people")
    shown = tag("ol", *items[:SHOWN], cls="people")
    mine = tag("ol", items[me], cls="people", start=me + 1) if me is not None and me >= SHOWN else EMPTY
    rest = tag("ol", *items[SHOWN:], cls="people", start=SHOWN + 1)
    more = tag("details", tag("summary", f"Show all {len(items):,}"), rest, cls="more")
    return tag("div", shown, mine, more, cls="board")


def draw_areas(chart: AreaBars) -> Html:
    """Return the areas with their hours, the largest first."""
    most = max([row.minutes for row in chart.rows] or [1])
    items = [_area(row, most) for row in chart.rows if row.minutes]
    shown = tag("ul", *items[:SHOWN_AREAS], cls="bars")
    if len(items) <= SHOWN_AREAS:
        return shown
    rest = tag("ul", *items[SHOWN_AREAS:], cls="bars")
    return tag("div", shown, tag("details", tag("summary", f"Show all {len(items)}"), rest, cls="more"))


def _person(chart: BoardBars, row: BoardRow, *, is_me: bool) -> Html:
    goal = chart.goal_words(row)
    aside = tag("small", goal.replace("of ", "goal ")) if goal else EMPTY
    you = tag("small", "you") if is_me else EMPTY
    kind = "kept" if row.is_kept else "way"
    tick = tag("span", "✓", cls="ok", role="img", aria_label="kept") if row.is_kept else tag("span")
    return tag(
        "li",
        tag("span", tag("bdi", row.name), aside, you, cls="name"),
        svg.bar(row.minutes / row.goal if row.goal > 0 else 1, kind, 10),
        tag("span", say(row.minutes), cls="h"),
        tick,
        cls="you" if is_me else "",
    )


def _area(row: AreaRow, most: int) -> Html:
    waits = row.weeks is not None and row.weeks >= WAITS_FROM_WEEKS
    when = tag("span", row.since, cls="when waits" if waits else "when")
    return tag(
        "li",
        tag("b", row.name, dir="auto"),
        tag("span", when, " · ", say_total(row.minutes)),
        svg.bar(row.minutes / most if most else 0, "way"),
    )
