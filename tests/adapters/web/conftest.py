"""Pages that are served from a conversation's database."""

from collections.abc import AsyncIterator

import pytest

from tests.adapters.web.stage import Stage, serving
from tests.talk import Talk


@pytest.fixture
async def stage(talk: Talk) -> AsyncIterator[Stage]:
    """Pages of `talk`, in whose group Ada and Bo are."""
    await talk("ada", "/checkin 2h learned: chain rule")
    await talk("bo", "/checkin 1h learned: secret of Bo")
    async with serving(talk) as stage:
        yield stage
