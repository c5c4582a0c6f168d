"""The scheduled posts of a group: results, last call, digest. They name only who may be glad to be named."""

from datetime import date

from msgspec.structs import replace

from bot.chat.card import Actions, Button, Card, Line, Note, Style
from bot.chat.text import Bold
from bot.domain.digest import MOST_LINES, DigestLine, Logged, digest_lines
from bot.domain.duration import say
from bot.domain.leaderboard import Total
from bot.domain.week import Week
from bot.views import words
from bot.views.moments import say_day_name

MAX_NAMES = 40
IN_THIS_WEEK = Button("I'm in this week", "in", opens_form=True)
CHECK_IN_TOO = replace(words.CHECK_IN, style=Style.PLAIN)
"""*Check in* on a card that emphasises another button."""
REMIND_ME = Button("Remind me privately", "reminders", {"how": "direct"})


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
    """Remind the channel that the week ends, without names."""
    kept = f"{total.kept} of {total.members} have kept the week of {Week.of(today)}."
    line = f"{kept} It ends {words.say_end(today)}; log it by Tuesday night."
    return Card("Last call", (Line((line,)), Actions((words.CHECK_IN, REMIND_ME))))


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
    """Return a copy of a post with a note that it comes after its time."""
    return card.above_controls(Note(("This comes late: the bot was not running at its time.",)))
