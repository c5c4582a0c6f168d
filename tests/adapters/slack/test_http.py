"""HTTP mode: only what Slack has signed lately is taken."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import aiohttp
import msgspec
import pytest

from adapters.slack.adapter import SlackAdapter
from bot.chat.events import BotAdded
from bot.chat.request import Channel, Server
from bot.errors import Misconfigured
from tests.adapters.fake_core import FakeCore
from tests.adapters.slack.conftest import ADA, HTTP, TEAM, TIMING, Site, serving
from tests.servers.slack.ways import ByHttp

NOW = 1_790_000_000


@pytest.fixture
async def http(core: FakeCore) -> AsyncIterator[Site]:
    async with serving(core, HTTP, timing=replace(TIMING, seconds=lambda: NOW)) as site:
        assert isinstance(site.way, ByHttp)
        site.way.seconds = lambda: NOW
        yield site
        assert site.slack.world.broken == []


def command(site: Site) -> tuple[str, str]:
    assert isinstance(site.way, ByHttp)
    payload = {"command": "/progress", "text": "", "user_id": ADA, "team_id": TEAM, "trigger_id": "1.2"}
    return site.way.encoded("slash_commands", payload)


async def send(site: Site, stamp: str | None = None, signature: str | None = None) -> int:
    assert isinstance(site.way, ByHttp)
    status, _ = await site.way.raw(*command(site), stamp, signature)
    return status


async def test_what_is_signed_is_taken(http: Site, core: FakeCore) -> None:
    assert await send(http) == 200
    assert len(core.requests) == 1


@pytest.mark.parametrize("age", [0, 299, 300, -300])
async def test_within_five_minutes(http: Site, age: int) -> None:
    assert await send(http, str(NOW - age)) == 200


@pytest.mark.parametrize("stamp", [str(NOW - 301), str(NOW + 301), "", "yesterday", "-1", "1e9", "²"])
async def test_stale_and_odd_stamps_are_refused(http: Site, core: FakeCore, stamp: str) -> None:
    assert await send(http, stamp) == 401
    assert core.requests == []


@pytest.mark.parametrize("signature", ["", "v0=", "v0=" + "0" * 64, "v0=é", "nonsense"])
async def test_bad_and_missing_signatures_are_refused(http: Site, core: FakeCore, signature: str) -> None:
    assert await send(http, signature=signature) == 401
    assert core.requests == []


async def test_no_headers_at_all(http: Site, core: FakeCore) -> None:
    assert isinstance(http.way, ByHttp)
    url = f"{http.way.url}/slack/events"
    for body in (b"ssl_check=1&command=/progress", b"\xff\xfe", b""):
        async with aiohttp.ClientSession() as session, session.post(url, data=body) as answer:
            assert answer.status == 401
    assert core.requests == []


async def test_bytes_that_are_no_text_are_refused(http: Site) -> None:
    assert isinstance(http.way, ByHttp)
    headers = {"X-Slack-Request-Timestamp": str(NOW), "X-Slack-Signature": "v0=00"}
    url = f"{http.way.url}/slack/events"
    async with aiohttp.ClientSession() as session, session.post(url, data=b"\xff", headers=headers) as answer:
        assert answer.status == 401


@pytest.mark.parametrize("body", ["{not json", "[]", "null", "payload=not+json", "payload=[]"])
async def test_what_is_signed_and_makes_no_sense_is_refused(http: Site, core: FakeCore, body: str) -> None:
    assert isinstance(http.way, ByHttp)
    kind = "application/x-www-form-urlencoded" if "=" in body else "application/json"
    status, _ = await http.way.raw(body, kind)
    assert status == 400
    assert core.requests == []


async def test_url_verification(http: Site) -> None:
    answer = await http.way.send("events_api", {"type": "url_verification", "challenge": "abc", "token": "t"})
    assert answer == {"challenge": "abc"}


async def test_events_come_by_http_too(http: Site, core: FakeCore) -> None:
    bot = http.slack.world.workspaces[TEAM].bot
    event = {"type": "member_joined_channel", "user": bot, "channel": "C9", "team": TEAM}
    assert await http.member().event(event) is not None
    assert core.events == [BotAdded(Server("slack", TEAM), Channel("slack", TEAM, "C9"))]


async def test_healthz(http: Site) -> None:
    assert isinstance(http.way, ByHttp)
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{http.way.url}/healthz") as answer:
            assert answer.status == 200
            assert (await answer.json())["ok"]
        async with session.get(f"{http.way.url}/slack/install") as answer:
            assert answer.status == 404


async def test_an_address_that_is_taken_is_said(core: FakeCore) -> None:
    async with serving(core, HTTP) as site:
        address = f"127.0.0.1:{site.adapter.port}"
        settings = msgspec.structs.replace(HTTP, listen=address)
        other = SlackAdapter(settings, core, timing=TIMING, api_url=site.slack.api.url)
        with pytest.raises(Misconfigured, match="listen"):
            await other.run()
        assert not other.health().is_ready


async def test_it_stops_listening(core: FakeCore) -> None:
    async with serving(core, HTTP) as site:
        port = site.adapter.port
    with pytest.raises(OSError, match="Connect call failed"):
        await asyncio.open_connection("127.0.0.1", port)
