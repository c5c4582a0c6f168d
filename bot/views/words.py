"""Small phrases that many cards share, so that the same thing is always said in the same words."""

from datetime import date, timedelta

from bot.chat.card import Actions, Bar, Button, Card, Line, Note, Style, Tone
from bot.chat.text import Code, Text
from bot.domain.day import say_day
from bot.domain.duration import say
from bot.domain.milestone import Milestone
from bot.domain.person import Person
from bot.domain.streak import Tally
from bot.domain.week import Week
from bot.errors import Refused

CHECK_IN = Button("Check in", "checkin", style=Style.PRIMARY, opens_form=True)


def plural(count: int, one: str, many: str = "") -> str:
    """`1 week`, `2 weeks`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def say_streak(streak: int) -> str:
    """`no streak yet`, `3 weeks`."""
    return plural(streak, "week") if streak else "no streak yet"


def say_kept(tally: Tally) -> str:
    """`41 kept, 3 paused, of 46`: what does not break."""
    paused = f", {tally.paused} paused" if tally.paused else ""
    return f"{tally.kept} kept{paused}, of {tally.weeks}"


def week_bar(minutes: int, goal: int) -> Bar:
    """This week's bar."""
    return Bar(minutes, goal, f"{say(minutes)} of {say(goal)}")


def say_left(minutes: int, goal: int, week: Week, today: date) -> str:
    """What is left of the week, and the pace a day that it takes."""
    missing = goal - minutes
    if missing <= 0:
        over = f", {say(-missing)} over" if missing else ""
        return f"This week is kept{over}."
    days = (week.sunday - today).days + 1
    if days <= 1:
        return f"{say(missing)} to go, all of it today. Log it by Tuesday night."
    return f"{say(missing)} to go: {say(-(-missing // days))} a day for {days} days."


def say_milestones(milestones: list[Milestone]) -> tuple[Line, ...]:
    """A line for each new milestone."""
    return tuple(Line((f"🎉 Milestone: {milestone}.",)) for milestone in milestones)


def zone_note(person: Person) -> Note | None:
    """Whose clock the days follow, while the person has not said."""
    if person.is_zone_chosen:
        return None
    return Note((f"Days follow {person.zone_name} until you say otherwise: ", Code("/timezone"), "."))


def refusal(refused: Refused) -> Card:
    """Wrong input: the sentence, and an example to type."""
    example: tuple[Line, ...] = (Line(("For example: ", Code(refused.example))),) if refused.example else ()
    return Card("", (Line((refused.sentence,)), *example), Tone.WRONG)


def question(title: str, text: Text, *buttons: Button) -> Card:
    """Something to be decided by a button; nothing has changed yet."""
    return Card(title, (Line(text), Actions(buttons)), Tone.WARN)


def done(text: str, *more: Line | Note | Actions) -> Card:
    """A short word that it is done."""
    return Card("", (Line((text,)), *more), Tone.GOOD)


def until_closing(week: Week, today: date) -> str:
    """Until when entries still count for a week, in the reader's own days."""
    tuesday = week.sunday + timedelta(days=2)
    return f"until {say_day(tuesday, today)} at midnight"
