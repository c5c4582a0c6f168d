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
from bot.views import weeks
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
        *(_streak_facts(progress) if is_public else _own_streak_facts(details)),
        Fact("Freezes", (weeks.say_freezes(progress.tally),)),
        *_hours_facts(details),
    ]
    blocks: list[Block] = _week(progress)
    if not is_public:
        blocks += _still_to_log(details)
    blocks += _away(details)
    blocks.append(Facts(tuple(person_facts)))
    if details.neglected is not None and details.neglected.weeks >= NAMED_AFTER_WEEKS and not is_public:
        blocks.append(say_neglected(details.neglected))
    blocks.append(_picture(details))
    if not is_public:
        blocks += actions
    return Card(title, tuple(blocks), _tone(progress))


def other(name: str, progress: Progress, *, is_away: bool) -> Card:
    """Show of somebody else this week, streak and weeks kept, and that they are away, never why; nothing more."""
    away = (Line((f"{name} is away this week.",)),) if is_away else ()
    return Card(f"{name}'s progress", (*_week(progress), *away, Facts(_streak_facts(progress))), _tone(progress))


def _week(progress: Progress) -> list[Block]:
    return [Line((Bold("This week"), f" · {progress.current}")), weeks.week_bar(progress)]


def _streak_facts(progress: Progress) -> tuple[Fact, ...]:
    return (
        Fact("Streak", (weeks.say_shown_streak(progress),)),
        Fact("Weeks", (weeks.say_kept(progress.tally),)),
    )


def _own_streak_facts(details: ProgressDetails) -> tuple[Fact, ...]:
    progress = details.progress
    return (
        Fact("Streak", (weeks.say_own_streak(progress, details.at),)),
        Fact("Weeks", (weeks.say_kept(progress.tally),)),
    )


def _still_to_log(details: ProgressDetails) -> list[Block]:
    """Say what is left of this week, and of the last one, unless the streak says it as its condition."""
    progress = details.progress
    last_week = None if progress.condition else weeks.say_last_week(progress, details.at)
    lines = [weeks.say_left(progress, details.at), *([last_week] if last_week else [])]
    return [Line((line,)) for line in lines]


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
