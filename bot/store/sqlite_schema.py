"""The schema of a database file."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from bot.errors import NotSaved, SchemaMismatch
from bot.store import references
from bot.store.schema import VERSION_TABLE, require_ours, snapshot

TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"


class SqliteSchema:
    """The schema of one file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read_revision(self) -> str | None:
        """Return the revision that it is at; None where there is no file or nothing in it yet."""
        path = self._path
        if not path.exists() or path.stat().st_size == 0:
            return None
        try:
            with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)) as connection:
                tables = {row[0] for row in connection.execute(TABLES)}
                if not tables:
                    return None
                require_ours(path, tables)
                row = connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone()
                return row[0] if row else None
        except sqlite3.OperationalError as error:
            raise NotSaved(f"The database {path} can't be opened: {error}.") from error
        except sqlite3.DatabaseError as error:
            raise SchemaMismatch(f"{path} isn't a database: {error}.") from error

    def create(self) -> None:
        """Make a file with the tables of `HEAD`, which only its owner can read."""
        make_private(self._path)
        try:
            with closing(sqlite3.connect(self._path, isolation_level=None)) as connection:
                connection.execute("BEGIN IMMEDIATE")
                if connection.execute(TABLES).fetchone() is None:
                    for statement in statements(snapshot("schema.sql")):
                        connection.execute(statement)
                connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            raise NotSaved(f"The database {self._path} can't be created: {error}.") from error

    @contextmanager
    def changing(self) -> Iterator[Any]:
        """Yield SQLAlchemy's connection for migrations, as the only writer.

        Raises `SchemaMismatch` where a reference would be broken.
        """
        from sqlalchemy import exc  # noqa: PLC0415 - slow to import, and only needed when the schema changes

        make_private(self._path)
        try:
            with self._engine().connect() as connection:
                connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                raw = connection.connection.driver_connection
                with references.watched(raw) as writes:
                    yield connection
                broken = references.find_broken(raw, writes)
                if broken is not None:
                    raise SchemaMismatch(f"The migration would break references in {broken}, so nothing was changed.")
                connection.exec_driver_sql("COMMIT")
                connection.exec_driver_sql("PRAGMA journal_mode = wal")
        except exc.OperationalError as error:
            raise NotSaved(f"The database {self._path} can't be migrated: {error.orig}.") from error

    def _engine(self) -> Any:
        from sqlalchemy import create_engine, event, pool  # noqa: PLC0415

        engine = create_engine(f"sqlite:///{self._path}", poolclass=pool.NullPool)

        @event.listens_for(engine, "connect")
        def _manual(connection: sqlite3.Connection, _record: object) -> None:
            connection.isolation_level = None

        return engine


def make_private(path: Path) -> None:
    """Make an empty file that only its owner can read, unless it is there; `NotSaved` where that cannot be.

    SQLite gives the files beside a database the rights of the database itself.
    """
    try:
        if not path.exists():
            path.touch(mode=0o600)
    except OSError as error:
        raise NotSaved(f"{path} can't be created: {error.strerror}.") from error


def statements(script: str) -> Iterator[str]:
    """Yield the statements of a script, whole, although a trigger has semicolons inside."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
