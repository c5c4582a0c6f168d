"""The progress of a person as one card; of somebody else it says only what the group may see."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.chat.card import Actions, Block, Button, Card, Fact, Facts, Line, Picture, Tone
from bot.chat.chart import WeekBars
from bot.chat.text import Bold
from bot.domain.coverage import AreaTime, NeglectedArea
from bot.domain.day import say_day
from bot.domain.duration import say
from bot.domain.focus import Focus
from bot.domain.pause import Pause
from bot.domain.progress import Progress
from bot.domain.streak import Judged, WeekState
from bot.views import words
from bot.views.areas import say_neglected
from bot.views.focus import say_focus
from bot.views.horizon import say_next

MAX_AREAS = 6
NAMED_AFTER_WEEKS = 4
"""Weeks after which a neglected area is named without being asked for: one thing at a time leaves others alone."""


@dataclass(frozen=True, slots=True)
class ProgressDetails:
    """The details of one's own card: minutes of this week's seven days, and totals by area, the largest first.

    `name` is the one by which those who read it know the person.
    """

    name: str
    progress: Progress
    at: datetime
    today: date
    days: tuple[int, ...]
    areas: list[AreaTime]
    neglected: NeglectedArea | None
    focus: Focus | None
    away: Pause | None


def own(details: ProgressDetails, actions: tuple[Actions, ...], *, is_public: bool) -> Card:
    """Show this week, streak, weeks kept, freezes, areas, focus and horizon, with a picture."""
    progress = details.progress
    title = f"{details.name}'s progress" if is_public else "Your progress"
    person_facts = [
        *_streak_facts(progress),
        Fact("Freezes", (words.say_freezes(progress.tally),)),
        *_hours_facts(details),
    ]
    blocks: list[Block] = [
        *_week(progress),
        Line((words.say_left(progress.minutes, progress.goal, progress.current, details.today),)),
    ]
    blocks += [words.still_open(judged, details.today) for judged in _short_and_open(progress)]
    blocks += _away(details)
    blocks.append(Facts(tuple(person_facts)))
    if details.neglected is not None and details.neglected.weeks >= NAMED_AFTER_WEEKS and not is_public:
        blocks.append(say_neglected(details.neglected))
    blocks.append(_picture(details))
    if not is_public:
        blocks += actions
    return Card(title, tuple(blocks), _tone(progress))


def other(name: str, progress: Progress) -> Card:
    """Show of somebody else this week, streak and weeks kept, nothing more."""
    return Card(f"{name}'s progress", (*_week(progress), Facts(_streak_facts(progress))), _tone(progress))


def _week(progress: Progress) -> list[Block]:
    return [Line((Bold("This week"), f" · {progress.current}")), words.week_bar(progress.minutes, progress.goal)]


def _streak_facts(progress: Progress) -> tuple[Fact, ...]:
    return (
        Fact("Streak", (words.say_streak(progress.tally.streak),)),
        Fact("Weeks", (words.say_kept(progress.tally),)),
    )


def _hours_facts(details: ProgressDetails) -> list[Fact]:
    total = details.progress.person.total_minutes
    largest = details.areas[:MAX_AREAS]
    shown = [f"{time.area} {say(time.minutes)}" for time in largest]
    rest = total - sum(time.minutes for time in largest)
    if shown and rest > 0:
        shown.append(f"other {say(rest)}")
    areas = [Fact("Areas", (", ".join(shown),))] if shown else []
    focus = [say_focus(details.focus, details.progress.person, details.at)] if details.focus else []
    return [*areas, *focus, Fact("Horizon", (say_next(total, details.progress.goal),))]


def _short_and_open(progress: Progress) -> list[Judged]:
    return [judged for judged in progress.weeks if judged.state is WeekState.OPEN and judged.week < progress.current]


def _away(details: ProgressDetails) -> list[Block]:
    if details.away is None:
        return []
    until = say_day(details.away.until_day, details.today)
    return [Line((f"You are away until {until}.",)), Actions((Button("I'm back", "resume"),))]


def _picture(details: ProgressDetails) -> Picture:
    week = details.progress.current
    days = [f"{day:%a} {say(minutes)}" for day, minutes in zip(week.days(), details.days, strict=True) if minutes]
    alt = ", ".join(days) or "nothing logged yet"
    goal = details.progress.goal
    chart = WeekBars(str(week), details.days, goal, details.today.weekday())
    return Picture(chart, f"By day: {alt}; the goal is {say(goal)}.")


def _tone(progress: Progress) -> Tone:
    return Tone.PROUD if progress.minutes >= progress.goal else Tone.NEUTRAL
