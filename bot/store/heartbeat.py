"""The last sign of life of the ticking program, stored for `tenhours check` in another process."""

from datetime import datetime

from msgspec import Struct

from bot.store import key_values
from bot.store.rows import instant, ms
from bot.store.tx import Tx

KEY = "tenhours/pulse"
TICKING, STOPPED = "ticking", "stopped"
FAILURE_PREFIX = "tenhours/failure/"
"""The keys of platforms that are not served, by their name; the value says why."""


class LastBeat(Struct, frozen=True):
    """The instant at which the program ticked last; `is_stopped` where it was then stopped in order."""

    at: datetime
    is_stopped: bool


def beat(tx: Tx, now: datetime, *, is_stopping: bool = False) -> None:
    """Save a sign of life, or of an orderly end."""
    key_values.save(tx, KEY, STOPPED if is_stopping else TICKING, now)


def find_last(tx: Tx) -> LastBeat | None:
    """Return the newest sign of life; None where the program has never run on this database."""
    row = tx.one("SELECT value, kept_at FROM memory WHERE key = :key", key=KEY)
    if row is None:
        return None
    value, saved_at = row
    return LastBeat(instant(saved_at), value == STOPPED)


def save_failure(tx: Tx, platform: str, reason: str, now: datetime) -> None:
    """Save why a platform is not served."""
    key_values.save(tx, FAILURE_PREFIX + platform, reason, now)


def delete_failure(tx: Tx, platform: str) -> None:
    """Delete why a platform was not served: it is."""
    key_values.delete(tx, FAILURE_PREFIX + platform)


def list_failures(tx: Tx, since: datetime) -> list[tuple[str, str]]:
    """Return platform and reason of those of which it was said since an instant that they are not served."""
    rows = tx.all(
        """SELECT key, value FROM memory WHERE key >= :first AND key < :end AND kept_at >= :since ORDER BY key""",
        first=FAILURE_PREFIX,
        end=FAILURE_PREFIX + "\uffff",
        since=ms(since),
    )
    return [(key.removeprefix(FAILURE_PREFIX), reason) for key, reason in rows]


def delete(tx: Tx) -> None:
    """Delete the sign of life: on a copy nothing has run yet."""
    key_values.delete(tx, KEY)
    tx.run("DELETE FROM memory WHERE key >= :first AND key < :end", first=FAILURE_PREFIX, end=FAILURE_PREFIX + "\uffff")
