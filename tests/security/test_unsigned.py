"""Whatever anybody sends to the address for Slack, unsigned, is refused in a moment and in one line of the log."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace

import aiohttp
import pytest
from msgspec.structs import replace as changed

from adapters.slack import limits
from tests.adapters.fake_core import FakeCore
from tests.adapters.slack.conftest import ADA, HTTP, TEAM, TIMING, Site, serving
from tests.adapters.slack.test_oauth import MANY, Visitor, state_of
from tests.servers.slack.ways import ByHttp
from tests.waiting import eventually

SHORT = replace(TIMING, head_timeout=0.2, body_timeout=0.2)
SIGNATURE = "v0=" + "0" * 64
DEEP = "[" * 100_000 + "]" * 100_000


@pytest.fixture
async def site(core: FakeCore) -> AsyncIterator[Site]:
    async with serving(core, HTTP, timing=SHORT) as site:
        yield site


@pytest.fixture
def core() -> FakeCore:
    return FakeCore()


@pytest.fixture
async def many(core: FakeCore) -> AsyncIterator[Site]:
    async with serving(core, MANY, timing=SHORT) as site:
        yield site


async def raw(site: Site, *pieces: bytes) -> bytes:
    """Send bytes as they are, and return what comes back until the connection ends."""
    reader, writer = await asyncio.open_connection("127.0.0.1", site.adapter.port)
    try:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        async with asyncio.timeout(60):
            return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()


def head(stamp: str, length: int, signature: str = SIGNATURE, more: str = "") -> bytes:
    lines = [
        "POST /slack/events HTTP/1.1",
        "Host: x",
        f"X-Slack-Request-Timestamp: {stamp}",
        f"X-Slack-Signature: {signature}",
        f"Content-Length: {length}",
    ]
    return ("\r\n".join([*lines, more]) + ("\r\n\r\n" if more else "\r\n")).encode()


def now() -> str:
    return str(int(TIMING.seconds()))


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


async def serves(site: Site) -> None:
    assert isinstance(site.way, ByHttp)
    payload = {"command": "/progress", "text": "", "user_id": ADA, "team_id": TEAM, "trigger_id": "1.2"}
    status, _ = await site.way.raw(*site.way.encoded("slash_commands", payload))
    assert status == 200


@pytest.mark.parametrize("stamp", ["9" * 5000, "1" * 11, "", "-1", "²", "1e9", "0x10", " 1"])
async def test_a_stamp_is_looked_at_before_the_body_comes(
    site: Site, stamp: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await raw(site, head(stamp, 1_000_000).replace("²".encode(), b"\xb2"))
    assert answer.startswith((b"HTTP/1.1 401", b"HTTP/1.1 400"))
    assert not any(record.exc_info for record in caplog.records)
    await serves(site)


@pytest.mark.parametrize("signature", ["", "v0=", "v0=" + "g" * 64, "v1=" + "0" * 64, "v0=" + "0" * 5000])
async def test_a_signature_is_looked_at_before_the_body_comes(site: Site, signature: str) -> None:
    assert (await raw(site, head(now(), 1_000_000, signature))).startswith(b"HTTP/1.1 401")


@pytest.mark.parametrize("body", [DEEP, "payload=" + DEEP, "\0" * 100, "{" * 1000])
async def test_a_deep_or_odd_body_is_refused(site: Site, body: str, caplog: pytest.LogCaptureFixture) -> None:
    assert isinstance(site.way, ByHttp)
    for signature in (None, SIGNATURE):
        for kind in ("application/json", "application/x-www-form-urlencoded", "text/plain", ""):
            status, _ = await site.way.raw(body, kind, None, signature)
            assert status in ((401,) if signature else (200, 400, 404)), (kind, signature)
    assert not any(record.exc_info for record in caplog.records)
    await serves(site)


async def test_a_body_that_is_half_sent_is_not_waited_for(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    answer = await raw(site, head(now(), 1000), b"half")
    assert answer.startswith(b"HTTP/1.1 408")
    assert lines(caplog) == []
    await serves(site)


async def test_a_connection_that_is_closed_in_a_body_is_one_quiet_line(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    for _ in range(5):
        _, writer = await asyncio.open_connection("127.0.0.1", site.adapter.port)
        writer.write(head(now(), 1000) + b"half")
        await writer.drain()
        writer.close()
    await eventually(lambda: "broke off" in caplog.text or "in time" in caplog.text)
    assert lines(caplog) == []
    assert not any(record.exc_info for record in caplog.records)
    await serves(site)


@pytest.mark.parametrize("piece", [b"", b"POST /slack/events HTTP/1.1\r\nHost: x\r\nX-A: "])
async def test_a_head_that_does_not_come_is_not_waited_for(site: Site, piece: bytes) -> None:
    assert await raw(site, piece) == b""
    await serves(site)


async def test_an_idle_connection_ends(site: Site) -> None:
    answer = await raw(site, b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    "nonsense", [b"\x16\x03\x01\x02\0", b"GET / HTTP/9.9\r\n\r\n", b"GET /\x1b[31m HTTP/1.1\r\n\r\n", b"\r\n" * 99]
)
async def test_what_is_no_http_is_one_line_without_its_bytes(
    site: Site, nonsense: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    await raw(site, nonsense)
    assert not any(record.exc_info for record in caplog.records)
    assert "\x1b" not in caplog.text
    await serves(site)


async def test_connections_are_counted(core: FakeCore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_CONNECTIONS", 5)
    async with serving(core, HTTP, timing=replace(TIMING, head_timeout=60.0)) as site:
        held = [await asyncio.open_connection("127.0.0.1", site.adapter.port) for _ in range(5)]
        assert await raw(site, b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n") == b""
        for _, writer in held:
            writer.close()
        await eventually(lambda: _answers(site))


async def _answers(site: Site) -> bool:
    url = f"http://127.0.0.1:{site.adapter.port}/healthz"
    try:
        async with aiohttp.ClientSession() as session, session.get(url) as answer:
            return answer.status == 200
    except aiohttp.ClientError:
        return False


# Installations


async def test_whoever_asks_for_many_installations_has_to_wait(many: Site) -> None:
    visitor = Visitor(many, {})
    statuses = [(await visitor.get("/slack/install"))[0] for _ in range(12)]
    assert statuses == [200] * 10 + [429] * 2
    assert (await visitor.get("/slack/oauth_redirect?code=1"))[0] == 429


@pytest.mark.parametrize("path", ["/slack/install", "/slack/oauth_redirect?code=1", "/slack/oauth_redirect?error=x"])
async def test_no_page_of_an_installation_is_stored(many: Site, path: str) -> None:
    url = f"http://127.0.0.1:{many.adapter.port}{path}"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"


async def test_an_error_that_the_browser_sends_is_shown_as_text(many: Site) -> None:
    _, page = await Visitor(many, {}).get("/slack/oauth_redirect?error=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    "code", ["12345.678-secret", "1%0a2026-01-01 INFO forged", "%1b[31mred", "x" * 400, "%e2%80%ae", "code with spaces"]
)
async def test_a_code_stands_in_no_log(many: Site, code: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    visitor = Visitor(many, {})
    _, page = await visitor.get("/slack/install")
    caplog.clear()
    status, _ = await visitor.get(f"/slack/oauth_redirect?code={code}&state={state_of(page)}")
    assert status == 401
    ours = [record.getMessage() for record in caplog.records if record.name.startswith(("adapters", "bot"))]
    assert ours
    assert not any(word in line for line in ours for word in ("secret", "forged", "\x1b", "red", "xxxx", "spaces"))


async def test_a_workspace_that_is_not_on_the_list_is_not_installed(core: FakeCore) -> None:
    async with serving(core, changed(MANY, workspaces="T7, T9")) as site:
        visitor = Visitor(site, {})
        assert await visitor.install("T1") == 403
        assert core.memory.saved == {}
        assert core.events == []
        assert [call.team for call in site.slack.api.called("auth.revoke")] == ["T1"]


async def test_a_workspace_that_was_installed_before_it_left_the_list_is_not_served(core: FakeCore) -> None:
    async with serving(core, MANY) as site:
        assert await Visitor(site, {}).install("T1") == 200
        await site.member().slash("/progress")
        assert len(core.requests) == 1
    async with serving(core, changed(MANY, workspaces="T7")) as site:
        await site.member().slash("/progress")
    assert len(core.requests) == 1


async def test_a_token_in_the_place_of_another_workspaces_is_not_used(
    core: FakeCore, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(core, MANY) as site:
        await Visitor(site, {}).install("T1")
        core.memory.saved["slack.installation.T2"] = core.memory.saved["slack.installation.T1"]
        site.slack.world.add_workspace("T2").add_user("UADA", "Ada")
        await site.member(team="T2").slash("/progress")
    assert core.requests == []
    assert "another workspace's" in caplog.text
