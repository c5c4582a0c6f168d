"""Discord: application commands, modals, buttons and embeds over the gateway. Importing this costs nothing."""

from collections.abc import Awaitable, Callable, Mapping

from bot.adapter import Adapter, Core
from bot.chat.chart import Chart

Pictures = Callable[[Chart], Awaitable[bytes]]


def create(settings: Mapping[str, object], core: Core, pictures: Pictures | None = None) -> Adapter:
    """The adapter for `settings` (`token`, and `api_url` where Discord is reached by another address).

    Without `pictures`, which draws a chart as PNG, charts are shown by their words. `Misconfigured` without a token.
    """
    from adapters.discord.adapter import DiscordAdapter  # noqa: PLC0415 - discord.py is slow and large

    return DiscordAdapter(settings, core, pictures)
