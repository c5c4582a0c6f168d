"""Token buckets for what one person asks, so that nobody's flood is everybody's wait."""

from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

BURST_REQUESTS = 200
"""The size of a full bucket: a hundred requests that a platform held back and sends at once still pass."""
BURST_FILES = 3


class Rate(NamedTuple):
    """The size of a full bucket of some kind of request, and how many flow in each second."""

    kind: str
    burst: int
    per_second: float


REQUESTS = Rate("requests", BURST_REQUESTS, 2.0)
"""Nobody types faster."""
COMPLETIONS = Rate("completions", 200, 5.0)
"""Most platforms ask for one with every letter that is typed."""
FILES = Rate("files", BURST_FILES, 1 / 60)
"""A file costs as much as a thousand check-ins."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """Requests that are left at an instant, which is in seconds of any monotonic clock."""

    left: float
    at: float


def take(before: Allowance | None, at: float, rate: Rate = REQUESTS) -> tuple[Allowance, int]:
    """Take one request out of the bucket of its kind; `before` is None for somebody who is not remembered.

    Return the bucket after it, and 0, or the whole seconds to wait where it was empty.
    """
    left = float(rate.burst) if before is None else _left(before, at, rate)
    if left < 1:
        return Allowance(left, at), ceil((1 - left) / rate.per_second)
    return Allowance(left - 1, at), 0


def is_full(allowance: Allowance, at: float, rate: Rate = REQUESTS) -> bool:
    """Return True if the bucket has filled up again, so that it need not be remembered."""
    return _left(allowance, at, rate) >= rate.burst


def _left(allowance: Allowance, at: float, rate: Rate) -> float:
    return min(float(rate.burst), allowance.left + (at - allowance.at) * rate.per_second)
