"""The first minute on a server: where a welcome can be read, and which permissions are missing for what is promised."""

from collections.abc import Iterator, Mapping

import discord

from bot.chat.card import Block, Card, Line, LinkButton, Links, Note, Tone
from bot.chat.text import Bold, Code

NEEDED = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
}
"""Permissions without which nothing can be posted in a channel, and their names in Discord's settings."""

NEEDED_IN_THREAD = {
    "view_channel": "View Channel",
    "send_messages_in_threads": "Send Messages in Threads",
}
"""Permissions without which nothing can be posted in a thread."""

WANTED = {
    "attach_files": "Attach Files (for pictures)",
    "embed_links": "Embed Links (for the frame of the week's card)",
    "read_message_history": "Read Message History (so that nothing is ever posted twice)",
}
"""Permissions without which it works, but less well."""

INVITED_WITH = discord.Permissions(**dict.fromkeys([*NEEDED, *WANTED, "send_messages_in_threads"], True))
"""The least that the bot is invited with."""

SCOPES = ("bot", "applications.commands")
FIX = "Edit Channel → Permissions → add me → allow"


def invite_url(application: int, guild: int | None = None) -> str:
    """Return the link that adds the bot to a server, or gives it there what it lacks, with the least permissions."""
    url = discord.utils.oauth_url(application, permissions=INVITED_WITH, scopes=SCOPES)
    return url if guild is None else f"{url}&guild_id={guild}&disable_guild_select=true"


def find_channel(guild: discord.Guild) -> discord.TextChannel | None:
    """Return the channel where a welcome is read: the system channel, or the first one that may be written in."""
    candidates = [
        guild.system_channel,
        *sorted(guild.text_channels, key=lambda channel: (channel.position, channel.id)),
    ]
    return next((channel for channel in candidates if channel and may_post(channel.permissions_for(guild.me))), None)


def may_post(permissions: discord.Permissions) -> bool:
    """Return True if all that is needed is there."""
    return not missing_names(permissions, NEEDED)


def missing_names(permissions: discord.Permissions, wanted: Mapping[str, str]) -> list[str]:
    """Return the names of those of `wanted` that are not there."""
    if permissions.administrator:
        return []
    return [name for permission, name in wanted.items() if not getattr(permissions, permission)]


def shortage_card(guild: discord.Guild, channel: discord.TextChannel) -> Card | None:
    """Return what works less well in the channel of the welcome, and what fixes it; None where all is there."""
    names = missing_names(channel.permissions_for(guild.me), WANTED)
    if not names:
        return None
    return Card("", (*_request_for(names, channel.name), _button(invite_url(guild.me.id, guild.id))), Tone.WARN)


def no_channel_card(guild: discord.Guild) -> Card:
    """Return the words for the owner of a server where the bot may write in no channel at all."""
    first = next(iter(sorted(guild.text_channels, key=lambda channel: channel.position)), None)
    names = missing_names(first.permissions_for(guild.me), NEEDED) if first else list(NEEDED.values())
    thanks = ("Thanks for inviting me to ", Bold(guild.name), ". I can't write in any of its channels yet.")
    blocks: list[Block] = [
        Line(thanks),
        *_request_for(names, "the channel of your study group"),
        Note(("Then type ", Code("/group start"), " there.")),
        _button(invite_url(guild.me.id, guild.id)),
    ]
    return Card("Ten Hours", tuple(blocks), Tone.WARN)


def posting_warning(permissions: discord.Permissions, url: str, *, is_thread: bool = False) -> tuple[Block, ...]:
    """Return a warning for whoever starts a group in a place that the bot may not post in; nothing where it may.

    `url` gives the bot all that it needs. Discord sends no permissions at all in some places: then nothing is known,
    and nothing said.
    """
    needed = NEEDED_IN_THREAD if is_thread else NEEDED
    names = missing_names(permissions, needed) if permissions.value else []
    return (*_request_for(names, "this thread" if is_thread else "this channel"), _button(url)) if names else ()


def _request_for(names: list[str], place: str) -> Iterator[Block]:
    yield Line((f"I need these permissions in {place}: ", Bold(", ".join(names)), "."))
    yield Note((f"{FIX} {', '.join(name.partition(' (')[0] for name in names)}.",))


def _button(url: str) -> Block:
    """Return the button that gives the bot all it needs; what a channel takes away is given back in its settings."""
    return Links((LinkButton("Allow these", url),))
