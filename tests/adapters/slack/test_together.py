"""Slack served by several processes: each answers what reaches it, and a token that one takes in is soon all's."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import limits
from adapters.slack.adapter import SlackAdapter
from adapters.slack.workspaces import Workspaces
from bot.app import App
from bot.chat.card import Card
from bot.chat.delivery import ChannelAddress, Delivery, NoRightNow
from bot.clock import StillClock
from bot.config import Settings
from bot.location import ServerDatabase
from bot.store.database import Store
from tests.adapters.fake_core import NOW, FakeCore
from tests.adapters.slack.conftest import ADA, BOB, CHANNEL, SOCKET, TEAM, TIMING, Site, populated
from tests.servers.slack.people import Member
from tests.servers.slack.reading import read
from tests.servers.slack.server import PATIENCE, Slack
from tests.servers.slack.ways import BySocket
from tests.waiting import eventually, stopped

pytestmark = pytest.mark.sqlite  # each test names its engine


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    slack = populated()
    await slack.start()
    yield slack
    assert slack.world.broken == []
    await slack.stop()


async def test_each_process_answers_by_its_own_socket_and_every_line_is_posted_once(
    slack: Slack, emptied_server_database: ServerDatabase
) -> None:
    apps = list[App]()
    for _ in range(2):
        app = App(Settings(), StillClock(NOW), await Store.open(emptied_server_database))
        app.serve(SlackAdapter(SOCKET, app.core, timing=TIMING, api_url=slack.api.url), lease=20.0)
        apps.append(app)
    tasks = [asyncio.create_task(app.run()) for app in apps]
    await eventually(lambda: len(slack.sockets) == 2, PATIENCE)
    await eventually(lambda: any(app.core.may_post("slack") for app in apps), PATIENCE)
    ada, bob = (
        Member(slack, BySocket(slack, 0), TEAM, ADA, CHANNEL),
        Member(slack, BySocket(slack, 1), TEAM, BOB, CHANNEL),
    )
    await ada.slash("/tenhours group start")
    await ada.fill()
    assert await ada.slash("/checkin 45m")
    assert await bob.slash("/checkin 30m")

    def lines() -> list[str]:
        texts = [read(message.blocks, message.text).text for message in slack.world.public(CHANNEL)]
        return sorted(text for text in texts if " studied " in text)

    await eventually(lambda: len(lines()) == 2, PATIENCE)
    assert [text.split(" studied")[0] for text in lines()] == ["Ada", "Bob"]
    for task in tasks:
        await stopped(task)
    assert len(lines()) == 2
    for app in apps:
        await app.store.close()


async def test_who_may_not_send_still_greets(site: Site, core: FakeCore) -> None:
    core.is_serving = False
    with pytest.raises(NoRightNow):
        await site.adapter.post(Delivery("k", ChannelAddress("slack", TEAM, CHANNEL), Card("A line"), NOW, NOW))
    event = {"type": "message", "channel_type": "im", "user": ADA, "channel": f"D{ADA}", "text": "hi"}
    await site.member().event(event)
    await site.settle()
    assert len(site.slack.world.public(f"D{ADA}")) == 1


class Bots:
    """Installations as the database has them, whichever process took them in."""

    def __init__(self) -> None:
        self.token = "xoxb-1"

    async def async_find_bot(self, *, enterprise_id: None, team_id: str) -> "Bots | None":
        return self if self.token else None

    bot_scopes, bot_user_id, bot_id = None, "U1", "B1"

    @property
    def bot_token(self) -> str:
        return self.token


async def test_a_token_that_another_process_took_in_is_known_soon() -> None:
    bots, time = Bots(), [0.0]
    workspaces = Workspaces("", bots, lambda _: AsyncWebClient(), lambda: time[0])  # type: ignore[arg-type]

    async def token() -> str | None:
        workspace = await workspaces.find("T1")
        return workspace.token if workspace else None

    assert await token() == "xoxb-1"
    bots.token = "xoxb-2"
    assert await token() == "xoxb-1"
    time[0] += limits.TOKEN_REMEMBERED_SECONDS
    assert await token() == "xoxb-2"
    bots.token = ""
    time[0] += limits.TOKEN_REMEMBERED_SECONDS
    assert await token() is None
