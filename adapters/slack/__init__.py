"""Slack: slash commands, modals, App Home and posts. Its libraries are imported only when the adapter is made."""

from collections.abc import Mapping

from bot.adapter import Adapter, Core


def create(settings: Mapping[str, object], core: Core) -> Adapter:
    """The adapter for the section `[slack]`; `Misconfigured` where it could not serve with it."""
    from adapters.slack.client import SlackAdapter  # noqa: PLC0415 - half a second and many megabytes
    from adapters.slack.settings import check_settings, read_settings  # noqa: PLC0415

    read = read_settings(settings)
    check_settings(read)
    return SlackAdapter(read, core)
