"""After `tenhours copy` the program goes on where it was on the other engine, and posts nothing a second time."""

from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import App
from bot.chat.delivery import Delivery, PostUnsure
from bot.config import Settings
from bot.delivery.lease import LEASE_SECONDS, PlatformLease
from bot.location import Location, ServerDatabase
from bot.store import transfer
from bot.store.database import Store
from tests.delivery.town import Town


@pytest.fixture
async def town(database: Path) -> AsyncIterator[Town]:
    """Found the town on a file; its store may be another one at the end."""
    town = await Town.founded(await Store.open(database))
    yield town
    await town.store.close()


async def moved(town: Town, target: Location) -> None:
    """Copy the database, and let a new program go on with the copy; the platform still has all posts."""
    source = town.store.location
    await town.store.close()
    transfer.copy(source, target, town.clock.now(), lambda _done, _total: None)
    town.store = await Store.open(target)
    town.app = App(Settings(), town.clock, town.store)
    town.app.serve(town.platform)
    town.talk.store, town.talk.core = town.store, town.app.core


async def state_of(town: Town, key: str) -> object:
    [(state,)] = await town.talk.rows(f"SELECT state FROM outbox WHERE key = '{key}'")
    return state


async def test_weeks_go_on_there_and_back(town: Town, emptied_server_database: ServerDatabase, tmp_path: Path) -> None:
    await town.say("ada", "/reminders direct")
    await town.say("ada", "/checkin 7h learned: chain rule")
    await town.until("2026-01-12T08:59")
    await moved(town, emptied_server_database)
    await town.until("2026-01-12T10:00")
    await town.say("ada", "/checkin 11h day: yesterday")
    assert "chain rule" in str(await town.say("ada", "/journal search: chain"))
    await town.until("2026-01-18T14:00")
    await moved(town, tmp_path / "back.db")
    await town.until("2026-01-19T10:00")
    times = Counter(town.keys())
    assert {"results/1/2026-W02", "results/1/2026-W03", "groupcall/1/2026-01-11"} <= set(times)
    assert set(times.values()) == {1}


async def test_what_fell_due_meanwhile_is_posted_once(town: Town, emptied_server_database: ServerDatabase) -> None:
    await town.say("ada", "/checkin 7h")
    await town.until("2026-01-12T08:59")
    town.clock.move_to(town.clock.now().replace(hour=9, minute=5))
    await moved(town, emptied_server_database)
    await town.settle()
    assert Counter(town.keys())["results/1/2026-W02"] == 1


async def test_a_post_that_was_being_sent_is_looked_for(town: Town, emptied_server_database: ServerDatabase) -> None:
    await town.say("ada", "/checkin 7h")
    await town.until("2026-01-12T08:59")

    def lose_answer(delivery: Delivery) -> None:
        if delivery.key.startswith("results/"):
            raise PostUnsure("the answer never came")

    town.platform.fails_after = lose_answer
    await town.until("2026-01-12T09:00")
    assert await state_of(town, "results/1/2026-W02") == "sending"
    town.platform.fails_after = lambda _: None
    await moved(town, emptied_server_database)
    assert await state_of(town, "results/1/2026-W02") == "sending"
    await PlatformLease(town.store, town.clock, town.platform.name, LEASE_SECONDS).take()
    await town.until("2026-01-12T10:00")
    assert await state_of(town, "results/1/2026-W02") == "sent"
    assert Counter(town.keys())["results/1/2026-W02"] == 1
