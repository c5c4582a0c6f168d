"""Which places are left alone, and for how long."""

from datetime import timedelta

from bot.adapter import SendLimits
from bot.chat.delivery import ChannelAddress, UserAddress
from bot.clock import StillClock
from bot.delivery.pace import MOST_RESTING_PLACES, Pace, place_of
from tests.talk import MONDAY_MORNING

LIMITS = SendLimits()
A, B = place_of(ChannelAddress("x", "", "a", name="Old name")), place_of(ChannelAddress("x", "", "b"))


def pace_of(seconds_apart: float = 0.0) -> tuple[StillClock, Pace]:
    clock = StillClock(MONDAY_MORNING)
    return clock, Pace(clock, SendLimits(place_seconds=seconds_apart))


def test_a_place_is_the_same_whatever_it_is_called() -> None:
    assert place_of(ChannelAddress("x", "", "a", name="New name")) == A
    assert place_of(UserAddress("x", "", "a")) != A


def test_without_a_pace_no_post_makes_a_place_rest() -> None:
    _, pace = pace_of()
    pace.rest_after_post(A)
    assert pace.is_free(A)
    assert pace.next_free_at() is None


def test_after_a_post_its_place_rests_and_no_other() -> None:
    clock, pace = pace_of(1.5)
    pace.rest_after_post(A)
    assert not pace.is_free(A)
    assert pace.is_free(B)
    assert pace.next_free_at() == MONDAY_MORNING + timedelta(seconds=1.5)
    clock.advance(timedelta(seconds=1.5))
    assert pace.is_free(A)


def test_the_whole_platform_may_rest() -> None:
    clock, pace = pace_of(1.0)
    pace.rest_after_post(A)
    pace.rest_everywhere(MONDAY_MORNING + timedelta(minutes=1))
    assert not pace.is_free(B)
    assert pace.next_free_at() == MONDAY_MORNING + timedelta(minutes=1)
    clock.advance(timedelta(minutes=1))
    assert pace.is_free(A)
    assert pace.is_free(B)


def test_rests_that_are_over_are_not_kept() -> None:
    clock, pace = pace_of(1.0)
    for n in range(MOST_RESTING_PLACES):
        pace.rest_after_post(("", str(n), None))
    assert pace.count_resting() == MOST_RESTING_PLACES
    clock.advance(timedelta(seconds=1))
    pace.rest_after_post(A)
    assert pace.count_resting() == 1


def test_what_was_told_by_a_wrong_clock_is_forgotten() -> None:
    _, pace = pace_of(1.0)
    pace.rest_after_post(A)
    pace.rest_everywhere(MONDAY_MORNING + timedelta(hours=1))
    pace.reset()
    assert pace.is_free(A)


def test_direct_messages_are_spread_after_a_burst_and_channels_do_not_wait_for_them() -> None:
    clock, pace = pace_of()
    people = [place_of(UserAddress("x", "", str(n))) for n in range(LIMITS.direct_burst + 1)]
    for person in people[:-1]:
        assert pace.may_begin(person)
        pace.count_begun(person)
    assert not pace.may_begin(people[-1])
    assert pace.may_begin(A)
    assert pace.next_free_at() == MONDAY_MORNING + timedelta(seconds=LIMITS.direct_seconds)
    clock.advance(timedelta(seconds=LIMITS.direct_seconds))
    assert pace.may_begin(people[-1])
    pace.count_begun(people[-1])
    assert not pace.may_begin(people[0])
    clock.advance(timedelta(minutes=1))
    assert all(pace.may_begin(person) for person in people)


def test_a_terminal_takes_direct_messages_as_they_come() -> None:
    clock = StillClock(MONDAY_MORNING)
    pace = Pace(clock, SendLimits(direct_seconds=0.0))
    for n in range(100):
        person = place_of(UserAddress("x", "", str(n)))
        assert pace.may_begin(person)
        pace.count_begun(person)
