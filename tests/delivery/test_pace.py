"""Which places are left alone, and for how long."""

from datetime import timedelta

from bot.adapter import SendLimits
from bot.chat.delivery import ChannelAddress, UserAddress
from bot.clock import StillClock
from bot.delivery import pace
from bot.delivery.pace import Pace, place_of
from tests.talk import MONDAY_MORNING

LIMITS = SendLimits()
A, B = place_of(ChannelAddress("x", "", "a", name="Old name")), place_of(ChannelAddress("x", "", "b"))


def made(seconds_apart: float = 0.0) -> tuple[StillClock, Pace]:
    clock = StillClock(MONDAY_MORNING)
    return clock, Pace(clock, SendLimits(place_seconds=seconds_apart))


def test_a_place_is_the_same_whatever_it_is_called() -> None:
    assert place_of(ChannelAddress("x", "", "a", name="New name")) == A
    assert place_of(UserAddress("x", "", "a")) != A


def test_without_a_pace_no_post_makes_a_place_rest() -> None:
    _, found = made()
    found.rest_after_post(A)
    assert found.is_free(A)
    assert found.next_free_at() is None


def test_after_a_post_its_place_rests_and_no_other() -> None:
    clock, found = made(1.5)
    found.rest_after_post(A)
    assert not found.is_free(A)
    assert found.is_free(B)
    assert found.next_free_at() == MONDAY_MORNING + timedelta(seconds=1.5)
    clock.advance(timedelta(seconds=1.5))
    assert found.is_free(A)


def test_the_whole_platform_may_rest() -> None:
    clock, found = made(1.0)
    found.rest_after_post(A)
    found.rest_everywhere(MONDAY_MORNING + timedelta(minutes=1))
    assert not found.is_free(B)
    assert found.next_free_at() == MONDAY_MORNING + timedelta(minutes=1)
    clock.advance(timedelta(minutes=1))
    assert found.is_free(A)
    assert found.is_free(B)


def test_rests_that_are_over_are_not_kept() -> None:
    clock, found = made(1.0)
    for n in range(pace.MOST_RESTING_PLACES):
        found.rest_after_post(("", str(n), None))
    assert found.count_resting() == pace.MOST_RESTING_PLACES
    clock.advance(timedelta(seconds=1))
    found.rest_after_post(A)
    assert found.count_resting() == 1


def test_what_was_told_by_a_wrong_clock_is_forgotten() -> None:
    _, found = made(1.0)
    found.rest_after_post(A)
    found.rest_everywhere(MONDAY_MORNING + timedelta(hours=1))
    found.reset()
    assert found.is_free(A)


def test_direct_messages_are_spread_after_a_burst_and_channels_do_not_wait_for_them() -> None:
    clock, found = made()
    people = [place_of(UserAddress("x", "", str(n))) for n in range(LIMITS.direct_burst + 1)]
    for person in people[:-1]:
        assert found.may_begin(person)
        found.count_begun(person)
    assert not found.may_begin(people[-1])
    assert found.may_begin(A)
    assert found.next_free_at() == MONDAY_MORNING + timedelta(seconds=LIMITS.direct_seconds)
    clock.advance(timedelta(seconds=LIMITS.direct_seconds))
    assert found.may_begin(people[-1])
    found.count_begun(people[-1])
    assert not found.may_begin(people[0])
    clock.advance(timedelta(minutes=1))
    assert all(found.may_begin(person) for person in people)


def test_a_terminal_takes_direct_messages_as_they_come() -> None:
    clock = StillClock(MONDAY_MORNING)
    found = Pace(clock, SendLimits(direct_seconds=0.0))
    for n in range(100):
        person = place_of(UserAddress("x", "", str(n)))
        assert found.may_begin(person)
        found.count_begun(person)
