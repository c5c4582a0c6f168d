"""A person's progress, and the record that it is judged from.

Weeks up to the checkpoint have closed and never change again, so judging starts after it. The store loads records and
saves what changed in them; every rule is here and in `streak`.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple

from bot.domain.checkin import Entry
from bot.domain.deadline import Deadline
from bot.domain.goal import GoalChange, goal_in
from bot.domain.milestone import STREAK_MARKS, Milestone, reached
from bot.domain.pause import Pause, paused_days
from bot.domain.person import Person
from bot.domain.streak import Judged, Tally, WeekFacts, WeekOutcome, WeekState, judge, last_closed, recall_state
from bot.domain.week import CLOSED_EVERYWHERE_AFTER, Week, first_instant
from bot.domain.zones import ZoneChange, closes_at

WeekTotals = Mapping[Week, tuple[int, int]]
"""Minutes of weeks: valid now, and those that count: fixed when the week closes, and never any that counted before."""
NO_MINUTES = (0, 0)


class Checkpoint(NamedTuple):
    """The last closed week (None before the first closing) and the tally after it."""

    week: Week | None = None
    tally: Tally = Tally()


class StudyRecord(NamedTuple):
    """All that judging a person needs beside their totals: histories, and the checkpoint to start from."""

    person: Person
    goals: list[GoalChange]
    zones: list[ZoneChange]
    pauses: list[Pause]
    checkpoint: Checkpoint = Checkpoint()
    judged_next_at: datetime | None = None
    """The instant at which the person is judged again unasked, as it was saved last."""
    is_greeting_owed: bool = False
    """True if a milestone was reached that the person has not been told of."""
    has_partner_words: bool = False
    """True if a card may have something to say about the person's study partner, or an invitation."""

    def closes_at(self, week: Week) -> datetime:
        """Return the instant, in UTC, at which `week` closes for this person."""
        return closes_at(self.zones, week)

    def deadline(self, week: Week) -> Deadline:
        """Return until when time for `week` may be logged, as this person reads it."""
        return Deadline(self.closes_at(week), self.person.zone)

    def is_closed(self, week: Week, now: datetime) -> bool:
        """Return True if the state of `week` is final at `now`."""
        closed = self.checkpoint.week
        return (closed is not None and week <= closed) or now >= self.closes_at(week)

    def goal(self, week: Week) -> int:
        """Return the goal in force in `week`, in minutes."""
        return goal_in(self.goals, week)

    def counting_week(self, day: date, now: datetime) -> Week | None:
        """Return the week in which time studied on `day` counts from `now` on.

        None before the person's first week, and once the week has closed: then it changes hours only.
        """
        first, week = self.person.first_week, Week.of(day)
        return week if first is not None and week >= first and not self.is_closed(week, now) else None

    def recounted(self, counted_week: Week | None, day: date | None, now: datetime) -> Week | None:
        """Return the week in which a check-in counts after a change at `now`: of `day`, or None if it is undone.

        One that has counted in a week that has closed stays counted there, and never counts in another.
        """
        if counted_week is not None and self.is_closed(counted_week, now):
            return counted_week
        return None if day is None else self.counting_week(day, now)

    def with_checkin(self, entry: Entry, now: datetime) -> "StudyRecord":
        """Return the record after a check-in made at `now`: a first one begins the person's weeks."""
        person = self.person
        return self._replace(
            person=person._replace(
                first_week=person.first_week or Week.of(person.today(now)),
                last_checkin_at=max(person.last_checkin_at or now, now),
                total_minutes=person.total_minutes + entry.minutes,
            )
        )

    def with_minutes(self, minutes: int) -> "StudyRecord":
        """Return the record after `minutes` were added to all hours, or (below 0) taken away."""
        return self._replace(person=self.person._replace(total_minutes=self.person.total_minutes + minutes))


class StreakCondition(NamedTuple):
    """The condition of a streak: the last week is open, short and not covered, so what comes after it may change.

    `streak` is what stands until then; it becomes `streak_if_kept` if the `missing` minutes are logged for `week` by
    the `deadline`.
    """

    streak: int
    week: Week
    missing: int
    deadline: Deadline
    streak_if_kept: int


