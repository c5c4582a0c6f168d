"""The adapter as a whole: made from settings, checked, told news, started while Slack is away."""

import asyncio
import json
import subprocess
import sys
from dataclasses import replace
from urllib.parse import parse_qs

import pytest
from cryptography.fernet import Fernet
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import create, limits
from adapters.slack.client import SlackAdapter
from adapters.slack.commands import BUILT_IN, slash_names
from adapters.slack.manifest import OPTIONAL_SCOPES, SCOPES, manifest, query
from adapters.slack.settings import SlackSettings, check_settings
from adapters.slack.verbs import VERBS
from adapters.slack.web import Web
from bot.adapter import News
from bot.commands.registry import SPECS
from bot.errors import Misconfigured
from tests.adapters.fake_core import FakeCore
from tests.adapters.slack.conftest import ADA, BOB, CHANNEL, HTTP, SOCKET, TEAM, TIMING, Site, populated, serving
from tests.servers.slack import faults

MADE = manifest(SPECS.values())
KEY = Fernet.generate_key().decode()


# The manifest


def test_no_name_is_slacks_own() -> None:
    names = slash_names(SPECS.values())
    assert names == ["checkin", "progress", "leaderboard", "tenhours"]
    assert not BUILT_IN & set(names)


def test_the_manifest_is_within_its_limits() -> None:
    shown, features = MADE["display_information"], MADE["features"]
    assert len(shown["name"]) <= limits.APP_NAME
    assert len(shown["description"]) <= limits.APP_DESCRIPTION
    assert len(features["slash_commands"]) <= limits.SLASHES
    for slash in features["slash_commands"]:
        assert slash["command"].startswith("/")
        assert len(slash["command"]) <= limits.SLASH
        assert slash["command"] == slash["command"].lower()
        assert 0 < len(slash["description"]) <= limits.SLASH_DESCRIPTION
        assert 0 < len(slash["usage_hint"]) <= limits.SLASH_HINT
    assert len(features["shortcuts"]) <= limits.SHORTCUTS
    for shortcut in features["shortcuts"]:
        assert len(shortcut["name"]) <= limits.SHORTCUT_NAME
        assert len(shortcut["description"]) <= limits.SHORTCUT_DESCRIPTION
        assert len(shortcut["callback_id"]) <= limits.CALLBACK


def test_optional_scopes_are_scopes() -> None:
    scopes = MADE["oauth_config"]["scopes"]
    assert set(scopes["bot_optional"]) == set(OPTIONAL_SCOPES) <= set(scopes["bot"])
    assert set(SCOPES) <= set(scopes["bot"])


def test_socket_mode_needs_no_address_and_http_does() -> None:
    assert "url" not in json.dumps(MADE)
    made = manifest(SPECS.values(), is_socket=False, public_url="https://bot.example.org/")
    assert made["settings"]["interactivity"]["request_url"] == "https://bot.example.org/slack/events"
    assert {slash["url"] for slash in made["features"]["slash_commands"]} == {"https://bot.example.org/slack/events"}
    assert made["oauth_config"]["redirect_urls"] == ["https://bot.example.org/slack/oauth_redirect"]
    assert not made["settings"]["socket_mode_enabled"]


def test_the_link_holds_the_manifest() -> None:
    assert json.loads(parse_qs(query(MADE))["manifest_json"][0]) == MADE


async def test_the_verb_prints_it() -> None:
    [verb] = VERBS
    assert json.loads(await verb.run({}, tuple(SPECS.values()))) == MADE
    http = json.loads(await verb.run({"signing_secret": "x"}, tuple(SPECS.values())))
    assert not http["settings"]["socket_mode_enabled"]


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
        (SlackSettings(client_id="1", client_secret="x", signing_secret="s", encryption_key="short"), "encryption_key"),
    ],
)
def test_wrong_settings_are_named(settings: SlackSettings, key: str) -> None:
    with pytest.raises(Misconfigured, match=key) as caught:
        check_settings(settings)
    assert "short" not in str(caught.value)


