"""Pictures at the size of a phone: no small letter, enough contrast, nothing over another, bars up to the goal."""

from itertools import combinations, pairwise

import pytest

from bot.charts.layout import SMALL, WIDTH
from bot.charts.theme import DARK, LIGHT, Theme
from bot.chat.chart import BoardBars, BoardRow, Chart, GroupWeek, WeekKept
from tests.charts.samples import CHARTS, board, heatmap, road
from tests.charts.shown import MARKS, charts, heatmap_of_three
from tests.charts.strokes import Stroke, contrast, luminance, strokes_of

LEAST_LETTER = 34
"""Of 800: a phone shows 390 of them, so that letters are 16 high there."""
LEAST_TEXT_CONTRAST, LEAST_CONTRAST = 4.5, 3
"""WCAG 2.2, 1.4.3 for text and 1.4.11 for what has a meaning."""
TALLEST = 840
"""Height of a usual picture at most, so that it can be seen at once."""
MARGIN = 12

each_chart = pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: f"{type(chart).__name__} {chart.title[:20]}")
each_theme = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)


def of_kind(chart: Chart, *kinds: str, theme: Theme = LIGHT) -> list[Stroke]:
    return [stroke for stroke in strokes_of(chart, theme)[0] if stroke.kind in kinds]


def texts_of(chart: Chart) -> list[str]:
    return [stroke.text for stroke in of_kind(chart, "text")]


@each_chart
def test_no_letter_is_small_or_cut_or_over_another(chart: Chart) -> None:
    strokes, height = strokes_of(chart, LIGHT)
    texts = [stroke for stroke in strokes if stroke.kind == "text"]
    assert texts
    assert min(text.size for text in texts) == SMALL >= LEAST_LETTER or len(texts) <= 2
    for text in texts:
        assert text.size >= LEAST_LETTER
        left, top, right, bottom = text.box
        assert left >= MARGIN, text
        assert right <= WIDTH - MARGIN, text
        assert top >= MARGIN, text
        assert bottom <= height - MARGIN, text
    for one, other in combinations(texts, 2):
        assert not one.overlaps(other), (one, other)


@each_chart
def test_no_letter_stands_on_a_shape(chart: Chart) -> None:
    strokes, _ = strokes_of(chart, LIGHT)
    grounds = (LIGHT.paper, LIGHT.track, LIGHT.wash)
    shapes = [stroke for stroke in strokes if stroke.kind in ("bar", "circle", "ring") and stroke.colour not in grounds]
    for text in (stroke for stroke in strokes if stroke.kind == "text"):
        for shape in shapes:
            assert not text.overlaps(shape), (text, shape)


@each_chart
@each_theme
def test_all_that_is_drawn_stands_out_from_what_it_is_drawn_on(chart: Chart, theme: Theme) -> None:
    for stroke in strokes_of(chart, theme)[0]:
        if stroke.kind != "text" and stroke.colour in (theme.paper, theme.track, theme.wash):
            continue
        least = LEAST_TEXT_CONTRAST if stroke.kind == "text" else LEAST_CONTRAST
        for ground in stroke.grounds - {stroke.colour}:
            assert contrast(stroke.colour, ground) >= least, (stroke, ground)


@each_theme
def test_colours_stand_out_from_every_ground_and_from_each_other(theme: Theme) -> None:
    for ground in (theme.paper, theme.track, theme.wash):
        assert contrast(theme.ink, ground) > 7
        for colour in (theme.grey, theme.accent):
            assert contrast(colour, ground) > LEAST_TEXT_CONTRAST
        for colour in (theme.kept, theme.on_the_way):
            assert contrast(colour, ground) > LEAST_CONTRAST
    for ground in (theme.paper, theme.track):
        assert all(contrast(level, ground) >= LEAST_CONTRAST for level in (*theme.levels, theme.hollow))
    assert contrast(theme.faded, theme.paper) >= LEAST_CONTRAST
    assert contrast(theme.on_kept, theme.kept) >= LEAST_CONTRAST
    lightness = [luminance(colour) for colour in theme.levels]
    assert lightness in (sorted(lightness), sorted(lightness, reverse=True))
    assert all(contrast(one, other) > 1.4 for one, other in pairwise(theme.levels))


def test_bars_end_at_the_goal_and_hours_go_on() -> None:
    rows = (BoardRow(1, "Ada", 3600, 600), BoardRow(1, "Bo", 310, 300), BoardRow(1, "Cy", 600, 600))
    chart = BoardBars("This week", "", (*rows, BoardRow(4, "Di", 300, 600), BoardRow(5, "Em", 0, 600)))
    bars = of_kind(chart, "bar")
    kept = [bar.box for bar in bars if bar.colour == LIGHT.kept]
    assert len({(left, right) for left, _, right, _ in kept}) == 1
    [half] = [bar.box for bar in bars if bar.colour == LIGHT.on_the_way]
    assert half[2] - half[0] == pytest.approx((kept[0][2] - kept[0][0]) / 2)
    assert texts_of(chart)[1:] == ["Ada", "60 h", "Bo", "5 h 10", "of 5 h", "Cy", "10 h", "Di", "5 h"]


