"""One process serves a platform: the second waits, takes over from a dead one, and is not misled by wrong clocks."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.chat.card import Card
from bot.chat.delivery import ChannelAddress, Delivery
from bot.delivery.lease import LEASE_SECONDS, LeaseLost
from bot.errors import NotSaved
from bot.store import claims, outbox
from bot.store.database import Store
from bot.store.tx import Tx
from tests.delivery.steady import World, end
from tests.waiting import eventually, turns

SOON = 30.0
"""Seconds within which the next process is to take over."""


@pytest.fixture
async def world(store: Store) -> World:
    return World(store)


async def test_the_first_takes_it_at_once_and_keeps_it_for_as_long_as_it_lives(world: World) -> None:
    first, second = world.process(), world.process()
    await first.take()
    renewing, waiting = asyncio.create_task(first.renew()), asyncio.create_task(second.take())
    await world.passes(LEASE_SECONDS * 10)
    assert not waiting.done()
    assert not renewing.done()
    assert await world.store.read(first.is_held)
    assert not await world.store.read(second.is_held)
    await end(renewing, waiting)


async def test_the_second_says_why_it_waits(world: World, caplog: pytest.LogCaptureFixture) -> None:
    first, second = world.process(), world.process()
    await first.take()
    waiting = asyncio.create_task(second.take())
    await world.passes(3)
    assert "waiting: another process serves this platform" in caplog.text
    [record] = [record for record in caplog.records if "waiting" in record.getMessage()]
    assert record.__dict__["holder"] == first.holder
    await end(waiting)


@pytest.mark.parametrize("renewed_for", [0.0, 47.0])
async def test_a_dead_one_is_followed_soon(world: World, renewed_for: float) -> None:
    first, second = world.process(), world.process()
    await first.take()
    renewing, waiting = asyncio.create_task(first.renew()), asyncio.create_task(second.take())
    await world.passes(renewed_for)
    await end(renewing)
    await world.passes(SOON)
    assert waiting.done()
    assert await world.store.read(second.is_held)


async def test_who_starts_long_after_a_death_waits_for_nothing(world: World) -> None:
    await world.process().take()
    await world.passes(LEASE_SECONDS)
    second = world.process()
    await second.take()
    assert await world.store.read(second.is_held)


@pytest.mark.sqlite  # it counts turns of the loop
@pytest.mark.parametrize("boot", ["another machine", ""])
async def test_where_no_clock_tells_its_age_a_lease_is_waited_for(world: World, boot: str) -> None:
    await world.process().take()
    world.boot = boot
    world.time, second = 5.0, world.process()
    waiting = asyncio.create_task(second.take())
    await world.passes(LEASE_SECONDS - 3)
    assert not waiting.done()
    await world.passes(6)
    assert waiting.done()


async def test_a_wrong_clock_at_a_start_takes_it_from_no_living_process(world: World) -> None:
    first = world.process()
    await first.take()
    renewing = asyncio.create_task(first.renew())
    await world.passes(LEASE_SECONDS / 4)
    world.clock.advance(timedelta(minutes=1))
    waiting = asyncio.create_task(world.process().take())
    await world.passes(LEASE_SECONDS * 2)
    assert not waiting.done()
    assert first.has_room()
    await end(renewing, waiting)


async def test_trust_ends_long_before_another_can_take_it(world: World) -> None:
    first, second = world.process(), world.process()
    assert not first.has_room()
    await first.take()
    assert first.has_room()
    waiting = asyncio.create_task(second.take())
    trusted = 0.0
    while not waiting.done():
        trusted += first.has_room()
        await world.passes(1)
    assert LEASE_SECONDS / 2 <= trusted <= LEASE_SECONDS - 5
    assert (first.has_room(), second.has_room()) == (False, True)


async def test_who_renews_it_has_room_all_the_time_and_who_lets_it_go_has_none(world: World) -> None:
    lease = world.process()
    await lease.take()
    renewing = asyncio.create_task(lease.renew())
    for _ in range(100):
        await world.passes(0.5)
        assert lease.has_room()
    await end(renewing)
    await lease.release()
    assert not lease.has_room()


async def test_a_slow_renewal_does_not_stretch_the_trust(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    lease = world.process()
    await lease.take()
    write = world.store.write

    async def slow(unit: Callable[[Tx], object]) -> object:
        done = await write(unit)
        world.time += LEASE_SECONDS
        return done

    monkeypatch.setattr(world.store, "write", slow)
    renewing = asyncio.create_task(lease.renew())
    await turns()
    world.time += LEASE_SECONDS / 4
    began = world.time
    await eventually(lambda: world.time > began)
    await turns()
    assert not lease.has_room()
    await end(renewing)


async def test_one_that_stops_in_order_is_followed_at_the_next_look(world: World) -> None:
    first, second = world.process(), world.process()
    await first.take()
    waiting = asyncio.create_task(second.take())
    await world.passes(3)
    await first.release()
    await world.passes(LEASE_SECONDS / 10 + 0.5)
    assert waiting.done()


@pytest.mark.parametrize("jump", [timedelta(hours=-1), timedelta(days=3), timedelta(days=-400)])
async def test_a_clock_that_jumps_takes_it_from_no_living_process(world: World, jump: timedelta) -> None:
    first, second = world.process(), world.process()
    await first.take()
    renewing, waiting = asyncio.create_task(first.renew()), asyncio.create_task(second.take())
    await world.passes(3)
    world.clock.advance(jump)
    await world.passes(LEASE_SECONDS * 3)
    assert not waiting.done()
    assert not renewing.done()
    await end(renewing, waiting)


async def test_a_clock_that_was_set_back_leaves_it_to_no_dead_process(world: World) -> None:
    first, second = world.process(), world.process()
    await first.take()
    world.clock.advance(timedelta(hours=-1))
    waiting = asyncio.create_task(second.take())
    await world.passes(SOON)
    assert waiting.done()


async def test_who_stops_while_it_takes_the_lease_leaves_it_to_nobody(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    lease, write = world.process(), world.store.write
    began = asyncio.Event()

    async def slow(unit: Callable[[Tx], object]) -> object:
        began.set()
        await turns()
        return await write(unit)

    monkeypatch.setattr(world.store, "write", slow)
    taking = asyncio.create_task(lease.take())
    await began.wait()
    await end(taking)
    assert await world.holder() == ""
    assert not lease.has_room()


async def test_of_many_that_wait_one_follows(world: World) -> None:
    await world.process().take()
    others = [world.process() for _ in range(5)]
    waiting = [asyncio.create_task(other.take()) for other in others]
    await world.passes(SOON)
    assert [task.done() for task in waiting].count(True) == 1
    assert await world.holder() in {other.holder for other in others}
    await end(*waiting)


async def test_one_that_was_asleep_for_too_long_learns_that_it_has_lost(world: World) -> None:
    first, second = world.process(), world.process()
    await first.take()
    await world.passes(LEASE_SECONDS)
    await second.take()
    assert not await world.store.read(first.is_held)
    renewing = asyncio.create_task(first.renew())
    await world.passes(LEASE_SECONDS / 4 + 1)
    with pytest.raises(LeaseLost):
        await renewing
    await first.release()
    assert await world.holder() == second.holder


@pytest.mark.parametrize("step", ["release", "renew"])
async def test_what_comes_late_of_an_earlier_term_does_nothing_to_a_later_one(
    world: World, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    lease = world.process()
    late: list[Callable[[Tx], object]] = []

    async def lost(unit: Callable[[Tx], object]) -> object:
        late.append(unit)
        raise NotSaved("the connection is lost")

    await lease.take()
    with monkeypatch.context() as patch:
        patch.setattr(world.used, "write", lost)
        working = asyncio.create_task(getattr(lease, step)())
        await eventually(lambda: late or world.passes(1))
        await end(working)
    first = await world.holder()
    await world.passes(LEASE_SECONDS)
    await lease.take()
    second = await world.holder()
    assert second != first
    for unit in late:
        await world.store.write(unit)
    assert await world.holder() == second
    assert await world.store.read(lease.is_held)
    assert lease.has_room()


async def test_what_a_dead_process_was_sending_is_due_as_soon_as_it_is_known_to_be_dead(world: World) -> None:
    now = world.clock.now()
    delivery = Delivery("a", ChannelAddress("discord", "1", "2"), Card("a"), now, now + timedelta(hours=1))
    await world.store.write(lambda tx: outbox.enqueue(tx, delivery))
    await world.process().take()
    await world.store.write(lambda tx: claims.claim(tx, ["a"], now))
    await world.passes(LEASE_SECONDS)
    await world.process().take()
    [post] = await world.store.write(lambda tx: claims.claim(tx, ["a"], world.clock.now()))
    assert post.was_sending


async def test_who_waits_goes_on_waiting_while_the_database_tells_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def silent(_unit: object) -> None:
        raise NotSaved("the connection is lost")

    first, second = world.process(), world.process()
    await first.take()
    waiting = asyncio.create_task(second.take())
    await world.passes(3)
    with monkeypatch.context() as broken:
        broken.setattr(world.store, "read", silent)
        world.time += LEASE_SECONDS
        await eventually(lambda: "nobody knows who serves" in caplog.text)
        assert not waiting.done()
    await world.passes(LEASE_SECONDS)
    await waiting
    assert await world.store.read(second.is_held)


async def test_a_database_that_takes_nothing_for_a_while_costs_nobody_the_lease(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def full(_unit: object) -> None:
        raise NotSaved("disk full")

    lease = world.process()
    with monkeypatch.context() as broken:
        broken.setattr(world.store, "write", full)
        taking = asyncio.create_task(lease.take())
        await eventually(lambda: "the lease cannot be taken yet" in caplog.text)
        assert not taking.done()
    await world.passes(3)
    await taking
    renewing = asyncio.create_task(lease.renew())
    await turns()
    with monkeypatch.context() as broken:
        broken.setattr(world.store, "write", full)
        world.time += LEASE_SECONDS / 4
        await eventually(lambda: "the lease is not renewed" in caplog.text)
        await lease.release()
    await world.passes(LEASE_SECONDS)
    assert not renewing.done()
    assert "left to run out" in caplog.text
    assert await world.store.read(lease.is_held)
    await end(renewing)


async def test_a_database_that_cannot_be_read_ends_no_waiting_and_takes_it_from_no_living_process(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def away(_unit: object) -> None:
        raise NotSaved("restarting")

    first, second = world.process(), world.process()
    await first.take()
    waiting = asyncio.create_task(second.take())
    await world.passes(3)
    with monkeypatch.context() as broken:
        broken.setattr(world.store, "read", away)
        for _ in range(round(LEASE_SECONDS)):
            world.time += 2
            await turns()
    assert "nobody knows who serves this platform" in caplog.text
    renewing = asyncio.create_task(first.renew())
    await world.passes(LEASE_SECONDS * 2)
    assert not waiting.done()
    assert not renewing.done()
    await end(renewing, waiting)
