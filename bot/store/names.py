"""Names of people, each stored for the place that has it: the name of an account, and what one server calls somebody.

A group shows the name of its own server or workspace, never one from elsewhere. `members` holds it with the key by
which it is sorted, so that no list of a group looks it up for each of its members.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.domain.collation import sort_key
from bot.domain.names import NAMELESS
from bot.store.rows import ms
from bot.store.tx import LISTED, Tx, listed

FORMER_STORED_FOR = timedelta(days=40)
"""For so long a name that was replaced may stand in an answer, a draft or a post: none is stored longer."""

NamesByPlace = dict[tuple[str, str], str]
"""A person's names by platform and team; under "" as team the name of an account that is one on all of a platform."""


def pick_name(names: NamesByPlace, platform: str, team: str) -> str:
    """Return the name by which a place knows a person; `NAMELESS` until they were seen there."""
    return names.get((platform, team)) or names.get((platform, "")) or NAMELESS


def find_names(tx: Tx, person_ids: Iterable[int]) -> dict[int, NamesByPlace]:
    """Return the names of many people, by their ids."""
    rows = tx.all(
        f"SELECT person_id, platform, team, name FROM names WHERE person_id IN {LISTED}", ids=listed(person_ids)
    )
    names: dict[int, NamesByPlace] = defaultdict(dict)
    for person_id, platform, team, name in rows:
        names[person_id][platform, team] = name
    return names


def find_name(tx: Tx, person_id: int, platform: str, team: str) -> str:
    """Return the name by which a place knows a person; `NAMELESS` until they were seen there."""
    return pick_name(find_names(tx, [person_id])[person_id], platform, team)


def list_all(tx: Tx, person_id: int) -> list[str]:
    """Return every name by which something that is stored may name a person, those of before too."""
    rows = tx.all(
        """SELECT name FROM names WHERE person_id = :id UNION SELECT name FROM former_names WHERE person_id = :id
           UNION SELECT name FROM members WHERE person_id = :id UNION SELECT name FROM people WHERE id = :id""",
        id=person_id,
    )
    return [name for (name,) in rows if name]


def list_former(tx: Tx, person_id: int) -> list[str]:
    """Return the names that a person had before, as far as they are kept."""
    return [row[0] for row in tx.all("SELECT name FROM former_names WHERE person_id = :id ORDER BY name", id=person_id)]


def prune(tx: Tx, now: datetime) -> None:
    """Delete former names that nothing holds any more."""
    tx.run("DELETE FROM former_names WHERE replaced_at < :before", before=ms(now - FORMER_STORED_FOR))


def set_name(tx: Tx, person_id: int, platform: str, team: str, name: str, now: datetime) -> None:
    """Save the name that a place shows for a person now; "" where it has none of its own any more.

    The one before is a former name from `now` on, which an erase has to know.
    """
    key = {"id": person_id, "platform": platform, "team": team}
    tx.run(
        """INSERT INTO former_names (person_id, name, replaced_at) SELECT person_id, name, :now FROM names
           WHERE person_id = :id AND platform = :platform AND team = :team AND name <> :name
           ON CONFLICT (person_id, name) DO UPDATE SET replaced_at = excluded.replaced_at""",
        name=name,
        now=ms(now),
        **key,
    )
    if not name:
        tx.run("DELETE FROM names WHERE person_id = :id AND platform = :platform AND team = :team", **key)
        return
    tx.run(
        """INSERT INTO names (person_id, platform, team, name) VALUES (:id, :platform, :team, :name)
           ON CONFLICT (person_id, platform, team) DO UPDATE SET name = excluded.name""",
        name=name,
        **key,
    )


def rename_member(tx: Tx, person_id: int) -> list[int]:
    """Let each of a person's groups show the name of its own place; return the ids of the groups where it is new."""
    rows = tx.all(
        """SELECT m.group_id, g.platform, g.team, m.name FROM members m JOIN groups g ON g.id = m.group_id
           WHERE m.person_id = :id ORDER BY m.group_id""",
        id=person_id,
    )
    names = find_names(tx, [person_id])[person_id]
    changed = {
        group_id: name for group_id, platform, team, old in rows if (name := pick_name(names, platform, team)) != old
    }
    tx.many(
        "UPDATE members SET name = :name, sort_key = :key WHERE group_id = :group AND person_id = :id",
        [
            {"group": group_id, "id": person_id, "name": name, "key": sort_key(name)}
            for group_id, name in changed.items()
        ],
    )
    return list(changed)
