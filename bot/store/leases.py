"""Leases: which process serves a platform of this database. One holds it at a time; a dead one's runs out.

Processes decide by comparing what they saw with what stands there, never by comparing two machines' clocks.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.store.rows import instant, ms
from bot.store.sqlite import Tx


@dataclass(frozen=True, slots=True)
class Lease:
    """Who holds something, and until when unless they renew it."""

    holder: str
    until: datetime


def find(tx: Tx, name: str) -> Lease | None:
    """The lease that stands there, over or not."""
    row = tx.one("SELECT holder, until FROM leases WHERE name = :name", name=name)
    return None if row is None else Lease(row[0], instant(row[1]))


def take(tx: Tx, name: str, seen: Lease | None, mine: Lease) -> bool:
    """Take a lease that is free, or that still stands as it was `seen` by one who has waited for it to run out."""
    if seen is None:
        sql = "INSERT INTO leases (name, holder, until) VALUES (:name, :holder, :until) ON CONFLICT (name) DO NOTHING"
        return tx.run(sql, name=name, holder=mine.holder, until=ms(mine.until)) > 0
    return (
        tx.run(
            """UPDATE leases SET holder = :holder, until = :until
               WHERE name = :name AND holder = :seen_holder AND until = :seen_until""",
            name=name,
            holder=mine.holder,
            until=ms(mine.until),
            seen_holder=seen.holder,
            seen_until=ms(seen.until),
        )
        > 0
    )


def renew(tx: Tx, name: str, mine: Lease) -> bool:
    """Hold it for longer, whatever the clock says; False where another has taken it."""
    return (
        tx.run(
            "UPDATE leases SET until = :until WHERE name = :name AND holder = :holder",
            name=name,
            holder=mine.holder,
            until=ms(mine.until),
        )
        > 0
    )


def is_held(tx: Tx, name: str, holder: str) -> bool:
    """Whether it is theirs at this very moment."""
    return tx.one("SELECT 1 FROM leases WHERE name = :name AND holder = :holder", name=name, holder=holder) is not None


def release(tx: Tx, name: str, holder: str) -> None:
    """Let the next one have it at once."""
    tx.run("DELETE FROM leases WHERE name = :name AND holder = :holder", name=name, holder=holder)


def clear(tx: Tx) -> None:
    """Nobody holds anything: it is a copy, and those who held it serve another file."""
    tx.run("DELETE FROM leases")
