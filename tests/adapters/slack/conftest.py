"""The adapter on a small Slack of its own, with a core that is either told what to answer or the real one."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import pytest

from adapters.slack.adapter import SlackAdapter
from adapters.slack.limits import Timing
from adapters.slack.settings import SlackSettings
from bot.adapter import Core
from bot.charts.picture import DrawPicture
from bot.clock import StillClock
from bot.context import Defaults
from bot.dispatch.dispatcher import Dispatcher
from bot.store.database import Store
from tests.adapters.fake_core import FakeCore
from tests.servers.slack.people import Member
from tests.servers.slack.server import PATIENCE, Slack
from tests.servers.slack.ways import ByHttp, BySocket, Way
from tests.talk import MONDAY_MORNING
from tests.waiting import eventually

TEAM, CHANNEL, ADA, BOB = "T1", "C1", "UADA", "UBOB"
SECRET = "signing-secret"
SOCKET = SlackSettings(bot_token="xoxb-T1", app_token="xapp-1")
HTTP = SlackSettings(bot_token="xoxb-T1", signing_secret=SECRET, listen="127.0.0.1:0")


async def no_sleep(_seconds: float) -> None:
    await asyncio.sleep(0)


TIMING = Timing(
    answer_timeout=PATIENCE / 2,
    profile_timeout=PATIENCE / 4,
    ping_interval=PATIENCE / 4,
    post_interval=0.0,
    sleep=no_sleep,
    close_timeout=1.0,
)


RESTLESS = replace(TIMING, ping_interval=0.5)
"""Pings so often that a lost connection is soon noticed; without an answer for four pings a living one is left, too."""


@dataclass
class Site:
    """The adapter with its Slack, and the people on it."""

    slack: Slack
    adapter: SlackAdapter
    way: Way

    def member(self, user: str = ADA, channel: str = CHANNEL, team: str = TEAM) -> Member:
        return Member(self.slack, self.way, team, user, channel)

    running: "asyncio.Task[None] | None" = None

    async def settle(self) -> None:
        await self.adapter.settle()

    async def ended(self) -> None:
        """Wait until the adapter ends, and raise what has ended it."""
        assert self.running is not None
        await asyncio.shield(self.running)


@asynccontextmanager
async def serving(
    core: Core,
    settings: SlackSettings = SOCKET,
    timing: Timing = TIMING,
    pictures: DrawPicture | None = None,
    slack: Slack | None = None,
) -> AsyncIterator[Site]:
    """Run the adapter; `slack` may stand already."""
    own = slack is None
    slack = slack or populated()
    if own:
        await slack.start()
    adapter = SlackAdapter(settings, core, pictures=pictures, timing=timing, api_url=slack.api.url)
    running = asyncio.create_task(adapter.run())
    try:
        await eventually(lambda: adapter.health().is_ready or running.done(), PATIENCE)
        if running.done():
            await running
        way: Way = BySocket(slack) if settings.is_socket else ByHttp(f"http://127.0.0.1:{adapter.port}", SECRET)
        yield Site(slack, adapter, way, running)
    finally:
        running.cancel()
        await asyncio.wait([running])
        if own:
            await slack.stop()


def populated() -> Slack:
    slack = Slack()
    team = slack.world.add_workspace(TEAM)
    team.add_user(ADA, "Ada", is_admin=True)
    team.add_user(BOB, "Bob")
    team.add_user("UEVE", "Eve", is_restricted=True)
    team.add_channel(CHANNEL, ADA, BOB)
    team.add_channel("C2", ADA, BOB)
    return slack


@pytest.fixture
def core() -> FakeCore:
    return FakeCore()


@pytest.fixture
async def site(core: FakeCore) -> AsyncIterator[Site]:
    async with serving(core) as site:
        yield site
        assert site.slack.world.broken == []


@pytest.fixture
def clock() -> StillClock:
    return StillClock(MONDAY_MORNING)


@pytest.fixture
def real_core(store: Store, clock: StillClock) -> Dispatcher:
    return Dispatcher(store, clock, Defaults(600, "UTC"))


@pytest.fixture
async def real(real_core: Dispatcher) -> AsyncIterator[Site]:
    async with serving(real_core) as site:
        yield site
        assert site.slack.world.broken == []
