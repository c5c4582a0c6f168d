"""Settings: a TOML file, each key overridden by `TENHOURS_SECTION__KEY`, secrets also by the name of a file.

The core's sections are named here; a platform's section is described by its adapter. What is wrong is named with its
key, its value and what was expected; a secret's value is never shown.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args, get_origin

import msgspec
from msgspec import Struct

from bot.adapter.installed import installed
from bot.adapter.pages import SignInClient
from bot.adapter.plugin import AdapterSettings, PartlySecret, Plugin, secret_keys
from bot.config_values import DEFAULT_FILE, Problems, Values, override, read_file, read_files_of_values
from bot.domain.duration import Minutes
from bot.domain.goal import LEAST_GOAL, MOST_GOAL
from bot.domain.zones import read_zone
from bot.errors import Misconfigured, Refused
from bot.location import Location, ServerDatabase

PLAIN_TYPES = {
    "float": "a number",
    "int": "a whole number",
    "str": "text",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
}
SQLITE = "sqlite:///"
SERVERS = ("postgresql://", "postgres://")
"""Beginnings of `[database] url`."""

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

P = TypeVar("P", bound=AdapterSettings)
S = TypeVar("S", bound=Struct)


class DatabaseSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Where everything is kept."""

    url: PartlySecret = "sqlite:///tenhours.db"
    connections: int = 10
    prepare: bool = True

    @property
    def location(self) -> Location:
        """The database's file, or where it is on a server."""
        if self.url.startswith(SERVERS):
            return ServerDatabase(self.url, self.connections, self.prepare)
        return Path(self.url.removeprefix(SQLITE))


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
    def backup_folder(self) -> Path | None:
        """The folder of the daily copies, None where none are made.

        Unless absolute it is beside the database, and that of a server's where the program runs.
        """
        location = self.database.location
        if not self.backup.folder:
            return None
        beside = location.absolute().parent if isinstance(location, Path) else Path.cwd()
        return beside / self.backup.folder

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
        location = self.database.location
        if isinstance(location, ServerDatabase):
            values.append(location.password)
        return frozenset(value for value in values if value)

    def adapters(self) -> list[str]:
        """Return the platforms that the configuration names."""
        return [name for name, section in self.platforms.items() if section.is_configured and not section.only_asks]

    def asking_adapters(self) -> list[str]:
        """Return what else the configuration names, by which people only ask."""
        return [name for name, section in self.platforms.items() if section.is_configured and section.only_asks]

    @property
    def pages_url(self) -> str:
        """The address at which pages are served; "" where none are."""
        return next((self.platforms[name].pages_url for name in self.asking_adapters()), "")

    def sign_in_clients(self) -> dict[str, SignInClient]:
        """Return by platform what the program is known by where people sign in with their accounts."""
        clients = {name: section.sign_in_client for name, section in self.platforms.items()}
        return {name: client for name, client in clients.items() if client is not None}

    def section(self, name: str, kind: type[P]) -> P:
        """Return a platform's section, or its defaults where it is not written.

        Raises `Misconfigured` where it must be.
        """
        section = self.platforms.get(name)
        if isinstance(section, kind):
            return section
        problems = Problems({})
        defaults = _convert_section(name, {}, kind, problems)
        if defaults is None:
            raise Misconfigured(*problems.sentences)
        return defaults


CORE_SECTIONS: Mapping[str, type[Struct]] = {
    field.name: field.type for field in msgspec.structs.fields(Settings) if field.name != "platforms"
}


def load(file: Path | None, environ: Mapping[str, str], plugins: Plugins | None = None) -> Settings:
    """Return the settings of `file` and the environment. Raises `Misconfigured`, which tells every one that is wrong.

    Without a `file`, config.toml is read if it is there; one that is named must be. `plugins` describe the sections of
    platforms; without them, those that are installed do.
    """
    plugins = installed() if plugins is None else plugins
    kinds = {**CORE_SECTIONS, **{name: plugin.settings for name, plugin in plugins.items()}}
    values = read_file(file or DEFAULT_FILE, is_required=file is not None)
    problems = Problems(environ)
    override(values, environ, kinds)
    read_files_of_values(values, kinds, problems)
    settings = _convert(values, plugins, problems)
    _check(settings, problems)
    if problems.sentences:
        raise Misconfigured(*problems.sentences)
    return settings


def _convert(values: Values, plugins: Plugins, problems: Problems) -> Settings:
    sections: dict[str, Struct] = {}
    platforms: dict[str, AdapterSettings] = {}
    for name, table in values.items():
        if name in CORE_SECTIONS:
            section = _convert_section(name, table, CORE_SECTIONS[name], problems)
            sections |= {name: section} if section is not None else {}
        elif name in plugins:
            platform = _convert_section(name, table, plugins[name].settings, problems)
            platforms |= {name: platform} if platform is not None else {}
        else:
            problems.add(_unknown_section(problems.place_of_section(name), name, table, plugins))
    return msgspec.structs.replace(Settings(), **sections, platforms=dict(sorted(platforms.items())))


