"""Leases: which process serves a platform of this database. One holds it at a time; a dead one's runs out.

Processes decide by comparing what they saw with what stands there, never by comparing two machines' clocks.
"""

from datetime import datetime

from msgspec import Struct

from bot.store import moved
from bot.store.rows import Params, instant, ms
from bot.store.tx import Tx

HOLD = """UPDATE leases SET holder = :holder, until = :until, boot = :boot, steady_until = :steady
    WHERE name = :name"""


class Lease(Struct, frozen=True):
    """The holder of a lease, and until when it lasts unless they renew it.

    `until` is by the holder's wall clock, which may be wrong; `steady_until` by the steady clock, in milliseconds, for
    those who share its `boot`.
    """

    holder: str
    until: datetime
    boot: str = ""
    steady_until: int = 0


def find(tx: Tx, name: str) -> Lease | None:
    """Return the lease of that name, over or not; None if nobody holds it."""
    row = tx.one("SELECT holder, until, boot, steady_until FROM leases WHERE name = :name", name=name)
    if row is None:
        return None
    holder, until, boot, steady_until = row
    return Lease(holder, instant(until), boot, steady_until)


def is_any_held(tx: Tx, now: datetime) -> bool:
    """Return True if somebody serves something, as far as the clocks agree."""
    return tx.one("SELECT 1 FROM leases WHERE until > :now", now=ms(now)) is not None


def list_of(tx: Tx, prefix: str) -> dict[str, Lease]:
    """Return the leases whose names begin with `prefix`, over or not."""
    rows = tx.all(
        """SELECT name, holder, until, boot, steady_until FROM leases
           WHERE substr(name, 1, length(:prefix)) = :prefix ORDER BY name""",
        prefix=prefix,
    )
    return {name: Lease(holder, instant(until), boot, steady_until) for name, holder, until, boot, steady_until in rows}


def drop(tx: Tx, name: str, seen: Lease) -> None:
    """Delete a lease that is over, if it is still as it was `seen`."""
    tx.run(
        "DELETE FROM leases WHERE name = :name AND holder = :holder AND until = :until AND steady_until = :steady",
        **_params(name, seen),
    )


def take(tx: Tx, name: str, seen: Lease | None, mine: Lease) -> bool:
    """Take a lease that is free, or still as it was `seen` by one who waited for its end. Return False otherwise.

    Raises `Misconfigured` where the database was copied to another one meanwhile, which is served now.
    """
    moved.require_none(tx)
    if seen is None:
        sql = """INSERT INTO leases (name, holder, until, boot, steady_until)
            VALUES (:name, :holder, :until, :boot, :steady) ON CONFLICT (name) DO NOTHING"""
        return tx.run(sql, **_params(name, mine)) > 0
    sql = f"""{HOLD} AND holder = :seen_holder AND until = :seen_until AND steady_until = :seen_steady"""
    was = {"seen_holder": seen.holder, "seen_until": ms(seen.until), "seen_steady": seen.steady_until}
    return tx.run(sql, **_params(name, mine), **was) > 0


def renew(tx: Tx, name: str, mine: Lease) -> bool:
    """Hold a lease for longer, whatever the clock says. Return False if another process has taken it."""
    return tx.run(f"{HOLD} AND holder = :holder", **_params(name, mine)) > 0


def is_held(tx: Tx, name: str, holder: str) -> bool:
    """Return True if the lease is this holder's at this very moment."""
    return tx.one("SELECT 1 FROM leases WHERE name = :name AND holder = :holder", name=name, holder=holder) is not None


def release(tx: Tx, name: str, holder: str) -> None:
    """Give a lease up, so that the next process has it at once."""
    tx.run("DELETE FROM leases WHERE name = :name AND holder = :holder", name=name, holder=holder)


def clear(tx: Tx) -> None:
    """Delete all leases: those who hold them serve another file than this copy."""
    tx.run("DELETE FROM leases")


def _params(name: str, mine: Lease) -> Params:
    return {
        "name": name,
        "holder": mine.holder,
        "until": ms(mine.until),
        "boot": mine.boot,
        "steady": mine.steady_until,
    }
