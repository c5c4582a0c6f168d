"""What most tests of the Discord adapter stand on: a local Discord that was sent nothing broken, a ready adapter."""

from collections.abc import AsyncIterator

import pytest

from tests.adapters.discord.probe import DiscordProbe, local_discord, make_probe
from tests.adapters.fake_core import FakeCore
from tests.servers.discord.server import DiscordServer


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with local_discord() as server:
        yield server
        assert not server.broken


@pytest.fixture
def core() -> FakeCore:
    return FakeCore()


@pytest.fixture
async def probe(server: DiscordServer, core: FakeCore) -> AsyncIterator[DiscordProbe]:
    probe = await make_probe(server, core)
    yield probe
    await probe.close()
