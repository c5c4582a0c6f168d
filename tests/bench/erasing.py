"""Erasing one person of a large file while others write, in a process of its own: `python -m tests.bench.erasing FILE`.

It prints KiB of memory before and at the most, the milliseconds for which another write waited at the most, those of
the same writes with nothing beside them, and the seconds until nothing of the person is left.
"""

import asyncio
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from bot.chat.card import Card
from bot.chat.request import Reply
from bot.store import backup, erasing, people
from bot.store.database import Store
from bot.store.eraser import Eraser
from bot.store.tx import Tx

PERSON = 7
PAUSE_SECONDS, ALONE_SECONDS = 0.01, 20
WRITE = """INSERT INTO memory (key, value, kept_at) VALUES ('bench', :value, 0)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value"""


def _peak() -> int:
    return int(Path("/proc/self/status").read_text("ascii").split("VmHWM:")[1].split()[0])


class Others:
    """Somebody who writes all the time, and measures how long that takes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.longest_ms = 0.0

    async def write_on(self) -> None:
        """Write until cancelled."""
        number = 0
        while True:
            number += 1
            began = time.perf_counter()
            await self._store.write(lambda tx: tx.run(WRITE, value=str(number)))  # noqa: B023 - it runs before the next
            self.longest_ms = max(self.longest_ms, 1_000 * (time.perf_counter() - began))
            await asyncio.sleep(PAUSE_SECONDS)


async def _measure(path: Path) -> tuple[int, int, float, float, float]:
    backup.sync(path)  # a file that was just built is still on its way to the disk, which every write waits for
    store = await Store.open(path)
    await store.read(lambda tx: tx.all("SELECT count(*) FROM people"))
    others = Others(store)
    writing = asyncio.create_task(others.write_on())
    await asyncio.sleep(ALONE_SECONDS)
    alone_ms, others.longest_ms = others.longest_ms, 0.0
    before, began = _peak(), time.perf_counter()
    await store.write(_erase)
    await Eraser(store).work_off_resting()
    seconds = time.perf_counter() - began
    writing.cancel()
    await asyncio.wait([writing])
    await store.close()
    return before, _peak(), others.longest_ms, alone_ms, seconds


def _erase(tx: Tx) -> None:
    erasing.erase(tx, people.get(tx, PERSON), Reply(Card("")), datetime.now(UTC))


if __name__ == "__main__":
    print(*asyncio.run(_measure(Path(sys.argv[1]))))
