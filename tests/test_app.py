"""The whole program in one process: it serves, plans and sends at the same time, and ends as it should."""

import asyncio
from datetime import timedelta

import pytest

from bot.adapter import Health
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


class Broken(Recorder):
    """A platform that ends as soon as it is served, unless it is mended."""

    error: Exception | None = Misconfigured("[discord] token is wrong")
    tries = 0

    async def run(self) -> None:
        self.tries += 1
        if self.error is not None:
            raise self.error


async def test_where_nothing_else_is_served_its_end_is_that_of_the_program_with_a_sentence(town: Town) -> None:
    app = App(Settings(), town.clock, town.store)
    for name in ("one", "two"):
        app.serve(Broken(town.clock, name=name), lease=1.0)
    with pytest.raises(Misconfigured, match="token is wrong"):
        await app.run()
    assert await town.talk.rows("SELECT * FROM leases") == []


@pytest.mark.parametrize("error", [Misconfigured("[discord] token is wrong"), ZeroDivisionError("a fault of ours")])
async def test_the_end_of_one_platform_is_not_that_of_another(
    town: Town, town_app: App, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    broken = Broken(town.clock, name="broken")
    broken.error = error
    town_app.serve(broken, lease=1.0)
    task = asyncio.create_task(town_app.run())
    await eventually(town_app.failures)
    await town.talk("ada", "/checkin 2h")
    await eventually(lambda: len(town.keys("line")) == 1)
    assert town_app.health()["broken"] == Health(is_ready=False, detail=str(error))
    assert town_app.health()["console"].is_ready
    assert ("Traceback" in caplog.text) == isinstance(error, ZeroDivisionError)
    await stopped(task)


async def test_a_platform_that_has_ended_is_tried_again_ever_more_rarely(town: Town) -> None:
    broken, paused = Broken(town.clock, name="broken"), list[float]()

    async def sleep(seconds: float) -> None:
        paused.append(seconds)
        if len(paused) == 8:
            broken.error = None

    app = App(Settings(), town.clock, town.store, sleep=sleep)
    app.serve(broken, lease=1.0)
    app.serve(town.platform, lease=1.0)
    task = asyncio.create_task(app.run())
    await eventually(lambda: broken.tries == 9 and not app.failures())
    assert paused == [30, 60, 120, 300, 600, 1800, 1800, 1800]
    assert app.health()["broken"].is_ready
    await stopped(task)


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
