from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from PIL import Image, ImageColor

from bot.charts import drawing
from bot.charts import picture as pictures
from bot.charts.drawing import draw
from bot.charts.heatmap import BAND_WEEKS
from bot.charts.layout import EDGE, HEAD, WIDTH
from bot.charts.picture import picture
from bot.charts.theme import DARK, LIGHT, Theme
from bot.chat.chart import AreaBars, AreaRow, BoardBars, BoardRow, Chart, Cumulative, Heatmap, Mark, WeekBars
from tests.charts.samples import EMOJI, HOSTILE, SCRIPTS, board, opened, short_id

MONDAY = date(2025, 1, 6)
MARKS = tuple(Mark(hours * 60, f"{years} years") for years, hours in enumerate((1040, 1560, 2080, 2600), 2))
DEAREST = tuple(Mark(years * 52 * 6000, f"{years} years") for years in (2, 3, 4, 5))
LONG = "Everything that has to do with computing, and a little more, just to be certain. "


def road(*hours: int, step: int = 7, marks: tuple[Mark, ...] = MARKS) -> Cumulative:
    return Cumulative("On the road", "since January", MONDAY, step, tuple(total * 60 for total in hours), marks)


def areas(*rows: AreaRow) -> AreaBars:
    return AreaBars("Where the hours went", "in all", rows)


CHARTS: tuple[Chart, ...] = (
    board(),
    board("Ana"),
    board(*(f"Member {at}" for at in range(25))),
    board(*SCRIPTS, *EMOJI),
    board("Ana", goal=0),
    board("Ana", goal=100_000),
    BoardBars("", "", (BoardRow(1, "a", 0, 0), BoardRow(1_000_000, "b", 10_000_000, 5), BoardRow(3, "c", -5, -5))),
    Heatmap("Nothing", MONDAY, ()),
    Heatmap("1 week", MONDAY, (0, 30, 60, 120, 180, 1440, 0)),
    Heatmap("A broken week", MONDAY, (30, 30)),
    Heatmap("156 weeks", MONDAY, (30,) * 7 * 156),
    WeekBars("17–23 Nov", (0,) * 7, 600),
    WeekBars("17–23 Nov", (1440,) * 7, 600),
    WeekBars("17–23 Nov", (30,), 0),
    WeekBars("17–23 Nov", (), 600),
    road(),
    road(0, 0, 0),
    road(1),
    road(5, 9, 20, 31),
    road(*range(0, 2600, 10)),
    road(*range(0, 840, 16), marks=DEAREST),
    road(*range(0, 10**7, 50_000), step=70),
    road(-5, 3, marks=(Mark(0, ""), Mark(-60, LONG))),
    road(3, marks=()),
    areas(),
    areas(AreaRow("Statistics", 0, None)),
    areas(AreaRow("Statistics", -60, -1), AreaRow(LONG, 10**7, 10**6), AreaRow("", 1, 0)),
    areas(*(AreaRow(LONG, 60 * at, at) for at in range(25))),
)


def has(picture: bytes | Image.Image, colour: str) -> bool:
    image = opened(picture) if isinstance(picture, bytes) else picture
    return ImageColor.getrgb(colour) in {pixel for _, pixel in image.getcolors(1 << 20) or []}


def luminance(colour: str) -> float:
    """Return the relative luminance that WCAG defines."""
    red, green, blue = (part / 255 for part in ImageColor.getrgb(colour)[:3])
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (red, green, blue)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: f"{type(chart).__name__} {chart.title}")
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_every_chart_is_a_small_png_and_the_same_each_time(chart: Chart, theme: Theme) -> None:
    png = draw(chart, theme)
    assert opened(png).format == "PNG"
    assert WIDTH * 0.7 <= opened(png).width <= WIDTH
    assert len(png) < 400_000
    assert draw(chart, theme) == png
    assert opened(png).getpixel((2, 2)) == ImageColor.getrgb(theme.paper)


@pytest.mark.parametrize("name", HOSTILE, ids=short_id)
def test_no_name_breaks_a_chart(name: str) -> None:
    assert opened(draw(BoardBars(name, name, (BoardRow(1, name, 60, 60),)))).width == WIDTH
    assert opened(draw(Heatmap(name, MONDAY, (30,)))).width < WIDTH
    assert opened(draw(WeekBars(name, (30,), 60))).width == WIDTH
    assert opened(draw(areas(AreaRow(name, 30, 1)))).width == WIDTH
    assert opened(draw(Cumulative(name, name, MONDAY, 7, (60, 900), (Mark(600, name),)))).width == WIDTH


