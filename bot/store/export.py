"""Everything that is stored of one person, as plain values: the export that product rules describe."""

from datetime import datetime
from typing import Any

from msgspec import json

from bot.domain.checkin import Checkin, Entry, Version
from bot.domain.focus import Focus
from bot.domain.person import Person
from bot.domain.reminder import ReminderKind
from bot.domain.streak import Judged
from bot.store import (
    checkins,
    feeds,
    focuses,
    imports,
    names,
    partner_export,
    people,
    recalls,
    reminders,
    sessions,
    timers,
)
from bot.store import progress as stored_progress
from bot.store.rows import instant, monday
from bot.store.tx import Tx


def export(tx: Tx, person: Person, now: datetime) -> dict[str, Any]:
    """Return the export of a person as it stands at `now`; the weeks run from their first to the current one."""
    weeks = stored_progress.judge_history(tx, person.id, now)
    tally = weeks[-1].tally if weeks else stored_progress.judge_person(tx, person.id, now).tally
    versions = checkins.list_versions(tx, person.id)
    origins = imports.list_origins(tx, person.id)
    return {
        "person": {"name": person.name, "time_zone": person.zone_name, "why": person.why},
        "checkins": [
            _checkin(checkin, versions.get(checkin.id, []), origins.get(checkin.id))
            for checkin in checkins.list_all(tx, person.id)
        ],
        "weeks": [_week(judged) for judged in weeks],
        "time_zones": _zones(tx, person.id),
        "goals": _goals(tx, person.id),
        "pauses": _pauses(tx, person.id),
        "freezes": {"held": tally.held, "earned": tally.earned, "spent": tally.spent},
        "groups": _groups(tx, person.id),
        "identities": [
            {"platform": platform, "team": team, "id": user}
            for platform, team, user in people.list_identities(tx, person.id)
        ],
        **_names(tx, person.id),
        "focuses": [_focus(focus) for focus in reversed(focuses.list_newest(tx, person.id))],
        "shared": _shared(tx, person.id),
        "milestones": _milestones(tx, person.id),
        "reminders": _reminders(tx, person.id),
        "plans": _plans(tx, person.id),
        "recall": recalls.export(tx, person.id),
        "timer": _timer(tx, person.id),
        "pages": _pages(tx, person.id, now),
        "imports": _imports(tx, person.id),
        "partners": partner_export.export(tx, person.id),
    }


def format_json(exported: dict[str, Any]) -> str:
    """Return the export as indented JSON."""
    return json.format(json.encode(exported), indent=2).decode()


def _checkin(checkin: Checkin, versions: list[Version], origin: imports.Origin | None) -> dict[str, Any]:
    return {
        "id": checkin.number,
        **_entry(checkin.entry),
        "focus": checkin.focus,
        "source": checkin.source.value,
        "import": origin.run_number if origin else None,
        "project": origin.project if origin else None,
        "late": checkin.is_late,
        "counted_week": monday(checkin.counted_week),
        "created_at": checkin.created_at.isoformat(),
        "undone": checkin.undone_at is not None,
        "note_off": checkin.is_note_off,
        "history": [
            {"change": version.change.value, **_entry(version.entry), "changed_at": version.changed_at.isoformat()}
            for version in versions
        ],
    }


def _week(judged: Judged) -> dict[str, Any]:
    return {
        "starts": judged.week.monday.isoformat(),
        "minutes": judged.facts.minutes,
        "goal": judged.facts.goal,
        "state": judged.state.value,
        "streak": judged.tally.streak,
    }


def _focus(focus: Focus) -> dict[str, Any]:
    return {
        "id": focus.number,
        "title": focus.title,
        "estimate": focus.plan.estimate,
        "done": focus.plan.done,
        "minutes": focus.minutes,
        "started_at": focus.started_at.isoformat(),
        "ended_at": focus.ended_at.isoformat() if focus.ended_at else None,
        "outcome": focus.outcome.value if focus.outcome else None,
        "explanation": focus.explanation,
        "link": focus.link,
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "day": entry.day.isoformat(),
        "minutes": entry.minutes,
        "area": entry.area,
        "learned": entry.learned,
    }


def _goals(tx: Tx, person_id: int) -> list[dict[str, Any]]:
    rows = tx.all(
        "SELECT from_week, minutes, is_for_one_week, set_at FROM goals WHERE person_id = :id ORDER BY id", id=person_id
    )
    return [
        {"from": week, "minutes": minutes, "for_one_week": bool(is_for_one_week), "set_at": _iso(set_at)}
        for week, minutes, is_for_one_week, set_at in rows
    ]


def _names(tx: Tx, person_id: int) -> dict[str, Any]:
    """Return what each account, server and workspace calls them, and the names of before that are stored yet."""
    by_place = sorted(names.find_names(tx, [person_id])[person_id].items())
    listed = [{"platform": platform, "team": team, "name": name} for (platform, team), name in by_place]
    return {"names": listed, "former_names": names.list_former(tx, person_id)}


def _zones(tx: Tx, person_id: int) -> list[dict[str, Any]]:
    """Return every zone that they took, and from which week on it has said when theirs close."""
    rows = tx.all("SELECT zone, closing_from, set_at FROM zones WHERE person_id = :id ORDER BY id", id=person_id)
    return [{"zone": zone, "closing_from": week, "set_at": _iso(set_at)} for zone, week, set_at in rows]


