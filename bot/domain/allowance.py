"""A token bucket for one person's requests, so that nobody's flood is everybody's wait."""

from dataclasses import dataclass
from math import ceil

BURST_REQUESTS = 200
"""The size of a full bucket: a hundred requests that a platform held back and sends at once still pass."""
REFILL_PER_SECOND = 2.0
"""Requests that flow in each second: nobody types faster."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """Requests that are left at an instant, which is in seconds of any monotonic clock."""

    left: float
    at: float


def take(before: Allowance | None, at: float) -> tuple[Allowance, int]:
    """Take one request out of the bucket; `before` is None for somebody who is not remembered.

    Return the bucket after it, and 0, or the whole seconds to wait where it was empty.
    """
    left = float(BURST_REQUESTS) if before is None else _left(before, at)
    if left < 1:
        return Allowance(left, at), ceil((1 - left) / REFILL_PER_SECOND)
    return Allowance(left - 1, at), 0


def is_full(allowance: Allowance, at: float) -> bool:
    """Return True if the bucket has filled up again, so that it need not be remembered."""
    return _left(allowance, at) >= BURST_REQUESTS


def _left(allowance: Allowance, at: float) -> float:
    return min(float(BURST_REQUESTS), allowance.left + (at - allowance.at) * REFILL_PER_SECOND)
