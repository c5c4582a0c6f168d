"""The section `[discord]` of the settings."""

from collections.abc import Mapping

from discord.http import Route

from bot.errors import Misconfigured

UNKNOWN_TO_DISCORD = "[discord] token is not one that Discord knows: copy it anew from the developer portal, page Bot."


def read_token(settings: Mapping[str, object]) -> str:
    """Return the bot's token. Raises `Misconfigured` where there is none."""
    token = str(settings.get("token") or "").strip()
    if not token:
        raise Misconfigured("[discord] token is empty: expected the bot's token.")
    return token


def use_api_address(settings: Mapping[str, object]) -> None:
    """Send every later call of discord.py to the address that the settings name, if they name one."""
    address = str(settings.get("api_url") or "")
    if address:
        Route.BASE = address.rstrip("/")
