"""Groups, who is a member, and what members intend."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from bot.chat.request import Channel
from bot.domain.collation import key_range, sort_key
from bot.domain.duration import Minutes
from bot.domain.group import AREAS, Group, Lines, Member
from bot.domain.person import Person
from bot.domain.week import Week
from bot.store import areas, names, people
from bot.store.results_members import ACTIVE, resting_at
from bot.store.rows import instant, ms
from bot.store.tx import LISTED, Tx, listed

EVERYONE = 1_000_000
ENDED = "the group has ended"
"""The reason why nothing is posted to a group any more."""
LINES = {lines.value: lines for lines in Lines}
COLUMNS = "g.id, g.platform, g.team, g.channel, g.name, g.zone, g.goal, g.lines, g.asleep"
MEMBER_COLUMNS = "m.group_id, m.person_id, m.name, m.joined_at, m.left_at, m.is_hidden, m.removed_at"

Membership = tuple[Group, Member]
"""A group, and somebody's membership of it."""


class _Row(NamedTuple):
    """A row of `COLUMNS`."""

    id: int
    platform: str
    team: str
    channel: str
    name: str
    zone: str
    goal: int
    lines: str
    asleep: str | None


class _MemberRow(NamedTuple):
    """A row of `MEMBER_COLUMNS`."""

    group_id: int
    person_id: int
    name: str
    joined_at: int
    left_at: int | None
    is_hidden: int
    removed_at: int | None


MEMBER_WIDTH = len(_MemberRow._fields)
"""In a row that begins with `MEMBER_COLUMNS`, the columns of the group or person stand after so many."""


def find(tx: Tx, channel: Channel) -> Group | None:
    """Return the group of a channel; None if it has none."""
    if channel.id is None:
        return None
    row = tx.one(
        f"SELECT {COLUMNS} FROM groups g WHERE platform = :platform AND team = :team AND channel = :channel",
        platform=channel.platform,
        team=channel.team,
        channel=channel.id,
    )
    return None if row is None else _group(row)


def list_of_team(tx: Tx, platform: str, team: str) -> list[Group]:
    """Return all groups of a server or workspace."""
    rows = tx.all(
        f"""SELECT {COLUMNS} FROM groups g WHERE platform = :platform AND team = :team AND ended_at IS NULL
            ORDER BY id""",
        platform=platform,
        team=team,
    )
    return [_group(row) for row in rows]


def list_sleeping(tx: Tx, platform: str, teams: Iterable[str] | None = None) -> list[Group]:
    """Return the groups of a platform to which nothing can be posted, of some servers or workspaces (None: of all)."""
    of_teams = "" if teams is None else f"AND team IN {LISTED}"
    rows = tx.all(
        f"""SELECT {COLUMNS} FROM groups g
            WHERE platform = :platform AND asleep IS NOT NULL AND ended_at IS NULL {of_teams} ORDER BY id""",
        platform=platform,
        **({} if teams is None else {"ids": listed(teams)}),
    )
    return [_group(row) for row in rows]


def list_of_platform(tx: Tx, platform: str) -> list[Group]:
    """Return all groups of a platform."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM groups g WHERE platform = :platform AND ended_at IS NULL ORDER BY id", platform=platform
    )
    return [_group(row) for row in rows]


def get(tx: Tx, group_id: int) -> Group:
    """Return a group. Raises `LookupError` if it is gone."""
    row = tx.one(f"SELECT {COLUMNS} FROM groups g WHERE id = :id", id=group_id)
    if row is None:
        raise LookupError(f"group {group_id} is gone")
    return _group(row)


def get_many(tx: Tx, group_ids: Iterable[int]) -> dict[int, Group]:
    """Return groups by id, read in one statement."""
    rows = tx.all(f"SELECT {COLUMNS} FROM groups g WHERE id IN {LISTED}", ids=listed(group_ids))
    return {group.id: group for group in map(_group, rows)}


def lock(tx: Tx, group: Group) -> Group:
    """Let nobody else change a group's settings until this transaction ends; return it as it is now."""
    has_others = tx.lock("SELECT 1 FROM groups WHERE id = :id", id=group.id)
    return get(tx, group.id) if has_others else group


