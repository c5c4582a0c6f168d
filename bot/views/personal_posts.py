"""Reminders that a person has chosen: private ones, and the one post that names those who chose the channel."""

from datetime import date
from functools import lru_cache

from bot.chat.card import Actions, Button, Card, Line, Quote, Tone
from bot.chat.text import Mention, Text
from bot.domain.duration import say
from bot.domain.reminder import ReminderKind
from bot.domain.streak import Tally
from bot.domain.week import Week
from bot.views import weeks, words

MIN_GOAL_MINUTES = 60
HALF_HOUR_MINUTES = 30


def controls(kind: ReminderKind, today: date) -> Actions:
    """Return the buttons of every reminder; snoozing is for its own week."""
    occasion = {"what": kind.value, "week": Week.of(today).monday.isoformat()}
    return Actions(
        (
            words.CHECK_IN,
            Button("Snooze 3 h", "snooze", occasion),
            Button("I'm away", "pause", opens_form=True),
            Button("Stop these", "reminders", {"how": "off"}),
        )
    )


@lru_cache(maxsize=128)
def nudge(goal: int, today: date) -> Card:
    """Remind of a week without a check-in; one card serves all who have this goal and day."""
    line = f"No check-in yet this week; your goal is {say(goal)}. Half an hour today is a good beginning."
    return Card("A nudge", (Line((line,)), controls(ReminderKind.NUDGE, today)))


def last_call(minutes: int, goal: int, plan: str | None, today: date) -> Card:
    """Say what is missing, and quote their own plan."""
    missing = f"{say(goal - minutes)} missing to keep this week ({say(minutes)} of {say(goal)})."
    line = f"{missing} It ends {words.say_end(today)}."
    quoted = (Line(("Your plan was:",)), Quote(plan)) if plan else ()
    return Card("Last call", (Line((line,)), *quoted, controls(ReminderKind.LAST_CALL, today)), Tone.WARN)


def fresh_start(tally: Tally, why: str | None, smaller: int | None, today: date) -> Card:
    """Quote their why, say what does not break, and offer a smaller goal from Monday."""
    quoted = (Line(("You wrote why it is worth it to you:",)), Quote(why)) if why else ()
    blocks = [
        Line(("Two weeks were missed. They are over; this one has just begun.",)),
        *quoted,
        Line((f"What stays yours: {weeks.say_kept(tally)}.",)),
    ]
    if smaller is not None:
        blocks.append(Line((f"A smaller goal may fit better for now: your average was {say(smaller)} a week.",)))
        blocks.append(Actions((Button(f"{say(smaller)} from Monday", "goal", {"hours": _hours(smaller)}),)))
    return Card("A fresh start", (*blocks, controls(ReminderKind.FRESH_START, today)))


def smaller_goal(average: int, goal: int) -> int | None:
    """Return an average week to the half hour, in minutes, or None unless it is a goal smaller than theirs."""
    rounded = average // HALF_HOUR_MINUTES * HALF_HOUR_MINUTES
    return rounded if MIN_GOAL_MINUTES <= rounded < goal else None


def together(kind: ReminderKind, named: list[tuple[str | None, str]], today: date) -> Card:
    """Remind, in one post, those who chose the channel: `named` has user id (None: unknown here) and name of each."""
    names: list[Mention | str] = []
    for user, name in named:
        names += [Mention(user, name) if user else name, ", "]
    sentence = {
        ReminderKind.NUDGE: "no check-in yet this week. Half an hour today is a good beginning.",
        ReminderKind.LAST_CALL: f"you are close: the week ends {words.say_end(today)}.",
        ReminderKind.FRESH_START: "a new week, a fresh start.",
    }[kind]
    text: Text = (*names[:-1], ": ", sentence)
    title = {
        ReminderKind.NUDGE: "A nudge",
        ReminderKind.LAST_CALL: "Last call",
        ReminderKind.FRESH_START: "A fresh start",
    }[kind]
    return Card(title, (Line(text), controls(kind, today)))


def _hours(minutes: int) -> str:
    return str(minutes // 60) if minutes % 60 == 0 else f"{minutes / 60:.1f}"
