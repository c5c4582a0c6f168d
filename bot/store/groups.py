"""Groups, who is a member, and what members intend."""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from bot.chat.request import Channel
from bot.domain.duration import Minutes
from bot.domain.group import AREAS, Group, Lines, Member
from bot.domain.person import Person
from bot.domain.week import Week
from bot.store import areas, people
from bot.store.rows import instant, ms
from bot.store.sqlite import LISTED, Tx, listed

EVERYONE = 1_000_000
LINES = {lines.value: lines for lines in Lines}
COLUMNS = "g.id, g.platform, g.team, g.channel, g.name, g.zone, g.goal, g.lines, g.asleep"
MEMBERSHIPS = f"""SELECT {COLUMNS}, m.group_id, m.person_id, m.joined_at, m.left_at, m.is_hidden
    FROM members m JOIN groups g ON g.id = m.group_id WHERE m.person_id = :person ORDER BY m.joined_at, g.id"""

Membership = tuple[Group, Member]
"""A group, and somebody's membership of it."""


def group_of(row: sqlite3.Row) -> Group:
    """The group in a row that begins with `COLUMNS`."""
    return Group(row[0], row[1], row[2], row[3], row[4], row[5], Minutes(row[6]), LINES[row[7]], row[8])


def member_of(row: Sequence[Any]) -> Member:
    """The member in a row of group_id, person_id, joined_at, left_at, is_hidden."""
    return Member(row[0], row[1], instant(row[2]), row[3] is not None, bool(row[4]))


def find(tx: Tx, channel: Channel) -> Group | None:
    """The group of a channel."""
    if channel.id is None:
        return None
    row = tx.one(
        f"SELECT {COLUMNS} FROM groups g WHERE platform = :platform AND team = :team AND channel = :channel",
        platform=channel.platform,
        team=channel.team,
        channel=channel.id,
    )
    return None if row is None else group_of(row)


def of_team(tx: Tx, platform: str, team: str) -> list[Group]:
    """All groups of a server or workspace."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM groups g WHERE platform = :platform AND team = :team ORDER BY id",
        platform=platform,
        team=team,
    )
    return [group_of(row) for row in rows]


def get(tx: Tx, group_id: int) -> Group:
    """A group that is known to exist."""
    row = tx.one(f"SELECT {COLUMNS} FROM groups g WHERE id = :id", id=group_id)
    if row is None:
        raise LookupError(f"group {group_id} is gone")
    return group_of(row)


def those(tx: Tx, group_ids: Iterable[int]) -> dict[int, Group]:
    """Some groups by id, read in one statement."""
    return {
        row[0]: group_of(row)
        for row in tx.all(f"SELECT {COLUMNS} FROM groups g WHERE id IN {LISTED}", ids=listed(group_ids))
    }


def add(tx: Tx, channel: Channel, name: str, zone: str, goal: int, now: datetime) -> Group:
    """A new group in a channel that has none, with the six areas."""
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
    areas.use(tx, row[0], AREAS, now)
    return get(tx, row[0])


def update(tx: Tx, group: Group) -> None:
    """Keep a group's changed settings."""
    tx.run(
        """UPDATE groups SET name = :name, zone = :zone, goal = :goal, lines = :lines, asleep = :asleep
           WHERE id = :id""",
        id=group.id,
        name=group.name,
        zone=group.zone_name,
        goal=group.goal,
        lines=group.lines,
        asleep=group.asleep,
    )


def member(tx: Tx, group_id: int, person_id: int) -> Member | None:
    """The membership of a person, also one that has ended."""
    row = tx.one(
        """SELECT group_id, person_id, joined_at, left_at, is_hidden FROM members
           WHERE group_id = :id AND person_id = :person""",
        id=group_id,
        person=person_id,
    )
    return None if row is None else member_of(row)


def join(tx: Tx, group: Group, person: Person, now: datetime) -> None:
    """Become a member, again perhaps; boards count the weeks that begin from then on."""
    tx.run(
        """INSERT INTO members (group_id, person_id, joined_at, first_week) VALUES (:id, :person, :now, :week)
           ON CONFLICT (group_id, person_id) DO UPDATE
           SET joined_at = excluded.joined_at, first_week = excluded.first_week, left_at = NULL, is_hidden = FALSE
           WHERE members.left_at IS NOT NULL""",
        id=group.id,
        person=person.id,
        now=ms(now),
        week=Week.first_from(person.today(now)).number,
    )


