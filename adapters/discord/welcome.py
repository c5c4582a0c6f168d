"""The first minute on a server: where a welcome can be read, and which permissions are missing for what is promised."""

from collections.abc import Iterator

import discord

from bot.chat.card import Block, Card, Line, LinkButton, Links, Note, Tone
from bot.chat.text import Bold

NEEDED = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "embed_links": "Embed Links",
}
"""Without these nothing can be posted in a channel."""

IN_THREAD = {
    "view_channel": "View Channel",
    "send_messages_in_threads": "Send Messages in Threads",
    "embed_links": "Embed Links",
}
"""The same in a thread."""

WANTED = {
    "attach_files": "Attach Files (for pictures)",
    "read_message_history": "Read Message History (so that nothing is ever posted twice)",
}
"""Without these it works, but less well."""

INVITED_WITH = discord.Permissions(**dict.fromkeys([*NEEDED, *WANTED, "send_messages_in_threads"], True))
"""The least that the bot is invited with."""

SCOPES = ("bot", "applications.commands")
FIX = "Edit Channel → Permissions → add me → allow"


def invitation(application: int, guild: int | None = None) -> str:
    """The link that adds the bot to a server, or gives it there what it lacks, with the least permissions."""
    link = discord.utils.oauth_url(application, permissions=INVITED_WITH, scopes=SCOPES)
    return link if guild is None else f"{link}&guild_id={guild}&disable_guild_select=true"


def place(guild: discord.Guild) -> discord.TextChannel | None:
    """Where a welcome is read: the system channel, or the first text channel that may be written in."""
    candidates = [
        guild.system_channel,
        *sorted(guild.text_channels, key=lambda channel: (channel.position, channel.id)),
    ]
    return next((channel for channel in candidates if channel and may_post(channel.permissions_for(guild.me))), None)


def may_post(permissions: discord.Permissions) -> bool:
    """Whether all that is needed is there."""
    return not missing(permissions, NEEDED)


def missing(permissions: discord.Permissions, wanted: dict[str, str]) -> list[str]:
    """What of `wanted` is not there, as Discord's settings call it."""
    return (
        [] if permissions.administrator else [said for name, said in wanted.items() if not getattr(permissions, name)]
    )


def shortage(guild: discord.Guild, channel: discord.TextChannel) -> Card | None:
    """What works less well in the channel of the welcome, and what fixes it; None where all is there."""
    names = missing(channel.permissions_for(guild.me), WANTED)
    fix = invitation(guild.me.id, guild.id)
    return Card("", (*_asked(names, channel.name), *_fixed(fix)), Tone.WARN) if names else None


def no_place(guild: discord.Guild) -> Card:
    """For the owner, where the bot may write in no channel at all."""
    first = next(iter(sorted(guild.text_channels, key=lambda channel: channel.position)), None)
    names = missing(first.permissions_for(guild.me), NEEDED) if first else list(NEEDED.values())
    blocks: list[Block] = [
        Line(
            (
                "Thank you for inviting me to ",
                Bold(guild.name),
                ". I may not write in any of its channels yet.",
            )
        ),
        *_asked(names, "the channel of your study group"),
        Note(("Then type /group start there.",)),
        *_fixed(invitation(guild.me.id, guild.id)),
    ]
    return Card("Ten Hours", tuple(blocks), Tone.WARN)


def unable(permissions: discord.Permissions, fix: str, *, is_thread: bool = False) -> tuple[Block, ...]:
    """A warning for whoever starts a group in a place that the bot may not post in; empty where it may.

    Discord sends no permissions at all in some places: then nothing is known, and nothing said.
    """
    names = missing(permissions, IN_THREAD if is_thread else NEEDED) if permissions.value else []
    return (*_asked(names, "this thread" if is_thread else "this channel"), *_fixed(fix)) if names else ()


def _asked(names: list[str], where: str) -> Iterator[Block]:
    yield Line((f"I need these permissions in {where}: ", Bold(", ".join(names)), "."))
    yield Note((f"{FIX} {', '.join(name.partition(' (')[0] for name in names)}.",))


def _fixed(link: str) -> tuple[Block, ...]:
    """The button that gives the bot all that it needs; what a channel takes away is given back in its settings."""
    return (Links((LinkButton("Allow these", link),)),)
