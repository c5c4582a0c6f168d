"""Milestones are greeted once and never taken back, so only what is certain may reach one."""

from bot.commands.turn import Turn
from bot.domain.milestone import Kind, Milestone, reached
from bot.store import personal
from bot.store.standing import Standing


def greet(turn: Turn, now: Standing) -> list[Milestone]:
    """What was reached and not greeted yet, the greatest of each kind; smaller ones are passed with it in silence."""
    person = now.books.person
    marks = reached(now.certain_streak, person.total_minutes)
    if not marks and not now.books.is_greeting_owed:
        return []
    new = personal.greet(turn.tx, person.id, marks, turn.now)
    greatest = {mark.kind: mark for mark in sorted(new)}
    return [greatest[kind] for kind in Kind if kind in greatest]
