"""The section `[slack]` of the configuration, checked when the adapter is made."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.errors import Misconfigured


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """With an app token Slack is reached by Socket Mode, else it must reach `listen` by HTTP.

    With a client id the app can be installed in many workspaces. `api_url` is for other servers than Slack's own;
    `public_url` is how Slack reaches `listen`, and only the manifest needs it.
    """

    bot_token: str = ""
    app_token: str = ""
    signing_secret: str = ""
    client_id: str = ""
    client_secret: str = ""
    listen: str = ""
    encryption_key: str = ""
    api_url: str = ""
    public_url: str = ""

    @property
    def is_socket(self) -> bool:
        """Whether Socket Mode is used."""
        return bool(self.app_token)

    @property
    def is_installable(self) -> bool:
        """Whether workspaces install the app by OAuth."""
        return bool(self.client_id)

    @property
    def host(self) -> str:
        """The host of `listen`."""
        return self.listen.rpartition(":")[0].strip("[]") or "127.0.0.1"

    @property
    def port(self) -> int:
        """The port of `listen`."""
        return int(self.listen.rpartition(":")[2])


def read_settings(section: Mapping[str, object]) -> SlackSettings:
    """The settings of a section; keys that are not of this adapter are left alone."""
    return SlackSettings(
        **{key: str(section.get(key) or "").strip() for key in SlackSettings.__slots__}  # every field is a str
    )


def check_settings(settings: SlackSettings) -> None:
    """Raises `Misconfigured` where the adapter could not serve with them; secrets are never shown."""
    if not settings.bot_token and not settings.is_installable:
        raise Misconfigured("[slack] bot_token is missing: expected the token that begins with xoxb-.")
    if settings.is_installable:
        _require(settings, "client_secret", "the client secret under “Basic Information”")
        _require(settings, "encryption_key", "a Fernet key; docs/slack.md says how to make one")
        _check_key(settings.encryption_key)
    if not settings.is_socket:
        _require(settings, "signing_secret", "the one under “Basic Information”, or an app_token for Socket Mode")
    if not settings.is_socket or settings.is_installable:
        _check_listen(settings.listen)


def _require(settings: SlackSettings, key: str, expected: str) -> None:
    if not getattr(settings, key):
        raise Misconfigured(f"[slack] {key} is missing: expected {expected}.")


def _check_key(key: str) -> None:
    from adapters.slack.oauth import cipher  # noqa: PLC0415 - cryptography is only needed for installations

    try:
        cipher(key)
    except ValueError:
        raise Misconfigured("[slack] encryption_key = …: expected a Fernet key; docs/slack.md says how.") from None


def _check_listen(listen: str) -> None:
    port = listen.rpartition(":")[2]
    if ":" not in listen or not (port.isascii() and port.isdigit()) or int(port) > 65_535:
        raise Misconfigured(f"[slack] listen = {listen[:60]!r}: expected host:port, such as 127.0.0.1:3000.")
