"""One attempt to send one claimed post: looked for if it may stand there already, posted, settled by what happened."""

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
from bot.delivery.retry import MOST_ATTEMPTS, delay_before_retry, reason_to_give_up
from bot.errors import NotSaved
from bot.failpoint import reach
from bot.store import outbox
from bot.store.database import Store
from bot.store.outbox import Arrived, ClaimedPost, Original, PostState
from bot.store.sqlite import Tx

log = logging.getLogger(__name__)
ANSWER_TIMEOUT_SECONDS = 30.0
"""After so long without an answer a post's fate is unknown; well under the lease."""

MOST_SAVES = 6
"""Tries to save what became of a post; after them it is looked for once its lease is over."""

CLOCK_SKEW = timedelta(days=4)
"""By so much our clock and the platform's may have differed when a post was planned, and it is still found."""


class GivenUp(Exception):
    """The post will not be tried again; the words say why."""


class Attempts:
    """Attempts to send posts to one adapter's platform."""

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

    async def send(self, post: ClaimedPost, on_answer: Callable[[], None] = lambda: None) -> None:
        """Send a post and save what became of it; call `on_answer` in between, when the platform is done with it."""
        try:
            try:
                async with asyncio.timeout(ANSWER_TIMEOUT_SECONDS):
                    message = await self._find_earlier(post) or await self._post_or_edit(post)
            finally:
                on_answer()
        except GivenUp as given_up:
            await self._drop(post, str(given_up))
        except PostRefused as refused:
            await self._settle_refused(post, refused)
        except RetryLater as later:
            await self._put_back(post, str(later), later, is_unsure=post.was_sending)
        except (PostUnsure, TimeoutError) as unsure:
            await self._put_back(post, str(unsure) or "no answer in time", is_unsure=True)
        except Exception as error:
            log.exception("post failed", extra={"key": post.delivery.key})
            await self._put_back(post, repr(error), is_unsure=True)
        else:
            reach("posted")
            self._pace.rest_after_post(place_of(post.delivery.to))
            await self._mark_sent(post, message)

    async def _find_earlier(self, post: ClaimedPost) -> MessageRef | None:
        """Find the message of an earlier attempt whose process died before it was marked; None where there is none.

        Some platforms keep no keys, and know a message by its text alone. So one that another post has become is passed
        over: as many equal posts need as many messages. Posts to one place are settled one after the other.
        """
        if not post.was_sending or post.edits is not None:
            return None
        delivery, since = post.delivery, post.delivery.due_at - CLOCK_SKEW
        messages = await self._adapter.find(delivery, since)
        if not messages:
            return None
        return await self._store.read(lambda tx: outbox.find_unclaimed(tx, delivery.key, messages, since))

    async def _post_or_edit(self, post: ClaimedPost) -> MessageRef:
        reason = reason_to_give_up(post.attempts - 1, self._clock.now(), post.delivery.expires_at)
        if reason is not None:
            raise GivenUp(reason)
        if post.edits is not None:
            return await self._edit(post, post.edits)
        if post.is_refused and isinstance(post.delivery.to, UserAddress):
            raise PostRefused(refusal.CLOSED)
        reach("posting")
        return await self._adapter.post(post.delivery)

    async def _edit(self, post: ClaimedPost, original: Original) -> MessageRef:
        if original.state in (PostState.PENDING, PostState.SENDING):
            raise RetryLater(f"{original.key} is not posted yet")
        if original.message is None:
            raise GivenUp(f"{original.key} does not stand there to be edited")
        await self._adapter.edit(post.delivery.to, original.message, post.delivery.card)
        return original.message

    async def _mark_sent(self, post: ClaimedPost, message: MessageRef) -> None:
        """Mark a post as sent, in one transaction with all that arrive in the same turn of the event loop."""
        is_marked: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._arrived.append(((post.delivery.key, message, self._clock.now()), is_marked))
        if len(self._arrived) == 1:
            self._marking = asyncio.create_task(self._mark_arrived(post))
        if await is_marked:
            reach("marked")
            log.info("posted", extra={"key": post.delivery.key})

    async def _mark_arrived(self, first: ClaimedPost) -> None:
        await asyncio.sleep(0)  # lets the others of this turn arrive
        arrived, self._arrived = self._arrived, []

        def mark(tx: Tx) -> None:
            outbox.settle_sent(tx, [row for row, _ in arrived])
            reach("marking")

        try:
            outcome: bool | Exception = await self._save(first, mark)
        except Exception as error:  # noqa: BLE001 - handed to those who wait
            outcome = error
        for _, is_marked in arrived:
            if is_marked.done():
                continue
            if isinstance(outcome, Exception):
                is_marked.set_exception(outcome)
            else:
                is_marked.set_result(outcome)

    async def _settle_refused(self, post: ClaimedPost, refused: PostRefused) -> None:
        now = self._clock.now()
        log.warning("post refused", extra={"key": post.delivery.key, "reason": str(refused)})
        await self._save(post, lambda tx: refusal.settle(tx, post, refused, now))

    async def _drop(self, post: ClaimedPost, reason: str) -> None:
        now = self._clock.now()
        log.warning("post dropped", extra={"key": post.delivery.key, "reason": reason})
        await self._save(post, lambda tx: refusal.give_up(tx, post, reason, now))

    async def _put_back(
        self, post: ClaimedPost, reason: str, later: RetryLater | None = None, *, is_unsure: bool
    ) -> None:
        """Let it be tried again, or drop it; what may stand there is looked for once more before it is dropped."""
        now, key = self._clock.now(), post.delivery.key
        given_up = reason_to_give_up(post.attempts, now, post.delivery.expires_at)
        if given_up is not None and (not is_unsure or post.attempts > MOST_ATTEMPTS):
            await self._drop(post, f"{given_up}: {reason}")
            return
        after = later.after if later is not None else None
        if later is not None and after is not None:
            self._rest(post, now + timedelta(seconds=after), is_everywhere=later.is_everywhere)
        next_at = now + delay_before_retry(post.attempts, after, self._random)
        log.warning("post put back", extra={"key": key, "reason": reason, "attempts": post.attempts})
        await self._save(post, lambda tx: outbox.put_back(tx, key, next_at, reason, unsure=is_unsure))

    def _rest(self, post: ClaimedPost, until: datetime, *, is_everywhere: bool) -> None:
        if is_everywhere:
            self._pace.rest_everywhere(until)
        else:
            self._pace.rest(place_of(post.delivery.to), until)

    async def _save(self, post: ClaimedPost, unit: Callable[[Tx], None]) -> bool:
        """Save what became of a post, in several tries: only this process knows it. Return False if all failed."""
        for attempt in range(1, MOST_SAVES + 1):
            try:
                await self._store.write(unit)
            except NotSaved as error:
                log.error("what became of a post is not saved", extra={"key": post.delivery.key, "error": str(error)})
                await self._sleep(delay_before_retry(attempt, None, self._random).total_seconds())
            else:
                return True
        return False
