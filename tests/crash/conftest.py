"""Platforms that outlive the program."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from tests.crash.platforms import PLATFORMS, OnFar, Platform
from tests.crash.town import ServiceManager

Make = Callable[[str], Awaitable[Platform]]


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
