"""Pages that are served from a conversation's database, and pages that are only drawn."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.adapters.web import scenes
from tests.adapters.web.stage import Stage, serving
from tests.talk import Talk


@pytest.fixture
async def stage(talk: Talk) -> AsyncIterator[Stage]:
    """Pages of `talk`, in whose group Ada and Bo are."""
    await talk("ada", "/checkin 2h learned: chain rule")
    await talk("bo", "/checkin 1h learned: secret of Bo")
    async with serving(talk) as stage:
        yield stage


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every page in every state, from the data of a few months."""
    return asyncio.run(scenes.draw(tmp_path_factory.mktemp("pages"), weeks=20, members=8, many=False))
