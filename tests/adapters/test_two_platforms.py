"""Discord and Slack served by one process: what ends one of them is not the end of the other."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from adapters.discord.adapter import DiscordAdapter
from adapters.discord.settings import DiscordSettings
from adapters.slack.adapter import SlackAdapter
from adapters.slack.settings import SlackSettings
from bot.app import App
from bot.clock import StillClock
from bot.config import Settings
from bot.errors import Misconfigured
from bot.store.database import Store
from tests.adapters.discord.probe import FAST, local_discord
from tests.adapters.slack.conftest import ADA, CHANNEL, TEAM, TIMING, populated
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.world import TOKEN
from tests.servers.slack.people import Member
from tests.servers.slack.server import Slack
from tests.servers.slack.ways import BySocket
from tests.waiting import eventually, stopped


@pytest.fixture
async def discord() -> AsyncIterator[DiscordServer]:
    async with local_discord() as server:
        server.world.add_server()
        yield server


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    slack = populated()
    await slack.start()
    yield slack
    await slack.stop()


def both(store: Store, slack: Slack, *, discord_token: str = TOKEN, slack_token: str = "xoxb-T1") -> App:
    app = App(Settings(), StillClock(datetime(2026, 1, 5, 9, tzinfo=UTC)), store)
    app.serve(DiscordAdapter(DiscordSettings(discord_token), app.core, None, FAST), lease=1.0)
    settings = SlackSettings(bot_token=slack_token, app_token="xapp-1")
    app.serve(SlackAdapter(settings, app.core, timing=TIMING, api_url=slack.api.url), lease=1.0)
    return app


async def is_served_on_discord(discord: DiscordServer) -> bool:
    [server] = discord.world.servers.values()
    use = await discord.command(discord.world.add_person("Ada"), server.channels[0], "guide")
    return use.answer is not None


async def test_a_dead_token_of_slack_leaves_discord_alone(store: Store, discord: DiscordServer, slack: Slack) -> None:
    app = both(store, slack, slack_token="xoxb-gone")
    task = asyncio.create_task(app.run())
    await eventually(lambda: app.health()["discord"].is_ready and app.failures())
    assert app.failures() == {"slack": "[slack] bot_token = …: Slack answers invalid_auth."}
    assert await is_served_on_discord(discord)
    await stopped(task)


async def test_a_token_that_discord_resets_leaves_slack_alone(
    store: Store, discord: DiscordServer, slack: Slack
) -> None:
    app = both(store, slack)
    task = asyncio.create_task(app.run())
    await eventually(lambda: all(health.is_ready for health in app.health().values()))
    await discord.gateway.drop(4004)
    await eventually(app.failures)
    assert list(app.failures()) == ["discord"]
    ada = Member(slack, BySocket(slack), TEAM, ADA, CHANNEL)
    assert await ada.slash("/checkin 2h") is not None
    await stopped(task)


async def test_where_both_tokens_are_dead_the_program_ends_with_a_sentence(
    store: Store, discord: DiscordServer, slack: Slack
) -> None:
    app = both(store, slack, discord_token="another.token", slack_token="xoxb-gone")
    with pytest.raises(Misconfigured, match=r"\[discord\] token"):
        await asyncio.wait_for(app.run(), 10)
