"""A table of keys and values: small things that adapters must remember across restarts."""

from datetime import datetime, timedelta

from bot.clock import Clock
from bot.store.database import Store
from bot.store.rows import instant, ms
from bot.store.tx import Tx

LONGEST_QUEUE = timedelta(hours=1)
"""By so much the next turn lies ahead at most."""


def find(tx: Tx, key: str) -> str | None:
    """Return the value of a key."""
    row = tx.one("SELECT value FROM memory WHERE key = :key", key=key)
    return None if row is None else str(row[0])


def save(tx: Tx, key: str, value: str, now: datetime) -> None:
    """Save a value under a key, in the place of the old one."""
    tx.run(
        """INSERT INTO memory (key, value, kept_at) VALUES (:key, :value, :now)
           ON CONFLICT (key) DO UPDATE SET value = excluded.value, kept_at = excluded.kept_at""",
        key=key,
        value=value,
        now=ms(now),
    )


def delete(tx: Tx, key: str) -> None:
    """Delete a key."""
    tx.run("DELETE FROM memory WHERE key = :key", key=key)


def list_keys(tx: Tx, prefix: str) -> list[str]:
    """Return the keys that begin with `prefix`, in order."""
    rows = tx.all("SELECT key FROM memory WHERE substr(key, 1, length(:prefix)) = :prefix ORDER BY key", prefix=prefix)
    return [key for (key,) in rows]


def take_turn(tx: Tx, key: str, apart: timedelta, now: datetime) -> datetime:
    """Return the next instant under a key that nobody has, `apart` from that of the one before; it is taken by this.

    One that lies far ahead comes from a clock that was wrong, and counts for nothing.
    """
    row = tx.one(
        """INSERT INTO memory (key, value, kept_at) VALUES (:key, '', :now)
           ON CONFLICT (key) DO UPDATE SET kept_at = CASE
               WHEN memory.kept_at + :apart > :now AND memory.kept_at < :latest THEN memory.kept_at + :apart
               ELSE :now END
           RETURNING kept_at""",
        key=key,
        now=ms(now),
        apart=apart // timedelta(milliseconds=1),
        latest=ms(now + LONGEST_QUEUE),
    )
    assert row is not None
    return instant(row[0])


class StoredMemory:
    """The adapters' memory: each call is a transaction of its own."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def recall(self, key: str) -> str | None:
        """Return what was remembered under `key`."""
        return await self._store.read(lambda tx: find(tx, key))

    async def remember(self, key: str, value: str) -> None:
        """Save `value` under `key`, replacing what was there."""
        now = self._clock.now()
        await self._store.write(lambda tx: save(tx, key, value, now))

    async def forget(self, key: str) -> None:
        """Delete `key`, if it is there."""
        await self._store.write(lambda tx: delete(tx, key))

    async def list_keys(self, prefix: str) -> list[str]:
        """Return the keys that begin with `prefix`, in order."""
        return await self._store.read(lambda tx: list_keys(tx, prefix))

    async def take_turn(self, key: str, seconds: float) -> float:
        """Take the next turn under `key`, and return the seconds until then."""
        now, apart = self._clock.now(), timedelta(seconds=seconds)
        turn_at = await self._store.write(lambda tx: take_turn(tx, key, apart, now))
        return (turn_at - now).total_seconds()
