"""Groups that sleep wake by themselves, once the platform says that their channel can be posted to again."""

import asyncio
from functools import partial
from typing import Any

import pytest

from bot.app import App
from bot.chat.events import BotAdded, BotRemoved, ChannelGone
from bot.chat.request import Channel, Server
from bot.config import Settings
from bot.delivery import waker
from bot.domain.group import Group
from bot.store import groups
from bot.store.database import Store
from tests.delivery.town import Town
from tests.waiting import eventually, stopped, turns

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


class Looks:
    """Counts the looks for groups that sleep."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        list_sleeping = groups.list_sleeping

        def counted(*args: Any) -> list[Group]:
            self.count += 1
            return list_sleeping(*args)

        monkeypatch.setattr(groups, "list_sleeping", counted)

    async def next(self) -> None:
        """Wait until one more has begun."""
        before = self.count
        await eventually(lambda: self.count > before)


def has_asked(town: Town, times: int) -> bool:
    return len(town.platform.asked) == times


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


async def test_a_command_in_the_very_channel_has_the_platform_asked(town: Town, app: App, steady: Steady) -> None:
    await app.core.happened(ChannelGone(HERE))
    task = asyncio.create_task(app.run())
    await eventually(lambda: len(town.platform.asked) == 1)
    town.platform.obstacles["console"] = ""
    await town.talk("ada", "/progress", channel=None)
    await town.talk("ada", "/progress", channel="elsewhere")
    assert not await is_awake(town)
    await town.talk("ada", "/progress")
    await turns()
    assert len(town.platform.asked) == 1
    steady.seconds += waker.NOTICED_SECONDS
    await eventually(lambda: is_awake(town))
    assert len(town.platform.asked) == 2
    await stopped(task)


async def test_a_server_that_adds_the_bot_has_all_its_groups_asked_about(town: Town, app: App, steady: Steady) -> None:
    await app.core.happened(ChannelGone(HERE))
    task = asyncio.create_task(app.run())
    await eventually(lambda: len(town.platform.asked) == 1)
    town.platform.obstacles["console"] = ""
    await app.core.happened(BotAdded(SERVER))
    steady.seconds += waker.NOTICED_SECONDS
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
        asked = town.platform.health_asked
        town.platform.state = type(state)(is_ready=False)
        await eventually(lambda: town.platform.health_asked > asked + 1)
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


async def test_a_group_that_has_ended_is_not_woken(town: Town, app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = Looks(monkeypatch)
    await town.talk("ada", "/group end")
    await town.talk.press("ada", "End the group")
    town.platform.obstacles["console"] = ""
    task = asyncio.create_task(app.run())
    await looks.next()
    assert town.platform.asked == []
    await stopped(task)


async def test_a_group_that_stays_closed_is_asked_about_ever_more_rarely(
    town: Town, app: App, steady: Steady, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = Looks(monkeypatch)
    await app.core.happened(ChannelGone(HERE))
    town.platform.obstacles["console"] = "#console was deleted"
    task = asyncio.create_task(app.run())
    await eventually(lambda: len(town.platform.asked) == 1)
    for asked in (2, 2, 3, 3, 3, 3, 4, 4):
        steady.seconds += waker.ASK_SECONDS
        await looks.next()
        await eventually(partial(has_asked, town, asked))
    await stopped(task)


async def test_of_very_many_groups_some_are_asked_about_at_a_time(
    town: Town, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waker, "MOST_ASKED", 2)
    for name in "abcde":
        await town.talk.start_group(name)
    await app.core.happened(BotRemoved(SERVER))
    town.platform.obstacles |= dict.fromkeys("abcde", "")
    task = asyncio.create_task(app.run())

    async def are_awake() -> bool:
        [(sleeping,)] = await town.talk.rows("SELECT count(*) FROM groups WHERE asleep IS NOT NULL")
        return sleeping == 1

    await eventually(are_awake)
    await stopped(task)
