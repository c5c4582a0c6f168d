"""Which drawing a chart becomes: lists with bars where there are names to read, and pictures with words beside them."""

from functools import lru_cache
from typing import assert_never

from adapters.web.charts import days, group, heatmap, people, road, svg
from adapters.web.html import EMPTY, Html, join, tag
from bot.chat.chart import AreaBars, BoardBars, Chart, Cumulative, GroupWeek, Heatmap, WeekBars, WeekKept, WeekSign

SIGNS: tuple[tuple[WeekSign, str], ...] = (
    ("kept", "week kept"),
    ("saved", "saved"),
    ("away", "away"),
    ("missed", "missed"),
    ("practice", "practice week"),
)
"""The signs that a legend explains; an open week fills by itself."""


DRAWINGS_REMEMBERED = 256
"""Some 2 MB: a page is opened more often than what it shows changes."""


@lru_cache(maxsize=DRAWINGS_REMEMBERED)
def draw(chart: Chart, alt: str) -> Html:
    """Return a chart as markup; `alt` says what a picture shows."""
    match chart:
        case Heatmap():
            return tag("figure", heatmap.draw(chart, alt), legend(chart))
        case WeekBars():
            return days.draw_bars(chart, alt)
        case WeekKept():
            return days.draw_kept(chart, alt)
        case GroupWeek():
            return group.draw(chart, alt) if chart.weeks else EMPTY
        case BoardBars():
            return people.draw_board(chart)
        case Cumulative():
            return join(
                (road.draw(chart, alt), road.draw_stops(chart.minutes[-1] if chart.minutes else 0, chart.marks))
            )
        case AreaBars():
            return people.draw_areas(chart)
        case _:
            assert_never(chart)


def legend(chart: Heatmap) -> Html:
    """Return what the colours of a heatmap's days mean, and the signs of those states that are in it."""
    levels = (("l0", "none"), ("l1", "to 1 h"), ("l2", "to 2 h"), ("l3", "to 3 h"), ("l4", "more"))
    items = [tag("li", svg.sample(kind), said) for kind, said in levels]
    shown = {week.sign for week in heatmap.newest(chart, heatmap.YEAR_WEEKS).weeks}
    items += [tag("li", svg.dot(sign), said) for sign, said in SIGNS if sign in shown]
    return tag("ul", *items, cls="legend")


def last_weeks(chart: Heatmap, alt: str) -> Html:
    """Return the signs of weeks in a row, with the first and the last one named, and what the signs mean."""
    signs = [tag("span", svg.week_sign(week.sign, week.share)) for week in chart.weeks]
    first = f"{chart.starts.day} {chart.starts:%b}"
    ends = tag("p", tag("span", first), tag("span", "this week"), cls="ends", aria_hidden="true")
    shown = {week.sign for week in chart.weeks}
    explained = [tag("li", svg.week_sign(sign), said) for sign, said in SIGNS if sign in shown]
    row = tag("div", *signs, cls="marks", role="img", aria_label=alt)
    legend_of_signs = tag("ul", *explained, cls="legend") if explained else EMPTY
    return join((row, ends if len(chart.weeks) > 1 else EMPTY, legend_of_signs))
