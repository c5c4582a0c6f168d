"""Schedules: one indexed row for each rule, holding the instant at which it is due next."""

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.reminder import Kind
from bot.store.rows import instant, maybe_instant, ms
from bot.store.sqlite import Tx

COLUMNS = "id, kind, group_id, person_id, moment, payload, is_on, due_at, done_day"


@dataclass(frozen=True, slots=True)
class Schedule:
    """A rule of a group or a person. `moment` is None for what happens once; `done_day` is the local date dealt with last."""

    id: int
    kind: Kind
    group_id: int | None
    person_id: int | None
    moment: str | None
    payload: str
    is_on: bool
    due_at: datetime | None
    done_day: date | None


def schedule_of(row: sqlite3.Row) -> Schedule:
    """The schedule in a row of `COLUMNS`."""
    done = date.fromisoformat(row[8]) if row[8] else None
    return Schedule(row[0], Kind(row[1]), row[2], row[3], row[4], row[5], bool(row[6]), maybe_instant(row[7]), done)


def due(tx: Tx, now: datetime, limit: int) -> list[Schedule]:
    """What is due at `now`, earliest first, at most `limit`; those of one group at one instant stand together."""
    rows = tx.all(
        f"""SELECT {COLUMNS} FROM schedules WHERE due_at <= :now
            ORDER BY due_at, kind, group_id, person_id, id LIMIT :limit""",
        now=ms(now),
        limit=limit,
    )
    return [schedule_of(row) for row in rows]


def next_due(tx: Tx) -> datetime | None:
    """The earliest instant at which anything is due."""
    row = tx.one("SELECT min(due_at) FROM schedules")
    return None if row is None or row[0] is None else instant(row[0])


def of_group(tx: Tx, group_id: int) -> list[Schedule]:
    """The rules of a group itself."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM schedules WHERE group_id = :id AND person_id IS NULL AND moment IS NOT NULL ORDER BY kind",
        id=group_id,
    )
    return [schedule_of(row) for row in rows]


def of_person(tx: Tx, person_id: int) -> list[Schedule]:
    """A person's own rules."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM schedules WHERE person_id = :id AND moment IS NOT NULL ORDER BY kind",
        id=person_id,
    )
    return [schedule_of(row) for row in rows]


def put(
    tx: Tx,
    kind: Kind,
    *,
    group_id: int | None = None,
    person_id: int | None = None,
    moment: str | None,
    payload: str = "",
    is_on: bool = True,
    due_at: datetime | None,
) -> None:
    """Hold a rule, in the place of the one of the same kind and owner; what it has dealt with stays known."""
    key = {"kind": kind, "group": group_id, "person": person_id, "payload": payload}
    values = {"moment": moment, "is_on": is_on, "due_at": ms(due_at) if due_at and is_on else None}
    changed = tx.run(
        """UPDATE schedules SET moment = :moment, is_on = :is_on, due_at = :due_at
           WHERE kind = :kind AND coalesce(group_id, 0) = coalesce(:group, 0)
             AND coalesce(person_id, 0) = coalesce(:person, 0) AND payload = :payload""",
        **key,
        **values,
    )
    if not changed:
        tx.run(
            """INSERT INTO schedules (kind, group_id, person_id, moment, payload, is_on, due_at)
               VALUES (:kind, :group, :person, :moment, :payload, :is_on, :due_at)""",
            **key,
            **values,
        )


def move_on(tx: Tx, schedule_id: int, due_at: datetime, done_day: date) -> None:
    """The occurrence of `done_day` has been dealt with; the next is due at `due_at`."""
    tx.run(
        "UPDATE schedules SET due_at = :due, done_day = :day WHERE id = :id",
        id=schedule_id,
        due=ms(due_at),
        day=done_day.isoformat(),
    )


def remove(tx: Tx, schedule_id: int) -> None:
    """Forget what has happened once."""
    tx.run("DELETE FROM schedules WHERE id = :id", id=schedule_id)


def remove_of_person(tx: Tx, person_id: int) -> None:
    """Forget all of a person's rules and snoozes."""
    tx.run("DELETE FROM schedules WHERE person_id = :id", id=person_id)


def skip(tx: Tx, key: str, group_id: int | None, reason: str, due_at: datetime, now: datetime) -> None:
    """Keep why an occurrence was not posted, for `check` and the group's settings card."""
    tx.run(
        """INSERT INTO skipped (key, group_id, reason, due_at, skipped_at) VALUES (:key, :group, :reason, :due, :now)
           ON CONFLICT (key) DO NOTHING""",
        key=key,
        group=group_id,
        reason=reason,
        due=ms(due_at),
        now=ms(now),
    )


def skipped(tx: Tx, group_id: int | None = None, limit: int = 5) -> list[tuple[str, str, datetime]]:
    """Key, reason and instant of the newest skipped occurrences, of one group or of all."""
    rows = tx.all(
        """SELECT key, reason, due_at FROM skipped WHERE :group IS NULL OR group_id = :group
           ORDER BY skipped_at DESC, key LIMIT :limit""",
        group=group_id,
        limit=limit,
    )
    return [(row[0], row[1], instant(row[2])) for row in rows]
