"""Settings: a TOML file, each key overridden by `TENHOURS_SECTION__KEY`, secrets also by `…_FILE`.

What is wrong is named with its key, its value and what was expected; a secret's value is never shown.
"""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, get_args

import msgspec
from msgspec import Struct

from bot.domain.duration import Minutes
from bot.domain.goal import LEAST_GOAL, MOST_GOAL
from bot.domain.zones import read_zone
from bot.errors import Misconfigured, Refused

DEFAULT_FILE = Path("config.toml")
PREFIX = "TENHOURS_"
PLAIN_TYPES = {
    "float": "a number",
    "int": "a whole number",
    "str": "text",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
}
SECRETS = {"token", "bot_token", "app_token", "signing_secret", "client_secret", "encryption_key"}
SQLITE = "sqlite:///"
HIGHEST_PORT = 65_535
LISTEN = re.compile(r"([\w.-]+|\[[0-9A-Fa-f:.]+\]):([1-9]\d{0,4})")
"""A host, or an IPv6 address in brackets, and a port."""

Theme = Literal["light", "dark"]
"""What pictures are painted in; one for each platform, by what most of its members look at."""


class DatabaseSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Where everything is kept."""

    url: str = "sqlite:///tenhours.db"


class DiscordSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Discord is served where a token is set."""

    token: str = ""
    theme: Theme = "dark"


class SlackSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Slack is served by Socket Mode where an app token is set, by HTTP where a signing secret is."""

    bot_token: str = ""
    app_token: str = ""
    signing_secret: str = ""
    client_id: str = ""
    client_secret: str = ""
    listen: str = "127.0.0.1:3000"
    public_url: str = ""
    encryption_key: str = ""
    theme: Theme = "light"


class GroupSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """What new groups begin with."""

    goal_hours: float = 10
    time_zone: str = "UTC"

    @property
    def goal(self) -> Minutes:
        """The goal in minutes a week."""
        return Minutes(round(self.goal_hours * 60))


class BackupSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """The copy that `tenhours run` makes once a day."""

    folder: str = "backups"
    keep: int = 7


class HealthSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Where `/healthz` and `/metrics` are served, if anywhere."""

    listen: str = ""


class LogSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """What is written to standard error, and how."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["console", "json"] = "console"


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that can be set, section by section."""

    database: DatabaseSettings = DatabaseSettings()
    discord: DiscordSettings = DiscordSettings()
    slack: SlackSettings = SlackSettings()
    group: GroupSettings = GroupSettings()
    backup: BackupSettings = BackupSettings()
    health: HealthSettings = HealthSettings()
    log: LogSettings = LogSettings()

    @property
    def database_path(self) -> Path:
        """The database's file."""
        return Path(self.database.url.removeprefix(SQLITE))

    @property
    def backup_folder(self) -> Path | None:
        """Where the daily copies are kept, beside the database unless absolute; None where none are made."""
        return self.database_path.absolute().parent / self.backup.folder if self.backup.folder else None

    @property
    def health_address(self) -> tuple[str, int] | None:
        """Host and port of the health server; None where there is none."""
        host, _, port = self.health.listen.strip().rpartition(":")
        return (host.strip("[]"), int(port)) if port else None

    def secrets(self) -> frozenset[str]:
        """Every secret that is set, so that it can be kept out of what is written."""
        found = (value for name in ("discord", "slack") for key, value in self.section(name).items() if key in SECRETS)
        return frozenset(str(value) for value in found if value)

    def adapters(self) -> list[str]:
        """The platforms that the configuration names."""
        slack = self.slack.app_token or self.slack.signing_secret
        return [*(["discord"] if self.discord.token else []), *(["slack"] if slack else [])]

    def section(self, name: str) -> dict[str, Any]:
        """One section as a dictionary, for an adapter of that name; empty where there is none."""
        found = getattr(self, name, None)
        return msgspec.structs.asdict(found) if isinstance(found, Struct) else {}


