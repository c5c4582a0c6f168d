"""When a chosen reminder comes next, by all that is known now: none is promised that will not come."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum

from bot.domain.pause import Pause, paused_days
from bot.domain.progress import Progress
from bot.domain.reminder import ReminderKind, may_be_reminded
from bot.domain.schedule import Moment, next_occurrence
from bot.domain.streak import PAUSED_DAYS
from bot.domain.week import Week


class Obstacle(Enum):
    """The reason why the rules let no reminder through to somebody."""

    UNKNOWN = "they are in no group and have never checked in"
    RESTING = "they have not checked in for four weeks"


def find_obstacle(kind: ReminderKind, seen_at: datetime | None, at: datetime) -> Obstacle | None:
    """Return what keeps a reminder at `at` from somebody; None where nothing does.

    `seen_at` is when they joined or checked in last; None where they never did.
    """
    if seen_at is None:
        return Obstacle.UNKNOWN
    return None if may_be_reminded(kind, seen_at, at) else Obstacle.RESTING


def is_away_on(pauses: Sequence[Pause], day: date) -> bool:
    """Return True if somebody is on a pause that day, or its week is a paused one: they are not reminded then."""
    return any(pause.covers(day) for pause in pauses) or paused_days(pauses, Week.of(day)) >= PAUSED_DAYS


def find_next(
    kind: ReminderKind,
    moment: Moment,
    done: date | None,
    progress: Progress,
    seen_at: datetime | None,
    now: datetime,
) -> datetime | Obstacle:
    """Return when a nudge or last call comes next if nothing more is logged, else what keeps it away for good.

    `done` is the local date of the last one that was dealt with.
    """
    occurrence = next_occurrence(moment, progress.person.zone, now, done)
    while (obstacle := find_obstacle(kind, seen_at, occurrence.due_at)) is None:
        is_needless = _is_needless(kind, Week.of(occurrence.day), progress)
        if not is_needless and not is_away_on(progress.record.pauses, occurrence.day):
            return occurrence.due_at
        occurrence = next_occurrence(moment, progress.person.zone, occurrence.due_at, occurrence.day)
    return obstacle


def _is_needless(kind: ReminderKind, week: Week, progress: Progress) -> bool:
    """Return True if the week asks for no such reminder as it stands: it was kept or, for a nudge, begun."""
    first = progress.person.first_week
    if first is not None and week < first:
        return True
    if week != progress.current:
        return False
    return progress.is_kept or (kind is ReminderKind.NUDGE and bool(progress.minutes or progress.elsewhere))
