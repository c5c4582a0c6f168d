"""Platforms that outlive the program."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from bot.location import Location
from tests.crash.platforms import PLATFORMS, OnFar, Platform
from tests.crash.town import LEASE, ServiceManager, Town, begun

Make = Callable[[str], Awaitable[Platform]]
Begin = Callable[..., Awaitable[Town]]


@pytest.fixture
async def platform_of(tmp_path: Path) -> AsyncIterator[Make]:
    """Return a function that starts a platform by its name."""
    made: list[Platform] = []

    async def make(name: str) -> Platform:
        platform = PLATFORMS[name](tmp_path)
        await platform.start()
        made.append(platform)
        return platform

    yield make
    for each in made:
        await each.stop()


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[ServiceManager]:
    manager = ServiceManager(tmp_path / "notify")
    yield manager
    manager.close()


@pytest.fixture
async def far(tmp_path: Path) -> AsyncIterator[OnFar]:
    platform = OnFar(tmp_path)
    await platform.start()
    yield platform
    await platform.stop()


@pytest.fixture
async def begin(location: Location, tmp_path: Path) -> AsyncIterator[Begin]:
    """Return a function that fills the database for a platform and returns the town; its processes end with the test.

    A process that is stopped would else outlive it.
    """
    towns: list[Town] = []

    async def begin(platform: Platform, lease: float = LEASE) -> Town:
        towns.append(await begun(location, tmp_path, platform, lease))
        return towns[-1]

    yield begin
    for town in towns:
        await town.close()


@pytest.fixture
async def town(begin: Begin, far: OnFar) -> Town:
    """The town whose platform is `far`."""
    return await begin(far)
