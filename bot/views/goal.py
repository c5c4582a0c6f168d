"""The weekly goal, its history, and when a change takes effect."""

from datetime import date

from bot.chat.card import Align, Block, Button, Card, Column, Line, Menu, Note, Table, Tone
from bot.chat.text import Bold, Code
from bot.domain.duration import Minutes, say
from bot.domain.goal import GoalChange, goal_in, smaller_goals
from bot.domain.week import Week
from bot.views import words

COLUMNS = (Column("From"), Column("Goal", Align.RIGHT))
MAX_ROWS = 20
SEEN = " Your group sees it beside your hours."
"""Said to those whom a group sees."""


def goal(changes: list[GoalChange], current: Week, today: date, from_week: Week | None, *, is_seen: bool) -> Card:
    """Show the goal, a change that waits, its history, and from which week (None: at once) a change counts.

    `is_seen` says that a group sees it.
    """
    blocks: list[Block] = [
        Line(("Your goal is ", Bold(say(goal_in(changes, current))), f" a week.{SEEN if is_seen else ''}"))
    ]
    blocks += [_waiting(change) for change in changes if change.from_week and change.from_week > current]
    if len(changes) > 1:
        blocks.append(Table(COLUMNS, tuple(_row(change, today) for change in reversed(changes[-MAX_ROWS:]))))
    when = "from next week" if from_week else "at once, up to the end of your first week"
    blocks.append(Note(("Change it with ", Code("/goal hours: 8"), f"; a change counts {when}.")))
    return Card("Your goal", tuple(blocks))


def changed(minutes: int, from_week: Week | None, before: int, *, is_seen: bool) -> Card:
    """Confirm a new goal, and from which week (None: this one) it counts; `before` is this week's, in minutes."""
    seen = SEEN if is_seen else ""
    amount = Bold(f"{say(minutes)} a week")
    if from_week is None:
        return Card("", (Line(("Your goal is ", amount, f", from this week on.{seen}")),), Tone.GOOD)
    note = f"This week stays at {say(before)}: a goal never changes within a week."
    line = Line(("Your goal will be ", amount, f" from next week ({from_week}).{seen}"))
    return Card("", (line, Note((note,))), Tone.GOOD)


def changed_for_week(minutes: int, following: int, *, is_this_week: bool, is_seen: bool) -> Card:
    """Confirm the goal of this week or the next, and say what follows it where that is another."""
    seen = " Your group sees the goal beside your hours." if is_seen else ""
    after = "From Monday" if is_this_week else "After that"
    follows = f" {after} it's {say(following)} again." if minutes != following else ""
    which = "this week" if is_this_week else "next week"
    return Card("", (Line((Bold(f"{say(minutes)} {which}."), f"{follows}{seen}")),), Tone.GOOD)


def week_buttons(goal: Minutes, week: Week) -> tuple[Button, ...]:
    """Return the buttons of a fresh start: smaller goals for this week alone, and the one that holds."""
    smaller = [_week_button(say(minutes), minutes, week) for minutes in smaller_goals(goal)]
    return (*smaller, _week_button(f"Keep {say(goal)}", goal, week))


def ask_next_week(goal: Minutes, kept: Minutes, week: Week) -> Menu:
    """Ask for the goal of `week`, after a week that was kept with a smaller one than `goal`, the usual."""
    buttons = [
        _week_button(f"{say(minutes)} again" if minutes == kept else say(minutes), minutes, week)
        for minutes in sorted({*smaller_goals(goal), kept, goal})
    ]
    return Menu("You kept it. Next week?", tuple(buttons))


def _week_button(label: str, minutes: Minutes, week: Week) -> Button:
    return Button(label, "goal", {"hours": f"{minutes}m", "week": week.monday.isoformat()})


def unchanged(minutes: int, *, was_waiting: bool) -> Card:
    """Say that the goal was that already; a change that was waiting is dropped."""
    dropped = " The change that was waiting is dropped." if was_waiting else ""
    return words.done(f"Your goal stays at {say(minutes)} a week.{dropped}")


def _waiting(change: GoalChange) -> Line:
    if change.is_for_one_week:
        return Line((f"Next week ({change.from_week}) it's {say(change.minutes)}, that week alone.",))
    return Line((f"From next week ({change.from_week}) it's {say(change.minutes)}.",))


def _row(change: GoalChange, today: date) -> tuple[str, str]:
    since = words.say_week(change.from_week, today) if change.from_week else "the beginning"
    return since, f"{say(change.minutes)}{', that week alone' if change.is_for_one_week else ''}"
