"""The only place that runs migrations, up and down, each as one transaction; and the check before every start.

A new database is not led through them: it is made at once from the snapshot of the schema that they give.
"""

import importlib
from pathlib import Path
from typing import Any

from bot.errors import SchemaMismatch
from bot.location import Location
from bot.store.schema import MIGRATIONS, Schema
from bot.store.sqlite_schema import SqliteSchema


def head() -> str:
    """Return the revision that this version of the program works on."""
    name: str = importlib.import_module(MIGRATIONS).HEAD
    return name


def read_revision(location: Location) -> str | None:
    """Return the revision of a database's schema; None where there is none, or nothing in it yet.

    Raises `SchemaMismatch` for what is no database of this program.
    """
    return _schema_of(location).read_revision()


def require_head(location: Location) -> None:
    """Create a missing database; raise `SchemaMismatch` with the command to type where it is of another version."""
    current = read_revision(location)
    if current is None:
        create(location)
    elif current < head():
        raise SchemaMismatch(
            f"The database {location} is at schema {current}, but this version needs {head()}. "
            f"Stop the bot, then type {how_to_migrate(location)}."
        )
    else:
        _refuse_newer(location, current)


def how_to_migrate(location: Location) -> str:
    """Return the command that updates a database, and what it does about a copy."""
    is_file = isinstance(location, Path)
    return (
        "`tenhours migrate`, which makes a copy first" if is_file else "`tenhours backup FILE`, then `tenhours migrate`"
    )


def create(location: Location) -> None:
    """Make a new database at `HEAD` in one transaction; raise `NotSaved` where that cannot be written.

    Where another process was quicker, its work stands.
    """
    _schema_of(location).create()


def migrate(location: Location, target: str = "head") -> None:
    """Bring a database to a revision, up or down, in one transaction; `NotSaved` where that cannot be written."""
    from alembic import command  # noqa: PLC0415 - slow to import, and only needed when the schema changes

    _refuse_newer(location, read_revision(location))
    with _schema_of(location).changing() as connection:
        config = _config(connection)
        if target == "head" or _is_later(config, target, _current(connection)):
            command.upgrade(config, target)
        else:
            command.downgrade(config, target)


def _schema_of(location: Location) -> Schema:
    if isinstance(location, Path):
        return SqliteSchema(location)
    from bot.store.postgres_schema import PostgresSchema  # noqa: PLC0415 - its driver is an extra, and loads slowly

    return PostgresSchema(location)


def _refuse_newer(location: Location, current: str | None) -> None:
    """Raise `SchemaMismatch` for what a newer version of the program has written."""
    if current is not None and current > head():
        raise SchemaMismatch(
            f"The database {location} is at schema {current}, but this version needs {head()}. "
            "Install the newer version again, or restore a copy from before the update with `tenhours restore FILE`."
        )


def _config(connection: Any) -> Any:
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", f"{MIGRATIONS}:")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _current(connection: Any) -> str | None:
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415

    current: str | None = MigrationContext.configure(connection).get_current_revision()
    return current


def _is_later(config: Any, target: str, current: str | None) -> bool:
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    if target == "base" or current is None:
        return target != "base"
    script = ScriptDirectory.from_config(config)
    newest_first = [step.revision for step in script.walk_revisions()]
    return newest_first.index(target) <= newest_first.index(current)
