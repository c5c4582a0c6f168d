"""Absence: its days, the weeks that it changes and those that it leaves alone, and coming back."""

from datetime import date, datetime

from bot.chat.card import Actions, Block, Button, Card, Line, Note, Tone
from bot.chat.text import Bold, Text
from bot.domain.day import say_day
from bot.domain.pause import Pause
from bot.domain.progress import Progress
from bot.domain.streak import PAUSED_DAYS
from bot.domain.week import Week
from bot.views import weeks, words

BACK = Actions((Button("I'm back", "resume"),))
MAX_LISTED_WEEKS = 4
AffectedWeeks = list[tuple[Week, int]]
"""Weeks that a pause reaches, each with how many of its days are away."""


def away(pause: Pause, affected: AffectedWeeks, today: date) -> Card:
    """Confirm a pause: from when to when, and what it means for each week."""
    blocks: list[Block] = [Line(("You are away ", *_span(pause, today))), *_say_effect(affected)]
    note = Note(("Time that you log meanwhile still counts, and doesn't end the pause.",))
    return Card("Away", (*blocks, note, BACK), Tone.GOOD)


def away_already(pause: Pause, today: date) -> Card:
    """Say that all of it lies in a pause that is known."""
    return Card("Away", (Line(("You said so already: away ", *_span(pause, today))), BACK))


def back(ended: list[Pause], days: int, progress: Progress, now: datetime) -> Card:
    """Welcome back, and say what becomes of this week, of which `days` were away."""
    today = progress.person.today(now)
    if all(pause.from_day > today for pause in ended):
        first = ended[0]
        return Card("", (Line(("Taken back: away ", *_span(first, today))),), Tone.GOOD)
    if days >= PAUSED_DAYS:
        week = f"This week stays paused, with {words.plural(days, 'day')} away; if you keep it, it counts all the same."
    else:
        week = weeks.say_left(progress, now)
    blocks = (Line(("Your pause has ended.",)), weeks.week_bar(progress), Line((week,)))
    return Card("Welcome back", (*blocks, Actions((words.CHECK_IN,))), Tone.GOOD)


def _span(pause: Pause, today: date) -> Text:
    first, last = say_day(pause.from_day, today), say_day(pause.until_day, today)
    if first == last:
        return (Bold(first), ".")
    return (Bold(f"from {first} to {last}"), ", both included.")


def _say_effect(affected: AffectedWeeks) -> list[Block]:
    paused = [week for week, days in affected if days >= PAUSED_DAYS]
    usual = [f"{week} ({words.plural(days, 'day')} away)" for week, days in affected if days < PAUSED_DAYS]
    lines: list[Block] = []
    if paused:
        lines.append(Line((f"Paused, so that your streak stays as it is: {_list_weeks(paused)}.",)))
    if usual:
        why = f"it takes {PAUSED_DAYS} days away to pause one"
        lines.append(Line((f"Counts as usual: {', '.join(usual)}; {why}.",)))
    return lines


def _list_weeks(listed: list[Week]) -> str:
    if len(listed) > MAX_LISTED_WEEKS:
        return f"{len(listed)} weeks, {listed[0]} up to {listed[-1]}"
    return ", ".join(str(week) for week in listed)
