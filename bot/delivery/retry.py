"""How long to wait before a post is tried again, and when to give up."""

from datetime import datetime, timedelta
from random import Random

from bot.store.outbox import EXPIRED

SHORTEST_DELAY_SECONDS = 0.1
FIRST_DELAY_SECONDS = 2.0
LONGEST_DELAY_SECONDS = 600.0
MOST_ATTEMPTS = 300
"""Two days of them: what has not expired by then has something wrong with itself."""

JITTER = 0.5
"""The largest share of a delay that is added by chance."""


def delay_before_retry(attempts: int, requested_seconds: float | None, random: Random) -> timedelta:
    """Return the delay after so many attempts: the requested one, or one that doubles from two seconds to ten minutes.

    Up to half as much again is added by chance, so that posts that failed together are not retried together.
    """
    doubling = min(LONGEST_DELAY_SECONDS, FIRST_DELAY_SECONDS * 2.0 ** min(attempts - 1, 20))
    seconds = doubling if requested_seconds is None else max(SHORTEST_DELAY_SECONDS, requested_seconds)
    return timedelta(seconds=seconds * (1 + JITTER * random.random()))


def reason_to_give_up(attempts: int, now: datetime, expires_at: datetime) -> str | None:
    """Return why a post is dropped instead of tried again, or None where it is tried again."""
    if now >= expires_at:
        return EXPIRED
    if attempts >= MOST_ATTEMPTS:
        return f"gave up after {attempts} tries"
    return None
