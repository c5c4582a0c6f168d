"""Slack: slash commands, modals, App Home and posts. Its libraries are imported only when the adapter is made."""

from collections.abc import Awaitable, Callable, Mapping

from bot.adapter import Adapter, Core
from bot.charts.picture import pictures as drawn_in
from bot.charts.theme import LIGHT
from bot.chat.chart import Chart

Draw = Callable[[Chart], Awaitable[bytes]]
"""A chart as PNG."""


def create(settings: Mapping[str, object], core: Core, pictures: Draw | None = None) -> Adapter:
    """The adapter for the section `[slack]`; `Misconfigured` where it could not serve with it.

    `pictures` draws charts, by default with `bot.charts` in the theme that the settings name, or the light one.
    """
    from adapters.slack.client import SlackAdapter  # noqa: PLC0415 - half a second and many megabytes
    from adapters.slack.settings import check_settings, read_settings  # noqa: PLC0415

    read = read_settings(settings)
    check_settings(read)
    return SlackAdapter(read, core, pictures=pictures or drawn_in(read.theme, LIGHT))
