"""Progress: judged from a record at an instant, and settled step by step to the same end as all at once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.checkin import Entry
from bot.domain.duration import Minutes
from bot.domain.goal import GoalChange
from bot.domain.milestone import Milestone, MilestoneKind
from bot.domain.pause import Pause
from bot.domain.person import Person, ZoneSource
from bot.domain.progress import (
    Checkpoint,
    Progress,
    StudyRecord,
    WeekTotals,
    progress_of,
    recall_weeks,
    settle,
    totals_needed_from,
)
from bot.domain.streak import Tally, WeekOutcome, WeekState
from bot.domain.week import Week
from bot.domain.zones import ZoneChange

FIRST = Week(date(2026, 1, 5))
GOAL = 600
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
START = Checkpoint()


def record(first: Week | None = FIRST, checkpoint: Checkpoint = START, *pauses: Pause) -> StudyRecord:
    person = Person(1, "Ada", "UTC", ZoneSource.OWN, first, None, 0, None, 0)
    goals = [GoalChange(Minutes(GOAL), None)]
    return StudyRecord(person, goals, [ZoneChange("UTC", None)], list(pauses), checkpoint)


def noon(week: int, weekday: int = 0) -> datetime:
    """Return noon of a weekday (0 = Monday) in a week counted from the first one."""
    return NOON + timedelta(weeks=week, days=weekday)


def totals(*minutes: int) -> dict[Week, tuple[int, int]]:
    return {FIRST.plus(n): (total, total) for n, total in enumerate(minutes)}


def weeks_from(first: int, *minutes: int) -> dict[Week, tuple[int, int]]:
    return {FIRST.plus(first + n): (total, total) for n, total in enumerate(minutes)}


def test_before_the_first_checkin_there_is_nothing_to_judge() -> None:
    newcomer = record(first=None)
    progress = progress_of(newcomer, {}, NOON)
    assert totals_needed_from(newcomer, NOON) is None
    assert (progress.weeks, progress.tally, progress.minutes, progress.missing) == ([], Tally(), 0, GOAL)
    assert progress.person is newcomer.person
    assert settle(progress) == (START, None, [], [])


def test_the_current_week_is_judged_by_what_is_valid_now() -> None:
    progress = progress_of(record(), totals(450), noon(0, 3))
    assert (progress.current, progress.minutes, progress.goal, progress.missing) == (FIRST, 450, GOAL, 150)
    judged = progress.judged(FIRST)
    assert judged is not None
    assert judged.state is WeekState.OPEN
    assert progress.judged(FIRST.plus(1)) is None
    assert progress_of(record(), totals(700), noon(0, 3)).missing == 0


def test_a_pause_leaves_the_streak_alone() -> None:
    away = Pause(FIRST.plus(1).monday, FIRST.plus(1).sunday)
    progress = progress_of(record(FIRST, START, away), totals(GOAL), noon(2, 3))
    assert [judged.state for judged in progress.weeks] == ["kept", "paused", "open"]
    assert progress.tally.streak == 1


def test_what_comes_after_an_open_week_is_not_certain() -> None:
    progress = progress_of(record(), totals(100, GOAL), noon(1, 1))
    assert (progress.tally.streak, progress.certain_streak) == (1, 0)
    assert progress_of(record(), totals(GOAL, GOAL), noon(1, 1)).certain_streak == 2


def test_an_open_week_that_nothing_covers_makes_the_streak_conditional() -> None:
    kept_two_then_saved = Checkpoint(FIRST.plus(2), Tally(streak=2, spent=1))
    progress = progress_of(record(FIRST, kept_two_then_saved), weeks_from(3, 480, GOAL), noon(4, 1))
    assert progress.tally.streak == 3
    assert progress.announced_streak is None
    condition = progress.condition
    assert condition is not None
    assert (condition.streak, condition.week, condition.missing, condition.streak_if_kept) == (2, FIRST.plus(3), 120, 4)
    assert condition.deadline.at == progress.record.closes_at(FIRST.plus(3))


def test_a_streak_that_this_week_begins_stands_whatever_becomes_of_the_last() -> None:
    condition = progress_of(record(), totals(100, GOAL), noon(1, 1)).condition
    assert condition is not None
    assert (condition.streak, condition.missing, condition.streak_if_kept) == (1, 500, 2)


@pytest.mark.parametrize(
    ("minutes", "pauses", "state"),
    [
        ([GOAL, 100], [], WeekState.FROZEN),
        ([GOAL, 100], [Pause(FIRST.plus(1).monday, FIRST.plus(1).sunday)], WeekState.PAUSED),
    ],
)
def test_an_open_week_that_is_covered_takes_nothing_away(
    minutes: list[int], pauses: list[Pause], state: WeekState
) -> None:
    progress = progress_of(record(FIRST, START, *pauses), totals(*minutes), noon(2, 1))
    assert progress.last_open is not None
    assert progress.last_open.state_if_closed is state
    assert (progress.condition, progress.announced_streak) == (None, 1)


def test_a_last_week_that_was_kept_or_has_closed_is_no_condition() -> None:
    for progress in (progress_of(record(), totals(GOAL), noon(1, 1)), progress_of(record(), totals(9), noon(1, 2))):
        assert (progress.last_open, progress.condition) == (None, None)


def test_this_week_is_away_from_four_days_on() -> None:
    monday = FIRST.monday
    assert progress_of(record(FIRST, START, Pause(monday, monday + timedelta(days=3))), {}, noon(0)).is_away
    assert not progress_of(record(FIRST, START, Pause(monday, monday + timedelta(days=2))), {}, noon(0)).is_away
    assert not progress_of(record(first=None), {}, noon(0)).is_away


def test_who_moved_west_out_of_the_first_week_is_before_it() -> None:
    assert progress_of(record(), totals(60), noon(-1)).is_before_first_week
    assert not progress_of(record(), totals(60), noon(0)).is_before_first_week
    assert not progress_of(record(first=None), {}, noon(0)).is_before_first_week


def test_time_counts_from_the_first_week_on_and_until_its_week_closes() -> None:
    monday = FIRST.monday
    assert record(first=None).counting_week(monday, NOON) is None
    assert record().counting_week(monday - timedelta(days=1), NOON) is None
    assert record().counting_week(monday, noon(1, 1)) == FIRST
    assert record().counting_week(monday, noon(1, 2)) is None


def test_what_has_counted_in_a_closed_week_never_counts_in_another() -> None:
    next_monday = FIRST.plus(1).monday
    assert record().recounted(FIRST, next_monday, noon(1, 2)) == FIRST
    assert record().recounted(FIRST, None, noon(1, 2)) == FIRST
    assert record().recounted(FIRST, next_monday, noon(1, 1)) == FIRST.plus(1)
    assert record().recounted(FIRST, None, noon(1, 1)) is None
    assert record().recounted(None, next_monday, noon(1, 2)) == FIRST.plus(1)


def test_a_week_is_closed_by_the_checkpoint_or_by_the_clock() -> None:
    settled = record(FIRST, Checkpoint(FIRST))
    assert settled.is_closed(FIRST, NOON)
    assert not settled.is_closed(FIRST.plus(1), noon(2, 1))
    assert settled.is_closed(FIRST.plus(1), noon(2, 2))
    assert not record().is_closed(FIRST, noon(1, 1))


def test_the_totals_needed_begin_after_the_checkpoint_or_with_the_current_week() -> None:
    assert totals_needed_from(record(), noon(3)) == FIRST
    assert totals_needed_from(record(FIRST, Checkpoint(FIRST.plus(1))), noon(3)) == FIRST.plus(2)
    assert totals_needed_from(record(FIRST, Checkpoint(FIRST.plus(5))), noon(3)) == FIRST.plus(3)


def test_the_checkpoint_moves_over_weeks_that_have_closed() -> None:
    open_still = settle(progress_of(record(), totals(GOAL, 100), noon(1, 1)))
    assert (open_still.checkpoint, open_still.judged_next_at) == (START, datetime(2026, 1, 14, tzinfo=UTC))
    closed = settle(progress_of(record(), totals(GOAL, 100), noon(1, 2)))
    assert (closed.checkpoint.week, closed.checkpoint.tally.streak) == (FIRST, 1)
    assert closed.judged_next_at == datetime(2026, 1, 21, tzinfo=UTC)


def test_who_has_logged_for_a_week_that_is_still_to_come_is_judged_when_it_begins() -> None:
    progress = progress_of(record(), totals(0, GOAL), noon(0, 6))
    assert progress.is_ahead
    assert settle(progress).judged_next_at == datetime(2026, 1, 12, tzinfo=UTC)


def test_a_freeze_is_told_when_its_week_has_closed() -> None:
    assert settle(progress_of(record(), totals(GOAL, 0), noon(2, 1))).frozen == []
    assert settle(progress_of(record(), totals(GOAL, 0), noon(2, 2))).frozen == [FIRST.plus(1)]


FOUR_WEEKS = Milestone(MilestoneKind.STREAK, 4)


@pytest.mark.parametrize(
    ("minutes", "now", "milestones"),
    [
        ([GOAL] * 3, noon(2), []),
        ([GOAL] * 4, noon(3), [FOUR_WEEKS]),
        ([GOAL, GOAL, GOAL, 0, GOAL], noon(4, 1), []),
        ([GOAL, GOAL, GOAL, 0, GOAL], noon(4, 2), [FOUR_WEEKS]),
    ],
    ids=["three weeks", "four weeks", "one open between", "one saved between"],
)
def test_a_milestone_is_reached_when_the_streak_is_certain(
    minutes: list[int], now: datetime, milestones: list[Milestone]
) -> None:
    assert settle(progress_of(record(), totals(*minutes), now)).milestones == milestones


def test_a_milestone_of_the_checkpoint_is_not_reached_again() -> None:
    four_kept = Checkpoint(FIRST.plus(3), Tally(streak=4))
    later = {FIRST.plus(4): (GOAL, GOAL)}
    assert settle(progress_of(record(FIRST, four_kept), later, noon(4))).milestones == []


@pytest.mark.parametrize("weeks_back", range(8))
def test_the_last_weeks_are_recalled_without_those_before_them(weeks_back: int) -> None:
    by_week = totals(300, 600, 0, 600, 0, 600, 240)
    away = Pause(FIRST.plus(2).monday, FIRST.plus(2).sunday)
    at = noon(6, weekday=3)
    whole = progress_of(record(FIRST, START, away), by_week, at)
    assert [judged.state.value for judged in whole.weeks] == [
        *("first", "kept", "paused", "kept", "frozen", "kept", "open"),
    ]
    settled = settle(whole)
    since = FIRST.plus(6 - weeks_back)
    needed = {week: minutes for week, minutes in by_week.items() if week >= min(since, FIRST.plus(6))}
    recent = progress_of(record(FIRST, settled.checkpoint, away), needed, at)
    assert [judged.week for judged in recent.weeks] == [FIRST.plus(6)]
    assert recall_weeks(recent, needed, settled.frozen, since) == [
        WeekOutcome(judged.facts, judged.state) for judged in whole.weeks if judged.week >= since
    ]


def test_there_is_nothing_to_recall_before_the_first_checkin_or_the_first_closing() -> None:
    assert recall_weeks(progress_of(record(first=None), {}, NOON), {}, [], FIRST) == []
    progress = progress_of(record(), totals(60), NOON)
    assert [outcome.state for outcome in recall_weeks(progress, totals(60), [], FIRST.plus(-9))] == [WeekState.OPEN]


def test_a_first_checkin_begins_the_weeks() -> None:
    after = record(first=None).with_checkin(Entry(date(2026, 1, 4), Minutes(90)), NOON)
    assert (after.person.first_week, after.person.last_checkin_at, after.person.total_minutes) == (FIRST, NOON, 90)
    again = after.with_checkin(Entry(date(2026, 1, 20), Minutes(30)), NOON - timedelta(hours=1))
    assert (again.person.first_week, again.person.last_checkin_at, again.person.total_minutes) == (FIRST, NOON, 120)
    assert again.with_minutes(-120).person.total_minutes == 0


@given(st.lists(st.sampled_from([0, 300, GOAL, 900]), min_size=1, max_size=20), st.lists(st.integers(0, 160)))
def test_settling_day_by_day_comes_to_what_judging_all_at_once_does(minutes: list[int], days: list[int]) -> None:
    by_week = totals(*minutes)
    settling = record()
    for day in sorted(days):
        now = noon(0, day)
        at_once = progress_of(record(), known_at(by_week, now), now)
        progress = progress_of(settling, known_at(by_week, now), now)
        assert (progress.tally, progress.certain_streak) == (at_once.tally, at_once.certain_streak)
        assert progress.weeks == at_once.weeks[len(at_once.weeks) - len(progress.weeks) :]
        settling = settling._replace(checkpoint=settle(progress).checkpoint)
        assert all(settling.is_closed(week, now) for week in closed_weeks(at_once))


def known_at(by_week: WeekTotals, now: datetime) -> WeekTotals:
    return {week: total for week, total in by_week.items() if week.monday <= now.date()}


def closed_weeks(progress: Progress) -> list[Week]:
    return [judged.week for judged in progress.weeks if judged.facts.is_closed]