def add(tx: Tx, channel: Channel, name: str, zone: str, goal: int, now: datetime) -> Group:
    """Add a group in a channel that has none, with the six areas, and return it."""
    row = tx.one(
        """INSERT INTO groups (platform, team, channel, name, zone, goal, created_at)
           VALUES (:platform, :team, :channel, :name, :zone, :goal, :now) RETURNING id""",
        platform=channel.platform,
        team=channel.team,
        channel=channel.id,
        name=name,
        zone=zone,
        goal=goal,
        now=ms(now),
    )
    assert row is not None
    group_id: int = row[0]
    areas.use(tx, group_id, AREAS, now)
    return get(tx, group_id)


def update(tx: Tx, group: Group) -> None:
    """Save a group's changed settings, and the channel that it has moved to."""
    tx.run(
        """UPDATE groups SET channel = :channel, name = :name, zone = :zone, goal = :goal, lines = :lines,
               asleep = :asleep
           WHERE id = :id""",
        id=group.id,
        channel=group.channel,
        name=group.name,
        zone=group.zone_name,
        goal=group.goal,
        lines=group.lines,
        asleep=group.asleep,
    )


def end(tx: Tx, group: Group, now: datetime) -> None:
    """End a group and every membership of it; its channel is free for another one."""
    tx.run(
        "UPDATE groups SET ended_at = :now, asleep = :reason, channel = :freed WHERE id = :id",
        id=group.id,
        now=ms(now),
        reason=ENDED,
        freed=f"ended/{group.id}/{group.channel}",
    )
    key = {"id": group.id}
    tx.run("UPDATE members SET left_at = :now WHERE group_id = :id AND left_at IS NULL", now=ms(now), **key)
    for table in ("intentions", "organisers"):
        tx.run(f"DELETE FROM {table} WHERE group_id = :id", **key)


def find_member(tx: Tx, group_id: int, person_id: int) -> Member | None:
    """Return the membership of a person, also one that has ended; None if there never was one."""
    row = tx.one(
        f"SELECT {MEMBER_COLUMNS} FROM members m WHERE group_id = :id AND person_id = :person",
        id=group_id,
        person=person_id,
    )
    return None if row is None else _member(row)


def join(tx: Tx, group: Group, person: Person, now: datetime) -> None:
    """Make the person a member, again perhaps; boards count the weeks that begin from then on."""
    name = names.find_name(tx, person.id, group.platform, group.team)
    tx.run(
        """INSERT INTO members (group_id, person_id, name, sort_key, joined_at, first_week)
           VALUES (:id, :person, :name, :key, :now, :week)
           ON CONFLICT (group_id, person_id) DO UPDATE
           SET joined_at = excluded.joined_at, first_week = excluded.first_week, left_at = NULL, is_hidden = FALSE
           WHERE members.left_at IS NOT NULL""",
        id=group.id,
        person=person.id,
        name=name,
        key=sort_key(name),
        now=ms(now),
        week=Week.first_from(person.today(now)).number,
    )


def leave(tx: Tx, group_id: int, person_id: int, now: datetime) -> None:
    """End a membership, and with it the person's part in this group's reminders."""
    key = {"id": group_id, "person": person_id}
    tx.run("UPDATE members SET left_at = :now WHERE group_id = :id AND person_id = :person", now=ms(now), **key)
    tx.run("DELETE FROM intentions WHERE group_id = :id AND person_id = :person", **key)
    tx.run("DELETE FROM organisers WHERE group_id = :id AND person_id = :person", **key)


def keep_out(tx: Tx, group_id: int, person_id: int, now: datetime) -> None:
    """Let nobody but an organiser bring the person back, who has left."""
    tx.run(
        "UPDATE members SET removed_at = :now WHERE group_id = :id AND person_id = :person AND left_at IS NOT NULL",
        id=group_id,
        person=person_id,
        now=ms(now),
    )


