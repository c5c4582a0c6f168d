from datetime import date

import pytest
from PIL import ImageColor

from bot.charts import picture as pictures
from bot.charts.board_bars import WIDTH
from bot.charts.heatmap import BAND
from bot.charts.paint import ON_THE_WAY, REACHED
from bot.charts.picture import draw, picture
from bot.chat.chart import BoardBars, BoardRow, Chart, Heatmap, WeekBars
from tests.charts.samples import EMOJI, HOSTILE, SCRIPTS, board, opened

MONDAY = date(2025, 1, 6)
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
)


def has(png: bytes, colour: str) -> bool:
    wanted = ImageColor.getrgb(colour)
    return wanted in {found for _, found in opened(png).getcolors(1 << 20) or []}


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: f"{type(chart).__name__} {chart.title}")
def test_every_chart_is_a_small_png_and_the_same_each_time(chart: Chart) -> None:
    png = draw(chart)
    assert opened(png).format == "PNG"
    assert WIDTH * 0.7 <= opened(png).width <= WIDTH
    assert len(png) < 300_000
    assert draw(chart) == png


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_no_name_breaks_a_chart(name: str) -> None:
    assert opened(draw(BoardBars(name, name, (BoardRow(1, name, 60, 60),)))).width == WIDTH
    assert opened(draw(Heatmap(name, MONDAY, (30,)))).width < WIDTH
    assert opened(draw(WeekBars(name, (30,), 60))).width == WIDTH


def test_a_board_grows_by_its_rows_alone() -> None:
    heights = [opened(draw(board(*["x" * 500] * count))).height for count in (1, 2, 25)]
    assert heights[2] - heights[1] == 23 * (heights[1] - heights[0])


def test_a_long_history_grows_by_bands() -> None:
    heights = [opened(draw(Heatmap("", MONDAY, (30,) * 7 * weeks))).height for weeks in (BAND, BAND + 1, 3 * BAND)]
    assert heights[0] < heights[1] < heights[2]


def test_the_colour_says_who_reached_the_goal() -> None:
    reached = draw(BoardBars("", "", (BoardRow(1, "a", 600, 600),)))
    short = draw(BoardBars("", "", (BoardRow(1, "a", 599, 600),)))
    assert (has(reached, REACHED), has(reached, ON_THE_WAY)) == (True, False)
    assert (has(short, REACHED), has(short, ON_THE_WAY)) == (False, True)
    assert has(draw(WeekBars("", (600,), 600)), REACHED)
    assert has(draw(WeekBars("", (599,), 600)), ON_THE_WAY)


async def test_a_chart_is_drawn_once_while_it_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Chart] = []

    def note(chart: Chart) -> bytes:
        drawn.append(chart)
        return b"png"

    monkeypatch.setattr(pictures, "draw", note)
    monkeypatch.setattr(pictures, "KEPT", 2)
    pictures._kept.clear()
    first, second, third = (WeekBars(title, (1,), 2) for title in "abc")
    for chart in (first, WeekBars("a", (1,), 2), second, first, third, first, second):
        assert await picture(chart) == b"png"
    assert drawn == [first, second, third, second]
    pictures._kept.clear()


async def test_the_picture_is_the_drawn_one() -> None:
    assert await picture(board(*SCRIPTS)) == draw(board(*SCRIPTS))
