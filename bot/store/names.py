"""Names of people, each stored for the place that has it: the name of an account, and what one server calls somebody.

A group shows the name of its own server or workspace, never one from elsewhere. `members` holds it with the key by
which it is sorted, so that no list of a group looks it up for each of its members.
"""

from collections import defaultdict
from collections.abc import Iterable

from bot.domain.collation import sort_key
from bot.domain.names import NAMELESS
from bot.store.sqlite import LISTED, Tx, listed

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


def set_name(tx: Tx, person_id: int, platform: str, team: str, name: str) -> None:
    """Save the name that a place shows for a person now; "" where it has none of its own any more."""
    key = {"id": person_id, "platform": platform, "team": team}
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
