"""Lines that are joined, and what a line says of its check-ins and their week."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.channel_line import (
    JOINED_WITHIN,
    LINES_A_DAY,
    PostedLine,
    announced_streak,
    line_content,
    line_to_join,
)
from bot.domain.checkin import Checkin, Entry, Source
from bot.domain.duration import Minutes
from bot.domain.goal import GoalChange
from bot.domain.person import Person, ZoneSource
from bot.domain.progress import Progress, StudyRecord, progress_of
from bot.domain.streak import WeekFacts, judge
from bot.domain.week import Week
from bot.domain.zones import ZoneChange

MONDAY = date(2026, 1, 5)
WEEK = Week(MONDAY)
MIDNIGHT = datetime(2026, 1, 8, tzinfo=UTC)


def line(at: datetime, *checkin_ids: int) -> PostedLine:
    return PostedLine(f"line/1/{at}", 1, at, checkin_ids)


@given(st.lists(st.integers(0, 24 * 60 - 1), max_size=40))
def test_a_day_never_brings_more_lines_than_it_may_nor_two_within_half_an_hour(minutes: list[int]) -> None:
    lines: list[PostedLine] = []
    for minute in sorted(minutes):
        now = MIDNIGHT + timedelta(minutes=minute)
        joined = line_to_join(lines, MIDNIGHT, now)
        assert joined in (None, *lines[-1:])
        if joined is None:
            lines.append(line(now))
    assert len(lines) <= LINES_A_DAY
    gaps = [later.posted_at - earlier.posted_at for earlier, later in pairwise(lines)]
    assert all(gap > JOINED_WITHIN for gap in gaps)


def test_the_lines_of_yesterday_are_no_lines_of_today() -> None:
    yesterday = [line(MIDNIGHT - timedelta(hours=hours)) for hours in range(12, 1, -1)]
    assert line_to_join(yesterday, MIDNIGHT, MIDNIGHT + timedelta(hours=1)) is None


def test_a_line_from_just_before_midnight_is_joined_after_it() -> None:
    late = line(MIDNIGHT - timedelta(minutes=10))
    assert line_to_join([late], MIDNIGHT, MIDNIGHT + timedelta(minutes=10)) is late


def checkin(number: int, minutes: int, *, is_undone: bool = False, counts: bool = True) -> Checkin:
    made_at = datetime(2026, 1, 5, 9, tzinfo=UTC) + timedelta(hours=number)
    undone_at = made_at if is_undone else None
    entry, counted = Entry(MONDAY, Minutes(minutes)), WEEK if counts and not is_undone else None
    return Checkin(number, number, entry, None, Source.TYPED, not counts, made_at, undone_at, None, None, counted)


def progress(counted: int, now: datetime = datetime(2026, 1, 8, tzinfo=UTC)) -> Progress:
    person = Person(1, "Ada", "UTC", ZoneSource.OWN, WEEK, now, counted, None, 0)
    record = StudyRecord(person, [GoalChange(Minutes(600), None)], [ZoneChange("UTC", None)], [])
    return progress_of(record, {WEEK: (counted, counted)}, now)


def test_a_line_sums_its_week_up_to_itself_and_not_what_came_after_it() -> None:
    made = [checkin(1, 300), checkin(2, 240), checkin(3, 120)]
    contents = [line_content(line(each.created_at, each.id), made, progress(660)) for each in made]
    assert [content.so_far.minutes for content in contents] == [300, 540, 660]
    assert [content.so_far.is_kept for content in contents] == [False, False, True]
    assert [content.keeps_week for content in contents] == [False, False, True]


def test_what_was_taken_back_stands_in_no_line() -> None:
    made = [checkin(1, 300), checkin(2, 300, is_undone=True)]
    content = line_content(line(made[1].created_at, 2), made, progress(300))
    assert content.entries == ()
    assert (content.so_far.minutes, content.keeps_week) == (300, False)


def test_a_week_that_closed_short_is_kept_by_no_line() -> None:
    made = [checkin(1, 300), checkin(2, 300, counts=False)]
    later = progress(300, datetime(2026, 1, 14, 12, tzinfo=UTC))
    content = line_content(line(made[1].created_at, 2), made, later)
    assert (content.so_far.minutes, content.so_far.is_kept) == (600, False)


@pytest.mark.parametrize(
    ("second", "is_closed", "paused", "streak"),
    [(600, False, 0, 3), (0, False, 0, 0), (0, True, 0, 2), (0, False, 4, 2)],
    ids=["kept", "open", "saved", "away"],
)
def test_a_streak_is_announced_once_no_open_week_before_it_can_end_it(
    second: int, is_closed: bool, paused: int, streak: int
) -> None:
    facts = [
        WeekFacts(WEEK, 600, 600, 600, 0, is_closed=True, is_first=True),
        WeekFacts(WEEK.plus(1), 600, second, second, paused, is_closed=is_closed, is_first=False),
        WeekFacts(WEEK.plus(2), 600, 600, 600, 0, is_closed=False, is_first=False),
    ]
    weeks = judge(facts)
    assert announced_streak(weeks, WEEK.plus(2)) == streak
    assert announced_streak(weeks, WEEK.plus(9)) == 0
