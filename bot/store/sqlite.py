"""The particulars of SQLite: pragmas, transactions, savepoints and the meaning of its errors."""

import logging
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from bot.errors import NotSaved
from bot.store.tx import Row, Tx
from bot.store.word_index import Fts5

T = TypeVar("T")
log = logging.getLogger(__name__)
BUSY_TIMEOUT_MS = 2_000
CACHE_KIB = 32_768
"""Room for two years of 2,000 members, whose weeks lie apart; a small file needs only what it has."""

CHECKPOINT_PAGES = 4_000
"""Pages after which the log is moved into the file: once in some 400 check-ins, so that hardly anybody waits for it."""

LEAST_CHECKPOINT_PAGES = 64
BYTES_PER_CHECKPOINT_PAGE = 1 << 17
"""So many bytes a disk has for each page of the log: below 500 MB the log is kept to a thirtieth of the disk."""

PRAGMAS: dict[str, str | int] = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": BUSY_TIMEOUT_MS,
    "cache_size": -CACHE_KIB,
    "wal_autocheckpoint": CHECKPOINT_PAGES,
    "temp_store": 2,
    "secure_delete": 1,
}

PRIMARY_CODE_MASK = 0xFF
"""The bits of an extended error code that are the primary one."""
REFUSALS = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_NOTADB,
}
"""Primary codes of what the file, the disk or another process refuses, as against a fault in a statement."""


WORD_INDEX = Fts5()


class SqliteTx:
    """A running transaction on a connection of its own, which nobody else uses meanwhile."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.word_index = WORD_INDEX

    def all(self, sql: str, **params: object) -> list[Row]:
        """Return every row."""
        return self._connection.execute(sql, params).fetchall()

    def each(self, sql: str, **params: object) -> Iterator[Row]:
        """Yield every row as it is read: for many, of which only a part is remembered."""
        return iter(self._connection.execute(sql, params))

    def one(self, sql: str, **params: object) -> Row | None:
        """Return the first row; None if there is none."""
        row: Row | None = self._connection.execute(sql, params).fetchone()
        return row

    def run(self, sql: str, **params: object) -> int:
        """Run a statement, and return how many rows it changed."""
        return self._connection.execute(sql, params).rowcount

    def many(self, sql: str, rows: Iterable[dict[str, object]]) -> int:
        """Run a statement for each of `rows`, and return how many rows it changed in all."""
        return self._connection.executemany(sql, rows).rowcount

    def lock(self, sql: str, **params: object) -> bool:
        """Do nothing: there is one writer, and all that it reads is its own."""
        del sql, params
        return False

    def take(self, sql: str, table: str, **params: object) -> list[Row]:
        """Return every row: nobody else works on any."""
        del table
        return self.all(sql, **params)

    def try_lock(self, name: str) -> bool:
        """Return True: there is one writer."""
        del name
        return True

    def notify(self) -> None:
        """Do nothing: the process that writes is the one that sends."""

    def has_table(self, name: str) -> bool:
        """Return True if there is a table of this name."""
        return self.one("SELECT 1 FROM sqlite_master WHERE name = :name", name=name) is not None


def connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """Return a connection with every pragma set; only aiosqlite's thread uses it after this."""
    connection = sqlite3.connect(
        path.absolute().as_uri() + "?mode=rw",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=512,
    )
    for pragma, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {pragma} = {value}")
    connection.execute(f"PRAGMA wal_autocheckpoint = {_count_checkpoint_pages(path)}")
    if read_only:
        connection.execute("PRAGMA query_only = 1")
    return connection


def _count_checkpoint_pages(path: Path) -> int:
    """Return after how many pages the log is moved into the file: fewer on a small disk, which the log would fill."""
    pages = shutil.disk_usage(path.absolute().parent).total // BYTES_PER_CHECKPOINT_PAGE
    return min(CHECKPOINT_PAGES, max(LEAST_CHECKPOINT_PAGES, pages))


def run_reading(connection: sqlite3.Connection, unit: Callable[[Tx], T]) -> T:
    """Run `unit` on a snapshot, and return its result."""
    connection.execute("BEGIN")
    try:
        return unit(SqliteTx(connection))
    finally:
        connection.execute("ROLLBACK")


def run_writing(
    connection: sqlite3.Connection, units: Sequence[Callable[[Tx], Any]]
) -> list[tuple[Any, BaseException | None]]:
    """Run `units` in one transaction, a savepoint each; return for each its result or its error.

    Where the database refuses the shared commit, each is run again alone, so that what is too large fails alone. Where
    the disk is full, what the log holds is moved into the file, and those that failed are run once more.
    """
    outcomes = None
    if len(units) > 1:
        try:
            outcomes = _run_together(connection, units)
        except sqlite3.Error:
            # A full disk or a lock says nothing of which unit it was: nothing of them is committed, and running them
            # again is safe, since a unit has no effect but on the database.
            _roll_back(connection)
    if outcomes is None:
        outcomes = [_run_alone(connection, unit) for unit in units]
    if any(_is_full(error) for _, error in outcomes) and _empty_log(connection):
        pairs = zip(units, outcomes, strict=True)
        outcomes = [_run_alone(connection, unit) if _is_full(outcome[1]) else outcome for unit, outcome in pairs]
    return outcomes


def _is_full(error: BaseException | None) -> bool:
    """Return True where a unit failed since the disk is full."""
    code = getattr(error.__cause__ if error is not None else None, "sqlite_errorcode", sqlite3.SQLITE_OK)
    return code & PRIMARY_CODE_MASK == sqlite3.SQLITE_FULL


def _empty_log(connection: sqlite3.Connection) -> bool:
    """Move the log into the file and give its space back. Return False where that is refused, too.

    After a commit that failed the log goes on growing at its end, and takes whatever room there is.
    """
    try:
        return not connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.Error as error:
        log.warning("the disk is full, and the log cannot be emptied", extra={"error": str(error)})
        return False


def not_saved(error: sqlite3.Error) -> BaseException:
    """Return `NotSaved` for what the file system or a lock caused; a broken statement stays what it is."""
    if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & PRIMARY_CODE_MASK not in REFUSALS:
        return error
    refused = NotSaved(f"The database did not take it: {error}.")
    refused.__cause__ = error
    return refused


def _run_alone(connection: sqlite3.Connection, unit: Callable[[Tx], Any]) -> tuple[Any, BaseException | None]:
    """Run one unit in a transaction without a savepoint, which would copy every page that it changes."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        result = unit(SqliteTx(connection))
        connection.execute("COMMIT")
    except BaseException as error:  # noqa: BLE001 - handed to whoever waits for the unit
        _roll_back(connection)
        return None, not_saved(error) if isinstance(error, sqlite3.Error) else error
    return result, None


def _run_together(
    connection: sqlite3.Connection, units: Sequence[Callable[[Tx], Any]]
) -> list[tuple[Any, BaseException | None]]:
    connection.execute("BEGIN IMMEDIATE")
    outcomes = [_run_one(connection, unit) for unit in units]
    connection.execute("COMMIT")
    return outcomes


def _run_one(connection: sqlite3.Connection, unit: Callable[[Tx], Any]) -> tuple[Any, BaseException | None]:
    connection.execute("SAVEPOINT unit")
    try:
        result = unit(SqliteTx(connection))
    except BaseException as error:
        if isinstance(error, sqlite3.Error) and isinstance(not_saved(error), NotSaved):
            raise
        connection.execute("ROLLBACK TO unit")
        connection.execute("RELEASE unit")
        return None, error
    connection.execute("RELEASE unit")
    return result, None


def _roll_back(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")
