"""The charts that documents and benchmarks show; importing them loads no drawing library."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

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

GOAL = 600
LAST_MONDAY = date(2026, 11, 16)
MEMBERS = (
    ("Amélie 🦊 Dubois", 1425, GOAL),
    ("田中 太郎", 1230, GOAL),
    ("محمد الأمين", 780, GOAL),
    ("שרה כהן 📚", 645, GOAL),
    ("김민준 ✨", 310, 300),
    ("Олександр", 615, GOAL),
    ("李小龍 🐉", 600, GOAL),
    ("Grace 👩🏽‍💻 O'Neil", 570, GOAL),
    ("नेहा शर्मा", 430, GOAL),
    ("Þórarinn 🇮🇸", 150, GOAL),
)
ME = 8
MARKS = (
    *(Mark(hours * 60, "") for hours in (100, 250, 500)),
    *(Mark(years * 52 * GOAL, f"{years} years") for years in (2, 3, 4, 5)),
)
KEPT_IN_WEEKS = (18, 21, 19, 24, 26, 22, 25, 20, 23, 27, 24, 23)
AREAS = (
    AreaRow("Mathematics", 18_060, 0),
    AreaRow("Machine Learning", 13_380, 0),
    AreaRow("Statistics", 10_320, 1),
    AreaRow("Software Engineering", 5_700, 3),
    AreaRow("DevOps", 2_040, 9),
    AreaRow("Cloud Systems", 0, None),
)


def charts() -> dict[str, Chart]:
    """One of each kind, the same every time."""
    days = tuple(_days(random.Random(7), 53 * 7))
    hours, total = [0], 0
    for week in range(53):
        total += sum(days[week * 7 : week * 7 + 7])
        hours.append(total)
    first = LAST_MONDAY - timedelta(weeks=52)
    rows = tuple(BoardRow(min(rank, 7), name, minutes, goal) for rank, (name, minutes, goal) in enumerate(MEMBERS, 1))
    reach = Reach(date(2027, 9, 6), date(2027, 12, 13), "Sep to Dec 2027")
    return {
        "leaderboard": BoardBars("This week", "Study hall · 16–22 Nov", rows, ME, GOAL),
        "group-week": GroupWeek("16–22 Nov", 26_700, 26_100, 31_380, 23, 21, KEPT_IN_WEEKS),
        "week-kept": WeekKept("26 Oct–1 Nov", (120, 0, 90, 150, 0, 180, 90), 5, 3),
        "week": WeekBars("16–22 Nov", (120, 0, 95, 150, 0, 0, 0), GOAL, 4),
        "heatmap": Heatmap(
            "53 weeks", first, days, f"{total // 60} h on {sum(map(bool, days))} days", _signs(days), date(2026, 11, 20)
        ),
        "heatmap-start": heatmap_of_three(),
        "road": Cumulative("", "", first, 7, tuple(hours), MARKS, reach),
        "road-start": Cumulative("", "", LAST_MONDAY - timedelta(weeks=1), 7, (0, 415, 780), MARKS),
        "areas": AreaBars("Your areas", f"{sum(row.minutes for row in AREAS) // 60} h in all", AREAS),
    }


def heatmap_of_three() -> Heatmap:
    """The first three weeks of a member: practice, kept, and on the way."""
    days = ((0, 45, 0, 60, 0, 120, 30), (60, 120, 0, 150, 0, 200, 90), (190, 105, 135, 0, 0, 0, 0))
    signs: tuple[WeekSign, ...] = ("practice", "kept", "open")
    weeks = tuple(HeatmapWeek(sign, sum(week), GOAL) for sign, week in zip(signs, days, strict=True))
    minutes = tuple(spent for week in days for spent in week)
    return Heatmap("Your first three weeks", date(2026, 11, 9), minutes, "", weeks, date(2026, 11, 25))


def _signs(days: tuple[int, ...]) -> tuple[HeatmapWeek, ...]:
    """The signs of a year: short weeks are saved while a freeze is held, and missed after."""
    weeks, freezes = [], 3
    for monday in range(0, len(days), 7):
        total = sum(days[monday : monday + 7])
        sign: WeekSign = "kept" if total >= GOAL else "open" if monday + 7 >= len(days) else "missed"
        if 150 <= monday < 168:
            sign = "away"
        elif sign == "missed" and freezes:
            sign, freezes = "saved", freezes - 1
        weeks.append(HeatmapWeek(sign, total, GOAL))
    return tuple(weeks)


def _days(chance: random.Random, count: int) -> Iterator[int]:
    """Somebody who studies on most evenings, more on weekends, and was away for a while."""
    for day in range(count):
        is_away = 150 <= day < 168
        likely = 0.0 if is_away else 0.95 if day % 7 >= 5 else 0.85
        yield 15 * chance.randint(3, 15 if day % 7 >= 5 else 9) if chance.random() < likely else 0
