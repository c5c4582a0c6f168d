"""Milestones are greeted once and never taken back, so only what is certain may reach one."""

from bot.context import Context
from bot.domain.milestone import Milestone, MilestoneKind, reached
from bot.domain.progress import Progress
from bot.store import milestones


def greet(context: Context, now: Progress) -> list[Milestone]:
    """What was reached and not greeted yet, the greatest of each kind; smaller ones are passed with it in silence."""
    person = now.person
    marks = reached(now.certain_streak, person.total_minutes)
    if not marks and not now.record.is_greeting_owed:
        return []
    new = milestones.greet(context.tx, person.id, marks, context.now)
    greatest = {mark.kind: mark for mark in sorted(new)}
    return [greatest[kind] for kind in MilestoneKind if kind in greatest]
