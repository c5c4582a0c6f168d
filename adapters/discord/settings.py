"""The section `[discord]` of the settings."""

from typing import Annotated

from msgspec import Meta

from bot.adapter.pages import SignInClient
from bot.adapter.plugin import AdapterSettings, Secret
from bot.charts.theme import ThemeName
from bot.errors import Misconfigured

UNKNOWN_TO_DISCORD = "[discord] token is not one that Discord knows: copy it anew from the developer portal, page Bot."

MOST_SHARDS = 1000
"""More than any bot has, so that a slip of the keyboard is told."""


class DiscordSettings(AdapterSettings, frozen=True):
    """The bot serves Discord if a token is set.

    Of two or more `shards` several processes each have some; one alone is divided as Discord asks for it.
    With `client_id` and `client_secret` people can sign in to their pages with their Discord accounts.
    """

    token: Secret = ""
    client_id: str = ""
    client_secret: Secret = ""
    shards: Annotated[int, Meta(ge=1, le=MOST_SHARDS)] = 1
    theme: ThemeName = "dark"

    @property
    def is_configured(self) -> bool:
        """Return True if there is a token."""
        return bool(self.token)

    @property
    def sign_in_client(self) -> SignInClient | None:
        """The client for signing in with a Discord account, where it is set."""
        return SignInClient(self.client_id, self.client_secret) if self.client_id and self.client_secret else None


def required_token(settings: DiscordSettings) -> str:
    """Return the bot's token. Raises `Misconfigured` where there is none."""
    if not settings.token:
        raise Misconfigured("[discord] token is empty: expected the bot's token.")
    return settings.token