def _convert_section(name: str, table: object, kind: type[S], problems: Problems) -> S | None:
    """Return a section, with the defaults of keys that are wrong; None where it is wrong as a whole."""
    rest = dict(table) if isinstance(table, dict) else table
    while True:
        try:
            return msgspec.convert(rest, kind, strict=False)
        except msgspec.ValidationError as error:
            expected, _, path = str(error).partition(" - at `$")
            keys = [key for key in path.strip("`").split(".") if key]
            problems.add(_explain(expected, [name, *keys], rest, kind, problems))
            wrong = keys[0] if keys else expected.split("`")[1] if "unknown field" in expected else ""
            if not isinstance(rest, dict) or rest.pop(wrong, None) is None:
                return None


def _explain(expected: str, path: list[str], table: object, kind: type[Struct], problems: Problems) -> str:
    """Return `[group] goal_hours = 'ten': expected a number, got text`, from msgspec's message and its path."""
    section, *keys = path
    if "unknown field" in expected:
        return _unknown_key(problems.place(section, " ".join([*keys, expected.split("`")[1]])), kind)
    if "missing required field" in expected:
        return f"{problems.place(section, ' '.join([*keys, expected.split('`')[1]]))} is missing."
    value: Any = table
    for key in keys:
        value = value.get(key, "") if isinstance(value, dict) else value
    shown = "…" if secret_keys(kind).intersection(keys) else repr(value)[:SHOWN_LENGTH]
    choices = _choices(kind, keys)
    if choices:
        expected = f"expected one of {', '.join(choices)}"
    for name, words in PLAIN_TYPES.items():
        expected = expected.replace(f"`{name}`", words)
    expected = expected.replace(" >= ", ", at least ").replace(" <= ", ", at most ")
    is_of_all = not keys and isinstance(table, dict)  # then the adapter's own check has spoken
    given = "" if is_of_all else f" = {shown}"
    return f"{problems.place(section, ' '.join(keys))}{given}: {expected[:1].lower()}{expected[1:]}."


def _unknown_key(place: str, kind: type[Struct]) -> str:
    if kind.__module__.partition(".")[0] in OURS:
        return f"There's no setting {place}. config.example.toml lists them all."
    names = ", ".join(field.name for field in msgspec.structs.fields(kind))
    return f"There's no setting {place}. There are these: {names or 'none'}."


def _unknown_section(place: str, name: str, table: object, plugins: Plugins) -> str:
    """Return what is wrong with a section that nobody knows.

    One much like a known section is mistyped; any other is that of an adapter that is missing.
    """
    from difflib import get_close_matches  # noqa: PLC0415 - only where something is wrong

    if not isinstance(table, dict) or get_close_matches(name, [*CORE_SECTIONS, *plugins]):
        return f"There's no section {place}. config.example.toml lists them all."
    return (
        f"There's no adapter for {place}. Installed: {', '.join(plugins)}. "
        "Install the package that brings it, in the same environment."
    )


def _choices(kind: type[Struct], keys: list[str]) -> tuple[str, ...]:
    """Return what a setting may be, where that is one of a few words."""
    types = {field.name: field.type for field in msgspec.structs.fields(kind)}
    choice = types.get(keys[-1]) if keys else None
    return get_args(choice) if get_origin(choice) is Literal else ()


def _check(settings: Settings, problems: Problems) -> None:
    hours = settings.group.goal_hours
    _check_url(settings.database.url, problems)
    if settings.database.connections < 1:
        place = problems.place("database", "connections")
        problems.add(f"{place} = {settings.database.connections}: expected 1 or more.")
    if settings.backup.keep < 1:
        problems.add(f"{problems.place('backup', 'keep')} = {settings.backup.keep}: expected 1 or more.")
    listen = LISTEN.fullmatch(settings.health.listen.strip())
    if settings.health.listen and (listen is None or int(listen[2]) > HIGHEST_PORT):
        place, shown = problems.place("health", "listen"), settings.health.listen[:SHOWN_LENGTH]
        problems.add(f"{place} = {shown!r}: expected host:port such as 127.0.0.1:8080, or nothing.")
    if not LEAST_GOAL / 60 <= hours <= MOST_GOAL / 60:
        problems.add(f"{problems.place('group', 'goal_hours')} = {hours!r}: expected 1 to 100 hours.")
    try:
        read_zone(settings.group.time_zone)
    except Refused:
        place, zone = problems.place("group", "time_zone"), settings.group.time_zone[:SHOWN_LENGTH]
        problems.add(f"{place} = {zone!r}: expected an IANA name such as Europe/Berlin.")


def _check_url(url: str, problems: Problems) -> None:
    if url.startswith((SQLITE, *SERVERS)) and url != SQLITE:
        return
    file_place = problems.file_place("database", "url")
    place, shown = problems.place("database", "url"), str(ServerDatabase(url))[:SHOWN_LENGTH]
    wrong = f"{file_place} names a file with something else in it" if file_place else f"{place} = {shown!r}"
    problems.add(f"{wrong}: expected sqlite:///file.db, sqlite:////absolute/file.db or postgresql://user@host/name.")
