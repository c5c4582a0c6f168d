"""Charts for the tests of their drawing: usual and extreme ones, names in every script, and names that mean harm."""

import io
from datetime import date, timedelta

from PIL import Image

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
from tests.charts.shown import KEPT_IN_WEEKS, MARKS, charts

MONDAY = date(2025, 1, 6)
YEARS = tuple(Mark(hours * 60, f"{years} years") for years, hours in enumerate((1040, 1560, 2080, 2600), 2))
DEAREST = tuple(Mark(years * 52 * 6000, f"{years} years") for years in (2, 3, 4, 5))
LONG = "Everything that has to do with computing, and a little more, just to be certain. "
SIGNS: tuple[WeekSign, ...] = ("practice", "kept", "missed", "saved", "away", "open")

SCRIPTS = (
    "Amélie Dubois",
    "Олександр",
    "Νίκος",
    "田中 太郎",
    "ひらがな",
    "김민준",
    "محمد الأمين",
    "שרה כהן",
    "नेहा शर्मा",
    "สมชาย ใจดี",
    "தமிழ்",
    "Աշոտ",
    "ሰላም",
    "ကျော်",
)
EMOJI = ("🦊", "👩🏽‍💻", "🇮🇸", "❤️", "1️⃣", "🏳️‍🌈", "👨‍👩‍👧‍👦", "🫆")
HOSTILE = (
    "",
    " ",
    "\u202egnp.exe",
    "Z" + "\u0301\u0316" * 500,
    "x" * 10_000,
    "👩‍" * 5_000,
    "\u200b\u200d\ufeff\u2060",
    "\u200d\ufe0f\u0301",
    "\x00\n\t\x1b[31m",
    "\ud800",
    "\U0010ffff\ue000",
    "𝕬𝖑𝖊𝖝",
    "((((ישראל]]]] 42 (Dan",
    "\U0001f1e6",
    "ﷺ" * 40,
    "ก็็็็็็็็็็",
)


def short_id(name: str) -> str:
    """Return a test id: the beginning of a name, which may be endless or unprintable."""
    return ascii(name)[1:25]


def road(*hours: int, step: int = 7, marks: tuple[Mark, ...] = YEARS, reach: Reach | None = None) -> Cumulative:
    minutes = tuple(total * 60 for total in hours)
    return Cumulative("On the road", "since January", MONDAY, step, minutes, marks, reach)


def reach(early: int, late: int) -> Reach:
    """The forecast of so many days after the first Monday."""
    return Reach(MONDAY + timedelta(days=early), MONDAY + timedelta(days=late), "September–December 2027")


def areas(*rows: AreaRow) -> AreaBars:
    return AreaBars("Where the hours went", "in all", rows)


def heatmap(weeks: int, *, today: int | None = None, signs: tuple[WeekSign, ...] = SIGNS) -> Heatmap:
    """So many weeks with every sign and every level; `today` is the index of a day."""
    minutes = tuple(day * 37 % 240 for day in range(weeks * 7))
    own = tuple(HeatmapWeek(signs[week % len(signs)], week * 97 % 900, 600) for week in range(weeks)) if signs else ()
    on = None if today is None else MONDAY + timedelta(days=today)
    return Heatmap(f"{weeks} weeks", MONDAY, minutes, f"{sum(minutes) // 60} h on {weeks * 6} days", own, on)


def board(*names: str, goal: int = 600) -> BoardBars:
    rows = tuple(BoardRow(at, name, 1500 - 57 * at, goal) for at, name in enumerate(names, 1))
    return BoardBars("Study hall · This week", "17–23 November, by time", rows)


def opened(png: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(png))
    image.load()
    return image


