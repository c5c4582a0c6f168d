"""The adapters' memory, in the database: small things that have to outlive a restart."""

from bot.clock import Clock
from bot.store import conversation
from bot.store.database import Store


class StoredMemory:
    """What adapters recall and remember, each in a transaction of its own."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def recall(self, key: str) -> str | None:
        """What was remembered under `key`."""
        return await self._store.read(lambda tx: conversation.recall(tx, key))

    async def remember(self, key: str, value: str) -> None:
        """Keep `value` under `key`, replacing what was there."""
        now = self._clock.now()
        await self._store.write(lambda tx: conversation.remember(tx, key, value, now))

    async def forget(self, key: str) -> None:
        """Drop `key`, if it is there."""
        await self._store.write(lambda tx: conversation.forget(tx, key))
