"""Everything that is kept of one person, as plain values: the export that product rules describe."""

from datetime import datetime
from typing import Any

from msgspec import json

from bot.domain.checkin import Checkin, Entry, Version
from bot.domain.focus import Focus
from bot.domain.person import Person
from bot.store import checkins, focuses, people, reminders, timers
from bot.store import progress as stored_progress
from bot.store.rows import instant, maybe_instant
from bot.store.sqlite import Tx


def export(tx: Tx, person: Person, now: datetime) -> dict[str, Any]:
    """The export of a person as it stands at `now`; the weeks run from their first to the current one."""
    judged = stored_progress.history(tx, person.id, now)
    tally = judged[-1].tally if judged else stored_progress.of_person(tx, person.id, now).tally
    versions = checkins.versions(tx, person.id)
    return {
        "person": {"name": person.name, "time_zone": person.zone_name, "why": person.why},
        "checkins": [_checkin(found, versions.get(found.id, [])) for found in checkins.every(tx, person.id)],
        "weeks": [
            {
                "starts": each.week.monday.isoformat(),
                "minutes": each.facts.minutes,
                "goal": each.facts.goal,
                "state": each.state.value,
                "streak": each.tally.streak,
            }
            for each in judged
        ],
        "time_zones": _zones(tx, person.id),
        "goals": _goals(tx, person.id),
        "pauses": _pauses(tx, person.id),
        "freezes": {"held": tally.held, "earned": tally.earned, "spent": tally.spent},
        "groups": _groups(tx, person.id),
        "identities": [
            {"platform": platform, "team": team, "id": user}
            for platform, team, user in people.identities(tx, person.id)
        ],
        "focuses": [_focus(found) for found in reversed(focuses.newest(tx, person.id))],
        "shared": _shared(tx, person.id),
        "milestones": _milestones(tx, person.id),
        "reminders": _reminders(tx, person.id),
        "plans": _plans(tx, person.id),
        "timer": _timer(tx, person.id),
    }


def as_text(found: dict[str, Any]) -> str:
    """The export as indented JSON."""
    return json.format(json.encode(found), indent=2).decode()


def _checkin(found: Checkin, versions: list[Version]) -> dict[str, Any]:
    return {
        "id": found.number,
        **_entry(found.entry),
        "focus": found.focus,
        "source": found.source.value,
        "late": found.is_late,
        "created_at": found.created_at.isoformat(),
        "undone": found.undone_at is not None,
        "history": [
            {"change": each.change.value, **_entry(each.entry), "changed_at": each.changed_at.isoformat()}
            for each in versions
        ],
    }


def _focus(found: Focus) -> dict[str, Any]:
    return {
        "id": found.number,
        "title": found.title,
        "estimate": found.plan.estimate,
        "done": found.plan.done,
        "minutes": found.minutes,
        "started_at": found.started_at.isoformat(),
        "ended_at": found.ended_at.isoformat() if found.ended_at else None,
        "outcome": found.outcome.value if found.outcome else None,
        "explanation": found.explanation,
        "link": found.link,
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "day": entry.day.isoformat(),
        "minutes": entry.minutes,
        "area": entry.area,
        "learned": entry.learned,
    }


def _goals(tx: Tx, person_id: int) -> list[dict[str, Any]]:
    rows = tx.all("SELECT from_week, minutes, set_at FROM goals WHERE person_id = :id ORDER BY id", id=person_id)
    return [{"from": row[0], "minutes": row[1], "set_at": instant(row[2]).isoformat()} for row in rows]


def _zones(tx: Tx, person_id: int) -> list[dict[str, Any]]:
    """Every zone that they took, and from which week on it has said when theirs close."""
    rows = tx.all("SELECT zone, closing_from, set_at FROM zones WHERE person_id = :id ORDER BY id", id=person_id)
    return [{"zone": row[0], "closing_from": row[1], "set_at": instant(row[2]).isoformat()} for row in rows]


def _pauses(tx: Tx, person_id: int) -> list[dict[str, Any]]:
    rows = tx.all(
        "SELECT from_day, until_day, reason FROM pauses WHERE person_id = :id ORDER BY from_day, id", id=person_id
    )
    return [{"from": row[0], "until": row[1], "reason": row[2]} for row in rows]


def _groups(tx: Tx, person_id: int) -> list[dict[str, Any]]:
    rows = tx.all(
        """SELECT g.name, g.platform, g.team, g.channel, m.joined_at, m.left_at, m.is_hidden,
                  EXISTS (SELECT 1 FROM organisers o WHERE o.group_id = g.id AND o.person_id = m.person_id)
           FROM members m JOIN groups g ON g.id = m.group_id WHERE m.person_id = :id ORDER BY m.joined_at, g.id""",
        id=person_id,
    )
    return [
        {
            "name": row[0],
            "platform": row[1],
            "team": row[2],
            "channel": row[3],
            "joined_at": instant(row[4]).isoformat(),
            "left_at": _iso(row[5]),
            "hidden": bool(row[6]),
            "organiser": bool(row[7]),
        }
        for row in rows
    ]


def _shared(tx: Tx, person_id: int) -> list[int]:
    """Ids of the check-ins whose line a group's results may quote."""
    rows = tx.all("SELECT number FROM checkins WHERE person_id = :id AND is_shared ORDER BY number", id=person_id)
    return [row[0] for row in rows]


def _milestones(tx: Tx, person_id: int) -> list[dict[str, Any]]:
    rows = tx.all(
        "SELECT kind, value, reached_at FROM milestones WHERE person_id = :id ORDER BY reached_at, kind, value",
        id=person_id,
    )
    return [{"kind": row[0], "value": row[1], "reached_at": instant(row[2]).isoformat()} for row in rows]


def _reminders(tx: Tx, person_id: int) -> dict[str, Any]:
    chosen = reminders.chosen(tx, person_id)
    rows = tx.all(
        "SELECT kind, moment, is_on FROM schedules WHERE person_id = :id AND moment IS NOT NULL ORDER BY kind",
        id=person_id,
    )
    return {
        "how": chosen.how.value if chosen else "off",
        "group": _channel(tx, chosen.group_id) if chosen and chosen.group_id is not None else None,
        "identity": {"platform": chosen.platform, "team": chosen.team, "id": chosen.user} if chosen else None,
        "schedules": [{"kind": row[0], "moment": row[1], "on": bool(row[2])} for row in rows],
    }


def _channel(tx: Tx, group_id: int) -> dict[str, Any] | None:
    row = tx.one("SELECT platform, team, channel FROM groups WHERE id = :id", id=group_id)
    return None if row is None else {"platform": row[0], "team": row[1], "channel": row[2]}


def _plans(tx: Tx, person_id: int) -> list[dict[str, Any]]:
    rows = tx.all("SELECT week, plan, made_at FROM intentions WHERE person_id = :id ORDER BY week", id=person_id)
    return [{"week": row[0], "plan": row[1], "made_at": instant(row[2]).isoformat()} for row in rows]


def _timer(tx: Tx, person_id: int) -> dict[str, Any] | None:
    timer = timers.running(tx, person_id)
    return {"started_at": timer.started_at.isoformat(), "area": timer.area} if timer else None


def _iso(milliseconds: int | None) -> str | None:
    found = maybe_instant(milliseconds)
    return found.isoformat() if found else None
