"""Phrases about a person's weeks: what is left, until when, the streak with its condition, and what never breaks."""

from datetime import date, datetime

from bot.chat.card import Bar
from bot.domain.checkin import Checkin
from bot.domain.deadline import Deadline
from bot.domain.duration import Minutes, say
from bot.domain.progress import Progress
from bot.domain.streak import FREEZE_EVERY_WEEKS, FREEZES_AT_MOST, Judged, Tally, WeekState
from bot.domain.week import DAYS_A_WEEK, Week
from bot.views.words import plural, say_week

NONE = "–"
"""What a table shows where there is nothing to show."""
STATES = {
    WeekState.KEPT: "kept",
    WeekState.OPEN: "open",
    WeekState.PAUSED: "away",
    WeekState.FROZEN: "saved by a freeze",
    WeekState.FIRST: "practice week",
    WeekState.MISSED: "missed",
}
"""The words of the states for members; the export has those of `WeekState`."""
OTHERWISE = {
    WeekState.PAUSED: "; otherwise it stays away",
    WeekState.FROZEN: "; otherwise your freeze saves it",
}
"""The end of a sentence on a week that is short and open, where something covers it."""
SAID_ON_LAST_DAY_MINUTES = 240
"""More than this is not asked of anybody on the last day of a week."""
ROUNDED_TO_MINUTES = 5


def say_by(deadline: Deadline, now: datetime) -> str:
    """Return `by tonight`, `by the end of Tuesday`, or, where it falls within a day, `by Tue 18:00`."""
    day, days = deadline.last_day, deadline.days_left(now)
    if deadline.is_end_of_day:
        if days == 0:
            return "by tonight"
        return f"by the end of {day:%A}" if days < DAYS_A_WEEK else f"by the end of {_date(day)}"
    clock = f"{deadline.at.astimezone(deadline.zone):%H:%M}"
    if days == 0:
        return f"by {clock} today"
    return f"by {day:%a} {clock}" if days < DAYS_A_WEEK else f"by {_date(day)}, {clock}"


def say_until(deadline: Deadline, now: datetime) -> str:
    """Return `until tonight`, `until the end of Tuesday`, or, where it falls within a day, `until Tue 18:00`."""
    return f"until {say_by(deadline, now).removeprefix('by ')}"


def say_left(progress: Progress, now: datetime) -> str:
    """Say what is left of the current week: hours and a pace a day, or until when it may still be logged."""
    current, missing = progress.current, progress.missing
    if progress.is_before_first_week:
        return say_first_week(progress)
    if not missing:
        return "This week is kept."
    if progress.is_away:
        return f"This week is away, so nothing can break. Reach {say(progress.goal)} and it counts as kept."
    days = (current.sunday - progress.person.today(now)).days + 1
    if days > 1:
        return f"{say(missing)} to go, about {say(_rounded(missing, days))} a day."
    until = f"Already studied? Log it {say_by(progress.record.deadline(current), now)}."
    return f"{say(missing)} to go by midnight. {until}" if missing <= SAID_ON_LAST_DAY_MINUTES else until


def say_first_week(progress: Progress) -> str:
    """Say, to who moved west out of the week in which they first checked in, that their weeks are still to begin."""
    return f"Your weeks begin with {progress.person.first_week}. What you log before that is hours only."


def say_last_week(progress: Progress, now: datetime) -> str | None:
    """Say what keeps the week that ended last, while it is open and short; None otherwise."""
    short = progress.last_open
    if short is None:
        return None
    facts, by = short.facts, say_by(progress.record.deadline(short.week), now)
    logged = say(facts.counted) if facts.counted else "nothing yet"
    otherwise = OTHERWISE.get(short.state_if_closed, "")
    return f"Last week: {logged}; {say(facts.goal - facts.counted)} more {by} keeps it{otherwise}."


def say_change(checkin: Checkin, progress: Progress, now: datetime) -> str:
    """Say what a change of a check-in means for the week of its day: once that has closed, only its hours change."""
    week, record = Week.of(checkin.entry.day), progress.record
    counted = checkin.counted_week
    if counted is not None and counted != week and record.is_closed(counted, now):
        return f"It has counted for {counted}, so only hours change."
    if record.is_closed(week, now):
        return f"Only the hours change: {week} has closed and stays what it was."
    if record.counting_week(checkin.entry.day, now) is None:
        return f"Only the hours change: your weeks begin with {progress.person.first_week}."
    if week != progress.current:
        return say_last_week(progress, now) or "Last week is kept."
    left = f"{say(progress.missing)} to go" if progress.missing else "the week is kept"
    logged = say(progress.minutes) if progress.minutes else "Nothing logged"
    return f"{logged} this week, {left}."


