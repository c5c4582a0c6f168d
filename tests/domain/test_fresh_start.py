"""Who is offered a fresh start: the run of short weeks that ended last, and once for each."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.duration import Minutes
from bot.domain.fresh_start import ShortRun, find_new_occasion, find_short_run
from bot.domain.goal import GoalChange
from bot.domain.pause import Pause
from bot.domain.person import Person, ZoneSource
from bot.domain.progress import Checkpoint, StudyRecord, progress_of
from bot.domain.streak import Judged, Tally
from bot.domain.week import Week
from bot.domain.zones import ZoneChange

FIRST = Week(date(2026, 1, 5))
GOAL = 600


def run_of(
    minutes: list[int], *, away: int | None = None, checkpoint: Checkpoint | None = None, first: Week | None = FIRST
) -> ShortRun:
    """Return the run on Monday morning after weeks with so many minutes; `away` is the index of one with a pause."""
    now = datetime(2026, 1, 5, 9, tzinfo=UTC) + timedelta(weeks=len(minutes))
    person = Person(1, "Ada", "UTC", ZoneSource.OWN, first, None, sum(minutes), None, 0)
    pauses = [] if away is None else [Pause(FIRST.plus(away).monday, FIRST.plus(away).sunday)]
    zones = [ZoneChange("UTC", None, datetime(2026, 1, 1, tzinfo=UTC))]
    record = StudyRecord(person, [GoalChange(Minutes(GOAL), None)], zones, pauses, checkpoint or Checkpoint())
    return find_short_run(progress_of(record, {FIRST.plus(at): (one, one) for at, one in enumerate(minutes)}, now))


@pytest.mark.parametrize(
    ("minutes", "weeks", "kept"),
    [
        ([], 0, 0),
        ([60], 0, 0),  # a practice week is no failure
        ([60, 60], 1, 0),
        ([60, 60, 60], 2, 0),
        ([600, 60], 1, 1),
        ([600, 60, 60], 2, 1),  # the first of them was saved by a freeze
        ([600, 60, 60, 600], 0, 2),  # kept, though it is open
        ([600, 60, 600, 60, 60], 2, 2),
    ],
)
def test_the_run_has_the_weeks_since_the_last_kept_one(minutes: list[int], weeks: int, kept: int) -> None:
    run = run_of(minutes)
    assert (run.weeks, run.kept, run.name) == (weeks, kept, str(kept))
    assert run.is_long == (weeks >= 2)


def test_who_has_never_checked_in_has_no_run() -> None:
    assert run_of([], first=None) == ShortRun(0, 0, None)


def test_away_weeks_are_passed_over() -> None:
    assert run_of([600, 60, 0, 60], away=2).weeks == 2
    last = run_of([600, 60, 60, 0], away=3)
    assert (last.weeks, last.open_week) == (2, None)


def test_what_closed_before_the_checkpoint_counts() -> None:
    closed = Checkpoint(FIRST.plus(2), Tally(kept=5, short_run=3))
    run = run_of([0, 0, 0, 0], checkpoint=closed)
    assert (run.weeks, run.kept) == (4, 5)


@pytest.mark.parametrize(("minutes", "is_within"), [(540, True), (360, True), (359, False), (0, False)])
def test_the_week_that_has_just_ended_may_be_within_reach(minutes: int, *, is_within: bool) -> None:
    run = run_of([600, 60, minutes])
    assert (run.within_reach is not None) == is_within
    assert run.open_week is not None


def test_a_practice_week_is_never_told_of_as_short() -> None:
    assert run_of([540]).open_week is None


@pytest.mark.parametrize(
    ("weeks", "is_within", "told", "expected"),
    [
        (1, False, None, None),
        (2, False, None, "3"),
        (2, False, "2", "3"),
        (2, False, "3", None),
        (2, True, None, "3 reach"),
        (3, True, "3 reach", None),
        (3, False, "3 reach", "3"),
        (3, True, "3", None),
    ],
)
def test_each_run_is_told_once(weeks: int, told: str | None, expected: str | None, *, is_within: bool) -> None:
    judged: Judged | None = run_of([600, 60, 540]).open_week if is_within else None
    assert find_new_occasion(ShortRun(weeks, 3, judged), told) == expected
