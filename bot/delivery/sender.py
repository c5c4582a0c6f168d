"""From the outbox to a platform: claims under a lease, posts, and settles each row by what really happened."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Sequence
from random import Random, SystemRandom

from bot.adapter import Adapter
from bot.chat.delivery import MessageRef, PostError, PostRefused, PostUnsure, RetryLater
from bot.clock import Clock
from bot.delivery.retry import gives_up, wait
from bot.store import outbox
from bot.store.database import Store
from bot.store.outbox import Owed
from bot.store.sqlite import Tx

log = logging.getLogger(__name__)
BATCH = 100
AT_ONCE = 8
TIMEOUT = 30.0
"""Seconds after which a post's fate is unknown; well under the lease."""


class Sender:
    """Sends what is owed to one adapter's platform: in order for each place, several places at once."""

    def __init__(self, store: Store, clock: Clock, adapter: Adapter, random: Random | None = None) -> None:
        self._store = store
        self._clock = clock
        self._adapter = adapter
        self._random = random or SystemRandom()
        self._gate = asyncio.Semaphore(AT_ONCE)

    async def send_due(self) -> int:
        """Send what is due now, at most `BATCH`; how many rows were claimed."""
        now = self._clock.now()
        claimed = await self._store.write(lambda tx: outbox.claim(tx, self._adapter.name, now, BATCH))
        places: dict[object, list[Owed]] = defaultdict(list)
        for owed in claimed:
            places[owed.delivery.to].append(owed)
        await asyncio.gather(*(self._send_in_order(place) for place in places.values()))
        return len(claimed)

    async def _send_in_order(self, place: Sequence[Owed]) -> None:
        async with self._gate:
            for owed in place:
                await self._send(owed)

    async def _send(self, owed: Owed) -> None:
        key = owed.delivery.key
        reason = gives_up(owed.attempts, self._clock.now(), owed.delivery.expires_at)
        try:
            async with asyncio.timeout(TIMEOUT):
                message = await self._found(owed)
                if message is None and reason is not None:
                    await self._drop(key, reason)
                    return
                message = message or await self._deliver(owed)
        except PostRefused as refused:
            await self._drop(key, str(refused))
        except (PostUnsure, TimeoutError) as unsure:
            await self._put_back(owed, str(unsure) or "no answer in time", None, unsure=True)
        except RetryLater as later:
            await self._put_back(owed, str(later), later.after, unsure=False)
        except PostError as error:
            await self._put_back(owed, str(error), None, unsure=False)
        except Exception as error:
            log.exception("post failed", extra={"key": key})
            await self._put_back(owed, repr(error), None, unsure=True)
        else:
            settled = self._clock.now()
            await self._store.write(lambda tx: outbox.settle_sent(tx, key, message, settled))
            log.info("posted", extra={"key": key})

    async def _found(self, owed: Owed) -> MessageRef | None:
        """The message of an earlier try that died before it was marked."""
        if not owed.was_sending or owed.edits is not None:
            return None
        delivery = owed.delivery
        return await self._adapter.find(delivery.to, delivery.key, delivery.due_at)

    async def _deliver(self, owed: Owed) -> MessageRef:
        if owed.edits is None:
            return await self._adapter.post(owed.delivery)
        edits = owed.edits
        message = await self._store.read(lambda tx: outbox.message_of(tx, edits))
        if message is None:
            raise PostRefused(f"{edits} does not stand there to be edited")
        await self._adapter.edit(owed.delivery.to, message, owed.delivery.card)
        return message

    async def _put_back(self, owed: Owed, reason: str, after: float | None, *, unsure: bool) -> None:
        now = self._clock.now()
        next_at = now + wait(owed.attempts, after, self._random)
        key = owed.delivery.key
        log.warning("post put back", extra={"key": key, "reason": reason, "attempts": owed.attempts})
        await self._store.write(lambda tx: outbox.put_back(tx, key, next_at, reason, unsure=unsure))

    async def _drop(self, key: str, reason: str) -> None:
        now = self._clock.now()
        log.warning("post dropped", extra={"key": key, "reason": reason})

        def unit(tx: Tx) -> None:
            outbox.settle_dropped(tx, key, reason, now)

        await self._store.write(unit)
