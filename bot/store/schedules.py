"""Schedules: one indexed row for each rule, holding the instant at which it is due next."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from bot.domain.group import Group
from bot.domain.person import Person
from bot.domain.reminder import PARTNERS_AT, ReminderKind, ReminderRoute
from bot.domain.schedule import Moment, next_occurrence
from bot.domain.scheduled import (
    AskedReminder,
    GroupSchedule,
    OpenResultsDue,
    PartnersDue,
    PersonSchedule,
    RecurringSchedule,
    Schedule,
    SnoozedReminder,
    WeekClosing,
    WeeklyCardDue,
)
from bot.domain.week import Week
from bot.store import reminders
from bot.store.rows import Params, instant, maybe_instant, ms, week
from bot.store.tx import Tx

COLUMNS = "id, kind, group_id, person_id, moment, payload, is_on, due_at, done_day"
KINDS = {kind.value: kind for kind in ReminderKind}
OF_WEEKS: dict[str, type[WeekClosing | WeeklyCardDue | OpenResultsDue | PartnersDue]] = {
    ReminderKind.CLOSING: WeekClosing,
    ReminderKind.WEEKLY_CARD: WeeklyCardDue,
    ReminderKind.OPEN_RESULTS: OpenResultsDue,
    ReminderKind.PARTNERS: PartnersDue,
}
"""What is done once for a week of a group, by kind; `payload` is the week's Monday."""

OF_GROUP = "kind = :kind AND group_id = :group AND person_id IS NULL AND payload = :payload"
OF_PERSON = "kind = :kind AND person_id = :person AND payload = :payload"
"""Conditions for the one rule of a kind that a group, or a person, has."""


class _Row(NamedTuple):
    """A row of `COLUMNS`; `moment` is NULL for what happens once, which `payload` tells apart."""

    id: int
    kind: str
    group_id: int | None
    person_id: int | None
    moment: str | None
    payload: str
    is_on: int
    due_at: int | None
    done_day: str | None


WITH_ZONE = f"""SELECT coalesce((SELECT zone FROM people p WHERE p.id = person_id),
        (SELECT zone FROM groups g WHERE g.id = group_id)), {COLUMNS} FROM schedules"""
"""Rows of the owner's zone and then `COLUMNS`."""
DUE_ORDER = "ORDER BY due_at, kind, group_id, person_id, id"


def list_due(tx: Tx, now: datetime, limit: int) -> list[Schedule]:
    """Return at most `limit` schedules that are due at `now`, earliest first.

    Those of one group at one instant stand together, and people who are named together are never parted: the limit
    gives way to the rest of them.
    """
    rows = tx.all(f"{WITH_ZONE} WHERE due_at <= :now {DUE_ORDER} LIMIT :limit", now=ms(now), limit=limit)
    schedules = [_schedule(values, zone) for zone, *values in rows]
    last = schedules[-1] if len(schedules) == limit else None
    if isinstance(last, PersonSchedule) and last.group_id is not None:
        rest = tx.all(
            f"""{WITH_ZONE} WHERE due_at = :due AND kind = :kind AND group_id = :group AND person_id > :person
                {DUE_ORDER}""",
            due=_Row._make(rows[-1][1:]).due_at,
            kind=last.kind,
            group=last.group_id,
            person=last.person_id,
        )
        schedules += [_schedule(values, zone) for zone, *values in rest]
    return schedules


def find_next_due(tx: Tx) -> datetime | None:
    """Return the earliest instant at which anything is due; None where nothing ever is."""
    row = tx.one("SELECT min(due_at) FROM schedules")
    return None if row is None or row[0] is None else instant(row[0])


def list_of_group(tx: Tx, group_id: int) -> list[GroupSchedule]:
    """Return the rules of a group itself."""
    rows = tx.all(
        f"""SELECT {COLUMNS} FROM schedules
            WHERE group_id = :id AND person_id IS NULL AND moment IS NOT NULL ORDER BY kind""",
        id=group_id,
    )
    return [rule for row in rows if isinstance(rule := _schedule(row), GroupSchedule)]


