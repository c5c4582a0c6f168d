"""How much one person may ask of the bot at once: a token bucket, so that nobody's flood is everybody's wait."""

from dataclasses import dataclass
from math import ceil

BURST_REQUESTS = 200
REFILL_PER_SECOND = 2.0
"""Nobody types faster; a hundred requests that a platform kept back and sends at once still pass."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """Requests that are left, as of an instant in seconds of any clock that never goes back."""

    left: float
    at: float


def take(before: Allowance | None, now: float) -> tuple[Allowance, int]:
    """One request's worth: what is left after it, and 0, or the whole seconds to wait where there was none left."""
    left = (
        BURST_REQUESTS
        if before is None
        else min(float(BURST_REQUESTS), before.left + (now - before.at) * REFILL_PER_SECOND)
    )
    if left < 1:
        return Allowance(left, now), ceil((1 - left) / REFILL_PER_SECOND)
    return Allowance(left - 1, now), 0


def is_full(found: Allowance, now: float) -> bool:
    """Whether it has filled up again, so that it need not be remembered."""
    return found.left + (now - found.at) * REFILL_PER_SECOND >= BURST_REQUESTS