def test_who_reads_finds_the_own_row() -> None:
    chart = BoardBars("", "", (BoardRow(1, "Ada", 600, 600), BoardRow(2, "Bo", 300, 600)), 1)
    [wash] = [bar for bar in of_kind(chart, "bar") if bar.colour == LIGHT.wash]
    [bo] = [text for text in of_kind(chart, "text") if text.text == "Bo"]
    assert wash.overlaps(bo)
    assert not [bar for bar in of_kind(board("Ada"), "bar") if bar.colour == LIGHT.wash]


@pytest.mark.parametrize(("goal", "shown"), [(None, False), (600, False), (300, True)])
def test_a_goal_is_named_where_it_is_another_than_the_groups(goal: int | None, shown: bool) -> None:
    chart = BoardBars("", "", (BoardRow(1, "Ada", 600, 600),), None, goal)
    assert ("of 10 h" in texts_of(chart)) is shown


def test_three_weeks_are_three_weeks_large() -> None:
    cells = [bar.box for bar in of_kind(heatmap_of_three(), "bar")]
    assert len(cells) == 17
    assert {round(right - left) for left, _, right, _ in cells} == {46}
    assert len({top for _, top, _, _ in cells}) == 3
    assert "2 h 50 to go" in texts_of(heatmap_of_three())


def test_thirteen_hours_are_no_line_under_all_of_the_road() -> None:
    start = road(0, 6, 13, marks=MARKS)
    assert not of_kind(start, "shape")
    assert texts_of(start)[:2] == ["13 h", "87 h to the first mark"]
    assert [text for text in texts_of(start) if text.endswith(" h")] == [
        *("13 h", "100 h", "250 h", "500 h", "1,040 h", "2,600 h")
    ]
    blocks = [bar for bar in of_kind(start, "bar") if bar.colour == LIGHT.on_the_way]
    assert len(blocks) == 2


def test_the_line_rises_to_the_next_mark_alone() -> None:
    for hours, mark in ((131, "250 h"), (820, "1,040 h"), (1_100, "1,560 h")):
        assert texts_of(road(0, hours, marks=MARKS))[:2] == [f"{hours:,} h", f"of {mark}"]
    assert texts_of(road(0, 2_700, marks=MARKS))[:2] == ["2,700 h", "past 2,600 h"]


@pytest.mark.parametrize(("kept", "studied"), [(1, 0), (0, 3), (8, 5), (23, 21), (90, 200), (700, 700)])
def test_a_group_has_a_dot_for_each_who_studied_and_no_empty_one(kept: int, studied: int) -> None:
    chart = GroupWeek("16–22 Nov", 6000, 5000, 7000, kept, studied, (1,))
    dots = of_kind(chart, "circle", "ring")
    in_legend = (kept > 0) + (studied > 0)
    assert len(dots) == kept + studied + in_legend
    assert {dot.kind for dot in dots} == {"circle"}
    of_kept = [dot for dot in dots if dot.colour == LIGHT.kept]
    assert len(of_kept) == kept + (kept > 0)


def test_a_group_too_large_for_dots_is_said_in_words() -> None:
    chart = GroupWeek("16–22 Nov", 6000, 5000, 7000, 9_000, 1, (1,))
    assert len(of_kind(chart, "circle")) == 2
    assert "9,000 kept the week" in texts_of(chart)


def test_a_group_at_its_goal_is_green() -> None:
    for counted, colour in ((6_999, LIGHT.on_the_way), (7_000, LIGHT.kept)):
        bars = of_kind(GroupWeek("", 7_000, counted, 7_000, 1, 1, (1,)), "bar")
        assert {bar.colour for bar in bars if bar.colour != LIGHT.track} == {colour}


@pytest.mark.parametrize(
    ("streak", "freeze_in", "ticks", "flakes", "waiting"),
    [
        (1, 3, 1, 1, 6),
        (4, 4, 4, 1, 3),
        (5, 3, 5, 1, 2),
        (5, 0, 5, 0, 3),
        (8, 0, 8, 0, 0),
        (9, 3, 5, 1, 2),
        (0, 3, 0, 0, 0),
    ],
)
def test_a_kept_week_shows_the_way_to_the_next_freeze(
    streak: int, freeze_in: int, ticks: int, flakes: int, waiting: int
) -> None:
    strokes = of_kind(WeekKept("26 Oct–1 Nov", (90,) * 7, streak, freeze_in), "circle", "arc", "text")
    circles = [stroke for stroke in strokes if stroke.kind == "circle"]
    assert len([circle for circle in circles if circle.colour == LIGHT.kept]) == ticks + 1
    assert len([circle for circle in circles if circle.colour == LIGHT.wash]) == flakes
    assert len({stroke.box for stroke in strokes if stroke.kind == "arc"}) == waiting
    texts = [stroke.text for stroke in strokes]
    assert ("Streak: 1 week" in texts, "Streak: 5 weeks" in texts) == (streak == 1, streak == 5)
    assert ("3 more earn a freeze" in texts) == (freeze_in == 3 and streak > 0)


def test_a_kept_week_has_ten_green_blocks() -> None:
    bars = of_kind(WeekKept("26 Oct–1 Nov", (630,), 5, 3), "bar")
    assert len([bar for bar in bars if bar.colour == LIGHT.kept]) == 10 + 1


@pytest.mark.parametrize("chart", [*charts().values(), heatmap(8), heatmap(12)], ids=lambda chart: type(chart).__name__)
def test_usual_pictures_are_seen_at_once(chart: Chart) -> None:
    assert strokes_of(chart, LIGHT)[1] <= TALLEST
