"""Small phrases that many cards share, so that one thing is always said in the same words."""

from datetime import date

from bot.chat.card import Actions, Bar, Button, Card, Line, Note, Style, Tone
from bot.chat.refusal import is_other_command, refusal_text
from bot.chat.text import Code, Text
from bot.domain.duration import say
from bot.domain.goal import DEFAULT_GOAL
from bot.domain.milestone import Milestone
from bot.domain.person import Person
from bot.domain.week import Week
from bot.errors import Refused

CHECK_IN = Button("Check in", "checkin", style=Style.PRIMARY, opens_form=True)

CHANGE_ZONE = Button("Change", "timezone", opens_form=True)
"""The button of cards that say that days follow the group's zone."""


def agreement(goal: int) -> str:
    """Return what members promise each other, in two sentences; `goal` is in minutes."""
    amount = "ten hours" if goal == DEFAULT_GOAL else say(goal)
    return (
        f"Study your goal ({amount} unless you set another) from Monday to Sunday and log it by Tuesday night: "
        "the week is kept and your streak grows. A short week sets it back to zero, unless you were away for four days "
        "or more, or hold a freeze: you start with one and earn one by each four weeks of streak."
    )


def show_everyone(command: str, options: dict[str, str]) -> Button:
    """Return the button that shows the answer to all who read the channel."""
    return Button("Show everyone", command, {**options, "everyone": "yes"})


def plural(count: int, one: str, many: str = "") -> str:
    """Return `1 week`, `2 weeks`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def week_bar(minutes: int, goal: int) -> Bar:
    """Return this week's bar; both values are minutes."""
    return Bar(minutes, goal, f"{say(minutes)} of {say(goal)}")


def say_milestones(milestones: list[Milestone]) -> tuple[Line, ...]:
    """Return a line for each new milestone."""
    return tuple(Line((f"🎉 Milestone: {milestone}.",)) for milestone in milestones)


def zone_note(person: Person) -> Note | None:
    """Return a note that the days follow the group's clock, None once the person has chosen a zone."""
    if person.is_zone_chosen:
        return None
    return Note((f"Days follow {person.zone_name} until you say otherwise: ", Code("/timezone"), "."))


def refusal(refused: Refused, example: str | None = None, command: str = "") -> Card:
    """Return the card of wrong input: the sentence, and below it an example that `command` would take as it is.

    Another command than `command` is something to try.
    """
    example = refused.example if example is None else example
    if not example:
        return Card("", (Line(refusal_text(refused)),), Tone.WRONG)
    lead = "Try: " if is_other_command(example, command) else "For example: "
    return Card("", (Line(refusal_text(refused)), Line((lead, Code(example)))), Tone.WRONG)


def question(title: str, text: Text, *buttons: Button) -> Card:
    """Ask something that a button decides; nothing has changed yet."""
    return Card(title, (Line(text), Actions(buttons)), Tone.WARN)


def done(text: str, *more: Line | Note | Actions) -> Card:
    """Confirm in a short word."""
    return Card("", (Line((text,)), *more), Tone.GOOD)


def say_week(week: Week, today: date) -> str:
    """Return `9–15 Jul`, with the year its Sunday lies in unless that is this one."""
    year = week.sunday.year
    return str(week) if year == today.year else f"{week} {year}"


def say_end(today: date) -> str:
    """Return the end of this week as it is said today: `tonight`, `on Sunday night`."""
    return {6: "tonight", 5: "tomorrow night"}.get(today.weekday(), "on Sunday night")