def _pauses(tx: Tx, person_id: int) -> list[dict[str, Any]]:
    rows = tx.all(
        """SELECT from_day, until_day, coalesce(announced_until, until_day), reason FROM pauses
           WHERE person_id = :id ORDER BY from_day, id""",
        id=person_id,
    )
    return [
        {"from": from_day, "until": max(from_day, until_day), "counts_until": counts_until, "reason": reason}
        for from_day, until_day, counts_until, reason in rows
    ]


def _groups(tx: Tx, person_id: int) -> list[dict[str, Any]]:
    rows = tx.all(
        """SELECT g.name, g.platform, g.team, g.channel, g.ended_at, m.joined_at, m.left_at,
                  m.removed_at, m.is_hidden,
                  EXISTS (SELECT 1 FROM organisers o WHERE o.group_id = g.id AND o.person_id = m.person_id)
           FROM members m JOIN groups g ON g.id = m.group_id WHERE m.person_id = :id ORDER BY m.joined_at, g.id""",
        id=person_id,
    )
    return [
        {
            "name": name,
            "platform": platform,
            "team": team,
            "channel": channel.rpartition("/")[2] if ended_at else channel,
            "ended_at": _iso(ended_at),
            "joined_at": _iso(joined_at),
            "left_at": _iso(left_at),
            "removed_at": _iso(removed_at),
            "hidden": bool(is_hidden),
            "organiser": bool(is_organiser),
        }
        for name, platform, team, channel, ended_at, joined_at, left_at, removed_at, is_hidden, is_organiser in rows
    ]


def _shared(tx: Tx, person_id: int) -> list[int]:
    """Return the ids of the check-ins whose line a group's results may quote."""
    rows = tx.all("SELECT number FROM checkins WHERE person_id = :id AND is_shared ORDER BY number", id=person_id)
    return [row[0] for row in rows]


def _milestones(tx: Tx, person_id: int) -> list[dict[str, Any]]:
    rows = tx.all(
        "SELECT kind, value, reached_at FROM milestones WHERE person_id = :id ORDER BY reached_at, kind, value",
        id=person_id,
    )
    return [{"kind": kind, "value": value, "reached_at": _iso(reached_at)} for kind, value, reached_at in rows]


def _reminders(tx: Tx, person_id: int) -> dict[str, Any]:
    choice = reminders.find_choice(tx, person_id)
    rows = tx.all(
        "SELECT kind, moment, is_on FROM schedules WHERE person_id = :id AND moment IS NOT NULL ORDER BY kind",
        id=person_id,
    )
    asked = tx.all(
        "SELECT due_at FROM schedules WHERE person_id = :id AND kind = :kind ORDER BY due_at",
        id=person_id,
        kind=ReminderKind.ASKED,
    )
    return {
        "how": choice.how.value if choice else "off",
        "group": _channel(tx, choice.group_id) if choice and choice.group_id is not None else None,
        "identity": {"platform": choice.platform, "team": choice.team, "id": choice.user} if choice else None,
        "asked_for": [instant(due_at).isoformat() for (due_at,) in asked],
        "schedules": [{"kind": kind, "moment": moment, "on": bool(is_on)} for kind, moment, is_on in rows],
    }


def _channel(tx: Tx, group_id: int) -> dict[str, Any] | None:
    row = tx.one("SELECT platform, team, channel FROM groups WHERE id = :id", id=group_id)
    return dict(zip(("platform", "team", "channel"), row, strict=True)) if row else None


def _plans(tx: Tx, person_id: int) -> list[dict[str, Any]]:
    rows = tx.all("SELECT week, plan, made_at FROM intentions WHERE person_id = :id ORDER BY week", id=person_id)
    return [{"week": week, "plan": plan, "made_at": _iso(made_at)} for week, plan, made_at in rows]


def _timer(tx: Tx, person_id: int) -> dict[str, Any] | None:
    timer = timers.find_running(tx, person_id)
    return {"started_at": timer.started_at.isoformat(), "area": timer.area} if timer else None


def _imports(tx: Tx, person_id: int) -> list[dict[str, Any]]:
    return [
        {
            "number": run.number,
            "file": run.file,
            "source": run.source,
            "made_at": run.made_at.isoformat(),
            "entries": run.entries,
            "minutes": run.minutes,
        }
        for run in reversed(imports.list_runs(tx, person_id))
    ]


def _pages(tx: Tx, person_id: int, now: datetime) -> dict[str, Any]:
    """Return where they are signed in to their page, and since when their calendar has its address."""
    made_at = feeds.find_made_at(tx, person_id)
    return {
        "sessions": [
            {
                "device": session.device,
                "made_at": session.made_at.isoformat(),
                "seen_at": session.seen_at.isoformat(),
                "expires_at": session.expires_at.isoformat(),
            }
            for session in sessions.list_of_person(tx, person_id, now)
        ],
        "calendar_since": made_at.isoformat() if made_at else None,
    }


def _iso(milliseconds: int | None) -> str | None:
    return None if milliseconds is None else instant(milliseconds).isoformat()
