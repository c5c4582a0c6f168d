"""A process of the bench beside others on one database: it makes its part of the check-ins when it is told to.

python -m tests.bench.beside URL START STEP
"""

import asyncio
import sys
from itertools import islice

from bot.clock import StillClock
from bot.context import Defaults
from bot.dispatch.dispatcher import Dispatcher
from bot.location import ServerDatabase
from bot.store.database import Store
from tests.bench import core

CONNECTIONS = 10


async def main(url: str, start: int, step: int) -> None:
    """Say when all is ready; make every check-in of `step` from `start` on after a line; end when they are made."""
    store = await Store.open(ServerDatabase(url, CONNECTIONS))
    dispatcher = Dispatcher(store, StillClock(core.NOW), Defaults(600, "UTC"))
    lines = [
        f"checkin {2 + start + step * (n % 2)}m statistics learned: the chain rule" for n in range(2 * core.PEOPLE)
    ]
    first = [core.make_request(f"w{start}/{n}", n // 2, line) for n, line in enumerate(lines)]
    await core.run_turn(dispatcher, first, core.PEOPLE // step)  # every connection knows all statements then
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    await core.run_turn(dispatcher, list(islice(core.make_requests(), start, None, step)), core.PEOPLE // step)
    print("made", flush=True)
    await store.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