def test_right_settings() -> None:
    many = {"client_id": "1", "client_secret": "x", "encryption_key": KEY, "listen": "[::1]:3000"}
    adapter = create({"bot_token": "xoxb-1", "app_token": "xapp-1", "other": 1}, FakeCore())
    assert adapter.name == "slack"
    assert not adapter.health().is_ready
    assert create({**many, "signing_secret": "s"}, FakeCore()).name == "slack"
    assert SlackSettings(listen="[::1]:3000").host == "::1"


def test_the_address_is_the_librarys_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AsyncWebClient, "BASE_URL", "http://127.0.0.1:9/api/")
    assert Web().bare().base_url == "http://127.0.0.1:9/api/"


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
    adapter = SlackAdapter(replace(SOCKET, api_url=slack.api.url), core, timing=TIMING)
    with pytest.raises(Misconfigured, match=code):
        await adapter.run()
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
    assert [finding.subject for finding in findings] == ["Slack token", "Slack permissions", "Slack app token"]
    assert all(finding.is_well for finding in findings)


async def test_check_says_what_is_wrong_and_what_to_do(site: Site) -> None:
    site.slack.world.workspaces[TEAM].scopes = "commands"
    site.slack.api.faults["apps.connections.open"].append(faults.error("invalid_auth"))
    findings = await site.adapter.check()
    assert [finding.is_well for finding in findings] == [True, False, False]
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
    adapter = SlackAdapter(replace(HTTP, api_url=slack.api.url), core)
    findings = await adapter.check()
    assert [finding.words for finding in findings][1:] == ["all granted", "by HTTP, listening on 127.0.0.1:0"]
    await slack.stop()


# News


async def test_channels_and_members_that_go(site: Site, core: FakeCore) -> None:
    ada, bot = site.member(), site.slack.world.workspaces[TEAM].bot
    await ada.event({"type": "channel_archive", "channel": "C7", "user": ADA})
    await ada.event({"type": "channel_deleted", "channel": "C7"})
    await ada.event({"type": "group_left", "channel": {"id": "C7"}})
    await ada.event({"type": "member_left_channel", "channel": CHANNEL, "user": bot})
    await ada.event({"type": "member_left_channel", "channel": CHANNEL, "user": BOB})
    await ada.event({"type": "member_joined_channel", "channel": CHANNEL, "user": BOB})
    told = [(event.news, event.channel.id, event.user and event.user.id) for event in core.events]
    gone = (News.CHANNEL_GONE, "C7", None)
    left = (News.CHANNEL_GONE, CHANNEL, None), (News.MEMBER_GONE, CHANNEL, BOB)
    assert told == [gone, gone, gone, *left]


async def test_uninstalling_puts_the_workspace_to_sleep(site: Site, core: FakeCore) -> None:
    await site.member().event({"type": "app_uninstalled"})
    assert [(event.news, event.channel.id) for event in core.events] == [(News.REMOVED, None)]


# The home


async def test_a_home_is_only_kept_fresh_for_who_looks(site: Site) -> None:
    ada = site.member()
    await ada.slash("/checkin 2h")
    await site.settle()
    assert site.slack.world.homes == {}
    await ada.event({"type": "app_home_opened", "user": ADA, "tab": "messages"})
    await site.settle()
    assert site.slack.world.homes == {}


async def test_changes_that_come_together_are_shown_once(site: Site) -> None:
    ada = site.member()
    gate = asyncio.Event()
    site.slack.api.faults["views.publish"].append(faults.slow(gate))
    await ada.open_home()
    for _ in range(5):
        await ada.slash("/checkin 2h")
    gate.set()
    await site.settle()
    assert len(site.slack.api.called("views.publish")) == 2


async def test_a_home_that_cannot_be_shown_stops_nothing(site: Site) -> None:
    site.slack.api.faults["views.publish"].append(faults.error("not_enabled"))
    ada = site.member()
    await ada.open_home()
    await site.settle()
    assert await ada.slash("/checkin 2h") is not None
    await site.settle()
    assert ADA in site.slack.world.homes


async def test_what_only_reads_changes_no_home(site: Site) -> None:
    ada = site.member()
    await ada.open_home()
    await site.settle()
    await ada.slash("/progress")
    await site.settle()
    assert len(site.slack.api.called("views.publish")) == 1
