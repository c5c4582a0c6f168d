"""Channels that people name, by a reference of Slack's or by a typed name: which they are, and whether we are in."""

import asyncio
import logging
import re
from collections.abc import Callable

from msgspec.structs import replace
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import limits
from adapters.slack.incoming import PLATFORM
from adapters.slack.manifest import HANDLE
from adapters.slack.workspaces import Workspaces, call
from bot.adapter import Core
from bot.adapter.bounded import BoundedDict
from bot.adapter.http import Json
from bot.chat.command import OptionKind, Reading, Spec
from bot.chat.delivery import PostError, PostRefused
from bot.chat.reading.split import split_words
from bot.chat.request import Channel, NamedChannel, Server
from bot.errors import Refused, Typed

log = logging.getLogger(__name__)

INVITE = ("Type ", Typed(f"/invite @{HANDLE}"), " there first.")
ARCHIVED = ("It's archived.",)
_REFERENCE = re.compile(r"<#([A-Z0-9]+)(?:\|([^>]*))?>")


def channel_options(spec: Spec | None) -> list[str]:
    """Return the names of a command's options that are channels."""
    return [option.name for option in spec.options if option.kind is OptionKind.CHANNEL] if spec else []


def words_in_line(spec: Spec, line: str, reading: Reading) -> list[str]:
    """Return the words by which a typed line of `spec`, with the command's name, names channels."""
    names = channel_options(spec)
    words = line.split(maxsplit=len(spec.name.split()))[len(spec.name.split()) :]
    try:
        raw = split_words(spec, " ".join(words), reading) if names else {}
    except Refused:
        return []
    return [raw[name] for name in names if name in raw]


async def find_channel(workspaces: Workspaces, team: str, words: str) -> NamedChannel | None:
    """Return the channel of a workspace that somebody names; None where there is none that they can see.

    A private one is known by a reference alone, which Slack makes for those who are in it. In doubt we may post there.
    """
    reference = _REFERENCE.fullmatch(words)
    try:
        client = await workspaces.client(team)
        found = await (_info(client, reference[1]) if reference else _find_public(client, words.lstrip("#").casefold()))
    except PostRefused as refused:
        if reference is None or not refused.is_gone:
            return None
        return NamedChannel(Channel(PLATFORM, team, reference[1], reference[2] or reference[1]), INVITE)
    except PostError as error:
        log.info("a channel could not be looked up", extra={"reason": str(error)})
        found = {"id": reference[1], "name": reference[2]} if reference else None
    return None if found is None else _named(team, found)


async def with_people(workspaces: Workspaces, channel: Channel) -> Channel:
    """Return a channel with the number of people in it; as it is where Slack does not say."""
    try:
        found = await _info(await workspaces.client(channel.team), str(channel.id))
    except PostError as error:
        log.info("the people of a channel could not be counted", extra={"reason": str(error)})
        return channel
    return replace(channel, people=int(found.get("num_members") or 0))


async def _info(client: AsyncWebClient, channel: str) -> Json:
    answer = await call(client.conversations_info(channel=channel, include_num_members=True))
    found: Json = answer["channel"]
    return found


async def _find_public(client: AsyncWebClient, name: str) -> Json | None:
    """Return the public channel of a name, page by page."""
    cursor = ""
    for _ in range(limits.CHANNEL_PAGES):
        answer = await call(
            client.conversations_list(
                types="public_channel", exclude_archived=True, limit=limits.CHANNEL_PAGE, cursor=cursor
            )
        )
        for channel in answer["channels"]:
            if str(channel.get("name") or "").casefold() == name:
                found: Json = channel
                return found
        cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor:
            break
    return None


def _named(team: str, found: Json) -> NamedChannel | None:
    """Return the channel as the core knows it; None of a direct message."""
    if found.get("is_im") or found.get("is_mpim"):
        return None
    advice = ARCHIVED if found.get("is_archived") else () if found.get("is_member", True) else INVITE
    channel_id = str(found["id"])
    is_public = found.get("is_private") is False and not found.get("is_archived")
    name, people = str(found.get("name") or channel_id), int(found.get("num_members") or 0)
    channel = Channel(PLATFORM, team, channel_id, name, people)
    return NamedChannel(channel, advice, is_public)


class PublicChannels:
    """The channels with a group that everybody of a workspace may read, as Slack said in the last ten minutes."""

    def __init__(self, core: Core, workspaces: Workspaces, monotonic: Callable[[], float]) -> None:
        self._core = core
        self._workspaces = workspaces
        self._monotonic = monotonic
        self._known: BoundedDict[tuple[str, str], tuple[float, NamedChannel | None]] = BoundedDict(
            limits.PUBLIC_CHANNELS_REMEMBERED
        )

    async def list_named(self, team: str) -> dict[str, NamedChannel]:
        """Return them by the reference that names each, those of the oldest groups where there are very many."""
        channel_ids = await self._core.list_group_channels(Server(PLATFORM, team))
        references = [f"<#{channel_id}>" for channel_id in channel_ids[: limits.PUBLIC_CHANNELS_SHOWN]]
        found = await asyncio.gather(*(self._find(team, reference) for reference in references))
        named = zip(references, found, strict=True)
        return {reference: channel for reference, channel in named if channel is not None and channel.is_public}

    async def _find(self, team: str, reference: str) -> NamedChannel | None:
        expires_at, channel = self._known.get((team, reference), (0.0, None))
        if self._monotonic() < expires_at:
            return channel
        channel = await find_channel(self._workspaces, team, reference)
        self._known[(team, reference)] = (self._monotonic() + limits.PROFILE_LIFETIME_SECONDS, channel)
        return channel
