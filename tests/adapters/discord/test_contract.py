"""The promises of every adapter, kept on Discord."""

from collections.abc import AsyncIterator

import pytest

from tests.adapters.contract import AdapterContract
from tests.adapters.discord.probe import local_discord, make_probe
from tests.adapters.fake_core import FakeCore
from tests.adapters.probe import Probe
from tests.servers.discord.server import DiscordServer


class TestDiscord(AdapterContract):
    @pytest.fixture(autouse=True)
    async def server(self) -> AsyncIterator[DiscordServer]:
        async with local_discord() as server:
            self.discord = server
            yield server

    async def make(self, core: FakeCore) -> Probe:
        return await make_probe(self.discord, core)
