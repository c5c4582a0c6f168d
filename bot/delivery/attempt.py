"""One attempt to send one claimed post: looked for if it may stand there already, posted, settled by what happened."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec.structs import replace
from msgspec.structs import replace as replaced

from bot.adapter import Adapter
from bot.chat.card import Card
from bot.chat.delivery import ChannelAddress, MessageRef, NoRightNow, PostRefused, PostUnsure, RetryLater, UserAddress
from bot.clock import Clock, Sleep
from bot.delivery import refusal
from bot.delivery.looks import CannotTell, LookFailed, Looks
from bot.delivery.pace import Pace, place_of
from bot.delivery.retry import MOST_ATTEMPTS, delay_before_retry, reason_to_give_up
from bot.delivery.terms import SendingTerms
from bot.domain.reminder import LATE_AFTER, kind_of_key
from bot.errors import NotSaved
from bot.failpoint import reach
from bot.store import claims
from bot.store.claims import Arrived, ClaimedPost, Original
from bot.store.database import Store
from bot.store.outbox import PostState
from bot.store.tx import Tx
from bot.views import posts

log = logging.getLogger(__name__)
ANSWER_TIMEOUT_SECONDS = 30.0
"""After so long without an answer a post's fate is unknown; well under the lease."""

MOST_SAVES = 6
"""Tries to save what became of a post; after them it is looked for once its lease is over."""


class GivenUp(Exception):
    """The post will not be tried again; the words say why. With `is_unsure` it may stand there all the same."""

    def __init__(self, reason: str, *, is_unsure: bool = False) -> None:
        super().__init__(reason)
        self.is_unsure = is_unsure


class ClaimLost(Exception):
    """Another process has the post by now."""


