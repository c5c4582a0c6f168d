"""The bot's true permissions in a channel: those of its roles, with what the channel gives and takes away."""

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence

import discord

from adapters.discord import failures, welcome
from bot.adapter import Access
from bot.chat.delivery import ChannelAddress
from bot.chat.legible import legible
from bot.domain.names import cut

log = logging.getLogger(__name__)
NAME_CHARACTERS = 60
"""Of a channel's name in a sentence."""

SERVER_LEFT = Access("the bot was removed from the server")
CHANNEL_HIDDEN = Access("I'm missing the permission View Channel in the channel")


async def find_access(client: discord.Client, places: Sequence[ChannelAddress]) -> dict[ChannelAddress, Access]:
    """Ask Discord itself what the bot may do in each place: no connection to the gateway is needed for it.

    Of a server that a standing connection does not know it is not asked: too many refusals would have us banned.
    """
    by_server: dict[str, list[ChannelAddress]] = defaultdict(list)
    for place in places:
        by_server[place.team].append(place)
    access: dict[ChannelAddress, Access] = {}
    for server, its_places in by_server.items():
        if client.is_ready() and server.isdecimal() and client.get_guild(int(server)) is None:
            access |= dict.fromkeys(its_places, SERVER_LEFT)
        else:
            access |= await _find_in_server(client, server, its_places)
    return access


def describe(permissions: discord.Permissions, name: str, *, is_thread: bool = False) -> Access:
    """Return what permissions in a place leave to be wished for."""
    place = _place(name)
    needed = welcome.missing_names(permissions, welcome.NEEDED_IN_THREAD if is_thread else welcome.NEEDED)
    if needed:
        return Access(_say_missing(needed, place), "", place)  # without these Discord takes others away, too
    return Access("", _say_missing(welcome.missing_names(permissions, welcome.WANTED), place), place)


def say_deleted(name: str) -> str:
    """Return “#general was deleted”."""
    return f"{_place(name)} was deleted"


async def explain_refusal(client: discord.Client, to: ChannelAddress, code: int) -> str:
    """Return why a post was refused; a client that has no connection, and so knows no channel, asks for it."""
    if not client.is_ready() and code in failures.NOT_ALLOWED:
        found = (await find_access(client, [to])).get(to)
        if found is not None and found.obstacle:
            return found.obstacle
    return say_refusal(client, to, code)


def say_refusal(client: discord.Client, to: ChannelAddress, code: int) -> str:
    """Return why a post was refused, by what is known without asking; "" for a code that is of something else."""
    if code == failures.UNKNOWN_CHANNEL:
        return say_deleted("")
    if code not in failures.NOT_ALLOWED:
        return ""
    channel = client.get_channel(int(to.channel)) if to.channel.isdecimal() else None
    if not isinstance(channel, discord.abc.GuildChannel | discord.Thread) or channel.guild.me is None:
        return failures.WORDS[code]
    try:
        permissions = channel.permissions_for(channel.guild.me)
    except discord.ClientException:  # a thread whose channel is not known
        permissions = discord.Permissions.none()
    found = describe(permissions, channel.name, is_thread=isinstance(channel, discord.Thread))
    return found.obstacle or f"I may not post in {_place(channel.name)}"


async def _find_in_server(
    client: discord.Client, server: str, places: Sequence[ChannelAddress]
) -> Mapping[ChannelAddress, Access]:
    try:
        guild = await client.fetch_guild(int(server), with_counts=False)
        me = await guild.fetch_member(client.user.id if client.user is not None else 0)
        return {place: await _find_in_channel(guild, me, int(place.channel)) for place in places}
    except (discord.NotFound, discord.Forbidden):
        return dict.fromkeys(places, SERVER_LEFT)
    except (*failures.FAILURES, ValueError) as error:
        log.info("permissions could not be asked for", extra={"server": server, "error": str(error)})
        return {}


async def _find_in_channel(guild: discord.Guild, me: discord.Member, channel_id: int) -> Access:
    try:
        channel = await guild.fetch_channel(channel_id)
        if not isinstance(channel, discord.Thread):
            return describe(channel.permissions_for(me), channel.name)
        parent = await guild.fetch_channel(channel.parent_id)
    except discord.Forbidden:
        return CHANNEL_HIDDEN
    except discord.NotFound:
        return Access(say_deleted(""))
    assert isinstance(parent, discord.abc.GuildChannel)
    return describe(parent.permissions_for(me), channel.name, is_thread=True)


def _place(name: str) -> str:
    return f"#{cut(legible(name), NAME_CHARACTERS)}" if name else "the channel"


def _say_missing(names: Sequence[str], place: str) -> str:
    """Return “I'm missing the permission Send Messages in #general”; "" where nothing is missing."""
    plain = [name.partition(" (")[0] for name in names]
    if not plain:
        return ""
    listed = plain[0] if len(plain) == 1 else f"{', '.join(plain[:-1])} and {plain[-1]}"
    return f"I'm missing the permission{'s' if len(plain) > 1 else ''} {listed} in {place}"
