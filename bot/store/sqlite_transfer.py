"""SQLite's side of `tenhours copy`: a file that nobody else can open, and a new one filled beside its place."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.errors import NotSaved
from bot.failpoint import reach
from bot.store import backup, migrate, moved, restore
from bot.store.filling import Columns, Table, not_empty, quoted
from bot.store.moved import UNFINISHED, Move
from bot.store.schema import VERSION_TABLE, snapshot
from bot.store.sqlite import SqliteTx
from bot.store.sqlite_schema import statements
from bot.store.tx import Row, Tx
from bot.store.word_index import Fts5

CREATE_TABLE = ("CREATE TABLE", "CREATE VIRTUAL TABLE")
LIST = """SELECT name FROM pragma_table_list
    WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite_%'"""
"""Tables but for SQLite's own, and those in which a full-text index keeps its parts."""

KEY = "SELECT name FROM pragma_table_info(:table) WHERE pk > 0 ORDER BY pk"
JOURNAL_OFF = (
    """PRAGMA journal_mode = off; PRAGMA synchronous = off; PRAGMA foreign_keys = off; PRAGMA cache_size = -32768"""
)
"""Nothing of a file that is being filled counts before it is complete and synced."""


@contextmanager
def holding(path: Path) -> Iterator[tuple[Tx, Callable[[], Columns]]]:
    """Yield a transaction that has the file for itself, and what lists its tables; commit it at the end."""
    restore.require_unused(path)
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA busy_timeout = 0")
            connection.execute("PRAGMA locking_mode = exclusive")
            connection.execute("PRAGMA journal_mode = delete")  # with a log, others could still read
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            raise NotSaved(f"{path} can't be copied: {error}.") from error
        tx = SqliteTx(connection)
        try:
            yield tx, lambda: list_keys(tx)
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise NotSaved(f"{path} can't be copied: {error}.") from error


@contextmanager
def filling(path: Path) -> Iterator["SqliteTarget"]:
    """Yield a new file to be filled, which takes the place of an empty one."""
    if path.exists():
        restore.require_unused(path)
    _require_empty(path)
    unfinished = path.with_name(f"{path.name}.copying")
    try:
        backup.make_anew(unfinished)
        with closing(sqlite3.connect(unfinished, isolation_level=None)) as connection:
            yield SqliteTarget(path, unfinished, connection)
    except OSError as error:
        raise NotSaved(f"{path} can't be made: {backup.reason_of(error)}.") from error
    finally:
        restore.discard(unfinished)


class SqliteTarget:
    """A file that is being filled."""

    word_index = Fts5()

    def __init__(self, path: Path, unfinished: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._unfinished = unfinished
        self._connection = connection
        schema = list(statements(snapshot("schema.sql")))
        self._tables = [sql for sql in schema if _begins(sql, CREATE_TABLE)]
        self._rest = [sql for sql in schema if not _begins(sql, CREATE_TABLE)]
        connection.executescript(JOURNAL_OFF)
        connection.execute("BEGIN")
        for sql in self._tables:
            connection.execute(sql)

    def list_tables(self) -> Columns:
        """Return each table with its key."""
        return list_keys(SqliteTx(self._connection))

    def load(self, table: Table, rows: Iterable[Row]) -> None:
        """Store rows as they come."""
        marks = ", ".join("?" * len(table.columns))
        sql = f"INSERT INTO {quoted([table.name])} ({quoted(table.columns)}) VALUES ({marks})"
        try:
            self._connection.executemany(sql, rows)
        except sqlite3.Error as error:
            raise NotSaved(f"{table.name} can't be copied to {self._path}: {error}.") from error

    def finish(self, move: Move) -> None:
        """Make the indexes, look for broken references, and give the file its name."""
        connection = self._connection
        try:
            for sql in self._rest:
                connection.execute(sql)
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
            if broken:
                raise NotSaved(f"A row of {broken[0]} points nowhere, so nothing was copied.")
            moved.save(SqliteTx(connection), UNFINISHED, move)
            connection.execute("COMMIT")
            connection.close()
            backup.sync(self._unfinished)
            reach("synced")
            _require_empty(self._path)
            self._unfinished.replace(self._path)
            for side_file in backup.list_side_files(self._path):
                side_file.unlink(missing_ok=True)
            backup.sync_folder(self._path)
        except (OSError, sqlite3.Error) as error:
            raise NotSaved(f"{self._path} can't be made: {backup.reason_of(error)}.") from error


def list_keys(tx: Tx) -> Columns:
    """Return each table with its primary key; the rowid where there is none."""
    tables = [name for (name,) in tx.all(LIST)]
    return {table: tuple(name for (name,) in tx.all(KEY, table=table)) or ("rowid",) for table in tables}


def _require_empty(path: Path) -> None:
    """Raise unless nothing stands in the file: an unfinished copy counts as nothing."""
    if not path.exists() or path.stat().st_size == 0 or migrate.read_revision(path) is None:
        return
    if moved.find_at(path, UNFINISHED) is not None:
        return
    with closing(sqlite3.connect(path)) as connection:
        tables = [table for table in list_keys(SqliteTx(connection)) if table != VERSION_TABLE]
        if any(connection.execute(f"SELECT 1 FROM {quoted([table])} LIMIT 1").fetchone() for table in tables):
            raise not_empty(path)


def _begins(sql: str, words: tuple[str, ...]) -> bool:
    """Return True if a statement begins so, behind comments."""
    return "\n".join(line for line in sql.splitlines() if not line.startswith("--")).strip().startswith(words)
