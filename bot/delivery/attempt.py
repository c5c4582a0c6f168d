"""One claimed post on its way: looked for if it may stand there already, posted, settled by what really happened."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from bot.adapter import Adapter
from bot.chat.delivery import MessageRef, PostRefused, PostUnsure, RetryLater, UserAddress
from bot.clock import Clock, Sleep
from bot.delivery import refusal
from bot.delivery.pace import Pace, place_of
from bot.delivery.patience import Patience
from bot.delivery.retry import MOST_ATTEMPTS, gives_up, wait
from bot.errors import NotSaved
from bot.failpoint import reach
from bot.store import outbox
from bot.store.database import Store
from bot.store.outbox import Arrived, ClaimedPost, Original, PostState
from bot.store.sqlite import Tx

log = logging.getLogger(__name__)
TIMEOUT = 30.0
"""Seconds after which a post's fate is unknown; well under the lease."""

SAVES = 6
"""How often it is tried to keep what became of a post; after that it is looked for once its lease is over."""

CLOCKS_APART = timedelta(days=4)
"""By so much the clock may have been wrong when a post was owed, as against the platform's, and it is still found."""


class Hopeless(Exception):
    """There is no use in trying; the words say why."""


class Attempts:
    """Takes posts to one adapter's platform, each once."""

    def __init__(
        self, store: Store, clock: Clock, adapter: Adapter, pace: Pace, random: Random, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._store = store
        self._clock = clock
        self._adapter = adapter
        self._pace = pace
        self._random = random
        self._sleep = sleep
        self._arrived: list[tuple[Arrived, asyncio.Future[bool]]] = []
        self._marking: asyncio.Task[None] | None = None
        self._patience = Patience(TIMEOUT)

    async def send(self, owed: ClaimedPost, answered: Callable[[], None] = lambda: None) -> None:
        """Send it, and keep what became of it; `answered` is called in between, when the platform has its rest."""
        try:
            try:
                with self._patience.limited():
                    message = await self._found(owed) or await self._deliver(owed)
            finally:
                answered()
        except Hopeless as hopeless:
            await self._drop(owed, str(hopeless))
        except PostRefused as refused:
            await self._refused(owed, refused)
        except RetryLater as later:
            await self._put_back(owed, str(later), later, unsure=owed.was_sending)
        except (PostUnsure, TimeoutError) as unsure:
            await self._put_back(owed, str(unsure) or "no answer in time", unsure=True)
        except Exception as error:
            log.exception("post failed", extra={"key": owed.delivery.key})
            await self._put_back(owed, repr(error), unsure=True)
        else:
            reach("posted")
            self._pace.posted(place_of(owed.delivery.to))
            await self._sent(owed, message)

    async def _found(self, owed: ClaimedPost) -> MessageRef | None:
        """The message of an earlier try that died before it was marked."""
        if not owed.was_sending or owed.edits is not None:
            return None
        delivery = owed.delivery
        return await self._adapter.find(delivery.to, delivery.key, delivery.due_at - CLOCKS_APART)

    async def _deliver(self, owed: ClaimedPost) -> MessageRef:
        reason = gives_up(owed.attempts - 1, self._clock.now(), owed.delivery.expires_at)
        if reason is not None:
            raise Hopeless(reason)
        if owed.edits is not None:
            return await self._edit(owed, owed.edits)
        if owed.is_refused and isinstance(owed.delivery.to, UserAddress):
            raise PostRefused(refusal.CLOSED)
        reach("posting")
        return await self._adapter.post(owed.delivery)

    async def _edit(self, owed: ClaimedPost, original: Original) -> MessageRef:
        if original.state in (PostState.PENDING, PostState.SENDING):
            raise RetryLater(f"{original.key} is not posted yet")
        if original.message is None:
            raise Hopeless(f"{original.key} does not stand there to be edited")
        await self._adapter.edit(owed.delivery.to, original.message, owed.delivery.card)
        return original.message

    async def _sent(self, owed: ClaimedPost, message: MessageRef) -> None:
        """Those that arrive together are marked together, by the first of them."""
        is_marked: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._arrived.append(((owed.delivery.key, message, self._clock.now()), is_marked))
        if len(self._arrived) == 1:
            self._marking = asyncio.create_task(self._mark(owed))
        if await is_marked:
            reach("marked")
            log.info("posted", extra={"key": owed.delivery.key})

    async def _mark(self, owed: ClaimedPost) -> None:
        await asyncio.sleep(0)
        arrived, self._arrived = self._arrived, []

        def mark(tx: Tx) -> None:
            outbox.settle_sent(tx, [each for each, _ in arrived])
            reach("marking")

        try:
            outcome: bool | Exception = await self._save(owed, mark)
        except Exception as error:  # noqa: BLE001 - handed to those who wait
            outcome = error
        for _, is_marked in arrived:
            if is_marked.done():
                continue
            if isinstance(outcome, Exception):
                is_marked.set_exception(outcome)
            else:
                is_marked.set_result(outcome)

    async def _refused(self, owed: ClaimedPost, refused: PostRefused) -> None:
        now = self._clock.now()
        log.warning("post refused", extra={"key": owed.delivery.key, "reason": str(refused)})
        await self._save(owed, lambda tx: refusal.settle(tx, owed, refused, now))

    async def _drop(self, owed: ClaimedPost, reason: str) -> None:
        now, key = self._clock.now(), owed.delivery.key
        log.warning("post dropped", extra={"key": key, "reason": reason})
        await self._save(owed, lambda tx: refusal.give_up(tx, owed, reason, now))

    async def _put_back(self, owed: ClaimedPost, reason: str, later: RetryLater | None = None, *, unsure: bool) -> None:
        """Try again, unless there is no use; what may stand there is looked for once more before it is given up."""
        now, key = self._clock.now(), owed.delivery.key
        given_up = gives_up(owed.attempts, now, owed.delivery.expires_at)
        if given_up is not None and (not unsure or owed.attempts > MOST_ATTEMPTS):
            await self._drop(owed, f"{given_up}: {reason}")
            return
        after = later.after if later is not None else None
        if later is not None and after is not None:
            self._rest(owed, now + timedelta(seconds=after), is_everywhere=later.is_everywhere)
        next_at = now + wait(owed.attempts, after, self._random)
        log.warning("post put back", extra={"key": key, "reason": reason, "attempts": owed.attempts})
        await self._save(owed, lambda tx: outbox.put_back(tx, key, next_at, reason, unsure=unsure))

    def _rest(self, owed: ClaimedPost, until: datetime, *, is_everywhere: bool) -> None:
        if is_everywhere:
            self._pace.rest_everywhere(until)
        else:
            self._pace.rest(place_of(owed.delivery.to), until)

    async def _save(self, owed: ClaimedPost, unit: Callable[[Tx], None]) -> bool:
        """Keep what became of a post, with patience: nothing but this process knows it yet."""
        for attempt in range(1, SAVES + 1):
            try:
                await self._store.write(unit)
            except NotSaved as error:
                log.error("what became of a post is not saved", extra={"key": owed.delivery.key, "error": str(error)})
                await self._sleep(wait(attempt, None, self._random).total_seconds())
            else:
                return True
        return False
