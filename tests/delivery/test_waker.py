"""Groups that sleep wake by themselves, once the platform says that their channel can be posted to again."""

import asyncio

import pytest

from bot.app import App
from bot.chat.events import BotAdded, BotRemoved, ChannelGone
from bot.chat.request import Channel, Server
from bot.config import Settings
from bot.delivery import waker
from bot.store.database import Store
from tests.delivery.town import Town
from tests.waiting import eventually, stopped

HERE = Channel("console", "", "console", "console")
SERVER = Server("console", "")


class Steady:
    """A steady clock that is moved by hand."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
async def town(store: Store) -> Town:
    return await Town.founded(store)


@pytest.fixture
def steady() -> Steady:
    return Steady()


@pytest.fixture
def app(town: Town, steady: Steady, monkeypatch: pytest.MonkeyPatch) -> App:
    monkeypatch.setattr(waker, "LOOK_SECONDS", 0.001)
    app = App(Settings(), town.clock, town.store, monotonic=steady)
    app.serve(town.platform, lease=1.0)
    town.talk.core = app.core
    return app


async def is_awake(town: Town) -> bool:
    return await town.talk.rows("SELECT asleep FROM groups") == [(None,)]


async def test_a_connection_that_stands_wakes_who_slept_since_the_app_was_removed(town: Town, app: App) -> None:
    await app.core.happened(BotRemoved(SERVER))
    town.platform.obstacles["console"] = ""
    task = asyncio.create_task(app.run())
    await eventually(lambda: is_awake(town))
    await town.talk("ada", "/checkin 2h")
    await eventually(lambda: len(town.keys("line")) == 1)
    await stopped(task)


async def test_what_still_stands_in_the_way_wakes_nobody(town: Town, app: App) -> None:
    await app.core.happened(ChannelGone(HERE, "#console is archived"))
    town.platform.obstacles["console"] = "#console is archived"
    task = asyncio.create_task(app.run())
    await eventually(lambda: town.platform.asked)
    assert not await is_awake(town)
    await stopped(task)


async def test_a_command_in_the_very_channel_has_the_platform_asked(town: Town, app: App) -> None:
    await app.core.happened(ChannelGone(HERE))
    task = asyncio.create_task(app.run())
    await eventually(lambda: len(town.platform.asked) == 1)
    town.platform.obstacles["console"] = ""
    await town.talk("ada", "/progress", channel=None)
    await town.talk("ada", "/progress", channel="elsewhere")
    assert not await is_awake(town)
    await town.talk("ada", "/progress")
    await eventually(lambda: is_awake(town))
    assert len(town.platform.asked) == 2
    await stopped(task)


async def test_a_server_that_adds_the_bot_has_all_its_groups_asked_about(town: Town, app: App) -> None:
    await app.core.happened(ChannelGone(HERE))
    task = asyncio.create_task(app.run())
    await eventually(lambda: len(town.platform.asked) == 1)
    town.platform.obstacles["console"] = ""
    await app.core.happened(BotAdded(SERVER))
    await eventually(lambda: is_awake(town))
    await stopped(task)


@pytest.mark.parametrize("comes_back", [True, False])
async def test_it_is_asked_again_when_a_connection_comes_back_and_now_and_then(
    town: Town, app: App, steady: Steady, comes_back: bool
) -> None:
    await app.core.happened(ChannelGone(HERE))
    task = asyncio.create_task(app.run())
    await eventually(lambda: len(town.platform.asked) == 1)
    town.platform.obstacles["console"] = ""
    state = town.platform.state
    if comes_back:
        town.platform.state = type(state)(is_ready=False)
        await asyncio.sleep(0.05)
        town.platform.state = state
    else:
        steady.seconds += waker.ASK_SECONDS
    await eventually(lambda: is_awake(town))
    await stopped(task)


async def test_a_platform_that_cannot_be_asked_is_asked_again(
    town: Town, app: App, steady: Steady, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    await app.core.happened(ChannelGone(HERE))
    find_access = town.platform.find_access

    async def fails(_places: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(town.platform, "find_access", fails)
    task = asyncio.create_task(app.run())
    await eventually(lambda: "could not be asked about" in caplog.text)
    monkeypatch.setattr(town.platform, "find_access", find_access)
    town.platform.obstacles["console"] = ""
    steady.seconds += waker.ASK_SECONDS
    await eventually(lambda: is_awake(town))
    await stopped(task)


async def test_a_group_that_has_ended_is_not_woken(town: Town, app: App) -> None:
    await town.talk("ada", "/group end")
    await town.talk.press("ada", "End the group")
    town.platform.obstacles["console"] = ""
    task = asyncio.create_task(app.run())
    await eventually(lambda: app.health()["console"].is_ready)
    await asyncio.sleep(0.02)
    assert town.platform.asked == []
    await stopped(task)
