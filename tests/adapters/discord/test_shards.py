"""Several shards: each has its servers, in one process or in several, and their sessions are spaced as Discord asks."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator

import pytest
from msgspec.structs import replace

from adapters.discord import create
from adapters.discord.adapter import DiscordAdapter
from adapters.discord.settings import DiscordSettings
from adapters.discord.shard import Shard
from bot.app import App
from bot.chat.card import Card
from bot.chat.delivery import ChannelAddress, Delivery, NoRightNow, PostRefused
from bot.chat.events import BotRemoved
from bot.chat.request import Server
from bot.clock import StillClock
from bot.config import Settings
from bot.delivery.lease import process_of
from bot.errors import Misconfigured
from bot.location import ServerDatabase
from bot.store import leases
from bot.store.database import Store
from tests.adapters.discord.probe import FAST, Running, shown
from tests.adapters.fake_core import NOW, FakeCore
from tests.servers.discord import world
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.world import TOKEN, Person
from tests.waiting import eventually, stopped

WITHIN = 90.0
VIEW_CHANNEL, MANAGE_CHANNELS = 1 << 10, str(1 << 4)
pytestmark = pytest.mark.sqlite  # each test names its engine


@pytest.fixture
def halls(server: DiscordServer) -> list[world.Server]:
    """Two servers, one for each of two shards."""
    server.shards = 2
    halls: dict[int, world.Server] = {}
    while len(halls) < 2:
        hall = server.world.add_server("Hall")
        halls.setdefault((hall.id >> 22) % 2, hall)
    for hall_id in list(server.world.servers):
        if server.world.servers[hall_id] not in halls.values():
            del server.world.servers[hall_id]
    return [halls[0], halls[1]]


def shards_of(server: DiscordServer) -> list[tuple[int, int]]:
    """Return the shards whose connections stand."""
    sessions = server.gateway.sessions
    return sorted(
        session.shard for session in sessions if session.socket and not session.socket.closed and session.is_valid
    )


async def ask(
    server: DiscordServer, person: Person, hall: world.Server, command: str = "progress", **options: str
) -> bool:
    use = await server.command(person, hall.channels[0], command, options)
    return use.answer is not None


@pytest.fixture
async def running(server: DiscordServer, core: FakeCore, halls: list[world.Server]) -> AsyncIterator[Running]:
    """One process that has both shards."""
    running = Running(core, shards=2)
    await running.until_ready()
    await eventually(lambda: server.syncs and len(shards_of(server)) == 2, WITHIN)
    yield running
    if not running.task.done():
        await running.stop()


async def test_one_process_has_all_shards_and_registers_the_commands_once(
    server: DiscordServer, running: Running, halls: list[world.Server]
) -> None:
    ada = server.world.add_person("Ada")
    assert shards_of(server) == [(0, 2), (1, 2)]
    for hall in halls:
        assert await ask(server, ada, hall)
    assert server.syncs == 1
    assert (running.adapter.health().is_ready, running.adapter.health().detail) == (True, "")


async def test_posts_go_out_whatever_shard_has_the_server(
    server: DiscordServer, running: Running, halls: list[world.Server]
) -> None:
    for hall in halls:
        place = hall.channels[0]
        to = ChannelAddress("discord", str(hall.id), str(place.id))
        post = Delivery(f"line/{hall.id}", to, Card("A line"), NOW, NOW)
        ref = await running.adapter.post(post)
        assert await running.adapter.find(post, NOW) == [ref]
        await running.adapter.edit(to, ref, Card("Another line"))
        assert [shown(message.data).text for message in server.world.of(place)] == ["Another line"]


async def test_a_refusal_names_permission_and_channel_though_another_process_has_the_server(
    server: DiscordServer, running: Running, halls: list[world.Server]
) -> None:
    halls[1].everyone = str(VIEW_CHANNEL)
    place = halls[1].channels[0]
    server.faults.add("POST /channels/", 403, code=50013)
    with pytest.raises(PostRefused, match=r"missing the permissions? Send Messages.* in #general"):
        await running.adapter.post(
            Delivery("k", ChannelAddress("discord", str(halls[1].id), str(place.id)), Card("A line"), NOW, NOW)
        )


async def test_who_may_not_send_still_greets(
    server: DiscordServer, running: Running, core: FakeCore, halls: list[world.Server]
) -> None:
    core.is_serving = False
    to = ChannelAddress("discord", str(halls[0].id), str(halls[0].channels[0].id))
    with pytest.raises(NoRightNow):
        await running.adapter.post(Delivery("k", to, Card("A line"), NOW, NOW))
    ada = server.world.add_person("Ada")
    direct = server.world.direct(ada)
    said = {"id": "1", "channel_id": str(direct.id), "content": "hi", "author": ada.user(), "type": 0}
    said |= {"timestamp": "2026-01-05T09:00:00+00:00", "edited_timestamp": None, "tts": False, "pinned": False}
    said |= {"mention_everyone": False, "mentions": [], "mention_roles": [], "attachments": [], "embeds": []}
    await server.gateway.dispatch("MESSAGE_CREATE", said)
    await eventually(lambda: len(server.world.of(direct)) == 1, WITHIN)


async def test_each_shard_knows_its_own_servers_also_when_their_number_changes(
    server: DiscordServer, core: FakeCore, halls: list[world.Server]
) -> None:
    gone = halls[1].id + (2 << 22)
    core.memory.saved["discord/servers"] = f"{halls[0].id} {halls[1].id} {gone}"
    running = Running(core, shards=2)
    keys = [f"discord/servers/{Shard(number, 2).name}" for number in range(2)]
    await eventually(lambda: all(key in core.memory.saved for key in keys[1:]), WITHIN)
    await eventually(lambda: core.events, WITHIN)
    await running.until_ready()
    assert core.events == [BotRemoved(Server("discord", str(gone)))]
    assert core.memory.saved[keys[1]] == str(halls[1].id)
    await running.stop()


async def test_health_says_which_shard_is_not_well(
    server: DiscordServer, running: Running, core: FakeCore, halls: list[world.Server]
) -> None:
    fault = server.faults.add("GET /gateway/bot", 503, times=1_000_000)
    await server.gateway.drop(4000)
    await server.gateway.invalidate()
    await eventually(lambda: not running.adapter.health().is_ready, WITHIN)
    assert running.adapter.health().age is not None, "posts go on"
    fault.times = 0
    await running.until_ready()
    await running.stop()
    assert (running.adapter.health().is_ready, running.adapter.health().age) == (False, None)


async def test_too_few_shards_end_it_with_a_sentence(
    server: DiscordServer, core: FakeCore, halls: list[world.Server]
) -> None:
    server.gateway.least_shards = 4
    running = Running(core, shards=2)
    with pytest.raises(Misconfigured, match=r"\[discord\] shards = 2: too few for the servers that the bot is in"):
        await asyncio.wait_for(running.task, WITHIN)


async def test_a_wrong_token_ends_it_with_a_sentence(server: DiscordServer, core: FakeCore) -> None:
    running = Running(core, token="another.token", shards=2)
    with pytest.raises(Misconfigured, match="token"):
        await asyncio.wait_for(running.task, WITHIN)


@pytest.mark.parametrize("buckets", [1, 2])
async def test_sessions_of_all_processes_are_spaced_in_each_bucket(
    server: DiscordServer, core: FakeCore, buckets: int
) -> None:
    server.shards = 3
    server.gateway.identify_seconds, server.gateway.buckets = 0.05, buckets
    patient = replace(FAST, identify_apart=1.0)
    core.memory.turns["discord/identify/0"] = asyncio.get_running_loop().time()  # another process's, this moment
    began = asyncio.get_running_loop().time()
    running = Running(core, timing=patient, shards=3)
    await eventually(lambda: len(shards_of(server)) == 3, WITHIN)
    assert server.gateway.too_early == 0
    assert asyncio.get_running_loop().time() - began >= (3.0 if buckets == 1 else 2.0)
    await running.stop()


async def test_a_shard_that_does_not_exist_is_refused_by_the_local_discord(
    server: DiscordServer, core: FakeCore
) -> None:
    running = Running(core, shards=2)
    running.adapter._gateways[1].shard = Shard(2, 2)
    await eventually(lambda: "4010" in running.adapter.health().detail, WITHIN)
    await running.stop()


async def test_check_says_whether_the_shards_are_enough(server: DiscordServer) -> None:
    server.shards = 3
    for shards, is_well in ((1, True), (2, False), (3, True), (4, True)):
        findings = await create(DiscordSettings(TOKEN, shards=shards), FakeCore()).check()
        found = [finding for finding in findings if finding.subject == "discord shards"]
        assert [finding.is_well for finding in found] == ([] if shards == 1 else [is_well])
        assert any("[discord] shards = 3" in finding.what_to_do for finding in found) != is_well


# Whole programs on one server's database


class Programs:
    """Programs that share the shards of one bot."""

    def __init__(self, location: ServerDatabase) -> None:
        self.location = location
        self.apps: list[App] = []
        self.tasks: list[asyncio.Task[None]] = []

    async def start(self, shards: int) -> None:
        app = App(Settings(), StillClock(NOW), await Store.open(self.location))
        app.serve(DiscordAdapter(DiscordSettings(TOKEN, shards=shards), app.core, None, FAST), lease=10.0)
        self.apps.append(app)
        self.tasks.append(asyncio.create_task(app.run()))

    async def holders(self) -> Counter[str]:
        """Return how many shards each process has."""
        held = await self.apps[0].store.read(lambda tx: leases.list_of(tx, "discord/shard"))
        return Counter(process_of(lease) for lease in held.values())


@pytest.fixture
async def programs(server: DiscordServer, emptied_server_database: ServerDatabase) -> AsyncIterator[Programs]:
    programs = Programs(emptied_server_database)
    yield programs
    for task in programs.tasks:
        if not task.done():
            await stopped(task)
    for app in programs.apps:
        await app.store.close()


async def test_shards_are_shared_out_and_every_line_is_posted_once(
    server: DiscordServer, halls: list[world.Server], programs: Programs
) -> None:
    for _ in range(2):
        await programs.start(2)

    async def are_shared_out() -> bool:
        return sorted((await programs.holders()).values()) == [1, 1] and shards_of(server) == [(0, 2), (1, 2)]

    await eventually(are_shared_out, WITHIN)
    await eventually(lambda: server.syncs, WITHIN)
    people = [server.world.add_person(name, permissions=MANAGE_CHANNELS) for name in ("Ada", "Bob")]
    for person, hall in zip(people, halls, strict=True):
        use = await server.command(person, hall.channels[0], "group start", {})
        await server.fill(use, {})
        assert await ask(server, person, hall, "checkin", time="45m")

    def lines() -> list[list[str]]:
        texts = [[shown(said.data).text for said in server.world.of(hall.channels[0])] for hall in halls]
        return [[text.partition(".")[0] for text in of_hall if " studied " in text] for of_hall in texts]

    await eventually(lambda: lines() == [["Ada studied 45 min"], ["Bob studied 45 min"]], WITHIN)
    await stopped(programs.tasks[0])
    await eventually(lambda: shards_of(server) == [(0, 2), (1, 2)], WITHIN)

    async def has_both() -> bool:
        return list((await programs.holders()).values()) == [2]

    await eventually(has_both, WITHIN)
    for person, hall in zip(people, halls, strict=True):
        assert await ask(server, person, hall, "checkin", time="30m")
    assert server.syncs == 1


async def test_with_one_shard_a_second_program_stands_by_without_a_connection(
    server: DiscordServer, programs: Programs, caplog: pytest.LogCaptureFixture
) -> None:
    await programs.start(1)
    await eventually(lambda: programs.apps[0].health()["discord"].is_ready, WITHIN)
    await programs.start(1)
    await eventually(lambda: "waiting: another process serves this platform" in caplog.text, WITHIN)
    assert server.gateway.identifies == 1
    health = programs.apps[1].health()["discord"]
    assert (health.is_ready, health.stands_by) == (False, True)
    await stopped(programs.tasks[0])
    await eventually(lambda: programs.apps[1].health()["discord"].is_ready, WITHIN)
    assert server.gateway.identifies == 2


def test_the_settings_of_a_shard_are_its_own_names() -> None:
    assert Shard().key("discord/servers") == "discord/servers"
    assert Shard(1, 4).key("discord/servers") == "discord/servers/shard 1 of 4"
    assert replace(DiscordSettings(TOKEN), shards=4).shards == 4