CHARTS: tuple[Chart, ...] = (
    *charts().values(),
    board(),
    board("Ana"),
    board(*(f"Member {at}" for at in range(25))),
    board(*SCRIPTS, *EMOJI),
    board("Ana", goal=0),
    board("Ana", goal=100_000),
    BoardBars("", "", (BoardRow(1, "a", 0, 0), BoardRow(1_000_000, "b", 10_000_000, 5), BoardRow(3, "c", -5, -5))),
    BoardBars(LONG, LONG, (BoardRow(1, LONG, 6045, 5930), BoardRow(1, LONG, 6045, 6000), BoardRow(1, "a", 5, 5)), 0),
    Heatmap("Nothing", MONDAY, ()),
    Heatmap("1 week", MONDAY, (0, 30, 60, 120, 180, 1440, 0)),
    Heatmap("A broken week", MONDAY, (30, 30)),
    Heatmap("53 weeks up to 16–22 Nov · 447 h", MONDAY, (30,) * 7 * 53),
    Heatmap("156 weeks", MONDAY, (30,) * 7 * 156),
    *(heatmap(weeks) for weeks in (1, 2, 4, 5, 8, 9, 12, 26, 27, 28, 53, 156)),
    heatmap(3, today=17),
    heatmap(12, today=80),
    heatmap(6, signs=()),
    Heatmap("", MONDAY, (60,) * 14, weeks=(HeatmapWeek(None, 420, 600), HeatmapWeek("open", 0, 0))),
    WeekBars("17–23 Nov", (0,) * 7, 600),
    WeekBars("17–23 Nov", (1440,) * 7, 600),
    WeekBars("17–23 Nov", (30,), 0, 0),
    WeekBars("17–23 Nov", (), 600, 6),
    WeekBars("28 Dec–3 Jan 2027", (765, 1, 0, 0, 0, 0, 645), 6000, 2),
    WeekBars("17–23 Nov", (599,), 600),
    *(WeekKept("28 Dec–3 Jan", (90,) * 7, streak, freeze_in) for streak, freeze_in in ((0, 3), (1, 3), (4, 4), (8, 0))),
    WeekKept("28 Dec–3 Jan", (1440,) * 7, 1040, 4),
    WeekKept("", (), 13, 1),
    *(GroupWeek("28 Dec–3 Jan", 9000, 8000, 9600, kept, 2, KEPT_IN_WEEKS[:6]) for kept in (0, 1, 8, 30, 70, 500, 5000)),
    GroupWeek("16–22 Nov", 0, 0, 0, 0, 0, ()),
    GroupWeek("16–22 Nov", 60_000, 60_000, 60_000, 12, 0, (12,)),
    GroupWeek("16–22 Nov", 600_000_000, 7, 600_000_000, 1_234, 9_876, (0, 1_000_000, 0, 3)),
    GroupWeek("16–22 Nov", -5, -5, -5, -5, -5, (-5, -5)),
    road(),
    road(0, 0, 0),
    road(1),
    road(1, marks=MARKS),
    road(5, 9, 20, 31),
    road(5, 9, 20, 131, marks=MARKS),
    road(*range(0, 2600, 10)),
    road(*range(0, 2650, 10), marks=MARKS),
    road(*range(0, 820, 8), marks=MARKS, reach=reach(900, 950)),
    road(*range(0, 820, 8), marks=MARKS, reach=reach(900, 9000)),
    road(*range(0, 820, 8), marks=MARKS, reach=reach(8000, 9000)),
    road(*range(0, 820, 8), marks=MARKS, reach=reach(-5, 0)),
    road(*range(0, 840, 16), marks=DEAREST),
    road(*range(0, 10**7, 50_000), step=70),
    road(-5, 3, marks=(Mark(0, ""), Mark(-60, LONG))),
    road(-5, 3, marks=(Mark(6000, LONG), Mark(7000, ""), *DEAREST)),
    road(3, marks=()),
    areas(),
    areas(AreaRow("Statistics", 0, None)),
    areas(AreaRow("Statistics", -60, -1), AreaRow(LONG, 10**7, 10**6), AreaRow("", 1, 0)),
    areas(*(AreaRow(LONG, 60 * at, at) for at in range(25, 0, -1))),
)
"""Every kind, and in each what is unusual."""
