"""A platform's parts go to the processes that live: one holder each, as many to each, a dead one's soon to others."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapter.shared import Serve
from bot.delivery.lease import LEASE_SECONDS, process_of
from bot.delivery.shares import Shares, count_fair
from bot.errors import Misconfigured, NotSaved
from bot.store import leases
from bot.store.database import Store
from tests.delivery.steady import World, end

pytestmark = pytest.mark.sqlite  # it counts turns of the loop
SOON = 30.0
"""Seconds within which the parts of a dead process are to be served by others."""


class Process:
    """A process that serves parts; `serves` are those that it does, `starts` how often it began with one."""

    def __init__(self, world: World, parts: int) -> None:
        self.serves: set[str] = set()
        self.starts = 0
        self.is_stopped = False
        self.ends: Exception | None = None
        lease = world.process()
        lease.sleep = self._sleep
        self._world = world
        self.name = lease.process
        names = [f"shard {number} of {parts}" for number in range(parts)]
        self.shares = Shares(world.used, lease, {name: self._serving(name) for name in names})
        self.task = asyncio.create_task(self.shares.run())

    def _serving(self, name: str) -> Serve:
        async def serve() -> None:
            self.starts += 1
            self.serves.add(name)
            try:
                if self.ends is not None:
                    raise self.ends
                await asyncio.Event().wait()
            finally:
                self.serves.discard(name)

        return serve

    async def _sleep(self, seconds: float) -> None:
        await self._world.sleep(seconds)
        while self.is_stopped:
            await asyncio.sleep(0)

    def die(self) -> None:
        """End without any last word; what it has stays as it is in the database."""
        self.is_stopped = True
        self.serves.clear()


class Street:
    """Processes that share parts."""

    def __init__(self, world: World, parts: int) -> None:
        self.world = world
        self.parts = parts
        self.processes: list[Process] = []

    def start(self, count: int = 1) -> None:
        self.processes += [Process(self.world, self.parts) for _ in range(count)]

    @property
    def living(self) -> list[Process]:
        return [process for process in self.processes if not process.is_stopped and not process.task.done()]

    @property
    def counts(self) -> list[int]:
        return sorted(len(process.serves) for process in self.living)

    @property
    def is_fair(self) -> bool:
        """True if each part is served once, and no process has two more than another."""
        served = Counter(part for process in self.living for part in process.serves)
        return len(served) == self.parts == served.total() and max(self.counts) - min(self.counts) <= 1

    async def passes(self, seconds: float) -> None:
        """Let time pass; no part is ever served by two of those that live."""
        for _ in range(round(seconds)):
            await self.world.passes(1)
            served = Counter(part for process in self.living for part in process.serves)
            assert not served or max(served.values()) == 1, served


@pytest.fixture
async def street(store: Store) -> AsyncIterator[Street]:
    street = Street(World(store), 4)
    yield street
    for process in street.processes:
        process.is_stopped = False
    await end(*(process.task for process in street.processes))


async def test_one_process_serves_all(street: Street) -> None:
    street.start()
    await street.passes(6)
    assert street.counts == [4]


@pytest.mark.parametrize("count", [2, 3, 4, 6])
async def test_several_have_about_as_many(street: Street, count: int) -> None:
    street.start(count)
    await street.passes(SOON)
    assert street.is_fair, street.counts
    starts = sum(process.starts for process in street.processes)
    await street.passes(SOON)
    assert sum(process.starts for process in street.processes) == starts, "who has a fair share lets it be"


async def test_who_comes_later_gets_a_share_and_nobody_gives_up_more_than_that(street: Street) -> None:
    street.start(2)
    await street.passes(SOON)
    street.start()
    await street.passes(SOON)
    assert street.counts == [1, 1, 2]
    assert [process.starts for process in street.processes][2] == 1
    assert sum(process.starts for process in street.processes[:2]) <= 6


@pytest.mark.parametrize("how", ["dies", "leaves"])
async def test_the_parts_of_one_that_ends_go_to_the_others_soon(street: Street, how: str) -> None:
    street.start(3)
    await street.passes(SOON)
    if how == "dies":
        street.processes[0].die()
    else:
        await end(street.processes[0].task)
    await street.passes(SOON)
    assert street.counts == [2, 2]


async def test_one_that_was_stopped_and_goes_on_learns_what_it_has_lost_and_gets_a_share_again(
    street: Street, caplog: pytest.LogCaptureFixture
) -> None:
    street.start(2)
    await street.passes(SOON)
    stopped = street.processes[0]
    stopped.is_stopped = True
    await street.passes(SOON)
    assert street.counts == [4]
    stopped.is_stopped = False
    await street.world.passes(SOON)
    await street.passes(SOON)
    assert street.is_fair
    assert "this process was taken for dead" in caplog.text


async def test_nothing_is_left_of_processes_that_ended(street: Street) -> None:
    street.start(3)
    await street.passes(SOON)
    street.processes[0].die()
    await end(street.processes[1].task)
    await street.passes(SOON)
    found = await street.world.store.read(lambda tx: leases.list_of(tx, "discord/"))
    living = street.processes[2].name
    assert {process_of(lease) for lease in found.values()} == {living}
    assert [name for name in found if "process" in name] == [f"discord/process/{living}"]
    await end(street.processes[2].task)
    assert await street.world.store.read(lambda tx: tx.all("SELECT * FROM leases")) == []


async def test_a_database_that_is_away_costs_nobody_a_part(
    street: Street, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def away(_unit: object) -> None:
        raise NotSaved("restarting")

    street.start(2)
    await street.passes(SOON)
    starts = [process.starts for process in street.processes]
    with monkeypatch.context() as broken:
        for verb in ("read", "write"):
            broken.setattr(street.world.store, verb, away)
        for _ in range(round(LEASE_SECONDS * 2)):
            street.world.time += 1
            for _ in range(20):
                await asyncio.sleep(0)
    await street.passes(SOON)
    assert "the shares cannot be read" in caplog.text
    assert [process.starts for process in street.processes] == starts


async def test_what_ends_a_part_for_good_ends_them_all(street: Street) -> None:
    street.start()
    [process] = street.processes
    process.ends = Misconfigured("wrong token")
    await street.passes(6)
    with pytest.raises(Misconfigured, match="wrong token"):
        await process.task
    assert await street.world.store.read(lambda tx: tx.all("SELECT * FROM leases")) == []


async def test_where_there_are_no_parts_nobody_makes_themselves_known(store: Store) -> None:
    world = World(store)
    await Shares(store, world.process(), {}).run()
    assert await store.read(lambda tx: tx.all("SELECT * FROM leases")) == []


@given(st.lists(st.integers(0, 9), min_size=1, max_size=9), st.integers(0, 20))
def test_shares_are_fair_add_up_and_move_no_more_than_they_must(held: list[int], free: int) -> None:
    counts = {f"p{number}": count for number, count in enumerate(held)}
    parts = sum(held) + free
    fair = {process: count_fair(process, counts, counts, parts) for process in counts}
    assert sum(fair.values()) == parts
    assert max(fair.values()) - min(fair.values()) <= 1
    each = parts // len(counts)
    most = sorted(counts.values(), reverse=True)
    least_moved = sum(max(0, count - each - (rank < parts % len(counts))) for rank, count in enumerate(most))
    assert sum(max(0, counts[process] - fair[process]) for process in counts) == least_moved
