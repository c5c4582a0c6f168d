"""A table of keys and values: small things that adapters must remember across restarts."""

from datetime import datetime

from bot.clock import Clock
from bot.store.database import Store
from bot.store.rows import ms
from bot.store.tx import Tx


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
