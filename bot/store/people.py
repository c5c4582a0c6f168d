"""People and their identities, zones, goals and pauses."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from bot.chat.request import User
from bot.domain.duration import Minutes
from bot.domain.goal import GoalChange, goal_in
from bot.domain.pause import Pause
from bot.domain.person import Person, ZoneSource
from bot.domain.week import Week
from bot.domain.zones import ZoneChange
from bot.store import names, running_sums
from bot.store.rows import instant, maybe_instant, maybe_week, monday, ms
from bot.store.rows import week as week_of
from bot.store.tx import LISTED, Tx, listed

COLUMNS = """p.id, p.name, p.zone, p.zone_source, p.first_week, p.last_checkin_at, p.total_minutes, p.why,
    p.freezes_told, p.recall_on"""
IDENTITIES = 'SELECT person_id, platform, team, "user" FROM identities'
SOURCES = {source.value: source for source in ZoneSource}

IdsByPlace = dict[tuple[str, str], str]
"""A person's ids by platform and team."""


class Speaker(NamedTuple):
    """A person who speaks, with the names that are stored for their account and for the server ("" where none is)."""

    person: Person
    account_name: str
    nickname: str


class _Row(NamedTuple):
    """A row of `COLUMNS`."""

    id: int
    name: str
    zone: str
    zone_source: str
    first_week: str | None
    last_checkin_at: int | None
    total_minutes: int
    why: str | None
    freezes_told: int
    recall_on: str | None


def person_of(values: Iterable[Any]) -> Person:
    """Return the person in the values of `COLUMNS`."""
    row = _Row._make(values)
    return Person(
        row.id,
        row.name,
        row.zone,
        SOURCES[row.zone_source],
        maybe_week(row.first_week),
        maybe_instant(row.last_checkin_at),
        row.total_minutes,
        row.why,
        row.freezes_told,
        None if row.recall_on is None else date.fromisoformat(row.recall_on),
    )


def find(tx: Tx, user: User) -> Person | None:
    """Return the person of an identity; None if nobody is known by it."""
    row = tx.one(
        f"""SELECT {COLUMNS} FROM identities i JOIN people p ON p.id = i.person_id
            WHERE i.platform = :platform AND i.team = :team AND i."user" = :user""",
        platform=user.platform,
        team=user.team,
        user=user.id,
    )
    return None if row is None else person_of(row)


def lock_speaker(tx: Tx, user: User) -> None:
    """Let nobody else change the figures of an identity's person until this transaction ends."""
    tx.lock(
        """SELECT 1 FROM people WHERE id = (SELECT person_id FROM identities
           WHERE platform = :platform AND team = :team AND "user" = :user)""",
        platform=user.platform,
        team=user.team,
        user=user.id,
    )


def lock(tx: Tx, person_ids: Iterable[int]) -> None:
    """Let nobody else change the figures of these people until this transaction ends; in one order, whoever asks."""
    tx.lock(f"SELECT 1 FROM people WHERE id IN {LISTED} ORDER BY id", ids=listed(person_ids))


def find_speaker(tx: Tx, user: User, server: str) -> Speaker | None:
    """Return the person who speaks, with the names stored for their account and for the server where they speak."""
    row = tx.one(
        f"""SELECT {COLUMNS}, a.name, n.name FROM identities i JOIN people p ON p.id = i.person_id
            LEFT JOIN names a ON a.person_id = p.id AND a.platform = i.platform AND a.team = i.team
            LEFT JOIN names n ON n.person_id = p.id AND n.platform = i.platform AND n.team = :server
            WHERE i.platform = :platform AND i.team = :team AND i."user" = :user""",
        platform=user.platform,
        team=user.team,
        user=user.id,
        server=server,
    )
    if row is None:
        return None
    *person, account, nickname = row
    return Speaker(person_of(person), account or "", nickname or "")


def get(tx: Tx, person_id: int) -> Person:
    """Return a person. Raises `LookupError` if they are gone."""
    row = tx.one(f"SELECT {COLUMNS} FROM people p WHERE p.id = :id", id=person_id)
    if row is None:
        raise LookupError(f"person {person_id} is gone")
    return person_of(row)


