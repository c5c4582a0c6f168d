"""The app manifest: everything that Slack must know of the app, made from the command registry."""

from collections.abc import Iterable
from urllib.parse import quote

from msgspec import json

from adapters.slack import limits
from adapters.slack.commands import UMBRELLA, slash_names, usage
from adapters.slack.incoming import CHECK_IN, LOG_THIS
from bot.adapter.http import Json
from bot.chat.command import Spec
from bot.domain.names import cut

NAME = "Ten Hours"
HANDLE = "tenhours"
"""The word after the `@`. Slack documents small letters, digits, `-`, `_` and `.` for it."""
DESCRIPTION = "Keeps your study group to its promise: ten hours a week."
COLOUR = "#1f4e79"
EVENTS_PATH = "/slack/events"
INSTALL_PATH = "/slack/install"
REDIRECT_PATH = "/slack/oauth_redirect"
PLACEHOLDER_HOST = "https://YOUR-HOST"

SCOPES = (
    "commands",
    "chat:write",
    "im:write",
    "users:read",
    "channels:read",
    "groups:read",
)
"""Permissions to be spoken to; to post; to write to one person; for zone, name and rights; to be told of channels."""

OPTIONAL_SCOPES = ("files:write", "files:read", "channels:history", "groups:history", "im:history")
"""Permissions for pictures and exports; for files in forms; and to recognise an own post after a crash.

Whoever installs the app may leave them out.
"""

EVENTS = (
    "app_home_opened",
    "app_uninstalled",
    "channel_archive",
    "channel_deleted",
    "channel_left",
    "channel_unarchive",
    "group_archive",
    "group_deleted",
    "group_left",
    "group_unarchive",
    "member_joined_channel",
    "member_left_channel",
    "message.im",
    "tokens_revoked",
    "user_change",
)


NEW_EVENTS = ("channel_unarchive", "group_unarchive", "message.im")
"""Events that an app made from an earlier manifest may lack. Slack tells no app which ones it gets."""

NEW_APP_URL = "https://api.slack.com/apps?new_app=1&manifest_json="


def make_manifest(specs: Iterable[Spec], *, is_socket: bool = True, public_url: str = "") -> Json:
    """Return the manifest for Socket Mode, or with the address at which Slack reaches this program."""
    specs = tuple(specs)
    host = public_url.rstrip("/") or PLACEHOLDER_HOST
    url = {} if is_socket else {"url": host + EVENTS_PATH}
    request = {} if is_socket else {"request_url": host + EVENTS_PATH}
    searches = {} if is_socket else {"message_menu_options_url": host + EVENTS_PATH}
    scopes = {"bot": [*SCOPES, *OPTIONAL_SCOPES], "bot_optional": list(OPTIONAL_SCOPES)}
    redirect = {} if is_socket and not public_url else {"redirect_urls": [host + REDIRECT_PATH]}
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {"name": NAME, "description": DESCRIPTION, "background_color": COLOUR},
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": HANDLE, "always_online": True},
            "shortcuts": _shortcuts(),
            "slash_commands": [{**_slash(name, specs), **url} for name in slash_names(specs)],
        },
        "oauth_config": {**redirect, "scopes": scopes},
        "settings": {
            "event_subscriptions": {**request, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **request, **searches},
            "org_deploy_enabled": False,
            "socket_mode_enabled": is_socket,
            "token_rotation_enabled": False,
        },
    }


def format_manifest(manifest: Json) -> str:
    """Return the manifest as it is pasted."""
    return json.format(json.encode(manifest), indent=2).decode()


def make_link(manifest: Json) -> str:
    """Return the address of Slack's form for a new app, filled in with the manifest."""
    return NEW_APP_URL + quote(json.encode(manifest).decode(), safe="")


def _slash(name: str, specs: tuple[Spec, ...]) -> Json:
    spec = next((spec for spec in specs if spec.name == name and name != UMBRELLA), None)
    summary = spec.summary if spec else "all commands: streak, goal, pause, group, guide …"
    hint = usage(spec) if spec else "guide | streak | goal 12 | pause until: fri | group start"
    described = {"description": cut(summary, limits.SLASH_DESCRIPTION_LENGTH), "should_escape": True}
    return {
        "command": f"/{name}",
        **described,
        **({"usage_hint": cut(hint, limits.SLASH_HINT_LENGTH)} if hint else {}),
    }


def _shortcuts() -> list[dict[str, str]]:
    return [
        {
            "name": "Check in",
            "type": "global",
            "callback_id": CHECK_IN,
            "description": "Log time that you studied",
        },
        {
            "name": "Log this",
            "type": "message",
            "callback_id": LOG_THIS,
            "description": "Check in with this message as what you learned",
        },
    ]
