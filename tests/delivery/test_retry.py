"""How long is waited, and when it is given up."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.retry import (
    FIRST_DELAY_SECONDS,
    JITTER,
    LONGEST_DELAY_SECONDS,
    MOST_ATTEMPTS,
    delay_before_retry,
    reason_to_give_up,
)

NOW = datetime(2026, 1, 5, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@given(st.integers(1, 10_000), st.integers())
def test_the_wait_is_never_shorter_than_the_first_nor_much_longer_than_the_longest(attempts: int, seed: int) -> None:
    waited = delay_before_retry(attempts, None, Random(seed)).total_seconds()
    assert FIRST_DELAY_SECONDS <= waited <= LONGEST_DELAY_SECONDS * (1 + JITTER)


def test_the_wait_doubles() -> None:
    waits = [delay_before_retry(n, None, Random(1)).total_seconds() for n in range(1, 6)]
    assert all(abs(later / earlier - 2) < 0.001 for earlier, later in pairwise(waits))


@given(st.floats(0, 3600), st.integers())
def test_what_the_platform_asks_for_is_waited_at_least(asked: float, seed: int) -> None:
    assert delay_before_retry(7, asked, Random(seed)) >= timedelta(seconds=asked) - timedelta(microseconds=1)


def test_it_is_given_up_when_it_has_expired_or_been_tried_too_often() -> None:
    assert reason_to_give_up(1, NOW, LATER) is None
    assert reason_to_give_up(MOST_ATTEMPTS, NOW, LATER) == f"gave up after {MOST_ATTEMPTS} tries"
    assert reason_to_give_up(1, LATER, LATER) == "expired before it could be posted"
