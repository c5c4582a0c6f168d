"""What both engines promise: the same contract, whichever database is named."""

import asyncio
from functools import partial

from bot.store.database import Store
from bot.store.tx import Tx


def remember(tx: Tx, key: str, value: str = "") -> None:
    tx.run("INSERT INTO memory (key, value, kept_at) VALUES (:key, :value, 0)", key=key, value=value)


def keys(tx: Tx) -> list[str]:
    return [row[0] for row in tx.all("SELECT key FROM memory ORDER BY key")]


async def test_what_is_written_is_there(store: Store) -> None:
    await asyncio.gather(*(store.write(partial(remember, key=f"{n:03}")) for n in range(100)))
    assert await store.read(keys) == [f"{n:03}" for n in range(100)]
