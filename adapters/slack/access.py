"""What keeps the app from posting to a channel, as far as Slack tells: archived, not invited, open to some alone."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from adapters.slack.manifest import HANDLE
from adapters.slack.workspaces import Workspaces, call
from bot.adapter import Access
from bot.chat.delivery import ChannelAddress, PostError, PostRefused
from bot.chat.legible import legible
from bot.domain.names import cut

log = logging.getLogger(__name__)
NAME_LENGTH = 80
PLACE = "the channel"
REASONS: Mapping[str, str] = {
    "account_inactive": "the app was removed from the workspace",
    "app_uninstalled": "the app was removed from the workspace",
    "channel_deleted": f"{PLACE} was deleted",
    "channel_not_found": f"{PLACE} is gone, or private and I'm not in it: /invite @{HANDLE}",
    "is_archived": f"{PLACE} is archived",
    "not_in_channel": f"I'm not in {PLACE}: /invite @{HANDLE}",
    "restricted_action": f"not everyone may post in {PLACE}, and I may not",
    "restricted_action_read_only_channel": f"not everyone may post in {PLACE}, and I may not",
    "team_not_found": "the app was removed from the workspace",
    "token_revoked": "the app was removed from the workspace",
}
"""Reasons in words, by Slack's; `PLACE` stands where the channel's name does once it is known."""

PERSON_REASONS: Mapping[str, str] = {
    "cannot_dm_bot": "that is an app, not a person",
    "messages_tab_disabled": "the app's Messages Tab is off",
    "user_disabled": "the person is deactivated",
    "user_not_found": "the person is no longer in the workspace",
    "users_not_found": "the person is no longer in the workspace",
}
"""Reasons why somebody gets no direct message, by Slack's words."""


async def find_access(workspaces: Workspaces, places: Sequence[ChannelAddress]) -> dict[ChannelAddress, Access]:
    """Ask Slack about each channel; one of which it does not tell now is left out."""
    access: dict[ChannelAddress, Access] = {}
    for place in places:
        try:
            channel = await find_channel(workspaces, place.team, place.channel)
            access[place] = Access(_find_obstacle(channel), "", say_place(str(channel.get("name") or "")))
        except PostRefused as refused:
            access[place] = Access(say_reason(str(refused)))
        except PostError as error:
            log.info("a channel could not be asked about", extra={"channel": place.channel, "reason": str(error)})
    return access


async def find_channel(workspaces: Workspaces, team: str, channel: str) -> Mapping[str, Any]:
    """Return what Slack tells of a channel. Raises a `PostError`."""
    client = await workspaces.client(team)
    answer = await call(client.conversations_info(channel=channel))
    found: Mapping[str, Any] = answer["channel"]
    return found


async def find_name(workspaces: Workspaces, team: str, channel: str) -> str:
    """Return a channel's name; "" where Slack does not tell it."""
    try:
        return str((await find_channel(workspaces, team, channel)).get("name") or "")
    except PostError:
        return ""


def say_reason(code: str, name: str = "") -> str:
    """Return in words why Slack refuses a channel; its own word where none are known."""
    return REASONS.get(code, code).replace(PLACE, say_place(name))


def say_place(name: str) -> str:
    """Return “#general”, or “the channel” where its name is not known."""
    return f"#{cut(legible(name), NAME_LENGTH)}" if name else PLACE


def _find_obstacle(channel: Mapping[str, Any]) -> str:
    name = str(channel.get("name") or "")
    if channel.get("is_archived"):
        return say_reason("is_archived", name)
    if not channel.get("is_member", True):
        return say_reason("not_in_channel", name)
    return say_reason("restricted_action", name) if channel.get("is_read_only") else ""