class Attempts:
    """Attempts to send posts to one adapter's platform."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        adapter: Adapter,
        pace: Pace,
        terms: SendingTerms,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._store = store
        self._clock = clock
        self._adapter = adapter
        self._pace = pace
        self._terms = terms
        self._sleep = sleep
        self._looks = Looks(store, clock, adapter)
        self._arrived: list[tuple[Arrived, asyncio.Future[bool]]] = []
        self._marking: asyncio.Task[None] | None = None

    async def send(self, post: ClaimedPost, on_answer: Callable[[], None] = lambda: None) -> None:
        """Send a post and save what became of it; call `on_answer` in between, when the platform is done with it."""
        try:
            try:
                async with asyncio.timeout(ANSWER_TIMEOUT_SECONDS):
                    message = await self._find_or_post(post)
            finally:
                on_answer()
        except ClaimLost:
            log.warning("another process sends this post", extra={"key": post.delivery.key})
        except GivenUp as given_up:
            await self._drop(post, given_up)
        except PostRefused as refused:
            await self._settle_refused(post, refused)
        except LookFailed as failed:
            await self._put_back(post, str(failed), is_unsure=True, has_looked_in_vain=True)
        except RetryLater as later:
            await self._put_back(post, str(later), later, is_unsure=post.was_sending)
        except PostUnsure as unsure:
            await self._put_back(post, str(unsure), unsure, is_unsure=True)
        except TimeoutError:
            await self._put_back(post, "no answer in time", is_unsure=True)
        except Exception as error:
            log.exception("post failed", extra={"key": post.delivery.key})
            await self._put_back(post, repr(error), is_unsure=True)
        else:
            reach("posted")
            self._pace.rest_after_post(place_of(post.delivery.to))
            await self._mark_sent(post, message)

    async def _find_or_post(self, post: ClaimedPost) -> MessageRef:
        """Find the message of an earlier attempt that nobody heard of, or post; an edit is done again without harm."""
        if post.was_sending and post.edits is None:
            try:
                message = await self._looks.find(post)
            except CannotTell as unknown:
                post = await self._repeat(post, str(unknown))
            else:
                if message is not None:
                    return message
        return await self._post_or_edit(post)

    async def _repeat(self, post: ClaimedPost, reason: str) -> ClaimedPost:
        """Return the post as it is sent a second time, perhaps. Raises `GivenUp` where the operator wants no such."""
        self._raise_where_useless(post, is_unsure=True)
        if not self._terms.repeats_unsure:
            raise GivenUp(f"{refusal.PERHAPS_POSTED}: {reason}", is_unsure=True)
        card, now = posts.perhaps_twice(post.delivery.card), self._clock.now()
        log.warning("posted again, perhaps a second time", extra={"key": post.delivery.key, "reason": reason})
        return await self._replace_card(post, card, lambda tx: refusal.repeat(tx, post, card, reason, now))

    async def _post_or_edit(self, post: ClaimedPost) -> MessageRef:
        self._raise_where_useless(post)
        if post.edits is not None:
            return await self._edit(post, post.edits)
        if post.is_refused and isinstance(post.delivery.to, UserAddress):
            raise PostRefused(refusal.CLOSED, is_closed=True)
        post = await self._mark_late(post)
        reach("posting")
        self._require_room()
        return await self._adapter.post(post.delivery)

    async def _edit(self, post: ClaimedPost, original: Original) -> MessageRef:
        if original.state in (PostState.PENDING, PostState.SENDING):
            raise RetryLater(f"{original.key} is not posted yet")
        if original.message is None:
            raise GivenUp(f"{original.key} does not stand there to be edited")
        self._require_room()
        await self._adapter.edit(post.delivery.to, original.message, post.delivery.card)
        return original.message

    def _raise_where_useless(self, post: ClaimedPost, *, is_unsure: bool = False) -> None:
        """Raise `GivenUp` where the post has expired, or was tried too often."""
        reason = reason_to_give_up(post.attempts - 1, self._clock.now(), post.delivery.expires_at)
        if reason is not None:
            raise GivenUp(reason, is_unsure=is_unsure)

    def _require_room(self) -> None:
        """Raise `NoRightNow` where this process was stopped for so long that another may be sending the post by now."""
        if not self._terms.has_room():
            raise NoRightNow

    async def _mark_late(self, post: ClaimedPost) -> ClaimedPost:
        """Return the post as it is sent: a scheduled one says so where it comes well after its time.

        Direct messages of thousands wait for their turn; they say so only where they were tried before.
        """
        delivery = post.delivery
        is_late = self._clock.now() - delivery.due_at > LATE_AFTER and kind_of_key(delivery.key) is not None
        if not is_late or (post.attempts == 1 and not isinstance(delivery.to, ChannelAddress)):
            return post
        card = posts.late(delivery.card)
        if card == delivery.card:
            return post
        return await self._replace_card(post, card, lambda tx: claims.replace_card(tx, post.claim, card))

    async def _replace_card(self, post: ClaimedPost, card: Card, unit: Callable[[Tx], bool]) -> ClaimedPost:
        """Return the post with what it says instead, once that is saved: it will be recognised by it."""
        if not await self._store.write(unit):
            raise ClaimLost
        return replace(post, delivery=replaced(post.delivery, card=card))

    async def _mark_sent(self, post: ClaimedPost, message: MessageRef) -> None:
        """Mark a post as sent, in one transaction with all that arrive in the same turn of the event loop."""
        is_marked: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._arrived.append(((post.claim, message, self._clock.now()), is_marked))
        if len(self._arrived) == 1:
            self._marking = asyncio.create_task(self._mark_arrived(post))
        if await is_marked:
            reach("marked")
            log.info("posted", extra={"key": post.delivery.key})

    async def _mark_arrived(self, first: ClaimedPost) -> None:
        await asyncio.sleep(0)  # lets the others of this turn arrive
        arrived, self._arrived = self._arrived, []

        def mark(tx: Tx) -> None:
            claims.settle_sent(tx, [row for row, _ in arrived])
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
        """Drop it, or let it wait where a missing permission may be given while it is of use."""
        now = self._clock.now()
        log.warning("post refused", extra={"key": post.delivery.key, "reason": str(refused)})
        self._pace.count_refused(place_of(post.delivery.to))
        if refused.may_pass:
            next_at = self._pace.rest_after_refusal(place_of(post.delivery.to))
            if reason_to_give_up(post.attempts, next_at, post.delivery.expires_at) is None:
                await self._save(post, lambda tx: refusal.wait(tx, post, refused, next_at, now))
                return
        await self._save(post, lambda tx: refusal.settle(tx, post, refused, now))

    async def _drop(self, post: ClaimedPost, given_up: GivenUp) -> None:
        now, reason = self._clock.now(), str(given_up)
        log.warning("post dropped", extra={"key": post.delivery.key, "reason": reason})
        await self._save(post, lambda tx: refusal.give_up(tx, post, reason, now, is_unsure=given_up.is_unsure))

    async def _put_back(
        self,
        post: ClaimedPost,
        reason: str,
        later: RetryLater | PostUnsure | None = None,
        *,
        is_unsure: bool,
        has_looked_in_vain: bool = False,
    ) -> None:
        """Let it be tried again, or drop it; what may stand there is looked for once more before it is dropped."""
        now, claim = self._clock.now(), post.claim
        given_up = reason_to_give_up(post.attempts, now, post.delivery.expires_at)
        if given_up is not None and (not is_unsure or post.attempts > MOST_ATTEMPTS):
            await self._drop(post, GivenUp(f"{given_up}: {reason}"))
            return
        after = later.after if later is not None else None
        if later is not None and after is not None:
            self._rest(post, later, now + timedelta(seconds=after))
        next_at = now + delay_before_retry(post.attempts, after, self._terms.random)
        log.warning("post put back", extra={"key": claim.key, "reason": reason, "attempts": post.attempts})
        await self._save(
            post,
            lambda tx: claims.put_back(
                tx, claim, next_at, reason, unsure=is_unsure, has_looked_in_vain=has_looked_in_vain
            ),
        )

    def _rest(self, post: ClaimedPost, later: RetryLater | PostUnsure, until: datetime) -> None:
        place = place_of(post.delivery.to)
        if isinstance(later, NoRightNow):  # says nothing of the platform
            self._pace.rest(place, until)
        else:
            self._pace.rest_as_asked(place, until, is_everywhere=later.is_everywhere)

    async def _save(self, post: ClaimedPost, unit: Callable[[Tx], object]) -> bool:
        """Save what became of a post, in several tries: only this process knows it. Return False if all failed."""
        for attempt in range(1, MOST_SAVES + 1):
            try:
                await self._store.write(unit)
            except NotSaved as error:
                log.error("what became of a post is not saved", extra={"key": post.delivery.key, "error": str(error)})
                await self._sleep(delay_before_retry(attempt, None, self._terms.random).total_seconds())
            else:
                return True
        return False
