"""The command-line verbs of Discord: `discord invite` and `discord sync`. discord.py is only loaded when one runs."""

from collections.abc import Mapping, Sequence

from bot.adapter import Verb
from bot.chat.command import Spec


async def invite(settings: Mapping[str, object], specs: Sequence[Spec]) -> str:
    """The link that adds the bot to a server, with the least permissions. Raises `Misconfigured` for a wrong token."""
    del specs
    from adapters.discord.visiting import invite_link  # noqa: PLC0415 - discord.py is slow and large

    return await invite_link(settings)


async def sync(settings: Mapping[str, object], specs: Sequence[Spec]) -> str:
    """Register all commands anew, changed or not."""
    from adapters.discord.visiting import register  # noqa: PLC0415 - discord.py is slow and large

    return await register(settings, specs)


VERBS: tuple[Verb, ...] = (
    Verb("invite", "print the link that adds the bot to a server", invite),
    Verb("sync", "register the commands with Discord, changed or not", sync),
)
