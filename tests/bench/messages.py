"""A thousand last calls on a platform that takes 25 a second, answers after 0.1 s, and says 429 to the rest."""

import asyncio
import shutil
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from bot.adapter import SendLimits
from bot.chat.card import Card
from bot.chat.delivery import Delivery, MessageRef, RetryLater, UserAddress
from bot.clock import SystemClock
from bot.delivery.sender import Sender
from bot.store import migrate, outbox
from bot.store.database import Store
from bot.store.tx import Tx
from tests.bench.delivery import Nowhere
from tests.bench.lines import line
from tests.delivery.limited import Window

MESSAGES, PER_SECOND = 1_000, 25
ANSWER_SECONDS = 0.1
REFUSED_AT_MOST = 50
"""Far from the 10,000 in ten minutes for which Discord bans."""


class Limited(Nowhere):
    """Such a platform."""

    send_limits = SendLimits()

    def __init__(self, clock: SystemClock) -> None:
        super().__init__()
        self.refused = self.taken = 0
        self._clock = clock
        self._limit = Window(PER_SECOND)

    async def post(self, delivery: Delivery) -> MessageRef:
        seconds = self._limit.seconds_to_wait(self._clock.now())
        await asyncio.sleep(ANSWER_SECONDS)
        if seconds:
            self.refused += 1
            raise RetryLater("429", seconds)
        self.taken += 1
        return await super().post(delivery)


def run() -> list[str]:
    """All lines of this part."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "messages.db"
        migrate.migrate(path)
        seconds, refused = asyncio.run(_send(Path(shutil.copy(path, path.with_name("due.db")))))
    what = f"{MESSAGES:,} last calls, beside the time of a platform that takes {PER_SECOND} a second"
    return [
        line(what, seconds / (MESSAGES / PER_SECOND), 1.3),
        line("of them refused meanwhile because they came too fast", refused, REFUSED_AT_MOST),
    ]


async def _send(path: Path) -> tuple[float, int]:
    """Return the seconds until all have arrived, and how many calls were refused."""
    clock = SystemClock()
    store, platform, now = await Store.open(path), Limited(clock), clock.now()

    def enqueue(tx: Tx) -> None:
        for number in range(MESSAGES):
            to = UserAddress("console", "", str(number))
            outbox.enqueue(tx, Delivery(str(number), to, Card("Last call"), now, now + timedelta(days=1)))

    await store.write(enqueue)
    began = time.perf_counter()
    sending = asyncio.create_task(Sender(store, clock, platform).run())
    while platform.taken < MESSAGES:
        await asyncio.sleep(0.05)
    spent = time.perf_counter() - began
    sending.cancel()
    await asyncio.wait([sending])
    await store.close()
    return spent, platform.refused
