"""Pages in the browser, made of the cards and forms that the other platforms show. Importing this costs nothing."""

from adapters.web.settings import WebSettings, check_settings
from bot.adapter import AskingAdapter, Core
from bot.adapter.plugin import Plugin


def create(settings: WebSettings, core: Core) -> AskingAdapter:
    """Return the adapter. Raises `Misconfigured` where it could not serve with these settings."""
    from adapters.web.adapter import WebAdapter  # noqa: PLC0415 - a server, and only where it serves

    check_settings(settings)
    return WebAdapter(settings, core)


PLUGIN = Plugin(create, WebSettings, has_people=False)
