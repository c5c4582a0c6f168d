"""Many direct messages: as fast as the platform takes them, few calls refused, what expires first before the rest."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.adapter import SendLimits
from bot.chat.card import Card
from bot.chat.delivery import ChannelAddress, Delivery, NoRightNow, PostRefused, RetryLater, UserAddress
from bot.clock import StillClock
from bot.delivery.direct_pace import DirectPace
from bot.store import outbox
from bot.store.tx import Tx
from tests.delivery.limited import LIMITS, Limit, Limited
from tests.delivery.town import Recorder, Town, user_of
from tests.talk import MONDAY_MORNING

LAST_CALLS = 1000
PER_SECOND = 1 / SendLimits().direct_seconds
BAN_CALLS, BAN_WITHIN = 10_000, timedelta(minutes=10)


async def enqueue(town: Town, count: int, platform: str = "limited", team: str = "") -> None:
    """Let so many people get a message, all of them due now."""
    now = town.clock.now()
    posts = [
        Delivery(f"{team}call {n}", UserAddress(platform, team, str(n)), Card(str(n)), now, now + timedelta(days=1))
        for n in range(count)
    ]

    def unit(tx: Tx) -> None:
        for post in posts:
            outbox.enqueue(tx, post)

    await town.store.write(unit)


def served(town: Town, kind: type[Recorder] = Limited, **limits: float) -> Limited:
    platform = kind(town.clock, name="limited", send_limits=SendLimits(**limits))  # type: ignore[arg-type]
    town.app.serve(platform)
    assert isinstance(platform, Limited)
    return platform


def seconds_taken(platform: Limited) -> float:
    instants = [post.at for post in platform.posts]
    return (max(instants) - min(instants)).total_seconds()


@pytest.mark.parametrize("kind", LIMITS)
@pytest.mark.parametrize("per_second", [25, 50])
async def test_last_calls_come_as_fast_as_they_are_taken(
    town: Town, kind: Callable[[float], Limit], per_second: float
) -> None:
    platform = served(town)
    platform.limit(kind(per_second))
    await enqueue(town, LAST_CALLS)
    await town.wait(minutes=5)
    assert len(platform.posts) == LAST_CALLS
    assert seconds_taken(platform) <= 1.3 * LAST_CALLS / min(per_second, PER_SECOND)
    assert len(platform.refused) <= LAST_CALLS // 50


@pytest.mark.parametrize("kind", LIMITS)
@pytest.mark.parametrize("per_second", [10, 3])
async def test_a_slower_platform_is_served_at_its_pace(
    town: Town, kind: Callable[[float], Limit], per_second: int
) -> None:
    platform = served(town)
    platform.limit(kind(per_second))
    calls = 30 * per_second
    await enqueue(town, calls)
    await town.wait(minutes=5)
    assert len(platform.posts) == calls
    assert seconds_taken(platform) <= 1.3 * calls / per_second
    assert len(platform.refused) <= 15


async def test_a_platform_that_takes_nothing_is_not_hammered(town: Town) -> None:
    platform = served(town)
    tries = []

    def refuse(_: Delivery) -> None:
        tries.append(town.clock.now())
        raise RetryLater("429", 0.5)

    platform.fails = refuse
    await enqueue(town, LAST_CALLS)
    await town.wait(minutes=10)
    assert 50 < len(tries) < 200


def test_a_platform_that_is_slow_for_a_while_is_soon_served_as_before() -> None:
    clock = StillClock(MONDAY_MORNING)
    pace = DirectPace(clock, 1 / PER_SECOND, 1)
    minutes: list[int] = []
    for _ in range(10):
        began, sent = clock.now(), 0
        while clock.now() - began < timedelta(minutes=1):
            pace.count_begun()
            if minutes or sent % 2 == 0:
                pace.count_arrived()
            else:
                pace.slow_down(clock.now() + timedelta(seconds=1))
            sent += 1
            clock.move_to(pace.next_at() or clock.now())
        minutes.append(sent)
    assert minutes[0] < 60
    assert minutes[1:] == sorted(minutes[1:])
    assert minutes[6] > 0.9 * 60 * PER_SECOND


async def test_where_everybody_takes_no_messages_the_refusals_stay_far_from_a_ban(town: Town) -> None:
    platform = served(town)
    refused = []

    def closed(_: Delivery) -> None:
        refused.append(town.clock.now())
        raise PostRefused("closed", is_closed=True)

    platform.fails = closed
    await enqueue(town, LAST_CALLS)
    await town.wait(minutes=1)
    a_minute = BAN_CALLS / (BAN_WITHIN / timedelta(minutes=1))
    assert a_minute / 4 < len(refused) < a_minute / 2


async def test_a_process_that_may_not_post_does_not_slow_down_for_it(town: Town) -> None:
    platform = served(town)
    refusals = iter(range(20))

    def stopped(_: Delivery) -> None:
        if next(refusals, None) is not None:
            raise NoRightNow

    platform.fails = stopped
    await enqueue(town, LAST_CALLS // 4)
    await town.wait(seconds=1.3 * LAST_CALLS / 4 / PER_SECOND)
    assert len(platform.posts) == LAST_CALLS // 4


async def test_what_a_platform_asks_of_messages_does_not_hold_up_channels(town: Town) -> None:
    platform = served(town)
    platform.limit(LIMITS[1].values[0](1.0))  # type: ignore[operator]
    await enqueue(town, 20)
    began = town.clock.now()
    await town.wait(seconds=1)
    now = town.clock.now()
    late = Delivery("channel", ChannelAddress("limited", "", "one"), Card("x"), now, now + timedelta(days=1))
    await town.store.write(lambda tx: outbox.enqueue(tx, late))
    await town.wait(seconds=8)
    [at] = [post.at for post in platform.posts if user_of(post.to) is None]
    assert at - began <= timedelta(seconds=8)
    assert len(platform.posts) < 20


@pytest.mark.parametrize(("are_by_team", "begun"), [(False, 1), (True, 6)])
async def test_what_one_team_asks_holds_for_all_only_where_limits_are_shared(
    town: Town, are_by_team: bool, begun: int
) -> None:
    platform = served(town, are_direct_by_team=are_by_team)

    def busy(delivery: Delivery) -> None:
        if delivery.to.team == "busy":
            raise RetryLater("429", 60.0)

    platform.fails = busy
    await enqueue(town, 1, team="busy")
    await town.settle()
    await enqueue(town, 5, team="calm")
    await town.settle()
    assert len(platform.posts) + 1 == begun


async def test_what_expires_first_goes_first(town: Town) -> None:
    platform = served(town)
    now = town.clock.now()
    for hours in (30, 3, 20, 1, 10):
        post = Delivery(
            f"in {hours}", UserAddress("limited", "", str(hours)), Card("x"), now, now + timedelta(hours=hours)
        )
        await town.store.write(lambda tx, post=post: outbox.enqueue(tx, post))  # type: ignore[misc]
    await town.settle()
    assert [post.key for post in platform.posts] == ["in 1", "in 3", "in 10", "in 20", "in 30"]
