"""The charts that documents and benchmarks show; importing them loads no drawing library."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from bot.chat.chart import AreaBars, AreaRow, BoardBars, BoardRow, Chart, Cumulative, Heatmap, Mark, WeekBars
from bot.domain.horizon import stages

GOAL = 600
LAST_MONDAY = date(2026, 11, 16)
MEMBERS = (
    ("Amélie 🦊 Dubois", 1425),
    ("田中 太郎", 1230),
    ("محمد الأمين", 1080),
    ("שרה כהן 📚", 945),
    ("김민준 ✨", 720),
    ("Олександр", 660),
    ("李小龍 🐉", 600),
    ("Grace 👩🏽‍💻 O'Neil", 480),
    ("नेहा शर्मा", 315),
    ("Þórarinn 🇮🇸", 150),
)
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
    marks = tuple(Mark(stage.minutes, f"{stage.years} years") for stage in stages(GOAL))
    rows = tuple(
        BoardRow(1 if minutes >= GOAL else rank, name, minutes, GOAL) for rank, (name, minutes) in enumerate(MEMBERS, 1)
    )
    first = LAST_MONDAY - timedelta(weeks=52)
    return {
        "leaderboard": BoardBars(
            "Study hall · This week", "16–22 Nov, by share of one's own goal, capped at 100 %", rows
        ),
        "heatmap": Heatmap(f"53 weeks up to 16–22 Nov · {total // 60} h", first, days),
        "road": Cumulative(f"{total // 60} h on the road", "since 17 November 2025", first, 7, tuple(hours), marks),
        "areas": AreaBars("Your areas", f"{sum(row.minutes for row in AREAS) // 60} h in six areas", AREAS),
        "week": WeekBars("16–22 Nov", (120, 0, 95, 150, 0, 240, 30), GOAL),
    }


def _days(chance: random.Random, count: int) -> Iterator[int]:
    """Somebody who studies on most evenings, more on weekends, and was away for a while."""
    for day in range(count):
        is_away = 150 <= day < 168
        likely = 0.0 if is_away else 0.85 if day % 7 >= 5 else 0.62
        yield 15 * chance.randint(2, 14 if day % 7 >= 5 else 9) if chance.random() < likely else 0
