"""Looking for a post whose fate nobody heard of, before it is posted again; and what happens where looking fails.

Each outcome has a stated end. Found: it is marked as sent. Not there: it is posted. The platform asks to wait, or can't
be reached: the look waits, too. The look fails: while the platform surely drops a repetition the post is sent again,
else there are a few more looks. After them, or where the platform lets nobody look, the operator's setting decides.
"""

import asyncio
import logging
from datetime import datetime, timedelta

from bot.adapter import CLOCK_SKEW, Adapter
from bot.chat.delivery import MessageRef, PostRefused, PostUnsure, RetryLater
from bot.clock import Clock
from bot.store import claims
from bot.store.claims import ClaimedPost
from bot.store.database import Store

log = logging.getLogger(__name__)
LOOK_TIMEOUT_SECONDS = 20.0
MOST_LOOKS = 5
"""So many looks may fail: half a minute of them."""


class LookFailed(Exception):
    """It is not known whether the post stands there; the words say why. It is to be looked for again."""


class CannotTell(Exception):
    """It will never be known whether the post stands there; the words say why."""


class Looks:
    """Looks for posts on one adapter's platform."""

    def __init__(self, store: Store, clock: Clock, adapter: Adapter) -> None:
        self._store = store
        self._clock = clock
        self._adapter = adapter
        self._repeats_dropped_for = timedelta(seconds=adapter.send_limits.repeats_dropped_seconds)

    async def find(self, post: ClaimedPost) -> MessageRef | None:
        """Return the message that an uncertain post has become; None where it may be posted now.

        Raises `LookFailed`, `CannotTell`, or `RetryLater` where the platform asks to wait.

        Some platforms keep no keys, and know a message by its text alone. So one that another post has become is passed
        over: as many equal posts need as many messages. Posts to one place are settled one after the other.
        """
        is_final = post.looks + 1 >= MOST_LOOKS
        try:
            async with asyncio.timeout(LOOK_TIMEOUT_SECONDS):
                messages = await self._adapter.find(post.delivery, post.claimed_at)
        except RetryLater:
            raise
        except PostRefused as refused:
            reason, is_final = str(refused), True
        except (PostUnsure, TimeoutError) as error:
            reason = str(error) or "no answer in time"
        except Exception as error:
            log.exception("a look failed", extra={"key": post.delivery.key})
            reason = repr(error)
        else:
            return await self._pick(post, list(messages))
        log.warning("a post cannot be looked for", extra={"key": post.delivery.key, "reason": reason})
        if self._is_repeat_dropped(post, self._clock.now()):
            return None
        raise CannotTell(reason) if is_final else LookFailed(reason)

    async def _pick(self, post: ClaimedPost, messages: list[MessageRef]) -> MessageRef | None:
        if not messages:
            return None
        since = post.claimed_at - CLOCK_SKEW
        return await self._store.read(lambda tx: claims.find_unclaimed(tx, post.delivery.key, messages, since))

    def _is_repeat_dropped(self, post: ClaimedPost, now: datetime) -> bool:
        """Return True while the platform surely drops a second message under the same key."""
        return timedelta() <= now - post.claimed_at < self._repeats_dropped_for
