"""The whole program in one process: it serves, plans and sends at the same time, and ends as it should."""

import asyncio
from datetime import timedelta

import pytest

from bot.app import App
from bot.chat.card import Card
from bot.chat.delivery import ChannelAddress, Delivery, MessageRef
from bot.config import Settings
from bot.errors import Misconfigured
from bot.store import outbox
from bot.store.database import Store
from tests.delivery.town import Recorder, Town
from tests.waiting import eventually, stopped


@pytest.fixture
async def town(store: Store) -> Town:
    return await Town.founded(store)


@pytest.fixture
def town_app(town: Town) -> App:
    """Another program on the town's database, which serves its platform alone."""
    app = App(Settings(), town.clock, town.store)
    app.serve(town.platform, lease=1.0)
    town.talk.core = app.core
    return app


async def test_what_a_request_leaves_to_be_posted_is_posted_at_once(town: Town, town_app: App) -> None:
    task = asyncio.create_task(town_app.run())
    await town.talk("ada", "/checkin 2h")
    await eventually(lambda: len(town.keys("line")) == 1)
    await stopped(task)


async def test_what_the_clock_brings_is_planned_and_posted(town: Town, town_app: App) -> None:
    await town.talk("ada", "/checkin 10h")
    town.clock.move_to(town.clock.now().replace(day=12, hour=9))
    task = asyncio.create_task(town_app.run())
    await eventually(lambda: town.keys("results") == ["results/1/2026-W02"])
    await stopped(task)


async def test_a_platform_that_hangs_holds_up_no_other(
    town: Town, town_app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.service.FINISH_WITHIN_SECONDS", 0.01)

    class Hanging(Recorder):
        is_asked = False

        async def post(self, delivery: Delivery) -> MessageRef:
            self.is_asked = True
            await asyncio.Event().wait()
            raise AssertionError

    hanging = Hanging(town.clock, name="hanging")
    town_app.serve(hanging, lease=1.0)
    now = town.clock.now()
    hangs = Delivery("hangs", ChannelAddress("hanging", "", "x"), Card("hangs"), now, now + timedelta(hours=1))
    await town.store.write(lambda tx: outbox.enqueue(tx, hangs))
    task = asyncio.create_task(town_app.run())
    await eventually(lambda: hanging.is_asked)
    await town.talk("ada", "/checkin 2h")
    await eventually(lambda: len(town.keys("line")) == 1)
    await stopped(task)


async def test_what_ends_one_adapter_for_good_ends_the_program_with_its_sentence(town: Town, town_app: App) -> None:
    class Refused(Recorder):
        async def run(self) -> None:
            raise Misconfigured("[discord] token is wrong")

    town_app.serve(Refused(town.clock, name="refused"), lease=1.0)
    with pytest.raises(Misconfigured, match="token is wrong"):
        await town_app.run()
    assert await town.talk.rows("SELECT * FROM leases") == []


async def test_two_programs_on_one_database_post_everything_once(town: Town, town_app: App) -> None:
    other = App(Settings(), town.clock, town.store)
    other.serve(town.platform, lease=1.0)
    tasks = [asyncio.create_task(app.run()) for app in (town_app, other)]
    for minutes in range(10, 30):
        await town.talk(f"member{minutes}", f"/checkin {minutes}m")
    await eventually(lambda: len(town.keys("line")) == 20)
    assert len(await town.talk.rows("SELECT * FROM leases")) == 1
    for task in tasks:
        await stopped(task)
    assert len(set(town.keys())) == len(town.keys())
