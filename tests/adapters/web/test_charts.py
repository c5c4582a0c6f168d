"""Charts as inline SVG: what they show, what they are made of, and that any data can be drawn."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from adapters.web.charts import draw, heatmap, road, svg
from adapters.web.html import Html
from bot.chat.chart import (
    AreaBars,
    AreaRow,
    BoardBars,
    BoardRow,
    Chart,
    Cumulative,
    GroupWeek,
    Heatmap,
    HeatmapWeek,
    Mark,
    Reach,
    WeekBars,
    WeekKept,
    WeekSign,
)
from tests.adapters.cards import HOSTILE
from tests.adapters.web.documents import Document, refused

SIGNS: tuple[WeekSign, ...] = ("kept", "saved", "away", "missed", "practice", "open")
MONDAY = date(2026, 8, 31)
MARKS = (Mark(6_000, ""), Mark(62_400, "2 years"), Mark(93_600, "3 years"))
CHARTS: dict[str, Chart] = {
    "week": WeekBars("23–29 Nov", (190, 105, 135, 0, 0, 0, 0), 600, 2),
    "kept": WeekKept("23–29 Nov", (120, 0, 120, 120, 0, 240, 30), 5, 3),
    "heatmap": Heatmap(
        "3 weeks",
        MONDAY,
        (0, 30, 90, 150, 200, 0, 0) * 2 + (60, 0, 0, 0, 0, 0, 0),
        weeks=tuple(HeatmapWeek(sign, 300, 600) for sign in ("kept", "saved", "open")),
        today=date(2026, 9, 15),
    ),
    "road": Cumulative(
        "820 h",
        "since 31 August",
        MONDAY,
        7,
        (0, 600, 1_200, 3_000, 49_200),
        MARKS,
        Reach(date(2027, 4, 1), date(2027, 7, 1), "April to July 2027"),
    ),
    "first steps": Cumulative("2 h", "since 31 August", MONDAY, 7, (0, 120), MARKS),
    "beyond": Cumulative("2,000 h", "since 31 August", MONDAY, 7, (0, 120_000), MARKS),
    "group": GroupWeek("16–22 November", 600, 600, 900, 4, 2, (3, 2, 0, 6, 4)),
    "board": BoardBars("This week", "Study hall", (BoardRow(1, "Ada", 600, 600), BoardRow(2, "שרה", 200, 300)), 1, 600),
    "areas": AreaBars("Your areas", "12 h in all", (AreaRow("Statistics", 600, 0), AreaRow("DevOps", 120, 17))),
}
MINUTES = st.integers(-10, 100_000)


def parts(markup: Html) -> Iterator[ET.Element]:
    """Yield the elements of drawings; XML is stricter than any browser."""
    return ET.fromstring(f"<p>{markup}</p>").iter()


@pytest.mark.parametrize("name", CHARTS)
def test_charts(name: str, snapshot: SnapshotAssertion) -> None:
    assert draw.draw(CHARTS[name], f"words of {name}").replace("><", ">\n<") == snapshot


@pytest.mark.parametrize("name", CHARTS)
def test_drawings_are_sound_and_say_what_they_show(name: str) -> None:
    markup = draw.draw(CHARTS[name], HOSTILE)
    document = Document(markup)
    assert document.faults == []
    assert list(refused(document)) == []
    assert list(parts(Html(markup.replace(" hidden", ""))))
    for drawing in document.all("svg"):
        is_inner = "svg" in drawing.parents
        assert is_inner or drawing.attributes.get("aria-hidden") == "true" or drawing.attributes["aria-label"]


def test_ten_blocks_are_green_only_when_the_goal_is_reached() -> None:
    kinds = [part.get("class") for part in parts(svg.blocks(599, 600, "")) if part.tag == "rect"]
    assert kinds.count("way") == 10
    assert kinds.count("track") == 1
    kinds = [part.get("class") for part in parts(svg.blocks(600, 600, "")) if part.tag == "rect"]
    assert kinds == ["kept"] * 10
    assert [part.get("class") for part in parts(svg.blocks(0, 600, "")) if part.tag == "rect"] == ["track"] * 10
    least = [part.get("class") for part in parts(svg.blocks(1, 600, "")) if part.tag == "rect"]
    assert "way" in least, "the least time is seen"


@pytest.mark.parametrize("sign", SIGNS)
def test_each_state_of_a_week_has_a_shape_of_its_own(sign: WeekSign) -> None:
    others = {svg.week_sign(other, 0.5) for other in SIGNS if other != sign}
    assert svg.week_sign(sign, 0.5) not in others


@pytest.mark.parametrize(
    ("minutes", "level"), [(0, 0), (1, 1), (60, 1), (61, 2), (120, 2), (121, 3), (180, 3), (181, 4), (1440, 4)]
)
def test_levels_of_a_day(minutes: int, level: int) -> None:
    assert heatmap.level(minutes) == level


def test_a_year_is_drawn_twice_and_shows_no_day_to_come() -> None:
    year = Heatmap("60 weeks", MONDAY, (90,) * 420, today=MONDAY)
    whole, half = (part for part in parts(heatmap.draw(year, "words")) if part.tag == "svg")
    assert [whole.get("class"), half.get("class")] == ["heat year", "heat half"]
    assert not any(part.tag == "path" for part in (*whole.iter(), *half.iter())), "all of it lies ahead"
    full = Heatmap("60 weeks", MONDAY, (90,) * 420)
    days = [part.get("d", "").count("M") for part in parts(heatmap.draw(full, "words")) if part.tag == "path"]
    assert days == [53 * 7, 26 * 7]


@given(st.lists(MINUTES, min_size=1, max_size=60), st.booleans(), st.integers(1, 28))
def test_any_road_can_be_drawn(minutes: list[int], has_reach: bool, step: int) -> None:
    reach = Reach(date(2027, 1, 1), date(2027, 2, 1), "early 2027") if has_reach else None
    chart = Cumulative("t", "s", MONDAY, step, tuple(minutes), MARKS, reach)
    assert list(parts(road.draw(chart, "words")))
    assert "nan" not in draw.draw(chart, "words")


@given(st.lists(MINUTES, max_size=800), st.lists(st.sampled_from(SIGNS), max_size=120))
def test_any_heatmap_can_be_drawn(minutes: list[int], signs: list[WeekSign]) -> None:
    weeks = tuple(HeatmapWeek(sign, 100, 600) for sign in signs)
    assert list(parts(draw.draw(Heatmap("t", MONDAY, tuple(minutes), weeks=weeks), "words")))


@given(st.lists(st.integers(0, 10_000), max_size=30), st.tuples(*[MINUTES] * 7))
def test_any_week_can_be_drawn(weeks: list[int], minutes: tuple[int, ...]) -> None:
    assert list(parts(Html(draw.draw(GroupWeek("t", 1, 1, 1, 1, 1, tuple(weeks)), "words") or "x")))
    assert list(parts(draw.draw(WeekBars("t", minutes, 600), "words")))


def test_many_names_are_folded_and_ones_own_is_seen() -> None:
    rows = tuple(BoardRow(at + 1, f"Member {at}", 600 - at, 600) for at in range(40))
    document = Document(draw.draw(BoardBars("t", "s", rows, 30, 600), ""))
    assert [element.text for element in document.all("summary")] == ["Show all 40"]
    own = [item for item in document.all("li") if item.attributes.get("class") == "you"]
    assert ["details" in item.parents for item in own] == [False, True]
    assert document.all("ol")[1].attributes["start"] == "31"


def test_an_area_that_waits_is_marked_in_words_and_in_weight() -> None:
    markup = draw.draw(CHARTS["areas"], "")
    assert '<span class="when waits">17\u00a0weeks ago</span>' in markup
    assert '<span class="when">this week</span>' in markup
