"""What the bot may do in a channel, as Discord says it: for `check`, for groups that sleep, for refusals in words."""

from functools import partial

import discord
import pytest

from adapters.discord import access, create, welcome
from adapters.discord.settings import DiscordSettings
from bot.adapter import Access
from bot.chat.card import Card
from bot.chat.delivery import ChannelAddress, PostRefused
from tests.adapters.cards import delivery
from tests.adapters.discord.probe import DiscordProbe
from tests.adapters.fake_core import FakeCore
from tests.adapters.probe import ADA
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.world import TOKEN, Place, Server, snowflake

SETTINGS = DiscordSettings(TOKEN)
INVITED = str(welcome.INVITED_WITH.value)
GONE = ChannelAddress("discord", "1", "2", name="x")


def address(place: Place) -> ChannelAddress:
    return ChannelAddress("discord", str(place.guild), str(place.id), name="Study hall")


def deny(server: Server, place: Place, **permissions: bool) -> None:
    denied = discord.Permissions(**permissions).value
    place.overwrites = [{"id": str(server.id), "type": 0, "allow": "0", "deny": str(denied)}]


@pytest.fixture
def home(server: DiscordServer) -> Server:
    return server.world.add_server("Study hall", "general", "closed", "hidden", "bare", everyone=INVITED)


@pytest.mark.parametrize("is_connected", [True, False])
async def test_what_each_channel_grants_is_known(server: DiscordServer, home: Server, is_connected: bool) -> None:
    _, closed, hidden, bare = home.channels
    deny(home, closed, send_messages=True)
    deny(home, hidden, view_channel=True)
    deny(home, bare, attach_files=True, read_message_history=True)
    deleted = ChannelAddress("discord", str(home.id), "77")
    find = create(SETTINGS, FakeCore()).find_access
    if is_connected:
        client = discord.Client(intents=discord.Intents.none())
        await client.login(TOKEN)
        find = partial(access.find_access, client)
    places = [*map(address, home.channels), deleted, GONE, ChannelAddress("discord", "no id", "2")]
    found = await find(places)
    assert [found.get(place) for place in places] == [
        Access(),
        Access("I'm missing the permission Send Messages in #closed"),
        Access("I'm missing the permission View Channel in the channel"),
        Access("", "I'm missing the permissions Attach Files and Read Message History in #bare"),
        Access("the channel was deleted"),
        Access("the bot was removed from the server"),
        None,
    ]
    if is_connected:
        await client.close()


async def test_in_a_thread_the_permission_for_threads_counts(server: DiscordServer, home: Server) -> None:
    general = home.channels[0]
    thread = Place(snowflake(), "night owls", home.id)
    thread.type = 11
    metadata = {"archived": False, "auto_archive_duration": 60, "archive_timestamp": "2026-01-05T09:00:00+00:00"}
    known = {"parent_id": str(general.id), "owner_id": "1", "message_count": 0, "member_count": 1}
    data = {**thread.data(), **known, "thread_metadata": metadata}
    thread.data = lambda: data  # type: ignore[method-assign]
    server.world.places[thread.id] = thread
    adapter = create(SETTINGS, FakeCore())
    assert await adapter.find_access([address(thread)]) == {address(thread): Access()}
    deny(home, general, send_messages_in_threads=True)
    [found] = (await adapter.find_access([address(thread)])).values()
    assert found.obstacle == "I'm missing the permission Send Messages in Threads in #night owls"


async def test_where_discord_does_not_answer_nothing_is_told(server: DiscordServer, home: Server) -> None:
    server.faults.add("GET /guilds/", 503, times=99)
    assert await create(SETTINGS, FakeCore()).find_access([address(home.channels[0])]) == {}
    assert await create(DiscordSettings("wrong"), FakeCore()).find_access([address(home.channels[0])]) == {}


async def test_a_refused_post_says_which_permission_is_missing_where(
    probe: DiscordProbe, server: DiscordServer
) -> None:
    probe.home.everyone = INVITED
    [role] = probe.home.data(server.world.bot)["roles"]
    await server.gateway.dispatch("GUILD_ROLE_UPDATE", {"guild_id": str(probe.home.id), "role": role})
    for denied, reason in (
        ({"send_messages": True}, "I'm missing the permission Send Messages in #general"),
        ({"view_channel": True}, "I'm missing the permissions View Channel and Send Messages in #general"),
    ):
        deny(probe.home, probe.place, **denied)
        await server.gateway.dispatch("CHANNEL_UPDATE", probe.place.data())
        await probe.say(ADA, "progress", {})
        with pytest.raises(PostRefused) as caught:
            await probe.adapter.post(delivery(probe.channel, Card("Hello")))
        assert str(caught.value) == reason


@pytest.mark.parametrize("code", [50001, 50013])
async def test_a_refused_post_is_said_in_words_where_the_reason_is_not_known(
    probe: DiscordProbe, server: DiscordServer, code: int
) -> None:
    server.faults.add(f"POST /channels/{probe.place.id}/", 403, code=code)
    with pytest.raises(PostRefused) as caught:
        await probe.adapter.post(delivery(probe.channel, Card("Hello")))
    assert str(caught.value) == "I may not post in #general"


async def test_a_channel_that_is_gone_is_said_in_words(probe: DiscordProbe, server: DiscordServer) -> None:
    del server.world.places[probe.place.id]
    with pytest.raises(PostRefused) as caught:
        await probe.adapter.post(delivery(probe.channel, Card("Hello")))
    assert str(caught.value) == "the channel was deleted"


@pytest.mark.parametrize(
    ("code", "words"),
    [(50007, "the person takes no direct messages from me"), (50278, "the person is on no server with me any more")],
)
async def test_a_refused_direct_message_is_said_in_words(
    probe: DiscordProbe, server: DiscordServer, code: int, words: str
) -> None:
    server.faults.add("POST /channels/", 403, code=code)
    with pytest.raises(PostRefused) as caught:
        await probe.adapter.post(delivery(probe.direct(ADA), Card("Hello")))
    assert str(caught.value) == words


async def test_of_a_server_that_was_left_discord_is_not_asked(probe: DiscordProbe, server: DiscordServer) -> None:
    assert await probe.adapter.find_access([address(probe.place), GONE]) == {
        address(probe.place): Access(),
        GONE: Access("the bot was removed from the server"),
    }
    assert not any(call.startswith("GET /guilds/1") and call.endswith("/guilds/1") for call in server.calls)
