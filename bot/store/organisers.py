"""A group's organisers: who started it, and whom they named."""

from bot.domain.collation import sort_key
from bot.domain.group import Group
from bot.domain.person import Person
from bot.store import groups, names, people
from bot.store.tx import Tx


def list_of_group(tx: Tx, group_id: int) -> list[Person]:
    """Return a group's organisers, those who are known longest first."""
    rows = tx.all(
        f"""SELECT {people.COLUMNS} FROM organisers o JOIN people p ON p.id = o.person_id
            WHERE o.group_id = :id ORDER BY p.id""",
        id=group_id,
    )
    return [people.person_of(row) for row in rows]


def list_names(tx: Tx, group: Group, *, with_hidden: bool) -> list[str]:
    """Return the names that the group's server or workspace has for its organisers, in their order.

    Members see no name of an organiser who is hidden.
    """
    rows = tx.all(
        """SELECT o.person_id FROM organisers o LEFT JOIN members m ON m.group_id = o.group_id
           AND m.person_id = o.person_id AND m.left_at IS NULL
           WHERE o.group_id = :id AND (:with_hidden OR NOT coalesce(m.is_hidden, FALSE))""",
        id=group.id,
        with_hidden=with_hidden,
    )
    ids = [person_id for (person_id,) in rows]
    by_id = names.find_names(tx, ids)
    return sorted((names.pick_name(by_id[id_], group.platform, group.team) for id_ in ids), key=sort_key)


def list_organised(tx: Tx, person_id: int) -> list[Group]:
    """Return the groups that a person organises."""
    rows = tx.all("SELECT group_id FROM organisers WHERE person_id = :id", id=person_id)
    return list(groups.get_many(tx, [group_id for (group_id,) in rows]).values())


def add(tx: Tx, group_id: int, person_id: int) -> bool:
    """Make the person an organiser. Return False if they are one already."""
    added = tx.run(
        "INSERT INTO organisers (group_id, person_id) VALUES (:id, :person) ON CONFLICT DO NOTHING",
        id=group_id,
        person=person_id,
    )
    return added > 0


def remove(tx: Tx, group_id: int, person_id: int) -> bool:
    """Take an organiser's place away. Return False if they were none."""
    removed = tx.run(
        "DELETE FROM organisers WHERE group_id = :id AND person_id = :person",
        id=group_id,
        person=person_id,
    )
    return removed > 0


def includes(tx: Tx, group_id: int, person_id: int) -> bool:
    """Return True if the person is an organiser of the group."""
    row = tx.one(
        "SELECT 1 FROM organisers WHERE group_id = :id AND person_id = :person",
        id=group_id,
        person=person_id,
    )
    return row is not None