def leave(tx: Tx, group_id: int, person_id: int, now: datetime) -> None:
    """End a membership, and with it the person's part in this group's reminders."""
    key = {"id": group_id, "person": person_id}
    tx.run("UPDATE members SET left_at = :now WHERE group_id = :id AND person_id = :person", now=ms(now), **key)
    tx.run("DELETE FROM intentions WHERE group_id = :id AND person_id = :person", **key)
    tx.run("DELETE FROM organisers WHERE group_id = :id AND person_id = :person", **key)


def hide(tx: Tx, group_id: int, person_id: int, *, hidden: bool) -> None:
    """Leave a member out of all that the group sees, or show them again."""
    tx.run(
        "UPDATE members SET is_hidden = :hidden WHERE group_id = :id AND person_id = :person",
        id=group_id,
        person=person_id,
        hidden=hidden,
    )


def memberships(tx: Tx, person_id: int) -> list[Membership]:
    """The groups that a person is or was in, oldest membership first."""
    return [(group_of(row), member_of(row[9:])) for row in tx.all(MEMBERSHIPS, person=person_id)]


def of_person(tx: Tx, person_id: int) -> list[Membership]:
    """The groups that a person is in now, oldest membership first."""
    return [(group, member) for group, member in memberships(tx, person_id) if not member.has_left]


def size(tx: Tx, group_id: int) -> int:
    """How many are in the group now, hidden and resting ones too."""
    row = tx.one("SELECT count(*) FROM members WHERE group_id = :id AND left_at IS NULL", id=group_id)
    return 0 if row is None else int(row[0])


def members(tx: Tx, group_id: int, *, top: int = 0, most: int = EVERYONE) -> list[tuple[Person, Member]]:
    """At most `most` members after the first `top`, by name; hidden and resting ones too."""
    rows = tx.all(
        f"""SELECT {people.COLUMNS}, m.group_id, m.person_id, m.joined_at, m.left_at, m.is_hidden
            FROM members m JOIN people p ON p.id = m.person_id
            WHERE m.group_id = :id AND m.left_at IS NULL ORDER BY p.name, p.id LIMIT :most OFFSET :top""",
        id=group_id,
        most=most,
        top=top,
    )
    return [(people.person_of(row), member_of(row[9:])) for row in rows]


def named(tx: Tx, group_id: int, name: str) -> list[Person]:
    """Members of a group by the name that is shown, whatever its case."""
    rows = tx.all(
        f"""SELECT {people.COLUMNS} FROM members m JOIN people p ON p.id = m.person_id
            WHERE m.group_id = :id AND m.left_at IS NULL AND lower(p.name) = lower(:name)""",
        id=group_id,
        name=name,
    )
    return [people.person_of(row) for row in rows]


def intend(tx: Tx, group_id: int, person_id: int, monday: date, plan: str | None, now: datetime) -> None:
    """Say “I'm in this week”, with a plan perhaps; said again, a new plan replaces the old one."""
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


def intentions(tx: Tx, group_id: int, monday: date) -> int:
    """How many are in this week; hidden members are not counted."""
    return intending(tx, [group_id], monday).get(group_id, 0)


def intending(tx: Tx, group_ids: Iterable[int], monday: date) -> dict[int, int]:
    """The same for many groups, those in which there is anybody."""
    rows = tx.all(
        f"""SELECT i.group_id, count(*) FROM intentions i
            JOIN members m ON m.group_id = i.group_id AND m.person_id = i.person_id
            WHERE i.group_id IN {LISTED} AND i.week = :week AND m.left_at IS NULL AND NOT m.is_hidden
            GROUP BY i.group_id""",
        week=monday.isoformat(),
        ids=listed(group_ids),
    )
    return {row[0]: row[1] for row in rows}


def plan(tx: Tx, person_id: int, monday: date) -> str | None:
    """What a person wrote of when and where they will study that week."""
    row = tx.one(
        """SELECT plan FROM intentions WHERE person_id = :person AND week = :week AND plan IS NOT NULL
           ORDER BY made_at DESC LIMIT 1""",
        person=person_id,
        week=monday.isoformat(),
    )
    return None if row is None else str(row[0])