def add(tx: Tx, user: User, name: str, zone: str, source: ZoneSource, now: datetime) -> Person:
    """Add a person with their first identity and zone, and return them."""
    row = tx.one(
        """INSERT INTO people (name, zone, zone_source, created_at) VALUES (:name, :zone, :source, :now)
           RETURNING id""",
        name=name,
        zone=zone,
        source=source,
        now=ms(now),
    )
    assert row is not None
    person_id: int = row[0]
    tx.run(
        'INSERT INTO identities (platform, team, "user", person_id) VALUES (:platform, :team, :user, :id)',
        platform=user.platform,
        team=user.team,
        user=user.id,
        id=person_id,
    )
    names.set_name(tx, person_id, user.platform, user.team, name, now)
    tx.run(
        "INSERT INTO zones (person_id, zone, closing_from, set_at) VALUES (:id, :zone, NULL, :now)",
        id=person_id,
        zone=zone,
        now=ms(now),
    )
    return get(tx, person_id)


def rename(tx: Tx, person_id: int, name: str) -> None:
    """Save the newest name of the person's accounts, by which they themselves are addressed."""
    tx.run("UPDATE people SET name = :name WHERE id = :id", id=person_id, name=name)


def set_why(tx: Tx, person_id: int, why: str | None) -> None:
    """Save what was answered to “is it worth it to you?”."""
    tx.run("UPDATE people SET why = :why WHERE id = :id", id=person_id, why=why)


def find_identity(tx: Tx, person_id: int, platform: str, team: str = "") -> str | None:
    """Return the person's id on a platform: in that workspace, or on all of it where it knows people everywhere."""
    return pick_id(find_ids(tx, [person_id])[person_id], platform, team)


def pick_id(ids: IdsByPlace, platform: str, team: str) -> str | None:
    """Return the one of a person's ids that is known in a place; None if none is."""
    return ids.get((platform, team)) or ids.get((platform, ""))


def find_ids(tx: Tx, person_ids: Iterable[int]) -> dict[int, IdsByPlace]:
    """Return the ids of many people. Asked for by platform, too, the database would look through everybody on it."""
    ids: dict[int, IdsByPlace] = defaultdict(dict)
    for person_id, platform, team, user in tx.all(f"{IDENTITIES} WHERE person_id IN {LISTED}", ids=listed(person_ids)):
        ids[person_id][platform, team] = user
    return ids


def list_identities(tx: Tx, person_id: int) -> list[tuple[str, str, str]]:
    """Return platform, team and id of each of the person's identities."""
    rows = tx.all(f"{IDENTITIES} WHERE person_id = :id ORDER BY 2, 3, 4", id=person_id)
    return [(platform, team, user) for _, platform, team, user in rows]


def list_zones(tx: Tx, person_id: int) -> list[ZoneChange]:
    """Return the zones that the person held, oldest first."""
    rows = tx.all("SELECT zone, closing_from, set_at FROM zones WHERE person_id = :id ORDER BY id", id=person_id)
    return [ZoneChange(zone, maybe_week(closing_from), instant(set_at)) for zone, closing_from, set_at in rows]


def set_zone(
    tx: Tx, person_id: int, zone: str, closing_from: Week | None, *, source: ZoneSource = ZoneSource.OWN, now: datetime
) -> None:
    """Save the zone that the person lives in now; weeks close by it from `closing_from` on (None: all)."""
    tx.run(
        "UPDATE people SET zone = :zone, zone_source = :source WHERE id = :id",
        id=person_id,
        zone=zone,
        source=source,
    )
    if closing_from is None:
        tx.run("DELETE FROM zones WHERE person_id = :id", id=person_id)
    tx.run(
        "INSERT INTO zones (person_id, zone, closing_from, set_at) VALUES (:id, :zone, :week, :now)",
        id=person_id,
        zone=zone,
        week=monday(closing_from),
        now=ms(now),
    )


def set_zone_source(tx: Tx, person_id: int, source: ZoneSource) -> None:
    """Save who says now that the person lives where they do."""
    tx.run("UPDATE people SET zone_source = :source WHERE id = :id", id=person_id, source=source)


def list_goals(tx: Tx, person_id: int) -> list[GoalChange]:
    """Return the goals that the person set, in the order in which they take effect."""
    sql = "SELECT minutes, from_week, is_for_one_week FROM goals WHERE person_id = :id ORDER BY id"
    rows = tx.all(sql, id=person_id)
    return [GoalChange(Minutes(minutes), maybe_week(week), bool(is_for_one)) for minutes, week, is_for_one in rows]


