"""How long to wait before a post is tried again, and when to give up."""

from datetime import datetime, timedelta
from random import Random

FIRST = 2.0
LONGEST = 600.0
MOST_ATTEMPTS = 30
JITTER = 0.5


def wait(attempts: int, asked: float | None, random: Random) -> timedelta:
    """The wait after so many attempts: what the platform asked for, or doubling from two seconds to ten minutes.

    Up to half as much again is added by chance, so that those who failed together do not come back together.
    """
    doubling = min(LONGEST, FIRST * 2.0 ** min(attempts - 1, 20))
    base = doubling if asked is None else max(0.0, asked)
    return timedelta(seconds=base * (1 + JITTER * random.random()))


def gives_up(attempts: int, now: datetime, expires_at: datetime) -> str | None:
    """Why a post is dropped instead of tried again; None: it is tried again."""
    if now >= expires_at:
        return "expired before it could be posted"
    if attempts >= MOST_ATTEMPTS:
        return f"gave up after {attempts} tries"
    return None
