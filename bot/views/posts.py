"""The scheduled posts of a group: results, last call, digest. They name only who may be glad to be named."""

from datetime import date

from msgspec.structs import replace

from bot.chat.card import Actions, Button, Card, Line, Note, Style
from bot.chat.text import Bold
from bot.domain.digest import MOST_LINES, DigestLine, Logged, digest_lines
from bot.domain.duration import HOUR, say
from bot.domain.leaderboard import NEAR_MINUTES, Total
from bot.domain.week import Week
from bot.views import words
from bot.views.group import JOIN_TOO
from bot.views.group_total import say_hours_together
from bot.views.moments import say_day_name
from bot.views.words import plural

IN_THIS_WEEK = Button("I'm in this week", "in", opens_form=True)
CHECK_IN_TOO = replace(words.CHECK_IN, style=Style.PLAIN)
"""*Check in* on a card that emphasises another button."""
REMIND_WEEKLY = Button("Remind me every week", "reminders", {"how": "direct"})
LATE = Note(("This comes late: I couldn't post it at its time.",))
PERHAPS_TWICE = Note(("You may have this already: the connection broke while I was posting it.",))


def say_dates(week: Week) -> str:
    """Return the days of a week as a title has them: `16–22 November`, `30 November – 6 December`."""
    first, last = week.monday, week.sunday
    if first.month == last.month:
        return f"{first.day}–{last.day} {last:%B}"
    return f"{first.day} {first:%B} – {last.day} {last:%B}"


def nobody_left(week: Week) -> Card:
    """Take the place of results in which nobody may be seen any more."""
    return Card("", (Line((f"Results · {say_dates(week)}: there is nothing to show any more.",)),))


def group_call(total: Total, today: date) -> Card:
    """Say that the week ends, and how the group is doing, without names; a good word where all have kept it."""
    controls = Actions((words.CHECK_IN, remind_me(Week.of(today)), JOIN_TOO))
    if total.kept and total.kept == total.members and not total.studied:
        return Card("", (Line(("Everyone has kept the week 🎉",)), Line((f"{_say_together(total)}.",)), controls))
    close = _say_close(total)
    together = f"{_say_together(total)}; {close}." if close else f"{_say_together(total)}."
    return Card("", (Line((f"The week ends on Sunday night, your own time. {together}",)), controls))


def remind_me(week: Week) -> Button:
    """Return the button by which a reader is reminded of `week`, once and privately."""
    return Button("Remind me", "reminder once", {"week": week.monday.isoformat()})


def _say_together(total: Total) -> str:
    return f"Together {say_hours_together(total)}"


def _say_close(total: Total) -> str:
    """Return “9 have kept it and 7 more are within 2 hours”; nothing where that is nobody."""
    within = f"within {plural(NEAR_MINUTES // HOUR, 'hour')}"
    kept = f"{total.kept:,} {'has' if total.kept == 1 else 'have'} kept it" if total.kept else ""
    are = "is" if total.near == 1 else "are"
    near = f"{total.near:,}{' more' if kept else ''} {are} {within}" if total.near else ""
    return " and ".join(filter(None, (kept, near)))


def digest(logged: list[Logged], since: date, today: date) -> Card:
    """Say what was logged since the last digest, which came on `since`: how much together, and who."""
    lines = digest_lines(logged)
    together = say(sum(entry.minutes for entry in logged))
    blocks = [Line((Bold(line.name), f" {_say_logged(line, today)}")) for line in lines[:MOST_LINES]]
    if len(lines) > MOST_LINES:
        blocks.append(Line((f"and {len(lines) - MOST_LINES} more",)))
    return Card(f"{together} together since {say_day_name(since, today)}", tuple(blocks))


def _say_logged(line: DigestLine, today: date) -> str:
    """Return “2 h 30”, “2 h for Sunday”, “1 h, 2 h for Sunday”."""
    parts = [say(line.minutes)] if line.minutes else []
    parts += [f"{say(minutes)} for {say_day_name(day, today)}" for day, minutes in line.other_days]
    return ", ".join(parts)


def late(card: Card) -> Card:
    """Return a copy of a post with a note that it comes after its time; one that says so already stays as it is."""
    return card if LATE in card.blocks else card.above_controls(LATE)


def perhaps_twice(card: Card) -> Card:
    """Return a copy of a post with a note that it may stand there already; one that says so stays as it is."""
    return card if PERHAPS_TWICE in card.blocks else card.above_controls(PERHAPS_TWICE)
