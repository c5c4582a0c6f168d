"""Milestones that a person has reached, and whether they have been greeted for them."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.milestone import Milestone, MilestoneKind
from bot.store.rows import ms
from bot.store.tx import Tx

SAVE = """INSERT INTO milestones (person_id, kind, value, reached_at, is_greeted)
    VALUES (:id, :kind, :value, :now, :greeted) ON CONFLICT DO NOTHING"""


def reach(tx: Tx, person_id: int, marks: Iterable[Milestone], now: datetime, *, is_greeted: bool) -> None:
    """Save milestones that are new; the person is greeted for them later unless `is_greeted`."""
    values = {"id": person_id, "now": ms(now), "greeted": is_greeted}
    tx.many(SAVE, [{**values, "kind": mark.kind, "value": mark.value} for mark in marks])


def greet(tx: Tx, person_id: int, marks: Iterable[Milestone], now: datetime) -> list[Milestone]:
    """Return what the person is to be greeted for now, each once: what is new of `marks`, and what waited for them."""
    rows = tx.all("SELECT kind, value, is_greeted FROM milestones WHERE person_id = :id", id=person_id)
    known = {Milestone(MilestoneKind(kind), value): bool(is_greeted) for kind, value, is_greeted in rows}
    new = [mark for mark in marks if mark not in known]
    waiting = [mark for mark, is_greeted in known.items() if not is_greeted]
    if new:
        reach(tx, person_id, new, now, is_greeted=True)
    if waiting:
        tx.run("UPDATE milestones SET is_greeted = TRUE WHERE person_id = :id AND NOT is_greeted", id=person_id)
    return [*new, *waiting]