def let_in(tx: Tx, group_id: int, person_id: int) -> None:
    """Let the person join again, who was kept out."""
    tx.run(
        "UPDATE members SET removed_at = NULL WHERE group_id = :id AND person_id = :person",
        id=group_id,
        person=person_id,
    )


def hide(tx: Tx, group_id: int, person_id: int, *, hidden: bool) -> None:
    """Leave a member out of all that the group sees, or show them again."""
    tx.run(
        "UPDATE members SET is_hidden = :hidden WHERE group_id = :id AND person_id = :person",
        id=group_id,
        person=person_id,
        hidden=hidden,
    )


def list_memberships(tx: Tx, person_id: int) -> list[Membership]:
    """Return the groups that a person is or was in, oldest membership first."""
    rows = tx.all(
        f"""SELECT {MEMBER_COLUMNS}, {COLUMNS} FROM members m JOIN groups g ON g.id = m.group_id
            WHERE m.person_id = :person ORDER BY m.joined_at, g.id""",
        person=person_id,
    )
    return [(_group(row[MEMBER_WIDTH:]), _member(row[:MEMBER_WIDTH])) for row in rows]


def list_of_person(tx: Tx, person_id: int) -> list[Membership]:
    """Return the groups that a person is in now, oldest membership first."""
    return [(group, member) for group, member in list_memberships(tx, person_id) if not member.has_left]


def count_members(tx: Tx, group_id: int) -> int:
    """Return how many are in the group now, hidden and resting ones too."""
    row = tx.one("SELECT count(*) FROM members WHERE group_id = :id AND left_at IS NULL", id=group_id)
    return 0 if row is None else int(row[0])


def list_member_ids(tx: Tx, platform: str, team: str) -> list[str]:
    """Return the ids by which a platform knows the members of the groups of a server or workspace."""
    rows = tx.all(
        """SELECT DISTINCT m.person_id FROM members m JOIN groups g ON g.id = m.group_id
           WHERE g.platform = :platform AND g.team = :team AND g.ended_at IS NULL AND m.left_at IS NULL
           ORDER BY m.person_id""",
        platform=platform,
        team=team,
    )
    ids = people.find_ids(tx, [person_id for (person_id,) in rows])
    known = (people.pick_id(ids[person_id], platform, team) for (person_id,) in rows)
    return [user_id for user_id in known if user_id is not None]


def list_members(tx: Tx, group_id: int, *, top: int = 0, most: int = EVERYONE) -> list[tuple[Person, Member]]:
    """Return at most `most` members after the first `top`, by name; hidden and resting ones too."""
    rows = tx.all(
        f"""SELECT {MEMBER_COLUMNS}, {people.COLUMNS}
            FROM members m JOIN people p ON p.id = m.person_id
            WHERE m.group_id = :id AND m.left_at IS NULL ORDER BY m.sort_key, p.id LIMIT :most OFFSET :top""",
        id=group_id,
        most=most,
        top=top,
    )
    return [_member_and_person(row) for row in rows]


def list_kept_out(tx: Tx, group_id: int) -> list[tuple[Person, Member]]:
    """Return those who were removed and have not been let in again, by name."""
    rows = tx.all(
        f"""SELECT {MEMBER_COLUMNS}, {people.COLUMNS} FROM members m JOIN people p ON p.id = m.person_id
            WHERE m.group_id = :id AND m.removed_at IS NOT NULL ORDER BY m.sort_key, p.id""",
        id=group_id,
    )
    return [_member_and_person(row) for row in rows]


def find_named(tx: Tx, group_id: int, name: str) -> list[tuple[Person, Member]]:
    """Return the members of a group who are called so there, whatever its case and accents."""
    first, end = key_range(name)
    rows = tx.all(
        f"""SELECT {MEMBER_COLUMNS}, {people.COLUMNS} FROM members m JOIN people p ON p.id = m.person_id
            WHERE m.group_id = :id AND m.left_at IS NULL AND m.sort_key >= :first AND m.sort_key < :end
            ORDER BY m.sort_key, p.id""",
        id=group_id,
        first=first,
        end=end,
    )
    return [_member_and_person(row) for row in rows]


