"""The last sign of life of the ticking program, kept so that `tenhours check` in another process can tell."""

from dataclasses import dataclass
from datetime import datetime

from bot.store import key_values
from bot.store.rows import instant
from bot.store.sqlite import Tx

KEY = "tenhours/pulse"
TICKING, STOPPED = "ticking", "stopped"


@dataclass(frozen=True, slots=True)
class LastBeat:
    """When the program ticked last; `is_stopped` where it was then stopped in order."""

    at: datetime
    is_stopped: bool


def beat(tx: Tx, now: datetime, *, is_stopping: bool = False) -> None:
    """Leave a sign of life, or of an orderly end."""
    key_values.save(tx, KEY, STOPPED if is_stopping else TICKING, now)


def last(tx: Tx) -> LastBeat | None:
    """The newest sign of life; None where the program has never run on this database."""
    row = tx.one("SELECT value, kept_at FROM memory WHERE key = :key", key=KEY)
    return None if row is None else LastBeat(instant(row[1]), row[0] == STOPPED)


def forget(tx: Tx) -> None:
    """Nothing has run on this file yet: it is a copy."""
    key_values.delete(tx, KEY)
