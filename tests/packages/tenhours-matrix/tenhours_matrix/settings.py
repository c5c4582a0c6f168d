"""The section `[matrix]` of the settings."""

from bot.adapter.plugin import AdapterSettings, Secret


class MatrixSettings(AdapterSettings, frozen=True):
    """Matrix is served where a token is set."""

    socket: str = "/run/homeserver/bots.socket"
    token: Secret = ""
    timeout_seconds: float = 5.0

    @property
    def is_configured(self) -> bool:
        """Return True if there is a token."""
        return bool(self.token)
