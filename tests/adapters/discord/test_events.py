"""What happens unasked: servers that come and go, also while nobody listened, channels that are deleted."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import discord
import pytest
from msgspec.structs import replace

from adapters.discord import welcome
from bot.chat.card import Card, Line
from bot.chat.events import BotAdded, BotRemoved, ChannelGone, Event
from bot.chat.plain import plain
from bot.chat.request import Channel, Reply, Server
from tests.adapters.discord.probe import DiscordProbe, Running, eventually, make_probe, shown
from tests.adapters.fake_core import FakeCore
from tests.adapters.probe import ADA, BOB
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.use import buttons_of
from tests.servers.discord.world import EVERYTHING, Json, Place, snowflake
from tests.servers.discord.world import Server as World

NO_HISTORY = str(discord.Permissions(view_channel=True, send_messages=True, embed_links=True).value)
READ_ONLY = str(discord.Permissions(view_channel=True).value)


@pytest.fixture
async def probe(server: DiscordServer, core: FakeCore) -> AsyncIterator[DiscordProbe]:
    probe = await make_probe(server, core)
    await eventually(lambda: "discord/servers" in core.memory.saved)
    core.events.clear()
    yield probe
    await probe.close()


async def invite(server: DiscordServer, *channels: str, everyone: str = EVERYTHING) -> World:
    """Someone adds the bot to a server of theirs, just now."""
    added = server.world.add_server("Library", *channels, everyone=everyone)
    owner = server.world.add_person("Olga")
    added.owner, added.joined_at = owner.id, datetime.now(UTC).isoformat()
    await server.gateway.dispatch("GUILD_CREATE", added.data(server.world.bot, new=True))
    return added


def written(place: Place, author: Json, **more: Any) -> Json:
    """Return a message that somebody writes."""
    message: Json = {
        "id": str(snowflake()),
        "channel_id": str(place.id),
        "author": author,
        "content": "hi",
        "timestamp": "2026-01-05T09:00:00+00:00",
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "pinned": False,
        "type": 0,
    }
    return {**message, **more}


async def test_who_writes_directly_is_greeted_once_in_a_while(
    probe: DiscordProbe, server: DiscordServer, core: FakeCore
) -> None:
    core.otherwise = Reply(Card("", (Line(("Hi!",)),)))
    ada = probe.people[ADA]
    direct = server.world.direct(ada)
    for _ in range(3):
        await server.gateway.dispatch("MESSAGE_CREATE", written(direct, ada.user()))
    await eventually(lambda: server.world.of(direct))
    [greeting] = server.world.of(direct)
    assert shown(greeting.data).text == "Hi!"
    assert (core.last.command, core.last.user.id, core.last.channel.is_direct) == ("hello", str(ada.id), True)
    bob = server.world.direct(probe.people[BOB])
    await server.gateway.dispatch("MESSAGE_CREATE", written(bob, probe.people[BOB].user()))
    await eventually(lambda: server.world.of(bob))
    assert len(server.world.of(direct)) == 1


async def test_programs_and_channels_are_not_greeted(
    probe: DiscordProbe, server: DiscordServer, core: FakeCore
) -> None:
    ada = probe.people[ADA]
    direct = server.world.direct(ada)
    robot = {**server.world.bot.user(), "bot": True}
    await server.gateway.dispatch("MESSAGE_CREATE", written(direct, robot))
    await server.gateway.dispatch("MESSAGE_CREATE", written(direct, ada.user(), type=6))
    channel = written(probe.place, ada.user(), guild_id=str(probe.home.id), member=ada.member())
    await server.gateway.dispatch("MESSAGE_CREATE", channel)
    await server.command(probe.people[BOB], probe.place, "progress", {})
    assert [asked.command for asked in core.requests] == ["progress"]


async def test_a_greeting_that_cannot_be_said_stops_nothing(
    probe: DiscordProbe, server: DiscordServer, core: FakeCore, caplog: pytest.LogCaptureFixture
) -> None:
    ada = probe.people[ADA]
    ada.takes_messages = False
    await server.gateway.dispatch("MESSAGE_CREATE", written(server.world.direct(ada), ada.user()))
    await eventually(lambda: "a message could not be posted" in caplog.text)
    core.otherwise = Reply(Card("No"), is_wrong=True)
    bob = probe.people[BOB]
    await server.gateway.dispatch("MESSAGE_CREATE", written(server.world.direct(bob), bob.user()))
    await eventually(lambda: len(core.requests) == 2)
    assert server.world.of(server.world.direct(bob)) == []


def named(core: FakeCore) -> list[Event]:
    """Return the events that the core heard, whatever the channels are called."""
    return [_nameless(event) for event in core.events]


def _nameless(event: Event) -> Event:
    match event:
        case BotAdded(server, Channel() as channel):
            return BotAdded(server, replace(channel, name=""))
        case ChannelGone(channel):
            return ChannelGone(replace(channel, name=""))
        case _:
            return event


def added_in(server: int, channel: int | None = None) -> BotAdded:
    team = str(server)
    return BotAdded(Server("discord", team), Channel("discord", team, str(channel)) if channel else None)


async def test_a_new_server_is_welcomed_in_its_system_channel(
    probe: DiscordProbe, server: DiscordServer, core: FakeCore
) -> None:
    added = await invite(server, "rules", "general")
    await eventually(lambda: core.events)
    assert named(core) == [added_in(added.id, added.system)]
    assert server.world.of(added.channels[0]) == []


async def test_a_channel_that_may_not_be_written_in_is_passed_over(
    probe: DiscordProbe, server: DiscordServer, core: FakeCore
) -> None:
    added = server.world.add_server("Library", "rules", "general")
    added.joined_at = datetime.now(UTC).isoformat()
    added.channels[0].overwrites = [{"id": str(added.id), "type": 0, "allow": "0", "deny": str(1 << 11)}]
    added.everyone = NO_HISTORY
    await server.gateway.dispatch("GUILD_CREATE", added.data(server.world.bot, new=True))
    await eventually(lambda: server.world.of(added.channels[1]))
    assert named(core) == [added_in(added.id, added.channels[1].id)]
    [message] = server.world.of(added.channels[1])
    text = shown(message.data).text
    assert "Attach Files" in text
    assert "Read Message History" in text
    assert "Edit Channel" in text
    [fix] = buttons_of(message.data)
    assert f"guild_id={added.id}" in fix["url"]


async def test_where_nothing_may_be_written_the_owner_hears_what_is_missing(
    probe: DiscordProbe, server: DiscordServer, core: FakeCore
) -> None:
    added = await invite(server, "general", everyone=READ_ONLY)
    owner = server.world.people[added.owner]
    await eventually(lambda: server.world.only_for(owner))
    assert named(core) == [added_in(added.id)]
    text = shown(server.world.only_for(owner)[0].data).text
    assert "Send Messages." in text
    assert "View Channel" not in text
    assert "/group start" in text


async def test_an_owner_who_takes_no_messages_is_left_alone(
    probe: DiscordProbe, server: DiscordServer, core: FakeCore, caplog: pytest.LogCaptureFixture
) -> None:
    server.faults.add("POST /channels/", 403, code=50007)
    await invite(server, "general", everyone=READ_ONLY)
    await eventually(lambda: "a message could not be posted" in caplog.text)


async def test_leaving_a_server_is_news_and_an_outage_is_not(
    probe: DiscordProbe, server: DiscordServer, core: FakeCore
) -> None:
    await server.gateway.dispatch("GUILD_DELETE", {"id": str(probe.home.id), "unavailable": True})
    await server.gateway.dispatch("GUILD_CREATE", probe.home.data(server.world.bot))
    await server.gateway.dispatch("GUILD_DELETE", {"id": str(probe.home.id)})
    await eventually(lambda: core.events)
    assert named(core) == [BotRemoved(Server("discord", str(probe.home.id)))]


async def test_a_deleted_channel_is_news(probe: DiscordProbe, server: DiscordServer, core: FakeCore) -> None:
    await server.gateway.dispatch("CHANNEL_DELETE", probe.place.data())
    thread = {"id": "77", "guild_id": str(probe.home.id), "parent_id": str(probe.place.id), "type": 11}
    await server.gateway.dispatch("THREAD_DELETE", thread)
    await eventually(lambda: len(core.events) == 2)
    assert named(core) == [
        ChannelGone(Channel("discord", str(probe.home.id), str(probe.place.id))),
        ChannelGone(Channel("discord", str(probe.home.id), "77")),
    ]


async def test_servers_that_came_and_went_while_nobody_listened(server: DiscordServer, core: FakeCore) -> None:
    old = server.world.add_server("Old")
    fresh = server.world.add_server("Fresh")
    fresh.joined_at = datetime.now(UTC).isoformat()
    core.memory.saved["discord/servers"] = "123"
    running = Running(core)
    await eventually(lambda: len(core.events) == 3)
    assert sorted(named(core), key=repr) == sorted(
        [
            BotRemoved(Server("discord", "123")),
            added_in(old.id),
            added_in(fresh.id, fresh.system),
        ],
        key=repr,
    )
    await running.stop()
    again = Running(core)
    await again.until_ready()
    await again.stop()
    assert len(core.events) == 3


async def test_a_server_joined_while_nobody_listened_is_welcomed_when_its_outage_is_over(
    server: DiscordServer, core: FakeCore
) -> None:
    fresh = server.world.add_server("Fresh")
    fresh.joined_at, fresh.is_unavailable = datetime.now(UTC).isoformat(), True
    other = server.world.add_server("Other")
    core.memory.saved["discord/servers"] = str(other.id)
    running = Running(core)
    await running.until_ready()
    assert core.events == []
    await server.gateway.dispatch("GUILD_CREATE", fresh.data(server.world.bot))
    await eventually(lambda: core.events)
    assert named(core) == [added_in(fresh.id, fresh.system)]
    await server.gateway.dispatch("GUILD_CREATE", fresh.data(server.world.bot))
    await eventually(lambda: str(fresh.id) in core.memory.saved["discord/servers"])
    await running.stop()
    fresh.is_unavailable = True
    again = Running(core)
    await again.until_ready()
    await again.stop()
    assert len(core.events) == 1


async def test_the_invitation_asks_for_little() -> None:
    granted = [name for name, value in welcome.INVITED_WITH if value]
    assert sorted(granted) == [
        "attach_files",
        "embed_links",
        "read_message_history",
        "read_messages",
        "send_messages",
        "send_messages_in_threads",
    ]


def test_permissions_that_are_not_told_are_not_warned_about() -> None:
    fix = welcome.invite_url(42)
    assert welcome.posting_warning(discord.Permissions.none(), fix) == ()
    assert welcome.posting_warning(discord.Permissions(administrator=True), fix) == ()
    assert len(welcome.posting_warning(discord.Permissions(view_channel=True), fix)) == 3


def test_in_a_thread_another_permission_counts() -> None:
    channel = discord.Permissions(view_channel=True, embed_links=True, send_messages=True)
    thread = discord.Permissions(view_channel=True, embed_links=True, send_messages_in_threads=True)
    assert welcome.posting_warning(channel, "https://example.org") == ()
    assert welcome.posting_warning(thread, "https://example.org", is_thread=True) == ()
    warned = Card("", welcome.posting_warning(channel, "https://example.org", is_thread=True))
    assert "I need these permissions in this thread: Send Messages in Threads." in plain(warned)
