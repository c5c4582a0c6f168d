"""The adapter as a whole: made from settings, checked, told news, started while Slack is away."""

import asyncio
import subprocess
import sys

import pytest
from aiohttp import web
from cryptography.fernet import Fernet
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import create
from adapters.slack.adapter import SlackAdapter
from adapters.slack.client import WebApi
from adapters.slack.manifest import OPTIONAL_SCOPES, SCOPES
from adapters.slack.settings import SlackSettings, check_settings
from bot.errors import Misconfigured
from tests.adapters.fake_core import FakeCore
from tests.adapters.slack.conftest import HTTP, RESTLESS, SOCKET, TEAM, TIMING, Site, populated, serving
from tests.servers.slack import faults

KEY = Fernet.generate_key().decode()


# Settings


def test_the_libraries_are_imported_only_when_the_adapter_is_made() -> None:
    code = "import sys, adapters.slack, adapters.slack.verbs; print([m for m in sys.modules if m.startswith('slack_')])"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        (SlackSettings(), "bot_token"),
        (SlackSettings(bot_token="xoxb-1"), "signing_secret"),
        (SlackSettings(bot_token="xoxb-1", signing_secret="s", listen="3000"), "listen"),
        (SlackSettings(bot_token="xoxb-1", signing_secret="s", listen="x:99999"), "listen"),
        (SlackSettings(client_id="1", signing_secret="s"), "client_secret"),
        (SlackSettings(client_id="1", client_secret="x", signing_secret="s"), "encryption_key"),
    ],
)
def test_wrong_settings_are_named(settings: SlackSettings, key: str) -> None:
    with pytest.raises(Misconfigured, match=key):
        check_settings(settings)


def test_a_wrong_key_is_named_and_not_shown() -> None:
    many = SlackSettings(client_id="1", client_secret="x", signing_secret="s", encryption_key="short")
    with pytest.raises(Misconfigured, match="encryption_key") as caught:
        create(many, FakeCore())
    assert "short" not in str(caught.value)


def test_white_space_around_a_setting_is_dropped() -> None:
    assert SlackSettings(bot_token=" xoxb-1\n").bot_token == "xoxb-1"


def test_right_settings() -> None:
    many = SlackSettings(client_id="1", client_secret="x", encryption_key=KEY, listen="[::1]:3000", signing_secret="s")
    adapter = create(SlackSettings(bot_token="xoxb-1", app_token="xapp-1"), FakeCore())
    assert adapter.name == "slack"
    assert not adapter.health().is_ready
    assert create(many, FakeCore()).name == "slack"
    assert SlackSettings(listen="[::1]:3000").host == "::1"


def test_the_address_is_the_librarys_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AsyncWebClient, "BASE_URL", "http://127.0.0.1:9/api/")
    assert WebApi().unconnected_client().base_url == "http://127.0.0.1:9/api/"


# Start


async def test_it_waits_for_slack_to_come_back(core: FakeCore) -> None:
    slack = populated()
    await slack.start()
    slack.api.faults["auth.test"].extend([faults.reset(), faults.status(503), faults.ratelimited()])
    async with serving(core, slack=slack) as site:
        assert await site.member().slash("/progress") is not None
    assert len(slack.api.called("auth.test")) == 4
    await slack.stop()


@pytest.mark.parametrize("code", ["invalid_auth", "token_revoked", "account_inactive"])
async def test_a_wrong_token_is_said(core: FakeCore, code: str) -> None:
    slack = populated()
    await slack.start()
    slack.api.faults["auth.test"].append(faults.error(code))
    adapter = SlackAdapter(SOCKET, core, timing=TIMING, api_url=slack.api.url)
    with pytest.raises(Misconfigured, match=code):
        await adapter.run()
    await slack.stop()


@pytest.mark.parametrize("code", ["invalid_auth", "not_allowed_token_type", "missing_scope", "no_permission"])
async def test_a_wrong_app_token_is_said(core: FakeCore, code: str) -> None:
    slack = populated()
    await slack.start()
    slack.api.faults["apps.connections.open"].extend([faults.status(502), faults.error(code)])
    adapter = SlackAdapter(SOCKET, core, timing=TIMING, api_url=slack.api.url)
    with pytest.raises(Misconfigured, match="app_token"):
        await adapter.run()
    await slack.stop()


async def test_an_address_that_has_gone_stale_is_asked_for_anew(core: FakeCore) -> None:
    slack = populated()
    await slack.start()

    async def stale(_request: web.Request) -> web.StreamResponse:
        return web.json_response({"ok": True, "url": f"ws://127.0.0.1:{slack.root.rpartition(':')[2]}/nowhere"})

    slack.api.faults["apps.connections.open"].append(stale)
    async with serving(core, timing=RESTLESS, slack=slack) as site:
        assert await site.member().slash("/progress") is not None
    await slack.stop()


async def test_what_is_running_is_finished_before_it_leaves(core: FakeCore) -> None:
    async with serving(core) as site:
        gate = asyncio.Event()
        site.slack.api.faults["views.publish"].append(faults.slow(gate))
        await site.member().open_home()
        asyncio.get_running_loop().call_later(0.05, gate.set)
    assert site.slack.world.homes


# Check


async def test_check_says_what_is_well(site: Site) -> None:
    findings = await site.adapter.check()
    subjects = [finding.subject for finding in findings]
    assert subjects == ["Slack token", "Slack permissions", "Slack events", "Slack app token"]
    assert "channel_unarchive" in findings[2].words
    assert all(finding.is_well for finding in findings)


async def test_check_says_what_is_wrong_and_what_to_do(site: Site) -> None:
    site.slack.world.workspaces[TEAM].scopes = "commands"
    site.slack.api.faults["apps.connections.open"].append(faults.error("invalid_auth"))
    findings = await site.adapter.check()
    assert [finding.is_well for finding in findings] == [True, False, True, False]
    site.slack.api.faults["auth.test"].append(faults.error("invalid_auth"))
    site.slack.api.faults["apps.connections.open"].append(faults.reset())
    findings = await site.adapter.check()
    assert [finding.is_well for finding in findings] == [False, False]
    assert all(finding.what_to_do for finding in findings)
    site.slack.api.faults["auth.test"].append(faults.reset())
    assert not (await site.adapter.check())[0].is_well


async def test_check_needs_no_running_adapter(core: FakeCore) -> None:
    slack = populated()
    slack.world.workspaces[TEAM].scopes = ",".join([*SCOPES, *OPTIONAL_SCOPES])
    await slack.start()
    adapter = SlackAdapter(HTTP, core, api_url=slack.api.url)
    findings = await adapter.check()
    assert [findings[1].words, findings[-1].words] == ["all granted", "by HTTP, listening on 127.0.0.1:0"]
    await slack.stop()
