"""Discord: application commands, modals, buttons and embeds over the gateway. Importing this costs nothing."""

from collections.abc import Awaitable, Callable, Mapping

from bot.adapter import Adapter, Core
from bot.charts.picture import pictures as drawn_in
from bot.charts.theme import DARK
from bot.chat.chart import Chart

Pictures = Callable[[Chart], Awaitable[bytes]]


def create(settings: Mapping[str, object], core: Core, pictures: Pictures | None = None) -> Adapter:
    """The adapter for `settings` (`token`, and `api_url` where Discord is reached by another address).

    `pictures` draws a chart as PNG, by default with `bot.charts` in the theme that the settings name, or the dark one.
    `Misconfigured` without a token.
    """
    from adapters.discord.adapter import DiscordAdapter  # noqa: PLC0415 - discord.py is slow and large

    return DiscordAdapter(settings, core, pictures or drawn_in(settings.get("theme"), DARK))
