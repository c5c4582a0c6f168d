"""Closed messages, deleted channels, people and servers that are gone: and then nothing is tried again and again."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.app import App
from bot.clock import StillClock
from bot.config import Settings
from bot.store.database import Store
from tests.adapters.discord.probe import DiscordProbe, local_discord, make_probe, shown
from tests.adapters.probe import ADA, BOB, Shown
from tests.servers.discord.use import Use

WEDNESDAY = datetime(2026, 1, 7, 12, tzinfo=UTC)
SUNDAY = datetime(2026, 1, 11, 16, tzinfo=UTC)


class Town:
    """Ada and Bob's group on Discord, served by the program on a clock that stands still."""

    def __init__(self, app: App, probe: DiscordProbe) -> None:
        self.app = app
        self.probe = probe

    async def say(self, name: str, command: str, **options: str) -> Use:
        return await self.probe.server.command(self.probe.people[name], self.probe.place, command, options)

    async def group(self) -> None:
        self.probe.people[ADA].permissions = str(1 << 4)
        await self.probe.server.fill(await self.say(ADA, "group start"), {})
        await self.say(BOB, "group join")

    async def move(self, to: datetime) -> None:
        await self.app.delivery.settle()
        await self.app.delivery.move(to)

    async def public(self) -> list[Shown]:
        return await self.probe.public()

    async def rows(self, sql: str) -> list[tuple[object, ...]]:
        return await self.app.store.read(lambda tx: [tuple(row) for row in tx.all(sql)])

    @property
    def posts(self) -> int:
        """Calls that post into the group's channel."""
        return self.probe.server.calls.count(f"POST /channels/{self.probe.place.id}/messages")


@pytest.fixture
async def town(store: Store) -> AsyncIterator[Town]:
    app = App(Settings(), StillClock(WEDNESDAY), store)
    async with local_discord() as server:
        probe = await make_probe(server, app.core)
        app.serve(probe.adapter)
        town = Town(app, probe)
        await town.group()
        yield town
        await probe.close()
        assert not server.broken


async def test_closed_direct_messages_are_told_to_their_owner_and_to_nobody_else(town: Town) -> None:
    await town.say(ADA, "reminders", how="direct")
    await town.say(ADA, "checkin", time="7h")
    town.probe.people[ADA].takes_messages = False
    await town.move(SUNDAY)
    assert [post for post in await town.public() if town.probe.id_of(ADA) in post.pings] == []
    use = await town.say(ADA, "progress")
    assert use.message is not None
    assert "direct message" in shown(use.message.data).text
    after = await town.say(ADA, "progress")
    assert after.message is not None
    assert "direct message" not in shown(after.message.data).text


async def test_a_channel_that_is_deleted_puts_its_group_to_sleep(town: Town) -> None:
    await town.say(ADA, "checkin", time="7h")
    await town.probe.server.gateway.dispatch("CHANNEL_DELETE", town.probe.place.data())
    await until_asleep(town)
    before = town.posts
    await town.move(SUNDAY + timedelta(days=30))
    assert town.posts == before


async def test_a_channel_that_is_found_gone_is_tried_once(town: Town) -> None:
    await town.say(ADA, "checkin", time="7h")
    del town.probe.server.world.places[town.probe.place.id]
    before = town.posts
    await town.move(SUNDAY + timedelta(days=30))
    assert town.posts == before + 1
    await until_asleep(town)


async def test_a_server_that_removes_the_bot_and_takes_it_back(town: Town) -> None:
    await town.say(ADA, "checkin", time="7h")
    await town.app.delivery.settle()
    gateway, home = town.probe.server.gateway, town.probe.home
    await gateway.dispatch("GUILD_DELETE", {"id": str(home.id)})
    await until_asleep(town)
    before = town.posts
    await town.move(SUNDAY)
    assert town.posts == before
    await gateway.dispatch("GUILD_CREATE", home.data(town.probe.server.world.bot, new=True))
    awake = "SELECT count(*) FROM groups WHERE asleep IS NULL"
    while await town.rows(awake) != [(1,)]:
        await town.app.delivery.settle()
    await town.move(SUNDAY + timedelta(days=2))
    assert town.posts > before


async def test_someone_who_has_left_is_not_reminded_any_more(town: Town) -> None:
    await town.say(ADA, "reminders", how="direct")
    await town.say(ADA, "checkin", time="7h")
    await town.app.delivery.settle()
    direct = town.probe.server.world.direct(town.probe.people[ADA])
    town.probe.server.faults.add(f"POST /channels/{direct.id}/", 403, code=50278, times=99)
    await town.move(SUNDAY + timedelta(days=30))
    assert town.probe.server.faults.waiting[0].met == 1
    assert not any(town.probe.id_of(ADA) in post.pings for post in await town.public())


async def until_asleep(town: Town) -> None:
    while await town.rows("SELECT count(*) FROM groups WHERE asleep IS NOT NULL") != [(1,)]:
        await town.app.delivery.settle()
