"""Discord: application commands, modals, buttons and messages over the gateway. Importing this costs nothing."""

from collections.abc import Sequence

from adapters.discord.settings import DiscordSettings
from adapters.discord.verbs import VERBS
from bot.adapter import Adapter, Core
from bot.adapter.plugin import Plugin
from bot.adapter.setup import PlatformSetup
from bot.charts.picture import DrawPicture, drawn_in
from bot.charts.theme import THEMES
from bot.chat.command import Spec


def create(settings: DiscordSettings, core: Core, pictures: DrawPicture | None = None) -> Adapter:
    """Return the adapter. Raises `Misconfigured` without a token.

    `pictures` draws a chart as PNG, by default with `bot.charts` in the theme that the settings name.
    """
    from adapters.discord.adapter import DiscordAdapter  # noqa: PLC0415 - 0.3 s, and many megabytes

    return DiscordAdapter(settings, core, pictures or drawn_in(THEMES[settings.theme]))


def make_setup(specs: Sequence[Spec]) -> PlatformSetup[DiscordSettings]:
    """Return Discord's part of `tenhours setup`."""
    from adapters.discord.setup import DiscordSetup  # noqa: PLC0415 - as above

    del specs
    return DiscordSetup()


PLUGIN = Plugin(create, DiscordSettings, VERBS, setup=make_setup)
