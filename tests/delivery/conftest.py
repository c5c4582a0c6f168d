"""The town of the delivery tests: a group that ada has started on a Monday morning."""

import pytest

from bot.store.database import Store
from tests.delivery.town import Town


@pytest.fixture
async def town(store: Store) -> Town:
    return await Town.founded(store)