def test_a_board_grows_by_its_rows_alone() -> None:
    heights = [opened(draw(board(*["x" * 500] * count))).height for count in (1, 2, 25)]
    assert heights[2] - heights[1] == 23 * (heights[1] - heights[0])


def test_a_long_history_grows_by_bands() -> None:
    heights = [
        opened(draw(Heatmap("", MONDAY, (30,) * 7 * weeks))).height
        for weeks in (BAND_WEEKS, BAND_WEEKS + 1, 3 * BAND_WEEKS)
    ]
    assert heights[0] < heights[1] < heights[2]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_colour_says_who_reached_the_goal(theme: Theme) -> None:
    reached = draw(BoardBars("", "", (BoardRow(1, "a", 600, 600),)), theme)
    short = draw(BoardBars("", "", (BoardRow(1, "a", 599, 600),)), theme)
    assert (has(reached, theme.reached), has(reached, theme.on_the_way)) == (True, False)
    assert (has(short, theme.reached), has(short, theme.on_the_way)) == (False, True)
    assert has(draw(WeekBars("", (600,), 600), theme), theme.reached)
    assert has(draw(WeekBars("", (599,), 600), theme), theme.on_the_way)


def test_a_tick_says_it_too() -> None:
    plain = replace(LIGHT, reached=LIGHT.on_the_way)
    kept, short = (draw(BoardBars("", "", (BoardRow(1, "a", 600, goal),)), plain) for goal in (600, 660))
    beside_the_time = (WIDTH - EDGE - 20, HEAD, WIDTH - EDGE, HEAD + 52)
    assert opened(kept).crop(beside_the_time).getcolors(1) is None
    assert has(opened(kept).crop(beside_the_time), plain.on_the_way)
    assert not has(opened(short).crop(beside_the_time), plain.on_the_way)


def test_colours_stand_out_from_the_paper_and_from_each_other() -> None:
    for theme in (LIGHT, DARK):
        assert contrast(theme.ink, theme.paper) > 12
        assert contrast(theme.grey, theme.paper) > 4.5
        assert contrast(theme.mark, theme.paper) > 4.5
        for colour in (theme.reached, theme.on_the_way):
            assert contrast(colour, theme.track) > 3
        lightness = [luminance(colour) for colour in theme.levels]
        assert lightness in (sorted(lightness), sorted(lightness, reverse=True))
        assert all(contrast(one, other) > 1.25 for one, other in pairwise(theme.levels))


def test_one_who_studied_day_and_night_makes_nobody_a_dot() -> None:
    rows = (BoardRow(1, "a", 168 * 60, 600), BoardRow(2, "b", 300, 600))
    shown = opened(draw(BoardBars("", "", rows)))
    second = shown.crop((0, HEAD + 52, WIDTH, HEAD + 104))
    colours = {colour: count for count, colour in second.getcolors(1 << 20) or []}
    assert colours[ImageColor.getrgb(LIGHT.on_the_way)] > 0.15 * colours[ImageColor.getrgb(LIGHT.track)]


def test_a_year_is_two_bands_of_a_width() -> None:
    year = opened(draw(Heatmap("", MONDAY, (30,) * 7 * 53)))
    assert WIDTH - 30 < year.width <= WIDTH
    assert year.height < 600


async def test_a_chart_is_drawn_once_while_it_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Chart] = []

    def note(chart: Chart, theme: Theme) -> bytes:
        drawn.append(chart)
        return b"png"

    monkeypatch.setattr(drawing, "draw", note)
    monkeypatch.setattr(pictures, "CACHED_PICTURES", 2)
    pictures._cache.clear()
    first, second, third = (WeekBars(title, (1,), 2) for title in "abc")
    for chart in (first, WeekBars("a", (1,), 2), second, first, third, first, second):
        assert await picture(chart, LIGHT) == b"png"
    assert drawn == [first, second, third, second]
    assert await picture(second, DARK) == b"png"
    assert drawn == [first, second, third, second, second]
    pictures._cache.clear()


async def test_the_picture_is_the_drawn_one() -> None:
    assert await picture(board(*SCRIPTS), LIGHT) == draw(board(*SCRIPTS))
