"""Leases: which process serves a platform of this database. One holds it at a time; a dead one's runs out.

Processes decide by comparing what they saw with what stands there, never by comparing two machines' clocks.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.store.rows import instant, ms
from bot.store.sqlite import Tx


@dataclass(frozen=True, slots=True)
class Lease:
    """The holder of a lease, and until when it lasts unless they renew it."""

    holder: str
    until: datetime


def find(tx: Tx, name: str) -> Lease | None:
    """Return the lease of that name, over or not; None if nobody holds it."""
    row = tx.one("SELECT holder, until FROM leases WHERE name = :name", name=name)
    if row is None:
        return None
    holder, until = row
    return Lease(holder, instant(until))


def take(tx: Tx, name: str, seen: Lease | None, mine: Lease) -> bool:
    """Take a lease that is free, or still as it was `seen` by one who waited for its end. Return False otherwise."""
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
    """Hold a lease for longer, whatever the clock says. Return False if another process has taken it."""
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
    """Return True if the lease is this holder's at this very moment."""
    return tx.one("SELECT 1 FROM leases WHERE name = :name AND holder = :holder", name=name, holder=holder) is not None


def release(tx: Tx, name: str, holder: str) -> None:
    """Give a lease up, so that the next process has it at once."""
    tx.run("DELETE FROM leases WHERE name = :name AND holder = :holder", name=name, holder=holder)


def clear(tx: Tx) -> None:
    """Delete all leases: those who hold them serve another file than this copy."""
    tx.run("DELETE FROM leases")
