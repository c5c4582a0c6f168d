"""Slack: slash commands, modals, App Home and posts. Its libraries are imported only when the adapter is made."""

from collections.abc import Awaitable, Callable, Mapping

from bot.adapter import Adapter, Core
from bot.chat.chart import Chart

Draw = Callable[[Chart], Awaitable[bytes]]
"""A chart as PNG."""


def create(settings: Mapping[str, object], core: Core, pictures: Draw | None = None) -> Adapter:
    """The adapter for the section `[slack]`; `Misconfigured` where it could not serve with it.

    `pictures` draws charts, by default with `bot.charts`.
    """
    from adapters.slack.client import SlackAdapter  # noqa: PLC0415 - half a second and many megabytes
    from adapters.slack.settings import check_settings, read_settings  # noqa: PLC0415
    from bot.charts.picture import picture  # noqa: PLC0415 - brings Pillow

    read = read_settings(settings)
    check_settings(read)
    return SlackAdapter(read, core, pictures=pictures or picture)
