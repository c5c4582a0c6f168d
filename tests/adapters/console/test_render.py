import asyncio
import io
import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion

from adapters.console import screen
from adapters.console.charts import draw_bar, draw_chart, fit
from adapters.console.outgoing import Message, OutputKind
from adapters.console.screen import Screen
from bot.chat.card import Actions, Bar, Button, Card, Line, Note, Tone
from bot.chat.chart import (
    AreaBars,
    AreaRow,
    BoardBars,
    BoardRow,
    Chart,
    Cumulative,
    GroupWeek,
    Heatmap,
    Mark,
    WeekBars,
    WeekKept,
)
from bot.chat.form import Field, Form
from bot.chat.request import Audience
from tests.adapters.cards import FORM, HOSTILE, WRONG, every_block
from tests.charts.samples import CHARTS
from tests.charts.shown import charts

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)


class Tty(io.StringIO):
    def __init__(self) -> None:
        super().__init__()
        self.written = asyncio.Event()

    def write(self, text: str) -> int:
        self.written.set()
        return super().write(text)

    def isatty(self) -> bool:
        return True


def drawn(*messages: Message) -> str:
    out = Tty()
    shown = Screen(out)
    for message in messages:
        shown.show(message)
    return out.getvalue()


def post(
    card: Card, kind: OutputKind = OutputKind.POST, audience: Audience = Audience.PUBLIC, to: str = "console"
) -> Message:
    return Message(kind, to, audience, AT, card)


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "COLORTERM", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "xterm")


@pytest.fixture
def _colourless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.mark.usefixtures("_colourless")
def test_every_block_without_colour(snapshot: SnapshotAssertion) -> None:
    assert drawn(post(every_block())) == snapshot


@pytest.mark.usefixtures("_colourless")
def test_a_form_and_short_messages_without_colour(snapshot: SnapshotAssertion) -> None:
    wrong = Form("checkin", "Check in", (Field("time", "Time", value="10x", error=(WRONG,)),))
    assert (
        drawn(
            Message(OutputKind.FORM, "ada", Audience.PRIVATE, AT, FORM),
            Message(OutputKind.FORM, "ada", Audience.PRIVATE, AT, wrong),
            post(Card("", (Line(("Ada · 2 h 30",)),))),
            post(
                Card("", (Line(("No.",)), Note(("For example: 2h",))), Tone.WRONG),
                OutputKind.ERROR,
                Audience.PRIVATE,
                "ada",
            ),
            post(Card("Board"), OutputKind.REPLY, Audience.PUBLIC, "ada"),
            post(Card("Results"), OutputKind.EDIT),
        )
        == snapshot
    )


@pytest.mark.parametrize("width", [80, 60, 200])
def test_no_line_is_longer_than_the_terminal(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for size in (1, 2):
        plain = re.sub("\x1b\\[[0-9;]*m", "", drawn(post(every_block(size))))
        assert max(cell_len(line) for line in plain.splitlines()) <= min(width, 80)


def test_the_ten_blocks_stand_last_on_their_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    plain = re.sub("\x1b\\[[0-9;]*m", "", drawn(post(Card("Checked in", (Bar(557, 600, "9 h 17 of 10 h"),)))))
    assert f"│ 9 h 17 of 10 h {'▰' * 9}▱            │" in plain


def test_a_button_is_not_broken_where_the_terminal_is_narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    labels = ("Check in", "Remind me privately", "No")
    card = Card("Last call", (Line(("Soon",)), Actions(tuple(Button(label, "checkin") for label in labels))))
    plain = re.sub("\x1b\\[[0-9;]*m", "", drawn(post(card)))
    rows = [line.strip("│ \n") for line in plain.splitlines() if "[ " in line]
    assert rows == ["[ Check in ]", "[ Remind me privately ]  [ No ]"]


def test_colours_are_the_sixteen_of_any_terminal() -> None:
    text = drawn(post(every_block()))
    assert "\x1b[" in text
    assert "38;5" not in text
    assert "38;2" not in text


def test_markup_and_escapes_are_inert() -> None:
    text = drawn(post(Card(HOSTILE, (Line((HOSTILE,)), Note((HOSTILE,))))), post(Card("", (Line((HOSTILE,)),))))
    assert "[bold red]" in text
    assert "\x1b[31mred" not in text
    assert "\u202e" not in text
    assert "\x1b]8" not in text


def test_a_bar_is_full_only_at_the_goal() -> None:
    assert draw_bar(0, 600, 10).plain == "░" * 10
    assert draw_bar(1, 600, 10).plain == "█" + "░" * 9
    assert draw_bar(599, 600, 10).plain == "█" * 9 + "░"
    assert draw_bar(900, 600, 10).plain == draw_bar(5, 0, 10).plain == "█" * 10


@pytest.mark.parametrize("name", ["Ada", "さくらさくらさくらさくら", "नीलम", "a" * 40, "👩‍💻" * 10, "\x1b[31mx"])
def test_names_of_any_script_take_the_same_room(name: str) -> None:
    assert cell_len(fit(name, 16)) <= 16
    assert "\x1b" not in fit(name, 16)


def test_a_long_heatmap_shows_its_newest_weeks(snapshot: SnapshotAssertion) -> None:
    minutes = tuple((day * 37) % 240 for day in range(60 * 7))
    text = draw_chart(Heatmap("Weeks", date(2025, 1, 6), minutes), 60)
    assert max(len(line) for line in text.plain.splitlines()) <= 60
    assert text.plain == snapshot


def test_empty_charts_are_no_error() -> None:
    assert "Mon" in draw_chart(Heatmap("", date(2025, 1, 6), ()), 76).plain
    assert "of 10 h" in draw_chart(WeekBars("", (0,) * 7, 600), 76).plain
    assert draw_chart(WeekKept("", (), 0, 0), 76).plain == "\n0 min ▰▰▰▰▰▰▰▰▰▰ ✓"
    assert draw_chart(GroupWeek("5–11 Jan", 0, 0, 600, 0, 0, ()), 76).plain == (
        "5–11 Jan\n0 min of 10 h, together ▱▱▱▱▱▱▱▱▱▱"
    )
    assert draw_chart(BoardBars("Board", "", ()), 76).plain == "Board"
    assert draw_chart(BoardBars("Board", "", (BoardRow(1, "Ada", 0, 600),)), 76).plain == "Board"
    assert "▰" not in draw_chart(BoardBars("", "", (BoardRow(1, "Ada", 5, 0),)), 76).plain
    assert draw_chart(Cumulative("Road", "", date(2025, 1, 6), 7, (), ()), 76).plain == "Road\n0 min"
    assert draw_chart(AreaBars("Areas", "", ()), 76).plain == "Areas"


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: f"{type(chart).__name__} {chart.title[:20]}")
def test_every_chart_is_drawn_in_characters(chart: Chart) -> None:
    lines = draw_chart(chart, 76).plain.splitlines()
    assert max(map(cell_len, lines[1:]), default=0) <= 100
    assert "\x1b" not in "".join(lines)


