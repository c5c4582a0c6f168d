"""The base of each part of the shared suite."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.adapters.fake_core import FakeCore
from tests.adapters.probe import Probe


class Promises(ABC):
    """The base of the suites: a core, and an adapter on its platform."""

    @abstractmethod
    async def make(self, core: FakeCore) -> Probe:
        """Return the adapter on a fresh platform, ready to serve."""

    @pytest.fixture
    def core(self) -> FakeCore:
        return FakeCore()

    @pytest_asyncio.fixture
    async def probe(self, core: FakeCore) -> AsyncIterator[Probe]:
        probe = await self.make(core)
        yield probe
        await probe.close()
        assert not probe.broken
