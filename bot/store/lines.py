"""The lines that channels were shown of check-ins: which check-in stands in which post, so that it can be corrected.

The rows outlive the posts in the outbox: by them a person is told that an old line stays as it is.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from msgspec import json

from bot.domain.channel_line import PostedLine
from bot.domain.checkin import Checkin
from bot.domain.milestone import Milestone
from bot.store.rows import instant, ms
from bot.store.tx import Tx

OF_GROUP = """SELECT "key", person_id, made_at, checkin_id, milestones FROM lines
    WHERE group_id = :group AND made_at >= :since"""
IN_ORDER = "ORDER BY made_at, checkin_id"
RECENT = f"""{OF_GROUP} AND person_id = :person
    UNION ALL SELECT '', 0, count(*), 0, '' FROM (SELECT DISTINCT "key" FROM lines
        WHERE group_id = :group AND made_at >= :today LIMIT :most) AS lines_of_today"""
"""The rows of one person, and one that counts everybody's lines of today: one statement, since a member waits."""

_milestones = json.Decoder(tuple[Milestone, ...])


class RecentLines(NamedTuple):
    """A person's lines in a channel, oldest first, and how many lines of today it was shown of everybody."""

    own: list[PostedLine]
    of_today: int


def find_recent(tx: Tx, group_id: int, person_id: int, since: datetime, today: datetime, most: int) -> RecentLines:
    """Return a person's lines in a channel as far as check-ins since then stand in them, and how busy `today` is.

    `today` is when the day began; its lines are counted up to `most`.
    """
    rows = tx.all(RECENT, group=group_id, person=person_id, since=ms(since), today=ms(today), most=most)
    own = sorted((row for row in rows if row[0]), key=lambda row: (row[2], row[3]))
    return RecentLines(_lines(own), next(row[2] for row in rows if not row[0]))


def list_of_person(tx: Tx, group_id: int, person_id: int, first: datetime, last: datetime) -> list[PostedLine]:
    """Return the lines of one person in which check-ins of a stretch of time stand, oldest first."""
    rows = tx.all(
        f"{OF_GROUP} AND made_at <= :last AND person_id = :person {IN_ORDER}",
        group=group_id,
        person=person_id,
        since=ms(first),
        last=ms(last),
    )
    return _lines(rows)


def add(tx: Tx, group_id: int, checkin: Checkin, line: PostedLine) -> None:
    """Save that a check-in stands in a line, and with it the milestones of the line."""
    tx.run(
        """INSERT INTO lines (group_id, made_at, checkin_id, person_id, "key", milestones)
           VALUES (:group, :made, :checkin, :person, :key, :milestones)""",
        group=group_id,
        made=ms(checkin.created_at),
        checkin=checkin.id,
        person=line.person_id,
        key=line.key,
        milestones=json.encode(line.milestones).decode() if line.milestones else "",
    )


def _lines(rows: Iterable[Any]) -> list[PostedLine]:
    """Put the rows of each line together."""
    lines: dict[str, PostedLine] = {}
    for key, person_id, made_at, checkin_id, milestones in rows:
        marks = _milestones.decode(milestones) if milestones else ()
        line = lines.get(key) or PostedLine(key, person_id, instant(made_at), ())
        lines[key] = line._replace(checkin_ids=(*line.checkin_ids, checkin_id), milestones=(*line.milestones, *marks))
    return list(lines.values())