def set_goals(tx: Tx, person_id: int, changes: list[GoalChange], now: datetime) -> None:
    """Replace the history of goals by `changes`, and the goal of weeks that it changes; what stays keeps its time."""
    rows = tx.all("SELECT from_week, minutes, is_for_one_week, set_at FROM goals WHERE person_id = :id", id=person_id)
    set_at_before = {tuple(key): set_at for *key, set_at in rows}
    saved = [(monday(change.from_week), change.minutes, int(change.is_for_one_week)) for change in changes]
    tx.run("DELETE FROM goals WHERE person_id = :id", id=person_id)
    tx.many(
        """INSERT INTO goals (person_id, from_week, minutes, is_for_one_week, set_at)
           VALUES (:id, :week, :minutes, :one, :set_at)""",
        [
            {
                "id": person_id,
                "week": key[0],
                "minutes": key[1],
                "one": bool(key[2]),
                "set_at": set_at_before.get(key, ms(now)),
            }
            for key in saved
        ],
    )
    changed = set(saved) ^ set(set_at_before)
    since = min((week or "" for week, *_ in changed), default="9999")
    sql = "SELECT monday, goal FROM weeks WHERE person_id = :id AND monday >= :since"
    weeks = tx.all(sql, id=person_id, since=since)
    tx.many(
        "UPDATE weeks SET goal = :goal WHERE person_id = :id AND monday = :monday",
        [
            {"id": person_id, "monday": starts, "goal": goal}
            for starts, before in weeks
            if (goal := goal_in(changes, week_of(starts))) != before
        ],
    )
    if weeks:
        running_sums.renew(tx, person_id, since)


def list_pauses(tx: Tx, person_id: int, since: date | None = None) -> list[Pause]:
    """Return the person's pauses by first day; with `since`, only those that reach that day, as they were announced."""
    return [pause for _, pause in list_pauses_by_id(tx, person_id, since)]


def find_away_until(tx: Tx, person_ids: Iterable[int], today: date) -> dict[int, date]:
    """Return the last day of each person's newest pause that has begun, by id; none of who has had no pause."""
    rows = tx.all(
        f"""SELECT person_id, max(until_day) FROM pauses WHERE person_id IN {LISTED} AND from_day <= :today
            GROUP BY person_id""",
        ids=listed(person_ids),
        today=today.isoformat(),
    )
    return {person_id: date.fromisoformat(until_day) for person_id, until_day in rows}


def list_pauses_by_id(tx: Tx, person_id: int, since: date | None = None) -> list[tuple[int, Pause]]:
    """Return the person's pauses with their ids, by first day; with `since` as `list_pauses`."""
    rows = tx.all(
        """SELECT id, from_day, until_day, announced_until FROM pauses
           WHERE person_id = :id AND coalesce(announced_until, until_day) >= :since ORDER BY from_day, id""",
        id=person_id,
        since=since.isoformat() if since else "",
    )
    return [(pause_id, pause_of(*days)) for pause_id, *days in rows]


def pause_of(from_day: str, until_day: str, announced_until: str | None) -> Pause:
    """Return the pause in a row."""
    announced = date.fromisoformat(announced_until) if announced_until else None
    return Pause(date.fromisoformat(from_day), date.fromisoformat(until_day), announced)


def add_pause(tx: Tx, person_id: int, pause: Pause, reason: str | None, now: datetime) -> int:
    """Save an announced absence, and return its id."""
    row = tx.one(
        """INSERT INTO pauses (person_id, from_day, until_day, reason, created_at)
           VALUES (:id, :from_day, :until_day, :reason, :now) RETURNING id""",
        id=person_id,
        from_day=pause.from_day.isoformat(),
        until_day=pause.until_day.isoformat(),
        reason=reason,
        now=ms(now),
    )
    assert row is not None
    return int(row[0])


def replace_pause(tx: Tx, person_id: int, pause_id: int, new: Pause | None) -> None:
    """Save a pause of the person as it is now, or remove it."""
    key = {"id": pause_id, "person": person_id}
    if new is None:
        tx.run("DELETE FROM pauses WHERE id = :id AND person_id = :person", **key)
    else:
        tx.run(
            """UPDATE pauses SET until_day = :until, announced_until = :announced
               WHERE id = :id AND person_id = :person""",
            until=new.until_day.isoformat(),
            announced=new.announced_until.isoformat() if new.announced_until else None,
            **key,
        )
