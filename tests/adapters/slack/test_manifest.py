"""The manifest holds what Slack takes, and the manual what the manifest asks for."""

import json
import re
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import limits
from adapters.slack.commands import BUILT_IN, slash_names
from adapters.slack.manifest import NEW_EVENTS, OPTIONAL_SCOPES, SCOPES, make_manifest
from adapters.slack.settings import SlackSettings
from adapters.slack.verbs import VERBS
from bot.adapter.plugin import Verb
from bot.commands.registry import SPECS
from tests.adapters.slack.conftest import populated

Shape = type | list["Shape"] | dict[str, "Shape"]
ROOT = Path(__file__).parents[3]
MANIFEST = make_manifest(SPECS.values())


def test_no_name_is_slacks_own() -> None:
    names = slash_names(SPECS.values())
    assert names == ["checkin", "progress", "leaderboard", "tenhours"]
    assert not BUILT_IN & set(names)


def test_the_manifest_is_within_its_limits() -> None:
    shown, features = MANIFEST["display_information"], MANIFEST["features"]
    assert len(shown["name"]) <= limits.APP_NAME_LENGTH
    assert len(shown["description"]) <= limits.APP_DESCRIPTION_LENGTH
    assert re.fullmatch(r"[a-z0-9._-]{1,80}", features["bot_user"]["display_name"])
    assert len(features["slash_commands"]) <= limits.SLASH_COUNT
    for slash in features["slash_commands"]:
        assert slash["command"].startswith("/")
        assert len(slash["command"]) <= limits.SLASH_LENGTH
        assert slash["command"] == slash["command"].lower()
        assert 0 < len(slash["description"]) <= limits.SLASH_DESCRIPTION_LENGTH
        assert 0 < len(slash["usage_hint"]) <= limits.SLASH_HINT_LENGTH
    assert len(features["shortcuts"]) <= limits.SHORTCUT_COUNT
    for shortcut in features["shortcuts"]:
        assert len(shortcut["name"]) <= limits.SHORTCUT_NAME_LENGTH
        assert len(shortcut["description"]) <= limits.SHORTCUT_DESCRIPTION_LENGTH
        assert len(shortcut["callback_id"]) <= limits.CALLBACK_LENGTH


def test_optional_scopes_are_scopes() -> None:
    scopes = MANIFEST["oauth_config"]["scopes"]
    assert set(scopes["bot_optional"]) == set(OPTIONAL_SCOPES) <= set(scopes["bot"])
    assert set(SCOPES) <= set(scopes["bot"])


def test_socket_mode_needs_no_address_and_http_does() -> None:
    assert "url" not in json.dumps(MANIFEST)
    manifest = make_manifest(SPECS.values(), is_socket=False, public_url="https://bot.example.org/")
    assert manifest["settings"]["interactivity"]["request_url"] == "https://bot.example.org/slack/events"
    assert manifest["settings"]["interactivity"]["message_menu_options_url"] == "https://bot.example.org/slack/events"
    assert {slash["url"] for slash in manifest["features"]["slash_commands"]} == {
        "https://bot.example.org/slack/events"
    }
    assert manifest["oauth_config"]["redirect_urls"] == ["https://bot.example.org/slack/oauth_redirect"]
    assert not manifest["settings"]["socket_mode_enabled"]


@pytest.mark.parametrize("paper", ["README.md", "docs/slack.md"])
def test_the_papers_name_the_verb_that_prints_the_link(paper: str) -> None:
    assert "tenhours slack link" in (ROOT / paper).read_text(encoding="utf-8")


async def test_the_verb_prints_it() -> None:
    verb = next(verb for verb in VERBS if isinstance(verb, Verb) and verb.name == "manifest")
    assert json.loads(await verb.run(SlackSettings(), tuple(SPECS.values()))) == MANIFEST
    http = json.loads(await verb.run(SlackSettings(signing_secret="x"), tuple(SPECS.values())))
    assert not http["settings"]["socket_mode_enabled"]


