"""`horizon` as a conversation: the road with and without check-ins, with imports, and when a date may be said."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.chat.card import Picture
from bot.chat.chart import Cumulative
from bot.domain.horizon import Forecast
from bot.domain.week import Week
from bot.store import people, totals
from bot.store.tx import Tx
from bot.views.horizon import MAX_POINTS
from bot.views.spans import say_span, say_when
from tests.talk import Heard, Talk

MONDAY = date(2026, 1, 5)


async def study(talk: Talk, weeks: int, hours: int = 10, who: str = "ada") -> None:
    for _ in range(weeks):
        await talk(who, f"/checkin {hours}h")
        talk.advance(weeks=1)


async def bring(talk: Talk, day: date, hours: int, who: str = "ada") -> None:
    """History of a time before, as an import leaves it behind."""
    person = await talk.person(who)
    days = [
        {"id": person.id, "day": (day + timedelta(days=at)).isoformat(), "minutes": min(20, hours - 20 * at) * 60}
        for at in range(-(-hours // 20))
    ]

    def keep(tx: Tx) -> None:
        tx.many(
            """INSERT INTO day_totals (person_id, day, minutes, imported) VALUES (:id, :day, 0, :minutes)
               ON CONFLICT (person_id, day) DO UPDATE SET imported = day_totals.imported + excluded.imported""",
            days,
        )
        tx.run("UPDATE people SET total_minutes = total_minutes + :minutes", minutes=hours * 60)

    await talk.store.write(keep)


def picture(heard: Heard) -> Cumulative:
    chart = next(block.chart for block in heard.card.blocks if isinstance(block, Picture))
    assert isinstance(chart, Cumulative)
    return chart


async def test_the_whole_card(talk: Talk, snapshot: SnapshotAssertion) -> None:
    for hours in (8, 10, 12, 9):
        await study(talk, 4, hours)
    await talk("ada", "/checkin 2h30")
    heard = await talk("ada", "/horizon")
    assert str(heard) == snapshot
    assert not heard.is_public
    assert heard.labels == ["Check in"]
    chart = picture(heard)
    assert (chart.starts, chart.step, chart.minutes[0], chart.minutes[-1]) == (MONDAY, 7, 0, 158 * 60 + 30)
    assert [mark.minutes // 60 for mark in chart.marks] == [100, 250, 500, 1040, 1560, 2080, 2600]
    assert [mark.label for mark in chart.marks[2:4]] == ["", "2 years"]
    assert chart.reach is not None
    assert MONDAY + timedelta(weeks=16) < chart.reach.early < chart.reach.late


async def test_before_anything_is_logged_there_is_a_sentence_and_a_button(talk: Talk) -> None:
    heard = await talk("ada", "/horizon")
    assert (
        "Your road begins with your first check-in. At 10 h a week, two years are 1,040 h and five years 2,600 h."
        in heard
    )
    assert heard.labels == ["Check in"]


async def test_what_was_undone_is_nothing(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    await talk("ada", "/undo")
    assert "Your road begins" in await talk("ada", "/horizon")


async def test_no_date_is_said_before_twelve_whole_weeks(talk: Talk) -> None:
    await talk("ada", "/checkin 10h")
    first = await talk("ada", "/horizon")
    assert "Dates come after 12 whole weeks: 12 to go." in first
    assert "With one hour more a week: 1,040 h about 2 months sooner than at 10 h" in first
    talk.advance(weeks=1)
    await study(talk, 10)
    heard = await talk("ada", "/horizon")
    assert "1 to go" in heard
    assert "Pace" not in heard
    assert "When" not in heard
    await study(talk, 1)
    heard = await talk("ada", "/horizon")
    assert "Pace: 10 h a week over the last 12 weeks" in heard
    assert "2 years 1,040 h 11 % Q1 to Q2 2028" in " ".join(heard.split())


async def test_a_year_without_any_check_in_is_no_division_by_nothing(talk: Talk) -> None:
    await talk("ada", "/checkin 10h")
    talk.advance(weeks=52)
    heard = await talk("ada", "/horizon")
    assert "Pace: nothing in the last 12 weeks" in heard
    assert "No date is in sight. One check-in and the road goes on." in heard
    assert "One hour more" not in heard
    assert len(picture(heard).minutes) == 54


async def test_only_imported_hours(talk: Talk) -> None:
    await talk.join("ada")
    await bring(talk, date(2024, 3, 1), 300)
    heard = await talk("ada", "/horizon")
    assert "300 h since February 2024, 740 h more to 1,040 h, two years at 10 h a week." in heard
    assert "All of it is imported: pace, weeks and seasons begin with your first check-in." in heard
    assert "Season" not in heard
    assert picture(heard).minutes[-1] == 300 * 60


async def test_imported_hours_are_on_the_road_and_in_no_week(talk: Talk) -> None:
    await study(talk, 13)
    await bring(talk, date(2023, 5, 1), 1000)
    heard = await talk("ada", "/horizon")
    assert "1,130 h since May 2023, 430 h more to 1,560 h, three years at 10 h a week." in heard
    assert "2 years 1,040 h 100 % reached" in " ".join(heard.split())
    assert "13 of 13 weeks kept" in heard


async def test_an_import_into_weeks_that_count_is_in_them_once(talk: Talk) -> None:
    await study(talk, 2)
    await bring(talk, MONDAY, 15)
    await talk("ada", "/checkin 1h day: yesterday")
    heard = await talk("ada", "/horizon")
    points = picture(heard).minutes
    assert [later - earlier for earlier, later in pairwise(points)] == [25 * 60, 11 * 60, 0]
    assert (await talk.person("ada")).total_minutes == picture(heard).minutes[-1]


async def test_one_week_of_study_then_nothing_is_far_off(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    talk.advance(weeks=8)
    await talk("ada", "/checkin 1h")
    talk.advance(weeks=4)
    heard = await talk("ada", "/horizon")
    assert "more than 20 years off" in heard
    assert "One hour more" not in heard


async def test_marks_are_those_of_ones_own_goal(talk: Talk) -> None:
    await talk("ada", "/goal 5")
    await talk("ada", "/checkin 5h")
    heard = await talk("ada", "/horizon")
    assert "5 h since January 2026, 515 h more to 520 h, two years at 5 h a week." in heard
    assert [mark.minutes // 60 for mark in picture(heard).marks] == [100, 250, 520, 780, 1040, 1300]
    assert "In all: 5 h on the road to 520 h\n" in await talk("ada", "/progress")


async def test_beyond_the_last_mark(talk: Talk) -> None:
    await study(talk, 12)
    await bring(talk, date(2015, 1, 1), 3000)
    heard = await talk("ada", "/horizon")
    assert "3,120 h since December 2014. All marks are behind you, the 2,600 h of five years too." in heard
    assert heard.count("reached") == 4
    assert len(picture(heard).minutes) <= MAX_POINTS + 1
    assert picture(heard).step > 7


async def test_it_is_for_its_reader_alone(talk: Talk) -> None:
    await talk("ada", "/checkin 1h30")
    heard = await talk.command("ada", "horizon", everyone="yes")
    assert not heard.is_public
    assert picture(heard).title == "1 h 30 on the road"
    assert heard.labels == ["Check in"]


async def test_seasons_have_thirteen_weeks_and_a_new_one_is_announced_once(talk: Talk) -> None:
    await talk("ada", "/checkin 10h")
    assert "Season: 1, week 1 of 13, 10 h in it" in await talk("ada", "/horizon")
    talk.advance(weeks=12)
    await talk("ada", "/checkin 3h")
    assert "Season: 1, week 13 of 13, 13 h in it" in await talk("ada", "/horizon")
    talk.advance(weeks=1)
    assert "Season 2 begins: 13 fresh weeks, from this one on." in await talk("ada", "/horizon")
    assert "Season 2 begins" not in await talk("ada", "/checkin 1h day: yesterday", channel=None)
    assert "Season 2 begins" in await talk("ada", "/checkin 2h")
    assert "Season 2 begins" not in await talk("ada", "/checkin 1h")
    assert "Season: 2, week 1 of 13, 3 h in it" in await talk("ada", "/horizon")


@pytest.mark.parametrize(
    ("early", "late", "expected"),
    [
        (date(2026, 5, 2), date(2026, 5, 20), "May to Jun 2026"),
        (date(2026, 5, 2), date(2026, 8, 1), "May to Aug 2026"),
        (date(2026, 12, 2), date(2026, 12, 20), "Dec 2026 to Jan 2027"),
        (date(2027, 5, 2), date(2027, 6, 20), "Q2 to Q3 2027"),
        (date(2027, 5, 2), date(2028, 1, 20), "Q2 2027 to Q1 2028"),
        (date(2027, 11, 2), date(2027, 12, 20), "Q4 2027 to Q1 2028"),
        (date(2026, 5, 2), None, "not before May 2026"),
        (date(2030, 5, 2), None, "not before Q2 2030"),
        (None, None, "more than 20 years off"),
    ],
)
def test_a_date_is_a_span_of_months_or_quarters(early: date | None, late: date | None, expected: str) -> None:
    assert say_when(Forecast(early, late), date(2026, 3, 4)) == expected


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [(0, "a few days"), (1, "1 week"), (8, "8 weeks"), (9, "2 months"), (78, "18 months"), (104, "2 years")],
)
def test_a_stretch_is_said_roughly(weeks: int, expected: str) -> None:
    assert say_span(weeks) == expected


async def test_weeks_before_the_first_and_after_the_current_one_lose_nothing(talk: Talk) -> None:
    await talk("ada", "/checkin 2h day: 2025-12-30")
    await talk("ada", "/checkin 3h")
    person = await talk.person("ada")
    minutes_by_week = await talk.store.read(lambda tx: totals.sum_by_week(tx, person, Week(MONDAY)))
    assert minutes_by_week == [120, 180]
    assert await talk.store.read(lambda tx: totals.sum_by_week(tx, person, Week(MONDAY).plus(-1))) == [300]
    assert await talk.store.read(
        lambda tx: totals.sum_by_week(tx, people.get(tx, person.id), Week(MONDAY).plus(2))
    ) == [
        120,
        180,
        0,
        0,
    ]
