"""Work by the clock: rules of groups and people that come back every week or day, and work that is done once."""

from datetime import date, datetime
from typing import NamedTuple

from bot.domain.reminder import ReminderKind
from bot.domain.week import Week


class GroupSchedule(NamedTuple):
    """A group's rule for one of its posts. `moment` is a key of `schedule.Moment`.

    `due_at` is None while it is off; `done_day` is the local date that was dealt with last; `zone_name`, the owner's
    zone, is loaded with what is due.
    """

    id: int
    kind: ReminderKind
    group_id: int
    moment: str
    is_on: bool
    due_at: datetime | None
    done_day: date | None
    zone_name: str = ""


class PersonSchedule(NamedTuple):
    """A person's rule for one of their reminders. `group_id` says whose channel names them, if any does."""

    id: int
    kind: ReminderKind
    person_id: int
    group_id: int | None
    moment: str
    is_on: bool
    due_at: datetime | None
    done_day: date | None
    zone_name: str = ""


class WeekClosing(NamedTuple):
    """The instant at which a week has closed for all members of a group."""

    id: int
    group_id: int
    week: Week
    due_at: datetime


class WeeklyCardDue(NamedTuple):
    """The instant at which a week's card of a group is to be drawn."""

    id: int
    group_id: int
    week: Week
    due_at: datetime


class OpenResultsDue(NamedTuple):
    """The instant at which results that are still open are to be drawn anew."""

    id: int
    group_id: int
    week: Week
    due_at: datetime


class PartnersDue(NamedTuple):
    """The instant at which a group's partners are matched and asked a question for the week."""

    id: int
    group_id: int
    week: Week
    due_at: datetime


class SnoozedReminder(NamedTuple):
    """A reminder of a week that a person asked to have again; its `due_at` is None when that is done."""

    id: int
    kind: ReminderKind
    person_id: int
    week: Week
    due_at: datetime | None
    zone_name: str = ""


class AskedReminder(NamedTuple):
    """A reminder of a week for which a person has pressed *Remind me*, on a post of the group."""

    id: int
    person_id: int
    group_id: int
    week: Week
    due_at: datetime


RecurringSchedule = GroupSchedule | PersonSchedule
WeekSchedule = WeekClosing | WeeklyCardDue | OpenResultsDue | PartnersDue
Schedule = RecurringSchedule | WeekSchedule | SnoozedReminder | AskedReminder
