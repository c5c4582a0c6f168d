import pytest
from msgspec.structs import replace
from PIL import Image, ImageColor

from bot.charts import drawing
from bot.charts import picture as pictures
from bot.charts.drawing import draw
from bot.charts.heatmap import BAND_WEEKS
from bot.charts.heatmap_rows import MOST_WEEKS
from bot.charts.layout import RIGHT, WIDTH, head_height
from bot.charts.picture import picture
from bot.charts.theme import DARK, LIGHT, Theme
from bot.chat.chart import AreaRow, BoardBars, BoardRow, Chart, Cumulative, GroupWeek, Heatmap, Mark, WeekBars, WeekKept
from tests.charts.samples import CHARTS, HOSTILE, MONDAY, SCRIPTS, areas, board, opened, short_id


def has(picture: bytes | Image.Image, colour: str) -> bool:
    image = opened(picture) if isinstance(picture, bytes) else picture
    return ImageColor.getrgb(colour) in {pixel for _, pixel in image.getcolors(1 << 20) or []}


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: f"{type(chart).__name__} {chart.title}")
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_every_chart_is_a_small_png_and_the_same_each_time(chart: Chart, theme: Theme) -> None:
    png = draw(chart, theme)
    assert opened(png).format == "PNG"
    assert opened(png).width == WIDTH
    assert opened(png).mode == "RGB"
    assert len(png) < 400_000
    assert draw(chart, theme) == png
    assert opened(png).getpixel((2, 2)) == ImageColor.getrgb(theme.paper)


@pytest.mark.parametrize("name", HOSTILE, ids=short_id)
def test_no_name_breaks_a_chart(name: str) -> None:
    assert opened(draw(BoardBars(name, name, (BoardRow(1, name, 60, 60),)))).width == WIDTH
    assert opened(draw(Heatmap(name, MONDAY, (30,), name))).width == WIDTH
    assert opened(draw(WeekBars(name, (30,), 60))).width == WIDTH
    assert opened(draw(WeekKept(name, (30,), 5, 3))).width == WIDTH
    assert opened(draw(GroupWeek(name, 60, 60, 60, 1, 1, (1, 1)))).width == WIDTH
    assert opened(draw(areas(AreaRow(name, 30, 1)))).width == WIDTH
    assert opened(draw(Cumulative(name, name, MONDAY, 7, (60, 900), (Mark(600, name),)))).width == WIDTH


def test_a_board_grows_by_its_rows_alone() -> None:
    heights = [opened(draw(board(*["x" * 500] * count))).height for count in (1, 2, 25)]
    assert heights[2] - heights[1] == 23 * (heights[1] - heights[0])


def test_a_long_history_grows_by_bands() -> None:
    heights = [
        opened(draw(Heatmap("", MONDAY, (30,) * 7 * weeks))).height
        for weeks in (MOST_WEEKS, BAND_WEEKS + 1, 3 * BAND_WEEKS)
    ]
    assert heights[0] < heights[1] < heights[2]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_colour_says_who_reached_the_goal(theme: Theme) -> None:
    reached = draw(BoardBars("", "", (BoardRow(1, "a", 600, 600),)), theme)
    short = draw(BoardBars("", "", (BoardRow(1, "a", 599, 600),)), theme)
    assert (has(reached, theme.kept), has(reached, theme.on_the_way)) == (True, False)
    assert (has(short, theme.kept), has(short, theme.on_the_way)) == (False, True)
    assert has(draw(WeekBars("", (600,), 600), theme), theme.kept)
    assert has(draw(WeekBars("", (599,), 600), theme), theme.on_the_way)


def test_a_tick_says_it_too() -> None:
    plain = replace(LIGHT, kept=LIGHT.on_the_way)
    kept, short = (draw(BoardBars("", "", (BoardRow(1, "a", 600, goal),)), plain) for goal in (600, 660))
    top = round(head_height("", ""))
    beside_the_time = (RIGHT - 30, top, RIGHT + 5, top + 67)
    assert opened(kept).crop(beside_the_time).getcolors(1) is None
    assert has(opened(kept).crop(beside_the_time), plain.on_the_way)
    assert not has(opened(short).crop(beside_the_time), plain.on_the_way)


def test_a_year_is_two_bands_of_a_width() -> None:
    year = opened(draw(Heatmap("", MONDAY, (30,) * 7 * 53)))
    assert year.width == WIDTH
    assert year.height < 700


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
