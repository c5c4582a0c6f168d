"""A platform is served under its lease, and left in order: posts first, then the connection, then the lease."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.chat.card import Card
from bot.chat.delivery import ChannelAddress, Delivery, MessageRef
from bot.delivery import service
from bot.delivery.lease import PlatformLease
from bot.delivery.sender import Sender
from bot.delivery.service import Service
from bot.delivery.terms import SendingTerms
from bot.errors import Misconfigured
from bot.store import leases, outbox
from tests.delivery.town import Recorder, Town
from tests.waiting import eventually, stopped, turns

LEASE_SECONDS = 0.2


class Live(Recorder):
    """A platform whose connection and posts are seen. `story` says what happened, in order."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.story: list[str] = []
        self.ends: Callable[[], Awaitable[None]] = asyncio.Event().wait  # type: ignore[assignment]
        self.gate = asyncio.Event()
        self.gate.set()
        self.leaves = asyncio.Event()
        self.leaves.set()

    async def run(self) -> None:
        self.story.append("connected")
        try:
            await self.ends()
        finally:
            await self.leaves.wait()
            self.story.append("left")

    async def post(self, delivery: Delivery) -> MessageRef:
        self.story.append("posting")
        await self.gate.wait()
        self.story.append("posted")
        return await super().post(delivery)


@pytest.fixture
def live(town: Town) -> Live:
    return Live(town.clock, name="live")


def served(town: Town, live: Live) -> Service:
    lease = PlatformLease(town.store, town.clock, "live", LEASE_SECONDS)
    return Service(live, Sender(town.store, town.clock, live, SendingTerms(lease.is_held, lease.has_room)), lease)


async def enqueue(town: Town, key: str = "a") -> None:
    now = town.clock.now()
    delivery = Delivery(key, ChannelAddress("live", "", "x"), Card(key), now, now.replace(year=2030))
    await town.store.write(lambda tx: outbox.enqueue(tx, delivery))


async def test_a_post_under_way_is_finished_before_the_platform_is_left(town: Town, live: Live) -> None:
    await enqueue(town)
    live.gate.clear()
    task = asyncio.create_task(served(town, live).run())
    await eventually(lambda: "posting" in live.story)
    task.cancel()
    await turns()
    assert live.story == ["connected", "posting"]
    live.gate.set()
    await asyncio.wait([task])
    assert live.story == ["connected", "posting", "posted", "left"]
    assert await town.talk.rows("SELECT state FROM outbox WHERE key = 'a'") == [("sent",)]
    assert await town.talk.rows("SELECT * FROM leases") == []


async def test_what_hangs_is_left_behind(
    town: Town, live: Live, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(service, "FINISH_WITHIN_SECONDS", 0.01)
    monkeypatch.setattr(service, "LEAVE_WITHIN_SECONDS", 0.01)
    await enqueue(town)
    live.gate.clear()
    live.leaves.clear()
    task = asyncio.create_task(served(town, live).run())
    await eventually(lambda: "posting" in live.story)
    await stopped(task)
    assert "did not leave in time" in caplog.text
    assert await town.talk.rows("SELECT state FROM outbox WHERE key = 'a'") == [("sending",)]
    assert await town.talk.rows("SELECT * FROM leases") == []
    live.leaves.set()
    await eventually(lambda: "left" in live.story)


async def test_who_loses_the_lease_leaves_and_waits_for_it_again(
    town: Town, live: Live, caplog: pytest.LogCaptureFixture
) -> None:
    task = asyncio.create_task(served(town, live).run())
    await eventually(lambda: live.story == ["connected"])
    await town.store.write(lambda tx: tx.run("UPDATE leases SET holder = 'another'"))
    await eventually(lambda: live.story == ["connected", "left"])
    await enqueue(town)
    assert "another process has taken over" in caplog.text
    await town.store.write(lambda tx: leases.release(tx, "live", "another"))
    await eventually(lambda: "posted" in live.story)
    assert live.story == ["connected", "left", "connected", "posting", "posted"]
    await stopped(task)


async def test_what_ends_an_adapter_for_good_ends_the_service(town: Town, live: Live) -> None:
    async def refused() -> None:
        raise Misconfigured("wrong token")

    live.ends = refused
    with pytest.raises(Misconfigured, match="wrong token"):
        await served(town, live).run()
    assert await town.talk.rows("SELECT * FROM leases") == []


async def test_an_adapter_that_has_nothing_to_run_is_served_all_the_same(town: Town, live: Live) -> None:
    async def at_once() -> None:
        return

    live.ends = at_once
    await enqueue(town)
    task = asyncio.create_task(Service(live, Sender(town.store, town.clock, live), None).run())
    await eventually(lambda: "posted" in live.story)
    assert live.story[:2] == ["connected", "left"]
    await stopped(task)
