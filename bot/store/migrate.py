"""The only place that runs migrations, up and down, each as one transaction; and the check before every start.

A new database is not led through them: it is made at once from the snapshot of the schema that they give.
"""

import importlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib import resources
from pathlib import Path
from typing import Any

from bot.errors import ForeignDatabase, NotSaved, SchemaMismatch
from bot.store import references

MIGRATIONS = "migrations"
SNAPSHOT = "schema.sql"
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"


def head() -> str:
    """Return the revision that this version of the program works on."""
    name: str = importlib.import_module(MIGRATIONS).HEAD
    return name


def read_revision(path: Path) -> str | None:
    """Return the schema's revision in a file; None where there is no file or nothing in it yet.

    Raises `SchemaMismatch` for a file that is no database of this program.
    """
    if not path.exists() or path.stat().st_size == 0:
        return None
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)) as connection:
            tables = {row[0] for row in connection.execute(TABLES)}
            if not tables:
                return None
            if "alembic_version" not in tables:
                raise ForeignDatabase(f"{path} is the database of another program. Name another file.")
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            return row[0] if row else None
    except sqlite3.OperationalError as error:
        raise NotSaved(f"The database {path} can't be opened: {error}.") from error
    except sqlite3.DatabaseError as error:
        raise SchemaMismatch(f"{path} isn't a database: {error}.") from error


def require_head(path: Path) -> None:
    """Create a missing database; raise `SchemaMismatch` with the command to type where it is of another version."""
    current = read_revision(path)
    if current is None:
        create(path)
    elif current < head():
        raise SchemaMismatch(
            f"The database {path} is at schema {current}, but this version needs {head()}. "
            "Make a copy with `tenhours backup FILE`, then type `tenhours migrate`."
        )
    else:
        _refuse_newer(path, current)


def _refuse_newer(path: Path, current: str | None) -> None:
    """Raise `SchemaMismatch` for what a newer version of the program has written."""
    if current is not None and current > head():
        raise SchemaMismatch(
            f"The database {path} is at schema {current}, but this version needs {head()}. "
            "Go back to the newer version of the program."
        )


def create(path: Path) -> None:
    """Make a new database at `HEAD` in one transaction; raise `NotSaved` where that cannot be written.

    Where another process was quicker, its work stands.
    """
    make_private(path)
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            if connection.execute(TABLES).fetchone() is None:
                for statement in _statements(resources.files(MIGRATIONS).joinpath(SNAPSHOT).read_text("utf-8")):
                    connection.execute(statement)
            connection.execute("COMMIT")
    except sqlite3.OperationalError as error:
        raise NotSaved(f"The database {path} can't be created: {error}.") from error


def make_private(path: Path) -> None:
    """Make an empty file that only its owner can read, unless it is there; `NotSaved` where that cannot be.

    SQLite gives the files beside a database the rights of the database itself.
    """
    try:
        if not path.exists():
            path.touch(mode=0o600)
    except OSError as error:
        raise NotSaved(f"{path} can't be created: {error.strerror}.") from error


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of a script, whole, although a trigger has semicolons inside."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def migrate(path: Path, target: str = "head") -> None:
    """Bring the file to a revision, up or down, in one transaction; raise `NotSaved` where that cannot be written."""
    from alembic import command  # noqa: PLC0415 - slow to import, and only needed when the schema changes
    from sqlalchemy import exc  # noqa: PLC0415

    make_private(path)
    _refuse_newer(path, read_revision(path))
    try:
        with _engine(path).connect() as connection:
            config = _config(connection)
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            raw = connection.connection.driver_connection
            with references.watched(raw) as writes:
                if target == "head" or _is_later(config, target, _current(connection)):
                    command.upgrade(config, target)
                else:
                    command.downgrade(config, target)
            broken = references.find_broken(raw, writes)
            if broken is not None:
                raise SchemaMismatch(f"The migration would break references in {broken}, so nothing was changed.")
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA journal_mode = wal")
    except exc.OperationalError as error:
        raise NotSaved(f"The database {path} can't be migrated: {error.orig}.") from error


def _engine(path: Path) -> Any:
    from sqlalchemy import create_engine, event, pool  # noqa: PLC0415

    engine = create_engine(f"sqlite:///{path}", poolclass=pool.NullPool)

    @event.listens_for(engine, "connect")
    def _manual(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None

    return engine


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
