"""The lines that channels were shown of check-ins: which check-in stands in which post, so that it can be corrected.

The rows outlive the posts in the outbox: by them a person is told that an old line stays as it is.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from msgspec import json

from bot.domain.channel_line import PostedLine
from bot.domain.checkin import Checkin
from bot.domain.milestone import Milestone
from bot.store.rows import instant, ms
from bot.store.tx import Tx

OF_GROUP = """SELECT "key", person_id, made_at, checkin_id, milestones FROM lines
    WHERE group_id = :group AND made_at >= :since"""
IN_ORDER = "ORDER BY made_at, checkin_id"

_milestones = json.Decoder(tuple[Milestone, ...])


def list_since(tx: Tx, group_id: int, instant: datetime) -> list[PostedLine]:
    """Return the lines that a channel was shown, as far as check-ins since then stand in them, oldest first."""
    return _lines(tx.all(f"{OF_GROUP} {IN_ORDER}", group=group_id, since=ms(instant)))


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
