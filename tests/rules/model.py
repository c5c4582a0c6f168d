"""What the product rules make of a list of what somebody typed and when: naive, and computed anew for every question.

Nothing here knows the code that is tested. Weeks are named by their Monday.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
FULL_DAY = 24 * 60
LONG_DAY = 14 * 60
TEN_HOURS = 600


@dataclass(frozen=True)
class Logged:
    """A check-in; they are numbered in the order in which they were made, from 1."""

    at: datetime
    day: date
    minutes: int
    area: str | None


@dataclass(frozen=True)
class Edited:
    at: datetime
    number: int
    day: date
    minutes: int
    area: str | None


@dataclass(frozen=True)
class Undone:
    at: datetime
    number: int


@dataclass(frozen=True)
class PutBack:
    at: datetime
    number: int


@dataclass(frozen=True)
class Moved:
    at: datetime
    zone: str


@dataclass(frozen=True)
class Promised:
    """A goal, typed or taken over from the first group joined."""

    at: datetime
    minutes: int


@dataclass(frozen=True)
class Paused:
    at: datetime
    first: date
    last: date


@dataclass(frozen=True)
class Resumed:
    at: datetime


@dataclass(frozen=True)
class Focused:
    """A focus began; one that ran was set aside for it."""

    at: datetime
    title: str


@dataclass(frozen=True)
class Finished:
    at: datetime


Typed = Logged | Edited | Undone | PutBack | Moved | Promised | Paused | Resumed | Focused | Finished


@dataclass(frozen=True)
class Entry:
    """A check-in as it stands."""

    number: int
    made_at: datetime
    day: date
    minutes: int
    area: str | None
    focus: str | None = None
    is_undone: bool = False
    is_late: bool = False


@dataclass(frozen=True)
class Away:
    """A pause: until which day one is away, and until which its days count for weeks: longer where it was ended."""

    first: date
    last: date
    counts_until: date


@dataclass(frozen=True)
class JudgedWeek:
    """`counted` are the minutes that its state comes from."""

    monday: date
    minutes: int
    counted: int
    goal: int
    state: str
    streak: int


@dataclass(frozen=True)
class Judgement:
    """`counted_in` names, by the numbers of check-ins, the week in which each has counted or counts now."""

    weeks: list[JudgedWeek]
    earned: int
    spent: int
    counted_in: dict[int, date]

    @property
    def held(self) -> int:
        return 1 + self.earned - self.spent

    @property
    def streak(self) -> int:
        return self.weeks[-1].streak if self.weeks else 0

    def count(self, state: str) -> int:
        return sum(week.state == state for week in self.weeks)


@dataclass(frozen=True)
class Life:
    """One person: the zone that the platform told of them, and all they typed that was accepted, in order."""

    told_zone: str
    typed: tuple[Typed, ...] = ()

    def then(self, typed: Typed) -> "Life":
        return replace(self, typed=(*self.typed, typed))

    def before(self, instant: datetime) -> "Life":
        """Return the life as it was just before an instant."""
        return replace(self, typed=tuple(typed for typed in self.typed if typed.at < instant))

    def moments(self) -> Iterator[tuple["Life", Typed]]:
        """Yield each thing typed, with the life before it."""
        for index, typed in enumerate(self.typed):
            yield replace(self, typed=self.typed[:index]), typed

    @property
    def zone(self) -> str:
        """Where their days are counted now."""
        return next((typed.zone for typed in reversed(self.typed) if isinstance(typed, Moved)), self.told_zone)

    def today(self, now: datetime) -> date:
        return now.astimezone(ZoneInfo(self.zone)).date()

    def monday(self, now: datetime) -> date:
        return monday_of(self.today(now))

    @property
    def first_week(self) -> date | None:
        """The week in which they first checked in, whatever day that was for."""
        return next((life.monday(typed.at) for life, typed in self.moments() if isinstance(typed, Logged)), None)

    @property
    def focus(self) -> str | None:
        """The one that runs."""
        newest = next((typed for typed in reversed(self.typed) if isinstance(typed, Focused | Finished)), None)
        return newest.title if isinstance(newest, Focused) else None

    def focuses(self) -> dict[str, int]:
        """Return every focus with the minutes of its valid check-ins."""
        titles = [typed.title for typed in self.typed if isinstance(typed, Focused)]
        return {title: sum(entry.minutes for entry in self.valid() if entry.focus == title) for title in titles}

    def closes_at(self, monday: date) -> datetime:
        """Return local 00:00 of the Wednesday after the week; a zone taken while it is open may end it later."""
        closing = beginning_of(monday + 9 * DAY, self.told_zone)
        has_begun = False
        for life, typed in self.moments():
            if isinstance(typed, Moved):
                there = beginning_of(monday + 9 * DAY, typed.zone)
                has_begun = life.first_week is not None and (has_begun or monday <= life.monday(typed.at))
                if not has_begun:
                    closing = there
                elif typed.at < closing:
                    closing = max(closing, there)
        return closing

    def is_closed(self, monday: date, now: datetime) -> bool:
        return now >= self.closes_at(monday)

    def goal(self, monday: date) -> int:
        """Return the goal of a week: a change counts from next week, in the first week and before it at once."""
        goal = TEN_HOURS
        for life, typed in self.moments():
            if isinstance(typed, Promised):
                current = life.monday(typed.at)
                at_once = life.first_week is None or current <= life.first_week
                if at_once or monday > current:
                    goal = typed.minutes
        return goal

    def pauses(self) -> list[Away]:
        pauses: list[Away] = []
        for life, typed in self.moments():
            if isinstance(typed, Paused):
                pauses.append(Away(typed.first, typed.last, typed.last))
            elif isinstance(typed, Resumed):
                pauses = resumed(pauses, life.today(typed.at))
        return pauses

    def entries(self) -> dict[int, Entry]:
        """Return all check-ins by number, undone ones too."""
        entries: dict[int, Entry] = {}
        for life, typed in self.moments():
            match typed:
                case Logged():
                    number = len(entries) + 1
                    entry = Entry(number, typed.at, typed.day, typed.minutes, typed.area, life.focus)
                    entries[number] = life.marked(entry, typed.at, typed.day)
                case Edited():
                    old = entries[typed.number]
                    entry = replace(old, day=typed.day, minutes=typed.minutes, area=typed.area)
                    entries[old.number] = life.marked(entry, typed.at, old.day, typed.day)
                case Undone() | PutBack():
                    old = entries[typed.number]
                    entry = replace(old, is_undone=isinstance(typed, Undone))
                    entries[old.number] = life.marked(entry, typed.at, old.day)
                case _:
                    pass
        return entries

    def marked(self, entry: Entry, at: datetime, *days: date) -> Entry:
        """Return the entry, late if what is done to it is done after a week that it concerns has closed."""
        return replace(entry, is_late=entry.is_late or any(self.is_closed(monday_of(day), at) for day in days))

    def valid(self) -> list[Entry]:
        return [entry for entry in self.entries().values() if not entry.is_undone]

    def day_total(self, day: date) -> int:
        return sum(entry.minutes for entry in self.valid() if entry.day == day)

    def newest(self) -> Entry | None:
        return max(self.valid(), key=lambda entry: entry.number, default=None)

    def judged(self, now: datetime) -> Judgement:
        """Judge every week from the first to the current one, in order."""
        weeks: list[JudgedWeek] = []
        streak = earned = spent = 0
        first = self.first_week
        monday = first or self.monday(now) + WEEK
        valid = self.valid()
        counted_in: dict[int, date] = {}
        while monday <= self.monday(now):
            closed = self.is_closed(monday, now)
            at_closing = self.before(self.closes_at(monday)) if closed else self
            counting = [
                entry
                for entry in (at_closing.valid() if closed else valid)
                if monday_of(entry.day) == monday and entry.number not in counted_in
            ]
            counted, goal = total(counting, monday), self.goal(monday)
            counted_in |= {entry.number: monday for entry in counting}
            if counted >= goal:
                state, streak = "kept", streak + 1
                earned += streak % 4 == 0 and 1 + earned - spent < 2
            elif not closed:
                state = "open"
            elif paused_days(at_closing.pauses(), monday) >= 4:
                state = "paused"
            elif streak >= 1 and 1 + earned - spent >= 1:
                state, spent = "frozen", spent + 1
            elif monday == first:
                state = "first"
            else:
                state, streak = "missed", 0
            weeks.append(JudgedWeek(monday, total(valid, monday), counted, goal, state, streak))
            monday += WEEK
        ahead = {entry.number: monday_of(entry.day) for entry in valid if monday_of(entry.day) >= monday}
        return Judgement(weeks, earned, spent, ahead | counted_in if first else {})

    def counted(self, now: datetime) -> int:
        """Return the minutes that count in the current week."""
        weeks = self.judged(now).weeks
        return weeks[-1].counted if weeks else 0

    def reaches(self, day: date, now: datetime) -> bool:
        """Return True for today and up to 14 days back."""
        return self.today(now) - 14 * DAY <= day <= self.today(now)

    def has_room(self, day: date, minutes: int, instead_of: Entry | None = None) -> bool:
        """Return True if a day holds so much more, where one check-in is taken out of it first."""
        freed = instead_of.minutes if instead_of is not None and instead_of.day == day else 0
        return self.day_total(day) - freed + minutes <= FULL_DAY

    def is_long(self, day: date, minutes: int, instead_of: Entry | None = None) -> bool:
        """Return True if a day comes to more than fourteen hours only by so much more."""
        freed = instead_of.minutes if instead_of is not None and instead_of.day == day else 0
        before = self.day_total(day)
        return minutes != freed and before <= LONG_DAY < before - freed + minutes

    def logged_a_moment_ago(self, day: date, minutes: int, now: datetime) -> Entry | None:
        """Return the newest check-in of the same day and minutes within two minutes."""
        same = [entry for entry in self.valid() if (entry.day, entry.minutes) == (day, minutes)]
        recent = [entry for entry in same if now - entry.made_at <= timedelta(minutes=2)]
        return max(recent, key=lambda entry: entry.number, default=None)


def resumed(pauses: list[Away], today: date) -> list[Away]:
    """End with yesterday what covers today, and leave this week as it was announced.

    Where nothing covers today, take the next one back.
    """
    running = [pause for pause in pauses if pause.first <= today <= pause.last]
    if running:
        sunday = monday_of(today) + 6 * DAY
        ended = [replace(each, last=today - DAY, counts_until=min(each.counts_until, sunday)) for each in running]
        return [pause for pause in pauses if pause not in running] + ended
    coming = [pause for pause in pauses if pause.first > today]
    taken_back = min(coming, key=lambda pause: pause.first, default=None)
    return [pause for pause in pauses if pause is not taken_back]


def paused_days(pauses: list[Away], monday: date) -> int:
    days = [monday + n * DAY for n in range(7)]
    return sum(any(pause.first <= day <= pause.counts_until for pause in pauses) for day in days)


def total(entries: list[Entry], monday: date) -> int:
    return sum(entry.minutes for entry in entries if monday_of(entry.day) == monday)


def monday_of(day: date) -> date:
    return day - day.weekday() * DAY


@cache
def beginning_of(day: date, zone: str) -> datetime:
    """Return the first instant at which it is that day there: one quarter of an hour after another is looked at."""
    instant = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=15)
    while instant.astimezone(ZoneInfo(zone)).date() < day:
        instant += timedelta(minutes=15)
    return instant
