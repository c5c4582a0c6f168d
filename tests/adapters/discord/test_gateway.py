"""The connection's bad days: drops, resumes, lost sessions, silence, outages at login, wrong tokens."""

import asyncio
import gc
from contextlib import suppress

import pytest
from msgspec.structs import replace

from adapters.discord import limits
from adapters.discord.client import GatewayClient, IdentifyPace
from adapters.discord.limits import Timing
from bot.chat.card import Card
from bot.chat.request import Reply
from bot.errors import Misconfigured
from tests.adapters.discord.probe import FAST, DiscordProbe, Running, eventually, make_probe
from tests.adapters.fake_core import FakeCore
from tests.adapters.probe import ADA
from tests.servers.discord.server import DiscordServer

GUILDS, DIRECT_MESSAGES = 1 << 0, 1 << 12


async def answered(probe: DiscordProbe) -> bool:
    use = await probe.server.command(probe.people[ADA], probe.place, "progress", {})
    return use.answer is not None


async def test_no_privileged_intent_is_asked_for(probe: DiscordProbe, server: DiscordServer) -> None:
    ready = server.gateway.sessions[0].events[0]
    assert ready["d"]["intents"] == GUILDS | DIRECT_MESSAGES
    assert server.gateway.identifies == 1


async def test_a_dropped_connection_is_resumed_and_what_came_meanwhile_counts(
    probe: DiscordProbe, server: DiscordServer, core: FakeCore
) -> None:
    await server.gateway.drop()
    use = await server.command(probe.people[ADA], probe.place, "checkin", {"time": "2h"}, waits=False)
    await eventually(lambda: server.gateway.resumes == 1 and use.answer)
    assert core.last.options == {"time": "2h"}
    assert server.gateway.identifies == 1


async def test_a_reconnect_that_is_asked_for_is_a_resume(probe: DiscordProbe, server: DiscordServer) -> None:
    await server.gateway.ask_to_reconnect()
    await eventually(lambda: server.gateway.resumes == 1)
    assert await answered(probe)
    assert server.gateway.identifies == 1


async def test_an_invalid_session_is_begun_anew(probe: DiscordProbe, server: DiscordServer, core: FakeCore) -> None:
    before = list(core.events)
    await server.gateway.invalidate()
    await eventually(lambda: server.gateway.identifies == 2)
    await probe.running.until_ready()
    assert await answered(probe)
    assert core.events == before


async def test_a_silent_gateway_is_left(server: DiscordServer, core: FakeCore) -> None:
    server.gateway.heartbeat_interval = 50
    probe = await make_probe(server, core, timing=replace(FAST, silent_for=0.5))
    server.gateway.is_silent = True
    await eventually(lambda: not probe.adapter.health().is_ready)
    server.gateway.is_silent = False
    await probe.running.until_ready()
    assert await answered(probe)
    await probe.close()


async def test_health_is_the_age_of_the_last_heartbeat(probe: DiscordProbe, server: DiscordServer) -> None:
    health = probe.adapter.health()
    assert health.is_ready
    assert health.age is not None
    assert 0 <= health.age < 10
    await probe.running.stop()
    health = probe.adapter.health()
    assert (health.is_ready, health.age) == (False, None)


async def test_an_outage_at_login_is_waited_out(server: DiscordServer, core: FakeCore) -> None:
    fault = server.faults.add("GET /users/@me", 503, times=3)
    running = Running(core)
    await running.until_ready()
    assert fault.met == 3
    assert server.gateway.identifies == 1
    await running.stop()


async def test_an_outage_of_the_gateway_burns_no_identifies(server: DiscordServer, core: FakeCore) -> None:
    fault = server.faults.add("GET /gateway/bot", 503, times=3)
    running = Running(core)
    await running.until_ready()
    assert fault.met == 3
    assert server.gateway.identifies == 1
    await running.stop()


async def test_no_session_is_begun_when_few_are_left(server: DiscordServer, core: FakeCore) -> None:
    server.sessions_left = 3
    running = Running(core)
    await eventually(lambda: "no session left" in running.adapter.health().detail)
    assert server.gateway.identifies == 0
    server.sessions_left = 500
    await running.until_ready()
    assert server.gateway.identifies == 1
    await running.stop()


async def test_a_wrong_token_ends_it_with_a_sentence(server: DiscordServer, core: FakeCore) -> None:
    running = Running(core, token="another.token")
    with pytest.raises(Misconfigured, match="token"):
        await asyncio.wait_for(running.task, 5)


async def test_a_token_that_is_changed_while_it_runs_ends_it(server: DiscordServer, probe: DiscordProbe) -> None:
    await server.gateway.drop(4004)
    with pytest.raises(Misconfigured):
        await asyncio.wait_for(probe.running.task, 5)


@pytest.mark.parametrize("code", [4000, 4009, 1001])
async def test_other_closures_are_survived(server: DiscordServer, probe: DiscordProbe, code: int) -> None:
    await server.gateway.drop(code)
    await eventually(lambda: server.gateway.resumes + server.gateway.identifies == 2)
    assert await answered(probe)


