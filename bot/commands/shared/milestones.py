"""Milestones: each is announced once and never taken back, so only what is certain may reach one."""

from bot.context import Context
from bot.domain.milestone import Milestone, MilestoneKind, reached
from bot.domain.progress import Progress
from bot.store import milestones


def record_milestones(context: Context, progress: Progress) -> list[Milestone]:
    """Save the milestones that were reached; return the greatest new one of each kind, which covers smaller ones."""
    person = progress.person
    marks = reached(progress.certain_streak, person.total_minutes)
    if not marks and not progress.record.is_greeting_owed:
        return []
    new = milestones.greet(context.tx, person.id, marks, context.now)
    greatest = {mark.kind: mark for mark in sorted(new)}
    return [greatest[kind] for kind in MilestoneKind if kind in greatest]
