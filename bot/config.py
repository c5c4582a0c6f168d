"""Settings: a TOML file, each key overridden by `TENHOURS_SECTION__KEY`, secrets also by the name of a file.

The core's sections are named here; a platform's section is described by its adapter. What is wrong is named with its
key, its value and what was expected; a secret's value is never shown.
"""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args, get_origin

import msgspec
from msgspec import Struct

from bot.adapter.installed import installed
from bot.adapter.plugin import AdapterSettings, Plugin, secret_keys
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
SQLITE = "sqlite:///"
HIGHEST_PORT = 65_535
LISTEN = re.compile(r"([\w.-]+|\[[0-9A-Fa-f:.]+\]):([1-9]\d{0,4})")
"""A host, or an IPv6 address in brackets, and a port."""

SHOWN_LENGTH = 60
"""Characters of a wrong value that are shown."""

REPEAT = "post"
"""The value of `[delivery] unsure` by which a post is repeated that may stand there."""

OURS = ("adapters", "bot")
"""Packages whose settings config.example.toml lists."""

Plugins = Mapping[str, Plugin[Any]]
"""Plugins of the installed adapters, by the name of the platform and of its section."""

Values = dict[str, Any]
"""Settings by section and key, as they are written."""

P = TypeVar("P", bound=AdapterSettings)
S = TypeVar("S", bound=Struct)


class DatabaseSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Where everything is kept."""

    url: str = "sqlite:///tenhours.db"


class GroupSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """What new groups start with."""

    goal_hours: float = 10
    time_zone: str = "UTC"

    @property
    def goal(self) -> Minutes:
        """The goal in minutes a week."""
        return Minutes(round(self.goal_hours * 60))


class DeliverySettings(Struct, frozen=True, forbid_unknown_fields=True):
    """What becomes of posts that nobody can tell arrived."""

    unsure: Literal["post", "drop"] = "post"


class PartnerSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """What study partners are asked on Mondays, beside the built-in questions."""

    questions: str = ""


class BackupSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """The copy that `tenhours run` makes every day."""

    folder: str = "backups"
    keep: int = 7


class HealthSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Where `/healthz` and `/metrics` are served, if anywhere."""

    listen: str = ""


class LogSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """What goes to standard error, and how."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["console", "json"] = "console"


class Settings(Struct, frozen=True):
    """Everything that is set: the core's sections, and those of `platforms` that are written somewhere."""

    database: DatabaseSettings = DatabaseSettings()
    group: GroupSettings = GroupSettings()
    delivery: DeliverySettings = DeliverySettings()
    partners: PartnerSettings = PartnerSettings()
    backup: BackupSettings = BackupSettings()
    health: HealthSettings = HealthSettings()
    log: LogSettings = LogSettings()
    platforms: dict[str, AdapterSettings] = {}

    @property
    def database_path(self) -> Path:
        """The database's file."""
        return Path(self.database.url.removeprefix(SQLITE))

    @property
    def backup_folder(self) -> Path | None:
        """The folder of the daily copies, beside the database unless absolute; None where none are made."""
        return self.database_path.absolute().parent / self.backup.folder if self.backup.folder else None

    @property
    def questions_file(self) -> Path | None:
        """The operator's own file of questions; None where only the built-in ones are asked."""
        return Path(self.partners.questions) if self.partners.questions else None

    @property
    def health_address(self) -> tuple[str, int] | None:
        """Host and port of the health server; None where there is none."""
        host, _, port = self.health.listen.strip().rpartition(":")
        return (host.strip("[]"), int(port)) if port else None

    def secrets(self) -> frozenset[str]:
        """Return every secret that is set, so that it can be kept out of what is written."""
        values = [getattr(section, key) for section in self.platforms.values() for key in secret_keys(type(section))]
        return frozenset(value for value in values if value)

    def adapters(self) -> list[str]:
        """Return the platforms that the configuration names."""
        return [name for name, section in self.platforms.items() if section.is_configured]

    def section(self, name: str, kind: type[P]) -> P:
        """Return a platform's section, or its defaults where it is not written.

        Raises `Misconfigured` where it must be.
        """
        section = self.platforms.get(name)
        return section if isinstance(section, kind) else _convert_section(name, {}, kind)


CORE_SECTIONS: Mapping[str, type[Struct]] = {
    field.name: field.type for field in msgspec.structs.fields(Settings) if field.name != "platforms"
}


def load(file: Path | None, environ: Mapping[str, str], plugins: Plugins | None = None) -> Settings:
    """Return the settings of `file` and the environment. Raises `Misconfigured` where one is wrong.

    Without a `file`, config.toml is read if it is there; one that is named must be. `plugins` describe the sections of
    platforms; without them, those that are installed do.
    """
    plugins = installed() if plugins is None else plugins
    values = _read_file(file or DEFAULT_FILE, is_required=file is not None)
    _override(values, environ, plugins)
    _read_secret_files(values, environ, plugins)
    settings = _convert(values, plugins)
    _check(settings)
    return settings


