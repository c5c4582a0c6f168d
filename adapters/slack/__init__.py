"""Slack: slash commands, modals, App Home and posts. Its libraries are imported only when the adapter is made."""

from collections.abc import Sequence

from adapters.slack.settings import SlackSettings, check_settings
from adapters.slack.verbs import VERBS
from bot.adapter import Adapter, Core
from bot.adapter.plugin import Plugin
from bot.adapter.setup import PlatformSetup
from bot.charts.picture import DrawPicture, drawn_in
from bot.charts.theme import THEMES
from bot.chat.command import Spec


def create(settings: SlackSettings, core: Core, pictures: DrawPicture | None = None) -> Adapter:
    """Return the adapter. Raises `Misconfigured` where it could not serve with these settings.

    `pictures` draws charts, by default with `bot.charts` in the theme that the settings name.
    """
    from adapters.slack.adapter import SlackAdapter  # noqa: PLC0415 - half a second and many megabytes

    check_settings(settings)
    return SlackAdapter(settings, core, pictures=pictures or drawn_in(THEMES[settings.theme]))


def make_setup(specs: Sequence[Spec]) -> PlatformSetup[SlackSettings]:
    """Return Slack's part of `tenhours setup`."""
    from adapters.slack.setup import SlackSetup  # noqa: PLC0415 - as above

    return SlackSetup(specs)


PLUGIN = Plugin(create, SlackSettings, VERBS, has_teams=True, setup=make_setup)
