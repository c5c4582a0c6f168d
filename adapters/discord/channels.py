"""Channels that an option names, as the gateway has told of them: their names, and whether we may post there."""

import re
from collections.abc import Callable, Iterable

import discord

from adapters.discord import welcome
from adapters.discord.incoming import PLATFORM
from adapters.discord.interaction import Interaction
from bot.chat.command import OptionKind, Spec
from bot.chat.request import Channel, CommandRequest, NamedChannel

FindGuild = Callable[[int], discord.Guild | None]
TextPlace = discord.TextChannel | discord.Thread | discord.VoiceChannel
_REFERENCE = re.compile(r"<#([0-9]{1,20})>")
_VIEW_CHANNEL = discord.Permissions.view_channel.flag


def find_channels(
    interaction: Interaction, request: CommandRequest, spec: Spec | None, find_guild: FindGuild
) -> dict[str, NamedChannel]:
    """Return the channels of the server that a request names, by the words that name each."""
    names = [option.name for option in spec.options if option.kind is OptionKind.CHANNEL] if spec else []
    guild = find_guild(int(interaction.event.guild_id)) if names and interaction.event.guild_id else None
    if guild is None:
        return {}
    found = {words: _find(guild, words, interaction) for words in _words(request, names)}
    return {words: channel for words, channel in found.items() if channel is not None}


def _words(request: CommandRequest, names: Iterable[str]) -> Iterable[str]:
    return (request.options[name] for name in names if name in request.options)


def _find(guild: discord.Guild, words: str, interaction: Interaction) -> NamedChannel | None:
    """Return the channel; None where nothing can be posted in its kind, or the one who speaks cannot see it."""
    reference = _REFERENCE.fullmatch(words)
    channel = guild.get_channel_or_thread(int(reference[1])) if reference else None
    if not isinstance(channel, TextPlace) or not _is_seen(channel.id, interaction):
        return None
    needed = welcome.NEEDED_IN_THREAD if isinstance(channel, discord.Thread) else welcome.NEEDED
    missing = welcome.missing_names(channel.permissions_for(guild.me), needed)
    advice = (f"{welcome.FIX} {', '.join(missing)}.",) if missing else ()
    return NamedChannel(Channel(PLATFORM, str(guild.id), str(channel.id), channel.name), advice)


def _is_seen(channel_id: int, interaction: Interaction) -> bool:
    """Return False where Discord says that the one who speaks may not see the channel; a button says nothing of it."""
    resolved = (interaction.event.data.get("resolved") or {}).get("channels") or {}
    permissions = (resolved.get(str(channel_id)) or {}).get("permissions")
    if permissions is None:
        return True
    return bool(int(permissions) & (_VIEW_CHANNEL | discord.Permissions.administrator.flag))