def _read_file(file: Path, *, is_required: bool) -> Values:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if is_required:
            raise Misconfigured(f"There's no configuration file {file}.") from None
        return {}
    except OSError as error:
        raise Misconfigured(f"The configuration file {file} can't be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Misconfigured(f"The configuration file {file} isn't valid TOML: {error}.") from error


def _override(values: Values, environ: Mapping[str, str], plugins: Plugins) -> None:
    """Put what the environment says in the place of what the file says, a secret in whichever way it is given."""
    for section, texts in _read_environment(environ).items():
        table = values.setdefault(section, {})
        if not isinstance(table, dict):
            continue
        for key in secret_keys(plugins[section].settings) if section in plugins else ():
            if key in texts or f"{key}_file" in texts:
                table.pop(key, None)
                table.pop(f"{key}_file", None)
        table.update(texts)


def _read_environment(environ: Mapping[str, str]) -> dict[str, dict[str, str]]:
    texts: dict[str, dict[str, str]] = {}
    for name, text in environ.items():
        if name.startswith(PREFIX) and "__" in name:
            section, _, key = name.removeprefix(PREFIX).lower().partition("__")
            texts.setdefault(section, {})[key] = text
    return texts


def _read_secret_files(values: Values, environ: Mapping[str, str], plugins: Plugins) -> None:
    """Put the secrets that stand in files of their own in their places."""
    for name, plugin in plugins.items():
        table = values.get(name)
        if not isinstance(table, dict):
            continue
        for key in sorted(secret_keys(plugin.settings)):
            path = table.pop(f"{key}_file", "")
            if path and table.get(key):
                raise Misconfigured(f"[{name}] {key} is set twice, also as {key}_file: set only one of them.")
            if path:
                variable = f"{PREFIX}{name}__{key}_file".upper()
                table[key] = _read_secret(path, variable if variable in environ else f"[{name}] {key}_file")


def _read_secret(path: object, place: str) -> str:
    try:
        return Path(str(path)).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise Misconfigured(f"{place} names a file that can't be read: {path}.") from error


def _convert(values: Values, plugins: Plugins) -> Settings:
    sections: dict[str, Struct] = {}
    platforms: dict[str, AdapterSettings] = {}
    for name, table in values.items():
        if name in CORE_SECTIONS:
            sections[name] = _convert_section(name, table, CORE_SECTIONS[name])
        elif name in plugins:
            platforms[name] = _convert_section(name, table, plugins[name].settings)
        else:
            raise _unknown_section(name, table, plugins)
    return msgspec.structs.replace(Settings(), **sections, platforms=dict(sorted(platforms.items())))


def _convert_section(name: str, table: object, kind: type[S]) -> S:
    try:
        return msgspec.convert(table, kind, strict=False)
    except msgspec.ValidationError as error:
        raise Misconfigured(_explain(str(error), name, table, kind)) from None


def _explain(message: str, section: str, table: object, kind: type[Struct]) -> str:
    """Return `[group] goal_hours = 'ten': expected a number, got text`, from msgspec's message with its path."""
    expected, _, path = message.partition(" - at `$")
    keys = [key for key in path.strip("`").split(".") if key]
    if "unknown field" in expected:
        return _unknown_key(_place([section, *keys, expected.split("`")[1]]), kind)
    if "missing required field" in expected:
        return f"{_place([section, *keys, expected.split('`')[1]])} is missing."
    value: Any = table
    for key in keys:
        value = value.get(key, "") if isinstance(value, dict) else value
    shown = "…" if secret_keys(kind).intersection(keys) else repr(value)[:SHOWN_LENGTH]
    choices = _choices(kind, keys)
    if choices:
        expected = f"expected one of {', '.join(choices)}"
    for name, words in PLAIN_TYPES.items():
        expected = expected.replace(f"`{name}`", words)
    is_of_all = not keys and isinstance(table, dict)  # then the adapter's own check has spoken
    given = "" if is_of_all else f" = {shown}"
    return f"{_place([section, *keys])}{given}: {expected[:1].lower()}{expected[1:]}."


def _unknown_key(place: str, kind: type[Struct]) -> str:
    if kind.__module__.partition(".")[0] in OURS:
        return f"There's no setting {place}. config.example.toml lists them all."
    names = ", ".join(field.name for field in msgspec.structs.fields(kind))
    return f"There's no setting {place}. There are these: {names or 'none'}."


def _unknown_section(name: str, table: object, plugins: Plugins) -> Misconfigured:
    """Return what is wrong with a section that nobody knows.

    One much like a known section is mistyped; any other is that of an adapter that is missing.
    """
    from difflib import get_close_matches  # noqa: PLC0415 - only where something is wrong

    if not isinstance(table, dict) or get_close_matches(name, [*CORE_SECTIONS, *plugins]):
        return Misconfigured(f"There's no section [{name}]. config.example.toml lists them all.")
    return Misconfigured(
        f"There's no adapter for [{name}]. Installed: {', '.join(plugins)}. "
        "Install the package that brings it, in the same environment."
    )


def _choices(kind: type[Struct], keys: list[str]) -> tuple[str, ...]:
    """Return what a setting may be, where that is one of a few words."""
    types = {field.name: field.type for field in msgspec.structs.fields(kind)}
    choice = types.get(keys[-1]) if keys else None
    return get_args(choice) if get_origin(choice) is Literal else ()


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
