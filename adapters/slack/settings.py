"""The section `[slack]` of the configuration, checked when the adapter is made."""

from collections.abc import Mapping
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import force_setattr

from bot.errors import Misconfigured

HIGHEST_PORT = 65_535
SHOWN_LENGTH = 60


class SlackSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Socket Mode where an app token is set, HTTP on `listen` where it is not.

    With a client id the app can be installed in many workspaces, and their tokens are encrypted with `encryption_key`.
    `public_url` is how Slack reaches `listen`; only the manifest needs it. `theme` is what pictures are painted in.
    `api_url` is for other servers than Slack's own.
    """

    bot_token: str = ""
    app_token: str = ""
    signing_secret: str = ""
    client_id: str = ""
    client_secret: str = ""
    listen: str = "127.0.0.1:3000"
    public_url: str = ""
    encryption_key: str = ""
    theme: Literal["light", "dark"] = "light"
    api_url: str = ""

    def __post_init__(self) -> None:
        """Drop white space around values: it comes along with what is copied from a web page or a file."""
        for name in self.__struct_fields__:
            force_setattr(self, name, getattr(self, name).strip())

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
    """Return the settings of a section; keys that are not of this adapter are left alone.

    Raises `Misconfigured` where a value is of the wrong kind.
    """
    known = {key: value for key, value in section.items() if key in SlackSettings.__struct_fields__}
    try:
        return msgspec.convert(known, SlackSettings)
    except msgspec.ValidationError as error:
        raise Misconfigured(f"[slack] {error}.") from None


def check_settings(settings: SlackSettings) -> None:
    """Raise `Misconfigured` where the adapter could not serve with these settings; secrets are never shown."""
    if not settings.bot_token and not settings.is_installable:
        raise Misconfigured("[slack] bot_token is missing: expected the token that begins with xoxb-.")
    if settings.is_installable:
        _require(settings, "client_secret", "the client secret under “Basic Information”")
        _require(settings, "encryption_key", "a Fernet key; docs/slack.md says how to make one")
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
