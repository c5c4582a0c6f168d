"""A bucket of requests: full at first, filled up evenly, and never more than full."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.allowance import BURST_REQUESTS, FILES, REQUESTS, Allowance, is_full, take

STEPS = st.lists(st.floats(0, 300), min_size=1, max_size=400)


def admitted(gaps: list[float]) -> list[bool]:
    """Return for each request whether it passes, so many seconds after the one before."""
    allowance, at, passed = None, 0.0, []
    for gap in gaps:
        at += gap
        allowance, seconds = take(allowance, at)
        passed.append(seconds == 0)
    return passed


def test_a_burst_passes_and_then_one_has_to_wait() -> None:
    assert admitted([0.0] * (BURST_REQUESTS + 5)) == [True] * BURST_REQUESTS + [False] * 5
    assert take(Allowance(0, 10.0), 10.0) == (Allowance(0, 10.0), 1)


def test_a_thousand_in_a_minute_are_not_all_heard() -> None:
    passed = admitted([60 / 1000] * 1000)
    assert sum(passed) == BURST_REQUESTS + 60 * REQUESTS.per_second - 1
    assert all(passed[:BURST_REQUESTS])


@given(STEPS)
def test_no_more_passes_than_a_full_bucket_and_what_flowed_in(gaps: list[float]) -> None:
    assert sum(admitted(gaps)) <= BURST_REQUESTS + sum(gaps) * REQUESTS.per_second + 1


@given(st.floats(0, 1, exclude_max=True), st.integers(0, 1000))
def test_after_the_wait_that_is_asked_for_a_request_passes(left: float, at: int) -> None:
    allowance, seconds = take(Allowance(left, at), at)
    assert take(allowance, at + seconds)[1] == 0


def test_a_full_one_need_not_be_remembered() -> None:
    allowance, _ = take(None, 0.0)
    assert not is_full(allowance, 0.0)
    assert is_full(allowance, 1 / REQUESTS.per_second)


def test_three_files_pass_at_once_and_then_one_a_minute() -> None:
    allowance = None
    waits = []
    for at in (0.0, 1.0, 2.0, 3.0, 61.0, 62.0):
        allowance, seconds = take(allowance, at, FILES)
        waits.append(seconds)
    assert waits == [0, 0, 0, 58, 0, 59]
    assert not is_full(allowance or Allowance(0, 0), 62.0, FILES)
