"""The town of the delivery tests: a group that ada has started on a Monday morning."""

import pytest

from bot.store.database import Store
from tests.delivery.town import Town
from tests.talk import MONDAY_MORNING


@pytest.fixture
async def town(store: Store) -> Town:
    found = Town(store, MONDAY_MORNING)
    found.talk.starters.add("ada")
    await found.say("ada", "/group start")
    if found.talk._forms:
        await found.talk.fill("ada")
    await found.app.settle()
    found.platform.posts.clear()
    return found
