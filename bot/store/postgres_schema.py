"""The schema of a database on a server."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from bot.errors import NotSaved
from bot.location import ServerDatabase
from bot.store import postgres, postgres_connection
from bot.store.schema import VERSION_TABLE, require_ours, snapshot

OWN = """c.relnamespace = CAST(current_schema() AS regnamespace) AND c.relkind IN ('r', 'p')
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')"""
TABLES = f"SELECT c.relname FROM pg_class c WHERE {OWN}"
"""Tables that no extension has brought."""

LOCK = "SELECT pg_advisory_xact_lock(7473110505)"
"""Whoever creates or changes the schema waits for whoever does so already."""


class PostgresSchema:
    """The schema of one database."""

    def __init__(self, location: ServerDatabase) -> None:
        self._location = location

    def read_revision(self) -> str | None:
        """Return the revision that it is at; None where there are no tables yet."""
        with closing(postgres_connection.connect(self._location)) as connection, self._explained("opened"):
            tables = {row[0] for row in connection.execute(TABLES)}
            if not tables:
                return None
            require_ours(self._location, tables)
            row = connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone()
            return row[0] if row else None

    def create(self) -> None:
        """Make the tables of `HEAD`, unless another process was quicker."""
        with closing(postgres_connection.connect(self._location)) as connection, self._explained("created"):
            connection.execute("BEGIN")
            connection.execute(LOCK)
            if connection.execute(TABLES).fetchone() is None:
                connection.execute(snapshot("schema.postgresql.sql").encode())
            connection.execute("COMMIT")

    @contextmanager
    def changing(self) -> Iterator[Any]:
        """Yield SQLAlchemy's connection for migrations, while nobody else changes the schema."""
        from sqlalchemy import create_engine, exc, pool  # noqa: PLC0415 - slow to import, seldom needed

        engine = create_engine(
            "postgresql+psycopg://",
            creator=lambda: postgres_connection.connect(self._location, postgres.NAMING_CURSOR),
            poolclass=pool.NullPool,
        )
        try:
            with engine.connect() as connection:
                connection.exec_driver_sql("BEGIN")
                connection.exec_driver_sql(LOCK)
                yield connection
                connection.exec_driver_sql("COMMIT")
        except exc.DBAPIError as error:
            if isinstance(error.orig, postgres.Error):
                raise self._explain(error.orig, "migrated") from error
            raise

    @contextmanager
    def _explained(self, deed: str) -> Iterator[None]:
        try:
            yield
        except postgres.Error as error:
            raise self._explain(error, deed) from error

    def _explain(self, error: postgres.Error, deed: str) -> BaseException:
        """Return `NotSaved` for what the server refuses; a fault in a statement stays what it is."""
        if isinstance(postgres.meaning(error), NotSaved):
            return NotSaved(f"The database {self._location} can't be {deed}: {postgres_connection.reason_of(error)}.")
        return error
