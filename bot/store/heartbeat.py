"""The last sign of life of the ticking program, stored for `tenhours check` in another process."""

from dataclasses import dataclass
from datetime import datetime

from bot.store import key_values
from bot.store.rows import instant
from bot.store.sqlite import Tx

KEY = "tenhours/pulse"
TICKING, STOPPED = "ticking", "stopped"


@dataclass(frozen=True, slots=True)
class LastBeat:
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


def delete(tx: Tx) -> None:
    """Delete the sign of life: on a copy nothing has run yet."""
    key_values.delete(tx, KEY)