async def test_a_shard_that_discord_finds_invalid_is_begun_anew(server: DiscordServer, probe: DiscordProbe) -> None:
    await server.gateway.drop(4010)
    await eventually(lambda: server.gateway.identifies == 2)
    await probe.running.until_ready()
    assert await answered(probe)


async def test_several_shards_serve_their_servers(server: DiscordServer, core: FakeCore) -> None:
    server.shards = 2
    probe = await make_probe(server, core)
    assert server.gateway.identifies == 2
    core.otherwise = Reply(Card("Done"))
    assert await answered(probe)
    await probe.close()


async def test_commands_are_registered_when_they_change(
    server: DiscordServer, probe: DiscordProbe, core: FakeCore
) -> None:
    assert server.syncs == 1
    await probe.running.stop()
    again = Running(core)
    await again.until_ready()
    await again.stop()
    assert server.syncs == 1
    core.commands = core.commands[:-1]
    changed = Running(core)
    await changed.until_ready()
    await eventually(lambda: server.syncs == 2)
    await changed.stop()


@pytest.mark.parametrize("how", [403, 503])
async def test_commands_that_cannot_be_registered_stop_nothing_and_are_tried_again(
    server: DiscordServer, core: FakeCore, how: int
) -> None:
    fault = server.faults.add("PUT /applications/", how, code=50001, times=1_000)
    running = Running(core)
    await running.until_ready()
    await eventually(lambda: fault.met > 1)
    assert server.syncs == 0
    assert running.adapter.health().detail.startswith("commands not registered")
    assert running.adapter.health().is_ready
    fault.times = 0
    await eventually(lambda: server.syncs == 1)
    await eventually(lambda: running.adapter.health().detail == "")
    await running.stop()


async def test_what_is_known_of_many_servers_is_not_collected_again_and_again(
    server: DiscordServer, core: FakeCore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FROZEN_SERVERS", 2)
    gc.unfreeze()  # what other tests of this process have left
    probe = await make_probe(server, core)
    frozen = [gc.get_freeze_count()]
    await probe.close()
    server.world.add_server("Another")
    running = Running(core)
    await running.until_ready()
    await eventually(gc.get_freeze_count)
    frozen.append(gc.get_freeze_count())
    gc.unfreeze()
    await running.stop()
    assert frozen[0] == 0 < frozen[1]


async def test_a_gateway_that_does_not_hear_of_its_end_holds_up_no_stop(
    server: DiscordServer, core: FakeCore, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = asyncio.Event()

    async def connect(client: GatewayClient) -> None:
        began.set()
        while not client.is_closed():
            with suppress(asyncio.CancelledError):
                await asyncio.sleep(0.01)

    monkeypatch.setattr(GatewayClient, "connect", connect)
    running = Running(core, timing=replace(FAST, leaves_within=0.05))
    await began.wait()
    async with asyncio.timeout(60):
        await running.stop()
    assert running.task.cancelled()


async def test_identifies_are_spaced_ever_wider() -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    pace = IdentifyPace(Timing(), sleep)
    for _ in range(12):
        await pace.take_turn(shards=2)
    assert slept[:6] == [0.0, 5.0, 5.0, 10.0, 20.0, 40.0]
    assert slept[-1] == 300.0


UNREADABLE = {"type": 2, "id": "77", "name": "Voice", "position": 0, "permission_overwrites": []}
"""A voice channel without its bitrate, which discord.py takes for granted."""


async def test_one_event_that_cannot_be_read_takes_no_other_server_down(
    server: DiscordServer, core: FakeCore, caplog: pytest.LogCaptureFixture
) -> None:
    odd = server.world.add_server("Odd")
    data = odd.data(server.world.bot)
    data["channels"].append(UNREADABLE)
    odd.data = lambda bot, *, new=False: data  # type: ignore[method-assign]
    probe = await make_probe(server, core)
    assert await answered(probe)
    await server.gateway.dispatch("CHANNEL_CREATE", {**UNREADABLE, "guild_id": str(odd.id)})
    assert await answered(probe)
    assert server.gateway.identifies == 1
    reports = [record for record in caplog.records if "could not be read" in record.message]
    assert [(record.gateway_event, record.server) for record in reports] == [  # type: ignore[attr-defined]
        ("GUILD_CREATE", str(odd.id)),
        ("CHANNEL_CREATE", str(odd.id)),
    ]
    assert all(record.exc_info and "bitrate" in str(record.exc_info[1]) for record in reports)
    await probe.close()


async def test_a_connection_that_ends_by_a_fault_is_logged_with_its_trace(
    server: DiscordServer, core: FakeCore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def connect(client: GatewayClient) -> None:
        raise KeyError("application")

    monkeypatch.setattr(GatewayClient, "connect", connect)
    running = Running(core)
    await eventually(lambda: "by a fault here" in caplog.text)
    assert "KeyError: 'application'" in caplog.text
    await running.stop()
