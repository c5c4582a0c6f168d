"""The section `[slack]` of the configuration, checked when the adapter is made."""

from bot.adapter.pages import SignInClient
from bot.adapter.plugin import AdapterSettings, Secret
from bot.charts.theme import ThemeName
from bot.errors import Misconfigured

HIGHEST_PORT = 65_535
SHOWN_LENGTH = 60


class SlackSettings(AdapterSettings, frozen=True):
    """The bot serves Slack by Socket Mode if an app token is set, by HTTP if a signing secret is.

    With a client id the app can be installed in many workspaces, and their tokens are encrypted with `encryption_key`;
    for one workspace with a `bot_token` it lets people sign in to their pages.
    `workspaces` are the ids of those that may install it, separated by commas; "" lets any. `public_url` is how Slack
    reaches `listen`; only the manifest needs it. `theme` is what pictures are painted in.
    """

    bot_token: Secret = ""
    app_token: Secret = ""
    signing_secret: Secret = ""
    client_id: str = ""
    client_secret: Secret = ""
    listen: str = "127.0.0.1:3000"
    public_url: str = ""
    encryption_key: Secret = ""
    workspaces: str = ""
    theme: ThemeName = "light"

    @property
    def is_configured(self) -> bool:
        """Return True if there is a way for Slack to reach the app."""
        return bool(self.app_token or self.signing_secret)

    @property
    def sign_in_client(self) -> SignInClient | None:
        """The client for signing in with a Slack account, where it is set."""
        return SignInClient(self.client_id, self.client_secret) if self.client_id and self.client_secret else None

    @property
    def is_socket(self) -> bool:
        """Return True if Socket Mode is used."""
        return bool(self.app_token)

    @property
    def is_installable(self) -> bool:
        """Return True if workspaces install the app by OAuth. Beside a bot token, a client alone is for pages."""
        return bool(self.client_id) and (bool(self.encryption_key) or not self.bot_token)

    @property
    def allowed_teams(self) -> frozenset[str]:
        """The ids of the workspaces that may install the app; empty where any may."""
        return frozenset(team.strip() for team in self.workspaces.split(",") if team.strip())

    @property
    def host(self) -> str:
        """The host of `listen`."""
        return self.listen.rpartition(":")[0].strip("[]") or "127.0.0.1"

    @property
    def port(self) -> int:
        """The port of `listen`."""
        return int(self.listen.rpartition(":")[2])


def check_settings(settings: SlackSettings) -> None:
    """Raise `Misconfigured` where the adapter could not serve with these settings; secrets are never shown."""
    if not settings.bot_token and not settings.is_installable:
        raise Misconfigured("[slack] bot_token is missing: expected the token that begins with xoxb-.")
    if settings.is_installable:
        _require(settings, "client_secret", "the client secret under “Basic Information”")
        _require(settings, "encryption_key", "a Fernet key; `tenhours slack key` makes one")
    if not settings.is_socket:
        _require(settings, "signing_secret", "the one under “Basic Information”, or an app_token for Socket Mode")
    if not settings.is_socket or settings.is_installable:
        _check_listen(settings.listen)


def _require(settings: SlackSettings, key: str, expected: str) -> None:
    if not getattr(settings, key):
        raise Misconfigured(f"[slack] {key} is missing: expected {expected}.")


def _check_listen(listen: str) -> None:
    port = listen.rpartition(":")[2]
    if ":" not in listen or not (port.isascii() and port.isdigit()) or int(port) > HIGHEST_PORT:
        raise Misconfigured(f"[slack] listen = {listen[:SHOWN_LENGTH]!r}: expected host:port, such as 127.0.0.1:3000.")