def test_every_chart_of_the_documents_in_characters(snapshot: SnapshotAssertion) -> None:
    assert {name: draw_chart(chart, 60).plain for name, chart in charts().items()} == snapshot


def test_a_bar_of_a_board_ends_at_the_goal() -> None:
    rows = (BoardRow(1, "Ada", 3600, 600), BoardRow(1, "Bo", 310, 300), BoardRow(3, "Cy", 300, 600))
    assert draw_chart(BoardBars("This week", "", rows), 76).plain.splitlines()[1:] == [
        "Ada              ▰▰▰▰▰▰▰▰▰▰ 60 h ✓",
        "Bo               ▰▰▰▰▰▰▰▰▰▰ 5 h 10 of 5 h ✓",
        "Cy               ▰▰▰▰▰▱▱▱▱▱ 5 h",
    ]


def test_a_large_group_is_said_in_words_alone() -> None:
    lines = draw_chart(GroupWeek("", 6000, 5000, 7000, 70, 7, (1,)), 76).plain.splitlines()
    assert lines[2:] == ["70 kept the week, 7 more studied"]


def test_the_long_road_fits_the_screen(snapshot: SnapshotAssertion) -> None:
    marks = tuple(Mark(years * 520 * 60, f"{years} years") for years in (2, 3, 4, 5))
    road = Cumulative("On the road", "since 2025", date(2025, 1, 6), 7, tuple(range(0, 50_400, 240)), marks)
    areas = AreaBars(
        "Areas", "", (AreaRow("Statistics", 3000, 0), AreaRow("A" * 80, 90, 7), AreaRow("Cloud Systems", 0, None))
    )
    text = draw_chart(road, 60).append("\n").append_text(draw_chart(areas, 60))
    assert max(cell_len(line) for line in text.plain.splitlines()) <= 76
    assert text.plain == snapshot


def test_the_screen_says_what_time_it_is() -> None:
    out = Tty()
    shown = Screen(out)
    shown.moved(AT, ZoneInfo("Europe/Berlin"))
    shown.say("Time [b]passes.")
    shown.echo("ada", "/progress")
    text = out.getvalue()
    assert "Mon 5 Jan 2026 10:00" in text
    assert "Time [b]passes." in text
    assert "/progress" in text


async def test_a_sign_of_life_comes_only_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    out = Tty()
    shown = Screen(out)
    async with shown.waiting("Time passes"):
        await asyncio.sleep(0)
    assert out.getvalue() == ""
    monkeypatch.setattr(screen, "SPINNER_AFTER_SECONDS", 0.0)
    async with shown.waiting("Time passes"):
        await out.written.wait()
    assert "Time passes …" in out.getvalue()
