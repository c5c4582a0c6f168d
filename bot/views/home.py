"""A person's own page: the progress card, then what they need daily, then their settings as they are."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.chat.card import Actions, Button, Card, Fact, Facts, Line
from bot.chat.text import Bold
from bot.domain.duration import Minutes, say
from bot.domain.reminder import ReminderRoute

DAILY = (
    Button("Streak", "streak"),
    Button("History", "history"),
    Button("Journal", "journal"),
    Button("Focus", "focus list"),
    Button("Areas", "areas"),
    Button("Horizon", "horizon"),
    Button("Undo", "undo"),
)
SETTINGS = (
    Button("Goal", "goal"),
    Button("Time zone", "timezone", opens_form=True),
    Button("Reminders", "reminders"),
    Button("Away", "pause", opens_form=True),
    Button("Guide", "guide"),
)
REMINDED = {ReminderRoute.DIRECT: "directly", ReminderRoute.CHANNEL: "in the channel", ReminderRoute.OFF: "off"}


@dataclass(frozen=True, slots=True)
class HomeSettings:
    """A person's settings: the goal of this week and of the next, in minutes, zone, and where reminders come."""

    goal: Minutes
    next_goal: Minutes
    zone: str
    how: ReminderRoute


def home(progress: Card, settings: HomeSettings) -> Card:
    """Add daily commands and settings to the progress card; each command has one button."""
    there = {button.command for button in progress.buttons()}
    facts = (
        Fact("Goal", (_say_goal(settings),)),
        Fact("Time zone", (settings.zone,)),
        Fact("Reminders", (REMINDED[settings.how],)),
    )
    return progress.plus(_row(DAILY, there), Line((Bold("Settings"),)), Facts(facts), _row(SETTINGS, there))


def _say_goal(settings: HomeSettings) -> str:
    later = f", {say(settings.next_goal)} from next week" if settings.next_goal != settings.goal else ""
    return f"{say(settings.goal)} a week{later}"


def _row(buttons: Iterable[Button], there: set[str]) -> Actions:
    return Actions(tuple(button for button in buttons if button.command not in there))