def list_resting(tx: Tx, group_ids: Iterable[int], now: datetime) -> list[int]:
    """Return the groups of long standing in which nobody has joined or checked in lately, hidden members included."""
    rows = tx.all(
        f"""SELECT g.id FROM groups g WHERE g.id IN {LISTED} AND g.created_at <= :resting AND NOT EXISTS
            (SELECT 1 FROM members m JOIN people p ON p.id = m.person_id WHERE m.group_id = g.id AND m.left_at IS NULL
             AND {ACTIVE})""",
        ids=listed(group_ids),
        **resting_at(now),
    )
    return [group_id for (group_id,) in rows]


def list_current_zones(tx: Tx, group_ids: Iterable[int]) -> dict[int, set[str]]:
    """Return by group the zones that its members hold now."""
    rows = tx.all(
        f"""SELECT DISTINCT m.group_id, p.zone FROM members m JOIN people p ON p.id = m.person_id
            WHERE m.group_id IN {LISTED} AND m.left_at IS NULL""",
        ids=listed(group_ids),
    )
    zones: dict[int, set[str]] = defaultdict(set)
    for group_id, zone in rows:
        zones[group_id].add(zone)
    return zones


def save_intention(tx: Tx, group_id: int, person_id: int, monday: date, plan: str | None, now: datetime) -> None:
    """Save “I'm in this week”, with a plan perhaps; said again, a new plan replaces the old one."""
    tx.run(
        """INSERT INTO intentions (group_id, person_id, week, plan, made_at) VALUES (:id, :person, :week, :plan, :now)
           ON CONFLICT (group_id, person_id, week) DO UPDATE
           SET plan = excluded.plan, made_at = excluded.made_at""",
        id=group_id,
        person=person_id,
        week=monday.isoformat(),
        plan=plan,
        now=ms(now),
    )


def count_intentions(tx: Tx, group_id: int, monday: date) -> int:
    """Return how many members are in this week, without hidden ones."""
    return count_intentions_by_group(tx, [group_id], monday).get(group_id, 0)


def count_intentions_by_group(tx: Tx, group_ids: Iterable[int], monday: date) -> dict[int, int]:
    """Return by group how many members are in this week, without hidden ones; only groups in which anybody is."""
    rows = tx.all(
        f"""SELECT i.group_id, count(*) FROM intentions i
            JOIN members m ON m.group_id = i.group_id AND m.person_id = i.person_id
            WHERE i.group_id IN {LISTED} AND i.week = :week AND m.left_at IS NULL AND NOT m.is_hidden
            GROUP BY i.group_id""",
        week=monday.isoformat(),
        ids=listed(group_ids),
    )
    return dict(map(tuple, rows))


def find_plan(tx: Tx, person_id: int, monday: date) -> str | None:
    """Return what a person wrote of when and where they will study that week; None if nothing."""
    row = tx.one(
        """SELECT plan FROM intentions WHERE person_id = :person AND week = :week AND plan IS NOT NULL
           ORDER BY made_at DESC LIMIT 1""",
        person=person_id,
        week=monday.isoformat(),
    )
    return None if row is None else str(row[0])


def _group(values: Iterable[Any]) -> Group:
    row = _Row._make(values)
    return Group(
        row.id, row.platform, row.team, row.channel, row.name, row.zone, Minutes(row.goal), LINES[row.lines], row.asleep
    )


def _member_and_person(row: Sequence[Any]) -> tuple[Person, Member]:
    return people.person_of(row[MEMBER_WIDTH:]), _member(row[:MEMBER_WIDTH])


def _member(values: Iterable[Any]) -> Member:
    row = _MemberRow._make(values)
    return Member(
        row.group_id,
        row.person_id,
        row.name,
        instant(row.joined_at),
        row.left_at is not None,
        bool(row.is_hidden),
        row.removed_at is not None,
    )
