"""The command-line verbs of Discord: `discord invite` and `discord sync`.

The command line reads this module at every start, so that discord.py, which takes 0.3 to 0.6 s to import, is loaded
only when a verb runs.
"""

from collections.abc import Sequence

from adapters.discord.settings import DiscordSettings
from bot.adapter.plugin import Verb
from bot.chat.command import Spec


async def invite(settings: DiscordSettings, specs: Sequence[Spec]) -> str:
    """Return the link that adds the bot to a server, with the least permissions. Raises `Misconfigured`."""
    del specs
    from adapters.discord import welcome  # noqa: PLC0415 - 0.3 s
    from adapters.discord.visit import application_id, visit  # noqa: PLC0415 - 0.3 s

    async with visit(settings) as client:
        return welcome.invite_url(application_id(client))


async def sync(settings: DiscordSettings, specs: Sequence[Spec]) -> str:
    """Register all commands anew, changed or not, and return a sentence that says so. Raises `Misconfigured`."""
    from adapters.discord import commands  # noqa: PLC0415 - 0.3 s
    from adapters.discord.visit import application_id, visit  # noqa: PLC0415 - 0.3 s

    rendered = commands.render_commands(specs)
    async with visit(settings) as client:
        await client.http.bulk_upsert_global_commands(application_id(client), rendered)
    return f"{len(rendered)} commands are registered; Discord shows them within a minute."


VERBS = (
    Verb("invite", "print the link that adds the bot to a server", invite),
    Verb("sync", "register the commands with Discord again", sync),
)
