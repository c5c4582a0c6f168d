"""PostgreSQL's side of `tenhours copy`: tables that nobody else can use, and one transaction that fills all."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress

from bot.errors import NotSaved
from bot.location import ServerDatabase
from bot.store import moved, postgres
from bot.store.filling import Columns, Table, not_empty, quoted
from bot.store.moved import UNFINISHED, Move
from bot.store.postgres import WORD_INDEX, PostgresTx, execute_commit, explained
from bot.store.postgres_connection import connect
from bot.store.postgres_schema import LOCK, OWN, TABLES
from bot.store.schema import VERSION_TABLE, snapshot
from bot.store.tx import Row, Tx

BEGIN = """BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = '5s'; SET LOCAL statement_timeout = 0;
    SET LOCAL idle_in_transaction_session_timeout = 0"""
CREATE_TABLE = "CREATE TABLE"
COLUMNS = f"""SELECT c.relname, a.attname FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE {OWN} ORDER BY c.oid, a.attnum"""
IDENTITIES = f"""SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE {OWN} AND a.attidentity <> '' ORDER BY c.oid"""
SESSIONS = """SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND application_name = current_setting('application_name') LIMIT 1"""

SECONDS_TO_LEAVE, SECONDS_BETWEEN_LOOKS = 3.0, 0.05
"""The server takes its time to forget a connection that was closed, also one of our own."""


@contextmanager
def holding(location: ServerDatabase) -> Iterator[tuple[Tx, Callable[[], Columns]]]:
    """Yield a transaction that has all tables for itself, and what lists them; commit it at the end.

    Behind a pooler, sessions stay when the programs are gone, so there they tell nothing of whether one is left.
    """
    with closing(connect(location)) as connection, explained(f"{location} can't be copied"):
        tx = PostgresTx(connection, is_writing=True)
        require_unused(location, tx)
        connection.execute(BEGIN, prepare=False)
        tables = [table for (table,) in tx.all(TABLES)]
        tx.run(f"LOCK TABLE {quoted(tables)} IN ACCESS EXCLUSIVE MODE")
        require_unused(location, tx, seconds=0.0)
        yield tx, lambda: list_columns(tx)
        if execute_commit(connection) != "COMMIT":
            raise NotSaved(f"{location} wasn't marked as moved: a statement had failed before.")


def require_unused(location: ServerDatabase, tx: Tx, seconds: float = SECONDS_TO_LEAVE) -> None:
    """Raise `NotSaved` where another program of ours is connected, and stays so for `seconds`."""
    until = time.monotonic() + seconds
    while location.is_prepared and tx.one(SESSIONS):
        if time.monotonic() >= until:
            raise NotSaved(f"A program has {location} open. Stop the bot first, and every console that uses it.")
        time.sleep(SECONDS_BETWEEN_LOOKS)


@contextmanager
def filling(location: ServerDatabase) -> Iterator["PostgresTarget"]:
    """Yield an empty database to be filled, in a transaction of its own."""
    with closing(connect(location)) as connection, explained(f"{location} can't be filled"):
        connection.execute(BEGIN, prepare=False)
        connection.execute(LOCK)
        yield PostgresTarget(location, PostgresTx(connection, is_writing=True), connection)


class PostgresTarget:
    """A database that is being filled."""

    word_index = WORD_INDEX

    def __init__(self, location: ServerDatabase, tx: PostgresTx, connection: postgres.Connection) -> None:
        self._location = location
        self._tx = tx
        self._connection = connection
        self._empty()
        schema = [sql for sql in snapshot("schema.postgresql.sql").split(";\n") if sql.strip()]
        self._rest = [sql for sql in schema if CREATE_TABLE not in sql]
        for sql in schema:
            if CREATE_TABLE in sql:
                connection.execute(sql.encode())

    def list_tables(self) -> Columns:
        """Return each table with its columns."""
        return list_columns(self._tx)

    def load(self, table: Table, rows: Iterable[Row]) -> None:
        """Store rows as they come. Keys and indexes follow at the end, which takes a third of the time."""
        sql = f"COPY {quoted([table.name])} ({quoted(table.columns)}) FROM STDIN"
        with (
            explained(f"{table.name} can't be copied to {self._location}"),
            self._connection.cursor().copy(sql.encode()) as copying,
        ):
            for row in rows:
                copying.write_row(row)

    def finish(self, move: Move) -> None:
        """Add keys, references and indexes, let ids go on, and commit."""
        for sql in self._rest:
            self._connection.execute(sql.encode())
        for table, column in self._tx.all(IDENTITIES):
            name = quoted([column])
            self._tx.one(
                f"""SELECT setval(pg_get_serial_sequence(:table, :column), coalesce(max({name}), 1),
                        max({name}) IS NOT NULL) FROM {quoted([table])}""",
                table=quoted([table]),
                column=column,
            )
        moved.save(self._tx, UNFINISHED, move)
        if execute_commit(self._connection) != "COMMIT":
            raise NotSaved(f"{self._location} can't be filled: a statement had failed before.")
        with suppress(postgres.Error):  # the server does it by itself, later
            self._connection.execute("ANALYZE")

    def _empty(self) -> None:
        """Drop tables in which nothing stands, and those of an unfinished copy. Raises where there is anything else."""
        tables = [table for (table,) in self._tx.all(TABLES)]
        if not tables:
            return
        self._tx.run(f"LOCK TABLE {quoted(tables)} IN ACCESS EXCLUSIVE MODE")
        if moved.find(self._tx, UNFINISHED) is None:
            filled = (table for table in tables if table != VERSION_TABLE)
            if any(self._tx.one(f"SELECT 1 FROM {quoted([table])} LIMIT 1") for table in filled):
                raise not_empty(self._location)
        self._tx.run(f"DROP TABLE {quoted(tables)}")


def list_columns(tx: Tx) -> Columns:
    """Return each table with its columns."""
    tables: Columns = {}
    for table, column in tx.all(COLUMNS):
        tables[table] = (*tables.get(table, ()), column)
    return tables
