"""Parts of discord.py that it does not document: each of these fails where a release changes one of them."""

import asyncio
import time
import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import pytest
from discord.gateway import DiscordWebSocket, KeepAliveHandler
from discord.http import Route

from adapters.discord import library
from adapters.discord.failures import as_fate
from bot.chat.delivery import PostUnsure, RetryLater
from tests.adapters.discord.probe import eventually
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.world import TOKEN

ROOT = Path(__file__).parents[3]


def test_only_releases_that_are_known_are_installed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "discord.py>=2.7,<2.8" in project["dependencies"]
    assert discord.version_info[:2] == (2, 7)


async def test_events_of_interactions_are_handed_on_as_they_are() -> None:
    taken: list[object] = []
    event: Any = {"id": "1"}
    async with discord.Client(intents=discord.Intents.none()) as client:
        parsers = client._connection.parsers
        assert parsers["INTERACTION_CREATE"] == client._connection.parse_interaction_create
        library.take_interactions(client, taken.append)
        parsers["INTERACTION_CREATE"](event)
    assert taken == [event]


async def test_an_event_that_cannot_be_read_is_told_and_goes_no_further() -> None:
    told: list[tuple[str, object, type]] = []
    event: Any = {"id": "1"}
    async with discord.Client(intents=discord.Intents.none()) as client:
        parsers = client._connection.parsers
        ready = parsers["READY"]
        library.guard_parsers(client, lambda name, data, error: told.append((name, data, type(error))))
        parsers["CHANNEL_CREATE"](event)
        assert parsers["READY"] == ready
    assert told == [("CHANNEL_CREATE", event, KeyError)]


ANSWERS = [
    pytest.param(200, "application/json", False, id="taken"),
    pytest.param(403, "application/json", False, id="refused in Discord's words"),
    pytest.param(429, "text/html", False, id="limited before Discord"),
    pytest.param(500, "application/json", True, id="an error of Discord's own"),
    pytest.param(200, "text/html", True, id="a page in its place"),
]


@pytest.mark.parametrize(("status", "kind", "is_unknown"), ANSWERS)
def test_what_one_try_met_is_remembered_whatever_the_next_one_meets(status: int, kind: str, is_unknown: bool) -> None:
    tries = library.Tries(lambda: None)
    tries.leave()
    tries.meet(SimpleNamespace(status=status, headers={"Content-Type": f"{kind}; charset=utf-8"}))  # type: ignore[arg-type]
    assert tries.is_unknown is is_unknown
    fate = PostUnsure if is_unknown else RetryLater
    errors = (discord.RateLimited(400.0), cannot_connect(), RetryLater("waits", 5.0))
    assert [type(as_fate(error, tries)) for error in errors] == [fate] * len(errors)


@pytest.mark.parametrize(
    ("headers", "is_everywhere"),
    [({"Via": "1.1 google"}, False), ({"Via": "1.1 google", "X-RateLimit-Global": "true"}, True), ({}, True)],
)
def test_a_rate_limit_is_told_at_once_where_the_sender_paces(headers: dict[str, str], is_everywhere: bool) -> None:
    tries = library.Tries(lambda: None, is_paced=True)
    tries.leave()
    with pytest.raises(RetryLater) as later:
        tries.meet(SimpleNamespace(status=429, headers={"Retry-After": "0.5", **headers}))  # type: ignore[arg-type]
    assert (later.value.after, later.value.is_everywhere) == (0.5, is_everywhere)
    tries.break_off()
    assert as_fate(later.value, tries) is later.value


def test_what_never_left_was_not_posted() -> None:
    tries = library.Tries(lambda: None)
    tries.break_off()
    assert not tries.is_unknown
    assert isinstance(as_fate(TimeoutError(), tries), RetryLater)


def cannot_connect() -> aiohttp.ClientConnectorError:
    return aiohttp.ClientConnectorError(SimpleNamespace(host="x", port=1, ssl=None), OSError())  # type: ignore[arg-type]


async def test_the_last_heartbeat_of_every_shard_is_known(server: DiscordServer) -> None:
    client = discord.AutoShardedClient(intents=discord.Intents.none(), guild_ready_timeout=0.01)
    await client.login(TOKEN)
    connecting = asyncio.create_task(client.connect())
    await eventually(client.is_ready)
    [shard] = client.shards.values()
    heartbeats = shard._parent.ws._keep_alive
    assert isinstance(heartbeats, KeepAliveHandler)
    before = time.perf_counter()
    heartbeats.ack()
    acknowledged_at = library.acknowledged_at(shard)
    await client.close()
    await connecting
    assert acknowledged_at is not None
    assert before <= acknowledged_at <= time.perf_counter()


def test_a_new_session_is_opened_at_the_gateway_that_was_told(server: DiscordServer) -> None:
    assert str(DiscordWebSocket.DEFAULT_GATEWAY) == server.gateway.address
    library.use_gateway_at("ws://127.0.0.1:9/gateway")
    assert str(DiscordWebSocket.DEFAULT_GATEWAY) == "ws://127.0.0.1:9/gateway"


@pytest.mark.parametrize("how", [500, 503, "reset"])
async def test_a_call_that_fails_is_tried_once(server: DiscordServer, how: int | str) -> None:
    fault = server.faults.add("POST /webhooks/", how, times=9)
    async with aiohttp.ClientSession() as session:
        caller = library.WebhookCaller(session)
        route = Route("POST", "/webhooks/{webhook_id}/{webhook_token}", webhook_id="1", webhook_token="t")
        with pytest.raises((discord.DiscordServerError, aiohttp.ClientError)):
            await caller.call(route, {"content": "x"}, None)
    assert fault.met == 1


async def test_an_error_of_the_system_is_none_that_discord_py_repeats(
    server: DiscordServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = 0

    def reset(*_: object, **__: object) -> object:
        nonlocal tries
        tries += 1
        raise ConnectionResetError(54, "Connection reset by peer")

    async with aiohttp.ClientSession() as session:
        monkeypatch.setattr(session, "request", reset)
        with pytest.raises(aiohttp.ClientConnectionError):
            await library.WebhookCaller(session).call(Route("POST", "/webhooks/1"), {"content": "x"}, None)
    assert tries == 1
