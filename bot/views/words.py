"""Small phrases that many cards share, so that the same thing is always said in the same words."""

from datetime import date, timedelta

from bot.chat.card import Actions, Bar, Button, Card, Line, Note, Style, Tone
from bot.chat.refusal import refusal_text
from bot.chat.text import Code, Text
from bot.domain.duration import say
from bot.domain.milestone import Milestone
from bot.domain.person import Person
from bot.domain.streak import FREEZE_EVERY_WEEKS, FREEZES_AT_MOST, Judged, Tally
from bot.domain.week import Week
from bot.errors import Refused

CHECK_IN = Button("Check in", "checkin", style=Style.PRIMARY, opens_form=True)

CHANGE_ZONE = Button("Change", "timezone", opens_form=True)
"""Stands on cards that say that days follow the group's zone."""


def show_everyone(command: str, options: dict[str, str]) -> Button:
    """Shows the same answer to all who read the channel."""
    return Button("Show everyone", command, {**options, "everyone": "yes"})


def plural(count: int, one: str, many: str = "") -> str:
    """`1 week`, `2 weeks`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def say_streak(streak: int) -> str:
    """`no streak yet`, `3 weeks`."""
    return plural(streak, "week") if streak else "no streak yet"


def say_kept(tally: Tally) -> str:
    """`41 kept, 3 paused, of 46`: what does not break."""
    if not tally.weeks:
        return "0 kept so far"
    paused = f", {tally.paused} paused" if tally.paused else ""
    return f"{tally.kept} kept{paused}, of {tally.weeks}"


def say_freezes(tally: Tally) -> str:
    """`1 in hand, the next at a streak of 8 weeks`."""
    in_hand = f"{tally.held or 'none'} in hand"
    if tally.held >= FREEZES_AT_MOST:
        return f"{in_hand}, which is the most"
    following = (tally.streak // FREEZE_EVERY_WEEKS + 1) * FREEZE_EVERY_WEEKS
    return f"{in_hand}, the next at a streak of {following} weeks"


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
    """Return the card of wrong input: the sentence, and below it an example to type."""
    example: tuple[Line, ...] = (Line(("For example: ", Code(refused.example))),) if refused.example else ()
    return Card("", (Line(refusal_text(refused)), *example), Tone.WRONG)


def question(title: str, text: Text, *buttons: Button) -> Card:
    """Something to be decided by a button; nothing has changed yet."""
    return Card(title, (Line(text), Actions(buttons)), Tone.WARN)


def done(text: str, *more: Line | Note | Actions) -> Card:
    """A short word that it is done."""
    return Card("", (Line((text,)), *more), Tone.GOOD)


def say_week(week: Week, today: date) -> str:
    """`9–15 Jul`, with the year its Sunday lies in unless that is this one."""
    year = week.sunday.year
    return str(week) if year == today.year else f"{week} {year}"


def say_end(today: date) -> str:
    """When this week ends, as it is said today."""
    return {6: "tonight", 5: "tomorrow night"}.get(today.weekday(), "on Sunday night")


def still_open(judged: Judged, today: date) -> Line:
    """A week that has ended short, while its grace lasts: what is missing, and until when."""
    missing = say(judged.facts.goal - judged.facts.counted)
    when = {0: "tonight", 1: "tomorrow night"}.get((_last_day(judged.week) - today).days, "Tuesday night")
    return Line((f"The week of {judged.week} is still open: {missing} would keep it; log it by {when}.",))


def _last_day(week: Week) -> date:
    return week.sunday + timedelta(days=2)