async def test_the_link_holds_the_manifest() -> None:
    verb = next(verb for verb in VERBS if isinstance(verb, Verb) and verb.name == "link")
    address, _, query = (await verb.run(SlackSettings(), tuple(SPECS.values()))).partition("?")
    assert address == "https://api.slack.com/apps"
    assert json.loads(parse_qs(query)["manifest_json"][0]) == MANIFEST


async def test_the_link_names_what_an_app_lacks_that_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    slack = populated()
    slack.world.workspaces["T1"].scopes = "commands,chat:write"
    await slack.start()
    monkeypatch.setattr(AsyncWebClient, "BASE_URL", slack.api.url)
    verb = next(verb for verb in VERBS if isinstance(verb, Verb) and verb.name == "link")
    told = await verb.run(SlackSettings(bot_token="xoxb-T1"), tuple(SPECS.values()))
    assert "Slack permissions: missing im:write, users:read, channels:read, groups:read" in told
    assert "channel_unarchive" in told
    assert "invalid_auth" in await verb.run(SlackSettings(bot_token="xoxb-no"), tuple(SPECS.values()))
    await slack.stop()


def test_every_new_event_is_in_the_manifest() -> None:
    assert set(NEW_EVENTS) <= set(MANIFEST["settings"]["event_subscriptions"]["bot_events"])


def test_the_manual_names_every_scope_and_command() -> None:
    manual = (ROOT / "docs" / "slack.md").read_text(encoding="utf-8")
    for name in (*SCOPES, *OPTIONAL_SCOPES, *(f"/{slash}" for slash in slash_names(SPECS.values()))):
        assert f"`{name}" in manual


SHAPE: Shape = {
    "_metadata": {"major_version": int, "minor_version": int},
    "display_information": {"name": str, "description": str, "background_color": str},
    "features": {
        "app_home": {"home_tab_enabled": bool, "messages_tab_enabled": bool, "messages_tab_read_only_enabled": bool},
        "bot_user": {"display_name": str, "always_online": bool},
        "shortcuts": [{"name": str, "type": str, "callback_id": str, "description": str}],
        "slash_commands": [
            {"command": str, "url": str, "description": str, "usage_hint": str, "should_escape": bool},
        ],
    },
    "oauth_config": {"redirect_urls": [str], "scopes": {"bot": [str], "bot_optional": [str]}},
    "settings": {
        "event_subscriptions": {"request_url": str, "bot_events": [str]},
        "interactivity": {"is_enabled": bool, "request_url": str, "message_menu_options_url": str},
        "org_deploy_enabled": bool,
        "socket_mode_enabled": bool,
        "token_rotation_enabled": bool,
    },
}
"""Of Slack's schema of a manifest, which knows no other keys, what is used here."""


def fits(manifest: object, shape: Shape) -> bool:
    if isinstance(shape, dict):
        return isinstance(manifest, dict) and all(key in shape and fits(manifest[key], shape[key]) for key in manifest)
    if isinstance(shape, list):
        return isinstance(manifest, list) and manifest != [] and all(fits(part, shape[0]) for part in manifest)
    return type(manifest) is shape


@pytest.mark.parametrize("is_socket", [True, False])
@pytest.mark.parametrize("public_url", ["", "https://bot.example.org"])
def test_the_manifest_has_slacks_shape(is_socket: bool, public_url: str) -> None:
    manifest = make_manifest(SPECS.values(), is_socket=is_socket, public_url=public_url)
    assert fits(manifest, SHAPE)
    assert re.fullmatch("#[0-9a-f]{6}", manifest["display_information"]["background_color"])
    assert {shortcut["type"] for shortcut in manifest["features"]["shortcuts"]} == {"global", "message"}
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    assert len(events) == len(set(events)) <= 100
    scopes = manifest["oauth_config"]["scopes"]["bot"]
    assert len(scopes) == len(set(scopes)) <= 255