class Progress(NamedTuple):
    """A person's progress at an instant: the current week, the weeks since the checkpoint, and the tally after them.

    `minutes` are those that count in the current week; `elsewhere` those that were moved into it after they had counted
    in weeks that have closed, by these: they are hours, and nothing more. `is_ahead` says that time is logged for a
    week that has not begun where they are now: they have moved west.
    """

    record: StudyRecord
    weeks: list[Judged]
    tally: Tally
    current: Week
    minutes: int
    is_ahead: bool = False
    elsewhere: tuple[tuple[Week, int], ...] = ()

    @property
    def person(self) -> Person:
        """The person."""
        return self.record.person

    @property
    def goal(self) -> int:
        """The goal of the current week, in minutes."""
        return self.record.goal(self.current)

    @property
    def uncounted(self) -> int:
        """Minutes of the current week that have counted in weeks that have closed."""
        return sum(minutes for _, minutes in self.elsewhere)

    @property
    def missing(self) -> int:
        """Minutes still to go in the current week."""
        return max(0, self.goal - self.minutes)

    @property
    def is_kept(self) -> bool:
        """True if the current week is kept."""
        judged = self.judged(self.current)
        return judged is not None and judged.state is WeekState.KEPT

    @property
    def is_before_first_week(self) -> bool:
        """True if the person moved west, out of the week in which they first checked in: this one can never count."""
        first = self.person.first_week
        return first is not None and self.current < first

    @property
    def is_away(self) -> bool:
        """True if pauses cover the current week, so that it stays away unless it is kept."""
        judged = self.judged(self.current)
        return judged is not None and judged.is_away

    @property
    def last_open(self) -> Judged | None:
        """The week before the current one while it is open and short; None otherwise."""
        judged = self.judged(self.current.plus(-1))
        return judged if judged is not None and judged.state is WeekState.OPEN else None

    @property
    def condition(self) -> StreakCondition | None:
        """The condition under which the streak stands; None where no open week can take it away.

        While there is one, the streak is not announced to others; the person is told it with the condition
        (product rules, "Weeks").
        """
        short = self.last_open
        if short is None or short.is_covered:
            return None
        index, before = self.weeks.index(short), short.before
        facts = [judged.facts for judged in self.weeks[index:]]
        missed = judge([facts[0]._replace(is_closed=True), *facts[1:]], before)[-1]
        kept = judge([facts[0]._replace(counted=short.facts.goal), *facts[1:]], before)[-1]
        return StreakCondition(
            max(before.streak, missed.tally.streak),
            short.week,
            short.facts.goal - short.facts.counted,
            self.record.deadline(short.week),
            kept.tally.streak,
        )

    @property
    def announced_streak(self) -> int | None:
        """The streak as titles, lines and results may announce it; None while it has a condition."""
        return None if self.condition else self.tally.streak

    @property
    def certain_streak(self) -> int:
        """The streak that no open week can take away: all that comes after an open one is provisional."""
        streak = self.record.checkpoint.tally.streak
        for judged in self.weeks:
            if judged.state is WeekState.OPEN:
                break
            streak = judged.tally.streak
        return streak

    def judged(self, week: Week) -> Judged | None:
        """Return one of the weeks since the checkpoint, which have no gap; None for any other."""
        index = self.weeks[0].week.weeks_to(week) if self.weeks else -1
        return self.weeks[index] if 0 <= index < len(self.weeks) else None


class Settled(NamedTuple):
    """The part of a person's progress that can change no more.

    The new checkpoint, when to judge again unasked (None before the first check-in), the weeks in which a freeze was
    spent, and the streak milestones that a closing has made certain.
    """

    checkpoint: Checkpoint
    judged_next_at: datetime | None
    frozen: list[Week]
    milestones: list[Milestone]


