"""A group's areas: those in use in its own order, and the retired ones, which stay known."""

from datetime import datetime

from bot.store.rows import ms
from bot.store.tx import Tx


def list_names(tx: Tx, group_id: int) -> tuple[str, ...]:
    """Return the areas that are in use, in the group's own order."""
    rows = tx.all(
        "SELECT name FROM areas WHERE group_id = :id AND retired_at IS NULL ORDER BY position, name",
        id=group_id,
    )
    return tuple(row[0] for row in rows)


def list_retired(tx: Tx, group_id: int) -> tuple[str, ...]:
    """Return the areas that were in use once, by name."""
    rows = tx.all("SELECT name FROM areas WHERE group_id = :id AND retired_at IS NOT NULL ORDER BY name", id=group_id)
    return tuple(row[0] for row in rows)


def list_renamed(tx: Tx, group_id: int) -> dict[str, str]:
    """Return the present names of areas that were renamed, however often, by each earlier name."""
    rows = tx.all("SELECT name, became FROM areas WHERE group_id = :id AND became IS NOT NULL", id=group_id)
    became: dict[str, str] = dict(map(tuple, rows))
    return {name: _newest(name, became) for name in became}


def use(tx: Tx, group_id: int, names: tuple[str, ...], now: datetime) -> None:
    """Use these areas from now on; others are retired, which leaves what was logged under them as it is."""
    tx.run(
        "UPDATE areas SET retired_at = :now WHERE group_id = :id AND retired_at IS NULL",
        id=group_id,
        now=ms(now),
    )
    tx.many(
        """INSERT INTO areas (group_id, name, position) VALUES (:id, :name, :position)
           ON CONFLICT (group_id, name) DO UPDATE
           SET position = excluded.position, retired_at = NULL, became = NULL""",
        [{"id": group_id, "name": name, "position": position} for position, name in enumerate(names)],
    )


def rename(tx: Tx, group_id: int, old: str, new: str) -> None:
    """Let what was logged under an area that is retired now be shown under one that is in use."""
    tx.run(
        "UPDATE areas SET became = :new WHERE group_id = :id AND name = :old AND retired_at IS NOT NULL",
        id=group_id,
        old=old,
        new=new,
    )


def _newest(name: str, became: dict[str, str]) -> str:
    """Return the end of a chain of names.

    There is no ring: an area that is taken into use again begins a chain no more.
    """
    for _ in became:
        name = became.get(name, name)
    return name
