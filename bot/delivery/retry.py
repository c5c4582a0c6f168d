"""How long to wait before a post is tried again, and when to give up."""

from datetime import datetime, timedelta
from random import Random

from bot.store.outbox import EXPIRED

LEAST = 0.1
FIRST = 2.0
LONGEST = 600.0
MOST_ATTEMPTS = 300
"""Two days of patience: what is still of use then has something wrong with itself."""

JITTER = 0.5


def wait(attempts: int, asked: float | None, random: Random) -> timedelta:
    """The wait after so many attempts: what the platform asked for, or doubling from two seconds to ten minutes.

    Up to half as much again is added by chance, so that those who failed together do not come back together.
    """
    doubling = min(LONGEST, FIRST * 2.0 ** min(attempts - 1, 20))
    base = doubling if asked is None else max(LEAST, asked)
    return timedelta(seconds=base * (1 + JITTER * random.random()))


def gives_up(attempts: int, now: datetime, expires_at: datetime) -> str | None:
    """Why a post is dropped instead of tried again; None: it is tried again."""
    if now >= expires_at:
        return EXPIRED
    if attempts >= MOST_ATTEMPTS:
        return f"gave up after {attempts} tries"
    return None