def totals_needed_from(record: StudyRecord, now: datetime) -> Week | None:
    """Return the first week whose totals are needed to judge at `now`; None before the first check-in."""
    closed, first = record.checkpoint.week, record.person.first_week
    start = closed.plus(1) if closed else first
    return min(start, Week.of(record.person.today(now))) if start else None


def progress_of(record: StudyRecord, totals: WeekTotals, now: datetime) -> Progress:
    """Judge the weeks from the checkpoint to the one that it is for the person at `now`."""
    current = Week.of(record.person.today(now))
    weeks = judge(_facts(record, totals, current, now), record.checkpoint.tally)
    tally = weeks[-1].tally if weeks else record.checkpoint.tally
    is_ahead = bool(totals) and max(totals) > current
    return Progress(record, weeks, tally, current, totals.get(current, NO_MINUTES)[1], is_ahead)


def recall_weeks(progress: Progress, totals: WeekTotals, saved: Collection[Week], since: Week) -> list[WeekOutcome]:
    """Return the weeks from `since` to the last one judged, as judging from the person's first week would.

    No older week is needed: `saved` are those up to the checkpoint in which a freeze was spent. The `totals`, and the
    pauses of the record, must reach back to `since`.
    """
    recent = [WeekOutcome(judged.facts, judged.state) for judged in progress.weeks if judged.week >= since]
    return [*_recall_closed(progress.record, totals, saved, since), *recent]


def _recall_closed(
    record: StudyRecord, totals: WeekTotals, saved: Collection[Week], since: Week
) -> Iterator[WeekOutcome]:
    """Yield the weeks from `since` to the checkpoint."""
    first, closed, goals, pauses = record.person.first_week, record.checkpoint.week, record.goals, record.pauses
    if first is None or closed is None:
        return
    for week in max(first, since).until(closed):
        days = paused_days(pauses, week) if pauses else 0
        minutes, counted = totals.get(week, NO_MINUTES)
        facts = WeekFacts(week, goal_in(goals, week), minutes, counted, days, True, week == first)
        yield WeekOutcome(facts, recall_state(facts, is_saved=week in saved))


def settle(progress: Progress) -> Settled:
    """Return the part that can change no more: the checkpoint moves over weeks that have closed."""
    record = progress.record
    last = last_closed(progress.weeks)
    checkpoint = Checkpoint(last.week, last.tally) if last else record.checkpoint
    following = checkpoint.week.plus(1) if checkpoint.week else record.person.first_week
    frozen = [
        judged.week
        for judged in progress.weeks
        if judged.state is WeekState.FROZEN and checkpoint.week and judged.week <= checkpoint.week
    ]
    judged_next_at = _judged_next_at(progress, following) if following else None
    return Settled(checkpoint, judged_next_at, frozen, _certain_milestones(progress))


def _certain_milestones(progress: Progress) -> list[Milestone]:
    streak, before = progress.certain_streak, progress.record.checkpoint.tally.streak
    return list(reached(streak, 0)) if any(before < mark <= streak for mark in STREAK_MARKS) else []


def _judged_next_at(progress: Progress, following: Week) -> datetime:
    """Return when to judge again: the next week closes, or one begins that was studied in already."""
    closing = progress.record.closes_at(following)
    if not progress.is_ahead:
        return closing
    return min(closing, first_instant(progress.current.plus(1).monday, progress.person.zone))


def _facts(record: StudyRecord, totals: WeekTotals, current: Week, now: datetime) -> list[WeekFacts]:
    first = record.person.first_week
    if first is None:
        return []
    closed, goals, zones, pauses = record.checkpoint.week, record.goals, record.zones, record.pauses
    start = closed.plus(1) if closed else first
    over = Week.of((now - CLOSED_EVERYWHERE_AFTER).date())
    return [
        WeekFacts(
            week,
            goal_in(goals, week),
            *totals.get(week, NO_MINUTES),
            paused_days(pauses, week) if pauses else 0,
            week <= over or now >= closes_at(zones, week),
            week == first,
        )
        for week in start.until(current)
    ]
