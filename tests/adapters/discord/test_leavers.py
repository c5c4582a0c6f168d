"""Who has left a server leaves its groups, without a privileged intent: Discord is asked once a day."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.chat.events import MemberGone
from bot.chat.request import Server, User
from bot.clock import StillClock
from bot.context import Defaults
from bot.dispatch.dispatcher import Dispatcher
from bot.store.database import Store
from tests.adapters.discord.probe import FAST, eventually, make_probe
from tests.adapters.fake_core import NOW, FakeCore
from tests.adapters.probe import ADA, BOB
from tests.servers.discord.server import DiscordServer
from tests.waiting import eventually as until

ASKING = replace(FAST, leavers_every=0.02, leavers_pause=0.0)
MANAGE_CHANNELS = str(1 << 4)


async def test_who_has_left_is_told_once_and_others_are_not(server: DiscordServer, core: FakeCore) -> None:
    core.memory.saved["discord/members asked"] = NOW.isoformat()
    probe = await make_probe(server, core, timing=ASKING)
    home, ada, bob = str(probe.home.id), probe.id_of(ADA), probe.id_of(BOB)
    core.group_members = {home: [ada, bob]}
    probe.home.left.add(int(bob))
    await eventually(lambda: "discord/servers" in core.memory.saved)
    core.events.clear()
    core.instant += timedelta(days=1)
    await eventually(lambda: core.events)
    await eventually(lambda: core.memory.saved["discord/members asked"] == core.instant.isoformat())
    assert core.events == [MemberGone(User("discord", "", bob, ""), Server("discord", home))]
    assert server.calls.count(f"GET /guilds/{home}/members/{ada}") == 1
    await probe.close()


async def test_where_discord_does_not_answer_it_is_asked_on_another_day(
    server: DiscordServer, core: FakeCore, caplog: pytest.LogCaptureFixture
) -> None:
    server.faults.add("GET /guilds/", 403, code=50001, times=1_000)
    core.memory.saved["discord/members asked"] = NOW.isoformat()
    probe = await make_probe(server, core, timing=ASKING)
    core.group_members = {str(probe.home.id): [probe.id_of(ADA)]}
    core.instant += timedelta(days=1)
    await eventually(lambda: "members could not be asked after" in caplog.text)
    assert not any(isinstance(event, MemberGone) for event in core.events)
    await probe.close()


async def test_who_has_left_one_server_leaves_its_groups_alone(server: DiscordServer, store: Store) -> None:
    clock = StillClock(NOW)
    core = Dispatcher(store, clock, Defaults(600, "UTC"))
    await core.memory.remember("discord/members asked", NOW.isoformat())
    probe = await make_probe(server, core, timing=ASKING)
    other = server.world.add_server("Library")
    await server.gateway.dispatch("GUILD_CREATE", other.data(server.world.bot, new=True))
    probe.people[ADA].permissions = MANAGE_CHANNELS
    for place in (probe.place, other.channels[0]):
        await server.fill(await server.command(probe.people[ADA], place, "group start"), {})
        for name in (ADA, BOB):
            await server.command(probe.people[name], place, "group join")
    probe.home.left.add(probe.people[BOB].id)
    clock.move_to(NOW + timedelta(days=1))

    async def members() -> list[tuple[object, ...]]:
        sql = "SELECT g.team, m.name FROM members m JOIN groups g ON g.id = m.group_id WHERE m.left_at IS NULL"
        return await store.read(lambda tx: sorted(tuple(row) for row in tx.all(sql)))

    async def has_left() -> bool:
        return len(await members()) == 3

    await until(has_left)
    assert (str(probe.home.id), "Bob") not in await members()
    assert (str(other.id), "Bob") in await members()
    await probe.close()
