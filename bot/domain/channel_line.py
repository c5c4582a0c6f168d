"""The line that a channel sees of somebody's check-ins (product rules, "What the channel sees").

Check-ins that follow each other are one line, which is corrected when they change; nobody fills the channel.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.domain.checkin import Checkin, Entry
from bot.domain.milestone import Milestone
from bot.domain.progress import Progress
from bot.domain.streak import PAUSED_DAYS, Judged, WeekState
from bot.domain.week import Week

JOINED_WITHIN = timedelta(minutes=30)
"""For so long after a line was posted, further check-ins of its person edit it."""
LINES_A_DAY = 6
"""Lines of one person on one of their days; what comes after them edits the last one."""
LINES_BEFORE_ASKING = 20
"""When a day brings a channel more lines, its organisers are asked whether the weekly card would be better."""


class PostedLine(NamedTuple):
    """A line as it was posted: the key of its post, whose it is, when it came, and the check-ins that stand in it.

    `milestones` are greeted by it for good: they are never taken back.
    """

    key: str
    person_id: int
    posted_at: datetime
    checkin_ids: tuple[int, ...]
    milestones: tuple[Milestone, ...] = ()


class WeekSoFar(NamedTuple):
    """A person's week after a line: its minutes up to then, those of them that count, and its goal.

    `streak` is the one after the week, 0 where none may be announced.
    """

    week: Week
    minutes: int
    counted: int
    goal: int
    streak: int

    @property
    def is_kept(self) -> bool:
        """True if what counts up to the line is enough."""
        return self.counted >= self.goal


class LineContent(NamedTuple):
    """The content of a line: the entries in it that count, and the week of the last one after it.

    `counted` are the minutes that the line adds to what counts in that week.
    """

    entries: tuple[Entry, ...]
    so_far: WeekSoFar
    counted: int

    @property
    def keeps_week(self) -> bool:
        """True if the entries of this line are what kept the week."""
        return self.so_far.is_kept and self.so_far.counted - self.counted < self.so_far.goal


def line_to_join(own_lines: Sequence[PostedLine], day_began_at: datetime, now: datetime) -> PostedLine | None:
    """Return the line that a check-in made now goes into, None where it gets its own.

    `own_lines` are the newest ones of its person, oldest first; `day_began_at` is when it became today where they are.
    """
    if not own_lines:
        return None
    newest = own_lines[-1]
    today = sum(line.posted_at >= day_began_at for line in own_lines)
    return newest if now - newest.posted_at <= JOINED_WITHIN or today >= LINES_A_DAY else None


def line_content(line: PostedLine, made: Sequence[Checkin], progress: Progress) -> LineContent:
    """Return the content of a line as it is now, by the week as it was after the line.

    `made` are its person's check-ins in their order, undone ones too, from all that count in the line's week on.
    """
    own = [checkin for checkin in made if checkin.id in line.checkin_ids]
    valid = [checkin for checkin in own if checkin.undone_at is None]
    week = Week.of((valid or own)[-1].entry.day)
    until = [checkin for checkin in made if checkin.number <= own[-1].number]
    minutes = sum(
        checkin.entry.minutes for checkin in until if checkin.undone_at is None and Week.of(checkin.entry.day) == week
    )
    so_far = week_so_far(progress, week, minutes, _counted(until, week))
    return LineContent(tuple(checkin.entry for checkin in valid), so_far, _counted(own, week))


def week_so_far(progress: Progress, week: Week, minutes: int, counted: int) -> WeekSoFar:
    """Return how a week stands that has `minutes`, of which so many count."""
    return WeekSoFar(week, minutes, counted, progress.record.goal(week), announced_streak(progress.weeks, week))


def _counted(checkins: Iterable[Checkin], week: Week) -> int:
    return sum(checkin.entry.minutes for checkin in checkins if checkin.counted_week == week)


def announced_streak(weeks: Sequence[Judged], week: Week) -> int:
    """Return the streak after `week` as others may read it; 0 while an earlier week is open and may still end it.

    `weeks` are those since the checkpoint; a week before them has none (product rules, "Weeks").
    """
    for judged in weeks:
        if judged.week == week:
            return judged.tally.streak
        if judged.state is WeekState.OPEN and judged.facts.paused_days < PAUSED_DAYS:
            break
    return 0