def list_of_person(tx: Tx, person_id: int) -> list[PersonSchedule]:
    """Return a person's own rules."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM schedules WHERE person_id = :id AND moment IS NOT NULL ORDER BY kind",
        id=person_id,
    )
    return [rule for row in rows if isinstance(rule := _schedule(row), PersonSchedule)]


def save(  # noqa: PLR0913 - a row has that many columns, and all are named
    tx: Tx,
    kind: ReminderKind,
    *,
    group_id: int | None = None,
    person_id: int | None = None,
    moment: str | None,
    payload: str = "",
    is_on: bool = True,
    due_at: datetime | None,
) -> None:
    """Save a rule in the place of the one of the same kind and owner; what it has dealt with stays known.

    A person owns their rules whatever `group_id` is: there it only says whose channel names them.
    """
    values = {
        "kind": kind,
        "group": group_id,
        "person": person_id,
        "payload": payload,
        "moment": moment,
        "is_on": is_on,
        "due_at": ms(due_at) if due_at and is_on else None,
    }
    changed = tx.run(
        f"""UPDATE schedules SET group_id = :group, moment = :moment, is_on = :is_on, due_at = :due_at
            WHERE {OF_GROUP if person_id is None else OF_PERSON}""",
        **values,
    )
    if not changed:
        tx.run(
            """INSERT INTO schedules (kind, group_id, person_id, moment, payload, is_on, due_at)
               VALUES (:kind, :group, :person, :moment, :payload, :is_on, :due_at)""",
            **values,
        )


def await_closing(tx: Tx, week: Week, closes_at: dict[int, datetime]) -> None:
    """Save for each group the instant at which a week has closed for all of it, to be due once."""
    rows: list[Params] = [
        {"kind": ReminderKind.CLOSING, "group": group_id, "payload": week.monday.isoformat(), "due_at": ms(due_at)}
        for group_id, due_at in closes_at.items()
    ]
    tx.many(f"DELETE FROM schedules WHERE {OF_GROUP}", rows)
    tx.many("INSERT INTO schedules (kind, group_id, payload, due_at) VALUES (:kind, :group, :payload, :due_at)", rows)


def find_partners_due(tx: Tx, group_id: int) -> datetime | None:
    """Return when the group's partners are matched next; None where nobody waits or has one."""
    row = tx.one(
        "SELECT due_at FROM schedules WHERE kind = :kind AND group_id = :id", kind=ReminderKind.PARTNERS, id=group_id
    )
    return None if row is None else instant(row[0])


def await_partners(tx: Tx, group: Group, now: datetime) -> datetime:
    """Let the group's partners be matched next Monday, unless that is awaited already; return when it is."""
    return find_partners_due(tx, group.id) or _arm_partners(tx, group, None, now)


def rearm_partners(tx: Tx, group: Group, last: date | None, now: datetime) -> datetime:
    """Let the group's partners be matched on the first Monday in a week after that of `last`; return when that is."""
    tx.run("DELETE FROM schedules WHERE kind = :kind AND group_id = :id", kind=ReminderKind.PARTNERS, id=group.id)
    return _arm_partners(tx, group, last, now)


def _arm_partners(tx: Tx, group: Group, last: date | None, now: datetime) -> datetime:
    due = next_occurrence(PARTNERS_AT, group.zone, now, last)
    save(
        tx,
        ReminderKind.PARTNERS,
        group_id=group.id,
        moment=None,
        payload=Week.of(due.day).monday.isoformat(),
        due_at=due.due_at,
    )
    return due.due_at


def find_of_group(tx: Tx, kind: ReminderKind, group_id: int) -> GroupSchedule | None:
    """Return a group's own rule of a kind; None if it has none."""
    row = tx.one(f"SELECT {COLUMNS} FROM schedules WHERE {OF_GROUP}", kind=kind, group=group_id, payload="")
    rule = None if row is None else _schedule(row)
    return rule if isinstance(rule, GroupSchedule) else None


def find_of_person(tx: Tx, kind: ReminderKind, person_id: int) -> PersonSchedule | None:
    """Return a person's own rule of a kind; None if they have none."""
    row = tx.one(f"SELECT {COLUMNS} FROM schedules WHERE {OF_PERSON}", kind=kind, person=person_id, payload="")
    rule = None if row is None else _schedule(row)
    return rule if isinstance(rule, PersonSchedule) else None


def arm_group(tx: Tx, group: Group, kind: ReminderKind, moment: Moment, now: datetime, *, is_on: bool = True) -> None:
    """Save a group's rule, due at its next occurrence in the group's zone that was not dealt with yet."""
    old = find_of_group(tx, kind, group.id)
    due = next_occurrence(moment, group.zone, now, old.done_day if old else None)
    save(tx, kind, group_id=group.id, moment=moment.key, is_on=is_on, due_at=due.due_at)


def arm_person(
    tx: Tx, person: Person, kind: ReminderKind, moment: Moment, now: datetime, *, is_on: bool = True
) -> None:
    """Save a person's rule, due at its next occurrence in their zone that was not dealt with yet.

    It is never due while they want no reminders at all.
    """
    choice = reminders.find_choice(tx, person.id)
    is_wanted = choice is not None and choice.how is not ReminderRoute.OFF
    old = find_of_person(tx, kind, person.id)
    due = next_occurrence(moment, person.zone, now, old.done_day if old else None)
    save(
        tx,
        kind,
        group_id=choice.group_id if choice and choice.how is ReminderRoute.CHANNEL else None,
        person_id=person.id,
        moment=moment.key,
        is_on=is_on,
        due_at=due.due_at if is_wanted else None,
    )


def skip_week(tx: Tx, group: Group, kind: ReminderKind, now: datetime) -> None:
    """Let a group's rule rest for the local week that it is now: there is nothing yet to tell of."""
    today = now.astimezone(group.zone).date()
    tx.run(
        "UPDATE schedules SET done_day = :day WHERE kind = :kind AND group_id = :id AND person_id IS NULL",
        day=today.isoformat(),
        kind=kind,
        id=group.id,
    )
    rearm_group(tx, group, now)


