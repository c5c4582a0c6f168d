"""Milestones are greeted once and never taken back, so only what is certain may reach one."""

from bot.commands.turn import Turn
from bot.domain.milestone import Kind, Milestone, reached
from bot.domain.streak import State
from bot.store import personal
from bot.store.standing import Standing


def greet(turn: Turn, now: Standing) -> list[Milestone]:
    """What was reached for the first time, the greatest of each kind; smaller ones are passed with it in silence."""
    person = now.books.person
    new = personal.reach(turn.tx, person.id, reached(certain_streak(now), person.total_minutes), turn.now)
    greatest = {mark.kind: mark for mark in sorted(new)}
    return [greatest[kind] for kind in Kind if kind in greatest]


def certain_streak(now: Standing) -> int:
    """The streak that no week still open can take away: what comes after an open one is provisional."""
    streak = now.books.closed.streak
    for judged in now.weeks:
        if judged.state is State.OPEN:
            break
        streak = judged.tally.streak
    return streak
