"""One card that says where a person stands; of somebody else it says only what the group may see."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.chat.card import Actions, Block, Button, Card, Fact, Facts, Line, Picture, Tone
from bot.chat.chart import WeekBars
from bot.chat.text import Bold
from bot.domain.coverage import AreaTime, Neglected
from bot.domain.day import say_day
from bot.domain.duration import say
from bot.domain.focus import Focus
from bot.domain.pause import Pause
from bot.domain.streak import Judged, State
from bot.store.standing import Standing
from bot.views import words
from bot.views.areas import say_neglected
from bot.views.focus import say_focus
from bot.views.horizon import say_next

MOST_AREAS = 6
NAMED_AFTER = 4
"""Weeks after which a neglected area is named without being asked for: one thing at a time leaves others alone."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What one's own card is made of: minutes of this week's seven days, and totals by area, the largest first."""

    now: Standing
    at: datetime
    today: date
    days: tuple[int, ...]
    areas: list[AreaTime]
    neglected: Neglected | None
    focus: Focus | None
    away: Pause | None


def own(found: Progress, actions: tuple[Actions, ...], *, is_public: bool) -> Card:
    """This week, streak, weeks kept, freezes, areas, focus and horizon, with a picture."""
    now = found.now
    name = now.books.person.name
    title = f"{name}'s progress" if is_public else "Your progress"
    person_facts = [*_standing_facts(now), Fact("Freezes", (words.say_freezes(now.tally),)), *_hours_facts(found)]
    blocks: list[Block] = [*_week(now), Line((words.say_left(now.minutes, now.goal, now.current, found.today),))]
    blocks += [words.still_open(judged, found.today) for judged in _short_and_open(now)]
    blocks += _away(found)
    blocks.append(Facts(tuple(person_facts)))
    if found.neglected is not None and found.neglected.weeks >= NAMED_AFTER and not is_public:
        blocks.append(say_neglected(found.neglected))
    blocks.append(_picture(found))
    if not is_public:
        blocks += actions
    return Card(title, tuple(blocks), _tone(now))


def other(now: Standing, actions: tuple[Actions, ...]) -> Card:
    """Somebody else's: this week, streak and weeks kept, nothing more."""
    name = now.books.person.name
    return Card(f"{name}'s progress", (*_week(now), Facts(_standing_facts(now)), *actions), _tone(now))


def _week(now: Standing) -> list[Block]:
    return [Line((Bold("This week"), f" · {now.current}")), words.week_bar(now.minutes, now.goal)]


def _standing_facts(now: Standing) -> tuple[Fact, ...]:
    return (
        Fact("Streak", (words.say_streak(now.tally.streak),)),
        Fact("Weeks", (words.say_kept(now.tally),)),
    )


def _hours_facts(found: Progress) -> list[Fact]:
    total = found.now.books.person.total_minutes
    shown = [f"{each.area} {say(each.minutes)}" for each in found.areas[:MOST_AREAS]]
    rest = total - sum(each.minutes for each in found.areas[:MOST_AREAS])
    if shown and rest > 0:
        shown.append(f"other {say(rest)}")
    areas = [Fact("Areas", (", ".join(shown),))] if shown else []
    focus = [say_focus(found.focus, found.now.books.person, found.at)] if found.focus else []
    return [*areas, *focus, Fact("Horizon", (say_next(total, found.now.goal),))]


def _short_and_open(now: Standing) -> list[Judged]:
    return [judged for judged in now.weeks if judged.state is State.OPEN and judged.week < now.current]


def _away(found: Progress) -> list[Block]:
    if found.away is None:
        return []
    until = say_day(found.away.until_day, found.today)
    return [Line((f"You are away until {until}.",)), Actions((Button("I'm back", "resume"),))]


def _picture(found: Progress) -> Picture:
    week = found.now.current
    said = [f"{day:%a} {say(minutes)}" for day, minutes in zip(week.days(), found.days, strict=True) if minutes] or [
        "nothing logged yet"
    ]
    goal = found.now.goal
    return Picture(WeekBars(str(week), found.days, goal), f"By day: {', '.join(said)}; the goal is {say(goal)}.")


def _tone(now: Standing) -> Tone:
    return Tone.PROUD if now.minutes >= now.goal else Tone.NEUTRAL