def week_bar(progress: Progress) -> Bar:
    """Return the current week's bar: what counts of the goal, in minutes."""
    return Bar(progress.minutes, progress.goal, say_hours(progress))


def say_hours(progress: Progress) -> str:
    """Return `7 h of 10 h`, and what was moved into the week: `, and 9 h that counted for 12–18 Jan`."""
    moved = "".join(f", and {say(minutes)} that counted for {week}" for week, minutes in progress.elsewhere)
    return f"{say(progress.minutes)} of {say(progress.goal)}{moved}"


def say_week_hours(judged: Judged) -> str:
    """Return the hours of a past week, a dash for none, with those that counted where they were changed since."""
    facts = judged.facts
    hours = say(facts.minutes) if facts.minutes or facts.counted else NONE
    return f"{hours}{say_counted(judged)}"


def say_counted(judged: Judged) -> str:
    """Return ` (8 h counted)` where other hours have counted for a past week than it has now, else nothing."""
    facts = judged.facts
    counted = say(facts.counted) if facts.counted else "none"
    return "" if facts.minutes == facts.counted else f" ({counted} counted)"


def say_streak(streak: int) -> str:
    """Return `3 weeks`, or `none yet`."""
    return plural(streak, "week") if streak else "none yet"


def say_own_streak(progress: Progress, now: datetime) -> str:
    """Return `3 weeks`, with its condition while the last week is open: `3; log 2 h for last week by … and it's 5`."""
    condition = progress.condition
    if condition is None:
        return say_streak(progress.tally.streak)
    by = say_by(condition.deadline, now)
    missing = say(condition.missing)
    return f"{condition.streak or 'none yet'}; log {missing} for last week {by} and it's {condition.streak_if_kept}"


def say_shown_streak(progress: Progress) -> str:
    """Return the streak as others see it: what is certain, with the away weeks in it; "" where there is none."""
    condition = progress.condition
    streak = condition.streak if condition else progress.tally.streak
    if not streak:
        return ""
    away = progress.tally.away_in_streak
    return f"{say_streak(streak)} · {away} away" if away else say_streak(streak)


def say_streak_after(judged: Judged, progress: Progress) -> str:
    """Return the streak after a week as a number; a dash where a week before it may still change it."""
    condition = progress.condition
    return NONE if condition and judged.week > condition.week else str(judged.tally.streak)


def say_kept(tally: Tally) -> str:
    """Return `41 of 45 weeks kept · 3 away · 1 saved`: what no missed week takes away."""
    kept = f"{tally.kept:,} of {plural(tally.weeks, 'week')} kept" if tally.weeks else "no full week yet"
    away = f" · {tally.away} away" if tally.away else ""
    saved = f" · {tally.spent} saved" if tally.spent else ""
    return f"{kept}{away}{saved}"


def say_freezes(tally: Tally) -> str:
    """Return `1; 3 more kept weeks earn another`."""
    if tally.held >= FREEZES_AT_MOST:
        return f"{tally.held}, the most you can hold"
    missing = FREEZE_EVERY_WEEKS - tally.streak % FREEZE_EVERY_WEEKS
    earn = f"{plural(missing, 'more kept week')} {'earns' if missing == 1 else 'earn'}"
    return f"{tally.held}; {earn} another" if tally.held else f"none left; {earn} one"


def name_week(week: Week, current: Week, today: date) -> str:
    """Return `this week`, `last week`, `next week`, or the dates of any other."""
    near = {0: "this week", -1: "last week", 1: "next week"}
    return near.get(current.weeks_to(week)) or say_week(week, today)


def _date(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def _rounded(missing: int, days: int) -> Minutes:
    """Return the minutes a day that are enough, rounded up to five."""
    return Minutes(-(-missing // (days * ROUNDED_TO_MINUTES)) * ROUNDED_TO_MINUTES)
