"""Past weeks with their states, and a picture of every day in them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from bot.chat.card import Actions, Align, Button, Card, Column, Line, Picture, Table
from bot.chat.chart import Heatmap, HeatmapWeek, WeekSign
from bot.chat.text import Code
from bot.domain.day_total import DayTotal
from bot.domain.duration import say, say_in_full, say_total
from bot.domain.progress import Progress
from bot.domain.streak import Judged, WeekOutcome, WeekState
from bot.domain.week import DAYS_A_WEEK, Week
from bot.views import weeks, words

COLUMNS = (
    Column("Week"),
    Column("Hours", Align.RIGHT),
    Column("Goal", Align.RIGHT),
    Column("State"),
    Column("Streak", Align.RIGHT),
)

SIGNS: dict[WeekState, WeekSign] = {
    WeekState.KEPT: "kept",
    WeekState.OPEN: "open",
    WeekState.PAUSED: "away",
    WeekState.FROZEN: "saved",
    WeekState.FIRST: "practice",
    WeekState.MISSED: "missed",
}
"""Signs of a picture for the states of weeks."""


Outcome = TypeVar("Outcome", Judged, WeekOutcome)
"""How much is known of a week that was judged: the counts after it too, or its state alone."""


@dataclass(frozen=True, slots=True)
class PastWeek(Generic[Outcome]):
    """One week: judged, unless it lies before the person's first; imported minutes stand beside what counts."""

    week: Week
    judged: Outcome | None
    minutes: int
    imported: int


def history(
    shown: list[PastWeek[Judged]], picture: Picture | None, progress: Progress, now: datetime, actions: Actions
) -> Card:
    """Show the weeks kept, a table with the newest week first, and the picture, if there is something in it."""
    today = progress.person.today(now)
    table = Table(COLUMNS, tuple(_row(past, progress, today) for past in shown))
    pictures = (picture,) if picture is not None else ()
    return Card("Your weeks", (Line((_say_kept(progress),)), table, *pictures, actions))


def nothing_yet() -> Card:
    """Say what will stand here, and how it begins."""
    text = "Your weeks will stand here, with their hours and what became of them. They begin with your first check-in."
    return Card("", (Line((text,)), Actions((words.CHECK_IN,))))


def not_begun(progress: Progress) -> Card:
    """Say to who moved west out of the week in which they first checked in when their weeks begin."""
    return Card("", (Line((weeks.say_first_week(progress),)), Actions((words.CHECK_IN,))))


def long_ago(count: int, behind: int) -> Card:
    """Say that the last `count` weeks are empty; `behind` weeks reach back to older ones, or as far as can be shown."""
    text = f"Nothing in the last {words.plural(count, 'week')}; what you have is older."
    if behind <= count:
        return Card("", (Line((text, " ", Code("/journal"), " and ", Code("/horizon"), " have it.")),))
    button = Button(f"Show {behind} weeks", "history", {"weeks": str(behind)})
    return Card("", (Line((text,)), Actions((button,))))


def heatmap(past: list[PastWeek[Outcome]], days: dict[date, DayTotal], today: date) -> Picture | None:
    """Return the picture of the minutes a day, imported ones too, of weeks without a gap, oldest first.

    None where there are no minutes.
    """
    starts, count = past[0].week.monday, len(past)
    minutes = [0] * (count * DAYS_A_WEEK)
    for day, total in days.items():
        if 0 <= (at := (day - starts).days) < len(minutes):
            minutes[at] = total.total
    cells = tuple(minutes)
    studied = sum(1 for minutes in cells if minutes)
    if not studied:
        return None
    stretch = words.plural(count, "week")
    alt = f"Each day of {stretch}: {words.plural(studied, 'day')} with study, {say_in_full(sum(cells))} in all."
    hours = f"{say_total(sum(cells))} on {words.plural(studied, 'day')}"
    return Picture(Heatmap(stretch, starts, cells, hours, tuple(map(sign_of, past)), today), alt)


def sign_of(past: PastWeek[Outcome]) -> HeatmapWeek:
    """Return the sign of a week in pictures."""
    if past.judged is None:
        return HeatmapWeek(None, past.minutes, 0)
    facts = past.judged.facts
    return HeatmapWeek(SIGNS[past.judged.state], facts.counted, facts.goal)


def _say_kept(progress: Progress) -> str:
    return weeks.say_first_week(progress) if progress.is_before_first_week else weeks.say_kept(progress.tally)


def _row(past: PastWeek[Judged], progress: Progress, today: date) -> tuple[str, ...]:
    judged = past.judged
    if judged is not None:
        logged = [weeks.say_week_hours(judged)] if judged.facts.minutes or not past.imported else []
    else:
        logged = [say(past.minutes)] if past.minutes else [] if past.imported else [weeks.NONE]
    hours = " + ".join([*logged, *([f"{say(past.imported)} imported"] if past.imported else [])])
    week = words.say_week(past.week, today)
    if judged is None:
        return week, hours, weeks.NONE, "hours only", weeks.NONE
    state, streak = weeks.STATES[judged.state], weeks.say_streak_after(judged, progress)
    return week, hours, say(judged.facts.goal), state, streak