def rearm_group(tx: Tx, group: Group, now: datetime) -> None:
    """Reckon again when a group's rules are due: its zone has changed, or it woke up."""
    for rule in list_of_group(tx, group.id):
        arm_group(tx, group, rule.kind, Moment.of_key(rule.moment), now, is_on=rule.is_on)
    row = tx.one(
        "SELECT payload FROM schedules WHERE kind = :kind AND group_id = :id", kind=ReminderKind.PARTNERS, id=group.id
    )
    if row is not None:
        rearm_partners(tx, group, week(row[0]).plus(-1).monday, now)


def rearm_person(tx: Tx, person: Person, now: datetime) -> None:
    """Reckon again when a person's rules are due: their zone has changed, or how they want reminders."""
    for rule in list_of_person(tx, person.id):
        arm_person(tx, person, rule.kind, Moment.of_key(rule.moment), now, is_on=rule.is_on)


def move_on(tx: Tx, moves: Iterable[tuple[int, datetime, date]]) -> None:
    """Save for each schedule when it is due next, and the local date of the occurrence that was dealt with last."""
    tx.many(
        "UPDATE schedules SET due_at = :due, done_day = :day WHERE id = :id",
        [{"id": schedule, "due": ms(due_at), "day": day.isoformat()} for schedule, due_at, day in moves],
    )


def delete_of_group(tx: Tx, group_id: int) -> None:
    """Delete all rules of a group itself, and what it has to do once."""
    tx.run("DELETE FROM schedules WHERE group_id = :id AND person_id IS NULL", id=group_id)


def delete(tx: Tx, schedule_ids: Iterable[int]) -> None:
    """Delete schedules that were due once."""
    tx.many("DELETE FROM schedules WHERE id = :id", [{"id": schedule} for schedule in schedule_ids])


def snooze(tx: Tx, person_id: int, what: ReminderKind, week: Week, due_at: datetime) -> bool:
    """Remind the person again of this week's occasion at `due_at`. Return False if they snoozed it before."""
    payload = f"{what} {week.monday}"
    known = tx.one(
        f"SELECT 1 FROM schedules WHERE {OF_PERSON}", kind=ReminderKind.SNOOZE, person=person_id, payload=payload
    )
    if known is not None:
        return False
    tx.run(
        "DELETE FROM schedules WHERE kind = :kind AND person_id = :person AND due_at IS NULL AND payload LIKE :what",
        kind=ReminderKind.SNOOZE,
        person=person_id,
        what=f"{what} %",
    )
    save(tx, ReminderKind.SNOOZE, person_id=person_id, moment=None, payload=payload, due_at=due_at)
    return True


def ask(tx: Tx, person_id: int, group_id: int, week: Week, due_at: datetime) -> None:
    """Remind the person of a week at `due_at`, once, whatever they asked for that week before."""
    save(
        tx,
        ReminderKind.ASKED,
        group_id=group_id,
        person_id=person_id,
        moment=None,
        payload=week.monday.isoformat(),
        due_at=due_at,
    )


def forget_asked(tx: Tx, person_id: int) -> None:
    """Drop what a person asked to be reminded of once."""
    tx.run("DELETE FROM schedules WHERE kind = :kind AND person_id = :id", kind=ReminderKind.ASKED, id=person_id)


def finish(tx: Tx, schedule_ids: Iterable[int]) -> None:
    """Let snoozed reminders be due no more; that they were snoozed stays known."""
    tx.many(
        "UPDATE schedules SET due_at = NULL, is_on = FALSE WHERE id = :id",
        [{"id": schedule} for schedule in schedule_ids],
    )


def _schedule(values: Iterable[Any], zone_name: str = "") -> Schedule:
    row = _Row._make(values)
    if row.moment is not None:
        return _recurring(row, row.moment, zone_name)
    due_at = maybe_instant(row.due_at)
    of_week = OF_WEEKS.get(row.kind)
    if of_week is not None:
        assert row.group_id is not None
        assert due_at is not None
        return of_week(row.id, row.group_id, week(row.payload), due_at)
    assert row.person_id is not None
    if row.kind == ReminderKind.ASKED:
        assert row.group_id is not None
        assert due_at is not None
        return AskedReminder(row.id, row.person_id, row.group_id, week(row.payload), due_at)
    kind, monday = row.payload.split()
    return SnoozedReminder(row.id, KINDS[kind], row.person_id, week(monday), due_at, zone_name)


def _recurring(row: _Row, moment: str, zone_name: str) -> RecurringSchedule:
    kind, is_on, due_at = KINDS[row.kind], bool(row.is_on), maybe_instant(row.due_at)
    done_day = date.fromisoformat(row.done_day) if row.done_day else None
    if row.person_id is not None:
        return PersonSchedule(row.id, kind, row.person_id, row.group_id, moment, is_on, due_at, done_day, zone_name)
    assert row.group_id is not None
    return GroupSchedule(row.id, kind, row.group_id, moment, is_on, due_at, done_day, zone_name)
