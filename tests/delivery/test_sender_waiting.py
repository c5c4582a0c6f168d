"""What the sender does with posts that hang, wait or come too fast, while all others go on."""

import asyncio

import pytest

from bot.adapter import Health, SendLimits
from bot.chat.delivery import (
    ChannelAddress,
    Delivery,
    MessageRef,
    RetryLater,
    UserAddress,
)
from bot.delivery import attempt
from bot.delivery.sender import Sender
from bot.store.claims import LEASE
from tests.delivery.test_sender import HERE, THERE, enqueue, state
from tests.delivery.town import Recorder, Town
from tests.waiting import eventually, stopped

LIMITS = SendLimits()


async def test_a_platform_that_never_answers_is_unsure(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    class Silent(type(town.platform)):  # type: ignore[misc]
        async def post(self, delivery: Delivery) -> MessageRef:
            raise TimeoutError

    silent = Silent(town.clock)
    await enqueue(town, "a")
    await Sender(town.store, town.clock, silent).send_due()
    assert await state(town, "a") == ("sending", "no answer in time")


async def test_a_post_that_hangs_is_given_up_in_time_and_looked_for(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Hanging(type(town.platform)):  # type: ignore[misc]
        async def post(self, delivery: Delivery) -> MessageRef:
            await super().post(delivery)
            return await asyncio.Event().wait()  # type: ignore[return-value]

    monkeypatch.setattr(attempt, "ANSWER_TIMEOUT_SECONDS", 0.02)
    hanging = Hanging(town.clock)
    sender = Sender(town.store, town.clock, hanging)
    await enqueue(town, "a")
    async with asyncio.timeout(60):
        await sender.send_due()
        assert await state(town, "a") == ("sending", "no answer in time")
        town.clock.advance(LEASE)
        await sender.send_due()
    assert (await state(town, "a"))[0] == "sent"
    assert [posted.key for posted in hanging.posts] == ["a"]


async def test_an_edit_waits_for_the_post_that_it_changes(town: Town) -> None:
    def busy(_: Delivery) -> None:
        raise RetryLater("busy")

    town.platform.fails = busy
    await enqueue(town, "a")
    await enqueue(town, "a/closed", edits="a")
    await town.settle()
    assert await state(town, "a/closed") == ("pending", "a is not posted yet")
    town.platform.fails = lambda _: None
    await town.wait(minutes=1)
    assert await state(town, "a/closed") == ("sent", "a is not posted yet")
    assert [(post.key, post.edits) for post in town.platform.posts] == [("a", 1)]


async def test_a_place_that_asks_to_wait_is_left_alone_and_the_others_are_not(town: Town) -> None:
    tried: list[str] = []

    def busy(delivery: Delivery) -> None:
        tried.append(delivery.key)
        if delivery.to == HERE:
            raise RetryLater("429", 30)

    town.platform.fails = busy
    await enqueue(town, "a")
    await town.settle()
    await enqueue(town, "b")
    await enqueue(town, "c", THERE)
    await town.settle()
    await town.wait(seconds=29)
    assert tried == ["a", "c"]
    town.platform.fails = lambda _: None
    await town.wait(seconds=20)
    assert sorted(town.keys()) == ["a", "b", "c"]


async def test_a_platform_that_asks_to_wait_as_a_whole_is_left_alone(town: Town) -> None:
    tried: list[str] = []

    def busy(delivery: Delivery) -> None:
        tried.append(delivery.key)
        raise RetryLater("global limit", 30, is_everywhere=True)

    town.platform.fails = busy
    await enqueue(town, "a")
    await town.settle()
    await enqueue(town, "b", THERE)
    await town.wait(seconds=29)
    assert tried == ["a"]


async def test_posts_of_one_place_come_at_the_platforms_pace(town: Town) -> None:
    slow = Recorder(town.clock, name="slow", send_limits=SendLimits(place_seconds=1.0))
    town.app.serve(slow)
    for key in "abc":
        await enqueue(town, key, ChannelAddress("slow", "", "one"))
    await enqueue(town, "d", ChannelAddress("slow", "", "two"))
    began = town.clock.now()
    await town.wait(seconds=10)
    assert [(post.key, (post.at - began).total_seconds()) for post in slow.posts] == [
        ("a", 0.0),
        ("d", 0.0),
        ("b", 1.0),
        ("c", 2.0),
    ]


async def test_a_post_that_hangs_holds_up_its_own_place_alone(town: Town) -> None:
    gate = asyncio.Event()

    class Hanging(Recorder):
        async def post(self, delivery: Delivery) -> MessageRef:
            if delivery.key == "hangs":
                await gate.wait()
            return await super().post(delivery)

    platform = Hanging(town.clock, name="hanging")
    sender = Sender(town.store, town.clock, platform)
    await enqueue(town, "hangs", ChannelAddress("hanging", "", "one"))
    await enqueue(town, "behind", ChannelAddress("hanging", "", "one"))
    for n in range(20):
        await enqueue(town, str(n), ChannelAddress("hanging", "", f"other {n}"))
    sending = asyncio.create_task(sender.run())
    await eventually(lambda: len(platform.posts) >= 20)
    assert {post.key for post in platform.posts} == {str(n) for n in range(20)}
    gate.set()
    await eventually(lambda: len(platform.posts) >= 22)
    assert [post.key for post in platform.posts[20:]] == ["hangs", "behind"]
    await stopped(sending)


@pytest.mark.timeout(90)
async def test_with_more_posts_than_may_be_under_way_the_loop_is_free_while_posts_take_time(town: Town) -> None:
    """A post ends later than it is answered: what it gave back when it was answered it must not give back again."""

    class Slow(Recorder):
        async def post(self, delivery: Delivery) -> MessageRef:
            before = {posted.key for posted in self.posts}
            while before & {task.get_name() for task in asyncio.all_tasks()}:
                await asyncio.sleep(0)
            for _ in range(10):
                await asyncio.sleep(0)
            return await super().post(delivery)

    slow = Slow(town.clock, name="slow", send_limits=SendLimits(at_once=2))
    for n in range(7):
        await enqueue(town, str(n), ChannelAddress("slow", "", str(n)))
    assert await Sender(town.store, town.clock, slow).send_due() == 7
    assert sorted(posted.key for posted in slow.posts) == [str(n) for n in range(7)]


async def test_without_a_connection_no_try_is_counted(town: Town) -> None:
    town.platform.state = Health(is_ready=False, age=None)
    await enqueue(town, "a")
    await town.wait(minutes=1)
    assert await town.talk.rows("SELECT state, attempts FROM outbox WHERE key = 'a'") == [("pending", 0)]
    town.platform.state = Health(is_ready=True)
    await town.wait(seconds=2)
    assert town.keys() == ["a"]


async def test_many_direct_messages_are_spread_and_a_channel_does_not_wait_for_them(town: Town) -> None:
    slow = Recorder(town.clock, name="slow")
    town.app.serve(slow)
    for n in range(LIMITS.direct_burst + 100):
        await enqueue(town, f"direct {n}", UserAddress("slow", "", str(n)))
    await enqueue(town, "channel", ChannelAddress("slow", "", "one"))
    began = town.clock.now()
    await town.wait(minutes=1)
    at = {post.key: (post.at - began).total_seconds() for post in slow.posts}
    assert len(at) == len(slow.posts) == LIMITS.direct_burst + 101
    assert at["channel"] == 0.0
    assert sum(when == 0.0 for when in at.values()) == LIMITS.direct_burst + 1
    assert max(at.values()) == 100 * LIMITS.direct_seconds
