"""A process that erases the third person of a file, and works off the rest: `python -m tests.crash.erasing FILE`."""

import asyncio
import sys
from pathlib import Path

from bot.store import erasures
from bot.store.database import Store
from bot.store.eraser import Eraser
from tests.store.test_erasing import erase_third


async def _erase(path: Path) -> None:
    store = await Store.open(path)
    if await store.read(lambda tx: tx.one("SELECT 1 FROM identities WHERE person_id = 3")) is not None:
        await store.write(erase_third)
    await Eraser(store).work_off(60)
    assert await store.read(erasures.find_oldest) is None
    await store.close()


if __name__ == "__main__":
    asyncio.run(_erase(Path(sys.argv[1])))