def load(file: Path | None, environ: Mapping[str, str]) -> Settings:
    """The settings of `file` and the environment; `Misconfigured` where one is wrong.

    Without a `file`, config.toml is read if it is there; one that is named must be.
    """
    values = _from_file(file or DEFAULT_FILE, is_required=file is not None)
    for name, text in environ.items():
        if name.startswith(PREFIX) and "__" in name:
            _override(values, name, text)
    settings = _converted(values)
    _check(settings)
    return settings


def _from_file(file: Path, *, is_required: bool) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if is_required:
            raise Misconfigured(f"There is no configuration file {file}.") from None
        return {}
    except OSError as error:
        raise Misconfigured(f"The configuration file {file} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Misconfigured(f"The configuration file {file} is not TOML: {error}.") from error


def _override(values: dict[str, Any], name: str, text: str) -> None:
    section, _, key = name.removeprefix(PREFIX).lower().partition("__")
    if key.endswith("_file") and key.removesuffix("_file") in SECRETS:
        key = key.removesuffix("_file")
        try:
            text = Path(text).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise Misconfigured(f"{name} names a file that cannot be read: {text}.") from error
    found = values.setdefault(section, {})
    if isinstance(found, dict):
        found[key] = text


def _converted(values: dict[str, Any]) -> Settings:
    try:
        return msgspec.convert(values, Settings, strict=False)
    except msgspec.ValidationError as error:
        raise Misconfigured(_explained(str(error), values)) from None


def _explained(message: str, values: dict[str, Any]) -> str:
    """`[group] goal_hours = 'ten': expected a number, got text`, from msgspec's message with its path."""
    expected, _, path = message.partition(" - at `$")
    keys = path.strip("`").strip(".").split(".")
    if "unknown field" in expected:
        unknown = expected.split("`")[1]
        return f"There is no setting {_place([*filter(None, keys), unknown])}; config.example.toml lists them all."
    value: Any = values
    for key in keys:
        value = value.get(key, "") if isinstance(value, dict) else value
    shown = "…" if keys[-1] in SECRETS else repr(value)[:60]
    choices = _choices(keys)
    if choices:
        expected = f"expected one of {', '.join(choices)}"
    for name, words in PLAIN_TYPES.items():
        expected = expected.replace(f"`{name}`", words)
    return f"{_place(keys)} = {shown}: {expected[:1].lower()}{expected[1:]}."


def _choices(keys: list[str]) -> tuple[str, ...]:
    """What a setting may be, where that is one of a few words."""
    section = getattr(Settings(), keys[0], None)
    kind = type(section).__annotations__.get(keys[-1]) if isinstance(section, Struct) and len(keys) > 1 else None
    return get_args(kind)


def _place(keys: list[str]) -> str:
    return f"[{keys[0]}] {' '.join(keys[1:])}".strip()


def _check(settings: Settings) -> None:
    url, hours = settings.database.url, settings.group.goal_hours
    if not url.startswith(SQLITE) or url == SQLITE:
        raise Misconfigured(
            f"[database] url = {url[:60]!r}: expected sqlite:///file.db or sqlite:////absolute/file.db."
        )
    if settings.backup.keep < 1:
        raise Misconfigured(f"[backup] keep = {settings.backup.keep}: expected 1 or more.")
    listen = LISTEN.fullmatch(settings.health.listen.strip())
    if settings.health.listen and (listen is None or int(listen[2]) > HIGHEST_PORT):
        shown = settings.health.listen[:60]
        raise Misconfigured(f"[health] listen = {shown!r}: expected host:port such as 127.0.0.1:8080, or nothing.")
    if not LEAST_GOAL / 60 <= hours <= MOST_GOAL / 60:
        raise Misconfigured(f"[group] goal_hours = {hours!r}: expected 1 to 100 hours.")
    try:
        read_zone(settings.group.time_zone)
    except Refused:
        zone = settings.group.time_zone[:60]
        raise Misconfigured(f"[group] time_zone = {zone!r}: expected an IANA name such as Europe/Berlin.") from None
