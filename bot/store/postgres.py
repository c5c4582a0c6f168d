"""The particulars of PostgreSQL: connections, transactions and the meaning of its errors.

Only this module knows the driver, and it is imported only where the settings name a server.
"""

import logging
import os
import random
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from typing import Any, TypeVar

from bot.errors import Misconfigured, NotSaved
from bot.location import ServerDatabase
from bot.store.dialect import STATEMENTS, translate
from bot.store.tx import Listed, Row, Tx
from bot.store.word_index import TextSearch

try:
    import psycopg
    from psycopg.abc import Buffer
    from psycopg.adapt import AdaptersMap, Loader
    from psycopg.types.numeric import Int8Dumper
except ImportError as error:
    raise Misconfigured(
        "PostgreSQL needs a driver that isn't installed. Type `pip install 'tenhours[postgres]'`, then try again."
    ) from error

T = TypeVar("T")
log = logging.getLogger(__name__)

LEAST_VERSION = 14
"""The oldest PostgreSQL that is served: the oldest that its makers still mend."""

RACES = frozenset({"23503", "23505", "40001", "40P01"})
"""States in which another transaction was quicker: a reference is gone, a key is there, neither order fits, or each
waited for the other. Run again, a unit sees what the other has left."""

REFUSALS = ("08", "25", "42501", "53", "55P03", "57", "58", "XX")
"""Beginnings of the states of what the server, its disk or another process refuses: not a fault in a statement."""

READ_ONLY = "25006"
"""The state of a write to a standby, or to a server that has become one."""

TRIES = 12
LONGEST_PAUSE_SECONDS = 0.25
"""Before a unit that lost a race runs again; half as long at random, and shorter at first."""

NOTICES = "tenhours_outbox"
"""The channel on which processes hear that there is something to send."""

WRITING = """BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = '5s';
    SET LOCAL idle_in_transaction_session_timeout = '10s'"""
"""A process that is stopped in the middle of a unit must not hold its rows for ever."""

READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
FIND_ID = "SELECT CAST(pg_current_xact_id_if_assigned() AS text)"
FIND_ID_AND_NOTIFY = f"{FIND_ID}, pg_notify('{NOTICES}', '')"
FIND_OUTCOME = "SELECT pg_xact_status(CAST(CAST($1 AS text) AS xid8))"
SECONDS_TO_FIND_OUTCOME = 3.0
SECONDS_BETWEEN_LOOKS = 0.1

CONNECTION_DEFAULTS = {
    "application_name": "tenhours",
    "connect_timeout": "3",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
    "client_encoding": "UTF8",
}
"""What is asked for unless the URL or libpq's own variable says otherwise: a dead network is noticed in 10 s."""

VARIABLES = {"application_name": "PGAPPNAME", "connect_timeout": "PGCONNECT_TIMEOUT"}


class NumberLoader(Loader):
    """Reads `numeric`, the type of sums and quotients: whole numbers as int, others as float."""

    def load(self, data: Buffer) -> int | float:
        """Return the number."""
        text = bytes(data)
        return float(text) if b"." in text else int(text)


Error = psycopg.Error
Connection = psycopg.Connection[Row]
NAMING_CURSOR = psycopg.Cursor
"""The cursor of statements with `%(name)s`, as SQLAlchemy writes them."""

ADAPTERS = AdaptersMap(psycopg.adapters)
ADAPTERS.register_loader("numeric", NumberLoader)
ADAPTERS.register_dumper(int, Int8Dumper)  # one type for small and large numbers, so that each statement has one plan


WORD_INDEX = TextSearch()


class PostgresTx:
    """A running transaction on a connection of its own, which nobody else uses meanwhile."""

    def __init__(self, connection: "psycopg.Connection[Row]", *, is_writing: bool) -> None:
        self._connection = connection
        self._cursor = connection.cursor()
        self._is_writing = is_writing
        self.is_notifying = False
        self.word_index = WORD_INDEX

    def all(self, sql: str, **params: object) -> list[Row]:
        """Return every row."""
        return self._execute(sql, params).fetchall()

    def each(self, sql: str, **params: object) -> Iterator[Row]:
        """Yield every row as it is read: for many, of which only a part is remembered."""
        text, values = _bind(sql, params)
        return self._connection.cursor().stream(text.encode(), values)

    def one(self, sql: str, **params: object) -> Row | None:
        """Return the first row; None if there is none."""
        return self._execute(sql, params).fetchone()

    def run(self, sql: str, **params: object) -> int:
        """Run a statement, and return how many rows it changed."""
        return self._execute(sql, params).rowcount

    def many(self, sql: str, rows: Iterable[dict[str, object]]) -> int:
        """Run a statement for each of `rows`, and return how many rows it changed in all."""
        text, names = translate(sql)
        values = [[value_of(row[name]) for name in names] for row in rows]
        if not values:
            return 0
        if len(values) == 1:
            return self._cursor.execute(text.encode(), values[0]).rowcount
        self._cursor.executemany(text.encode(), values)
        return self._cursor.rowcount

    def lock(self, sql: str, **params: object) -> bool:
        """Keep other transactions that lock them from the rows of a SELECT, until this one ends.

        Rows that refer to those may be added meanwhile: their keys do not change.
        """
        if self._is_writing:
            self._execute(f"{sql} FOR NO KEY UPDATE", params).fetchall()
        return self._is_writing

    def take(self, sql: str, table: str, **params: object) -> list[Row]:
        """Return the rows of a SELECT but for those that another transaction works on, and lock them."""
        return self._execute(f"{sql} FOR NO KEY UPDATE OF {table} SKIP LOCKED", params).fetchall()

    def try_lock(self, name: str) -> bool:
        """Return True if no other transaction does what is named so; none begins with it until this one ends."""
        row = self.one("SELECT pg_try_advisory_xact_lock(hashtext('tenhours'), hashtext(:name))", name=name)
        return row is not None and bool(row[0])

    def notify(self) -> None:
        """Let the processes that listen know, once this is committed, that there is something to send."""
        self.is_notifying = True

    def has_table(self, name: str) -> bool:
        """Return True if there is a table of this name."""
        row = self.one("SELECT to_regclass(CAST(:name AS text)) IS NOT NULL", name=name)
        return row is not None and bool(row[0])

    def _execute(self, sql: str, params: dict[str, object]) -> "psycopg.Cursor[Row]":
        text, values = _bind(sql, params)
        return self._cursor.execute(text.encode(), values)


class Session:
    """A connection that one thread uses, opened when it is needed and again after it was lost."""

    def __init__(self, location: ServerDatabase) -> None:
        self._location = location
        self._connection: psycopg.Connection[Row] | None = None

    def write(self, unit: Callable[[Tx], T]) -> T:
        """Run `unit` in a transaction and commit it; again, whole, where it has lost a race or the connection.

        Raises what it raises, or `NotSaved`.
        """
        return self._insist(lambda: self._try_writing(unit))

    def read(self, unit: Callable[[Tx], T]) -> T:
        """Run `unit` on one snapshot; again where a standby or a lost connection has taken that away."""
        return self._insist(lambda: self._try_reading(unit))

    def close(self) -> None:
        """Close the connection, if there is one."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _insist(self, attempt: Callable[[], T]) -> T:
        """Make an attempt; another one after each lost race, and after the first loss of a connection."""
        may_reconnect = True
        for number in range(1, TRIES + 1):
            connection = self._open()
            try:
                return attempt()
            except psycopg.Error as error:
                is_lost = connection.closed or error.sqlstate == READ_ONLY
                if is_lost:
                    self.close()  # another connection may find the server that has taken over
                if number == TRIES or not (error.sqlstate in RACES or (is_lost and may_reconnect)):
                    raise meaning(error) from error
                may_reconnect = may_reconnect and not is_lost
            finally:
                self._roll_back()
            time.sleep(random.uniform(0.5, 1) * min(LONGEST_PAUSE_SECONDS, 0.001 * 2**number))  # noqa: S311 - no secret
        raise AssertionError("the last attempt returns or raises")

    def _try_writing(self, unit: Callable[[Tx], T]) -> T:
        connection = self._open()
        connection.execute(WRITING, prepare=False)
        tx = PostgresTx(connection, is_writing=True)
        result = unit(tx)
        self._commit(connection, FIND_ID_AND_NOTIFY if tx.is_notifying else FIND_ID)
        return result

    def _try_reading(self, unit: Callable[[Tx], T]) -> T:
        connection = self._open()
        connection.execute(READING, prepare=False)
        return unit(PostgresTx(connection, is_writing=False))

    def _commit(self, connection: "psycopg.Connection[Row]", find_id: str) -> None:
        """Commit; where the answer is lost, ask on another connection what has become of it."""
        row = connection.execute(find_id).fetchone()
        number = row[0] if row else None
        try:
            status = execute_commit(connection)
        except psycopg.Error:
            if number is None or not connection.closed:
                raise
            self.close()
            if not self._is_committed(number):
                raise
            return
        if status != "COMMIT":
            raise NotSaved("The database did not take it: a statement had failed before.")

    def _is_committed(self, number: str) -> bool:
        """Return True if a transaction was committed, False if it was not. Raises `NotSaved` where nobody knows."""
        until = time.monotonic() + SECONDS_TO_FIND_OUTCOME
        while time.monotonic() < until:
            with suppress(psycopg.Error, NotSaved):
                row = self._open().execute(FIND_OUTCOME, [number]).fetchone()
                if row is not None and row[0] in ("committed", "aborted"):
                    return bool(row[0] == "committed")
            time.sleep(SECONDS_BETWEEN_LOOKS)
        raise NotSaved("The connection to the database was lost, and nobody knows whether it was saved.")

    def _open(self) -> "psycopg.Connection[Row]":
        if self._connection is None or self._connection.closed:
            self._connection = connect(self._location)
        return self._connection

    def _roll_back(self) -> None:
        """End a transaction that is still open; a connection on which that fails is of no use."""
        connection = self._connection
        if connection is None or connection.closed:
            self._connection = None
            return
        if connection.info.transaction_status is not psycopg.pq.TransactionStatus.IDLE:
            try:
                connection.execute("ROLLBACK", prepare=False)
            except psycopg.Error:
                self.close()


@contextmanager
def open_snapshot(location: ServerDatabase) -> Iterator[Tx]:
    """Yield a transaction that reads one snapshot. Raises `NotSaved` or `Misconfigured` where that cannot be."""
    with closing(connect(location)) as connection:
        try:
            connection.execute(READING, prepare=False)
            yield PostgresTx(connection, is_writing=False)
        except psycopg.Error as error:
            raise meaning(error) from error


def connect(
    location: ServerDatabase, cursors: "type[psycopg.Cursor[Any]]" = psycopg.RawCursor
) -> "psycopg.Connection[Row]":
    """Return a connection in which each statement is a transaction, unless one is begun.

    Statements number their parameters, unless other `cursors` are named. Raises `Misconfigured` for a URL that says
    nothing, a server that is too old and one that does not store Unicode; `NotSaved` where nobody lets this in.
    """
    try:
        given = psycopg.conninfo.conninfo_to_dict(location.url)
    except psycopg.Error as error:
        raise Misconfigured(f"[database] url = {str(location)!r}: {reason_of(error)}.") from error
    wanted = {
        key: value
        for key, value in CONNECTION_DEFAULTS.items()
        if key not in given and VARIABLES.get(key, "") not in os.environ
    }
    try:
        connection = psycopg.connect(
            psycopg.conninfo.make_conninfo(location.url, **wanted),
            autocommit=True,
            prepare_threshold=5 if location.is_prepared else None,
            context=ADAPTERS,
            cursor_factory=cursors,
        )
    except psycopg.Error as error:
        raise NotSaved(f"The database {location} can't be opened: {reason_of(error)}.") from error
    connection.prepared_max = STATEMENTS
    try:
        _require_fitting(location, connection.info)
    except Misconfigured:
        connection.close()
        raise
    return connection


def execute_commit(connection: "psycopg.Connection[Row]") -> str | None:
    """Commit, and return the server's word for what it did: a transaction that has failed is rolled back by it."""
    return connection.execute("COMMIT", prepare=False).statusmessage


def _require_fitting(location: ServerDatabase, info: "psycopg.ConnectionInfo") -> None:
    version, encoding = info.server_version // 10_000, info.parameter_status("server_encoding")
    if version < LEAST_VERSION:
        raise Misconfigured(
            f"The server of {location} is PostgreSQL {version}, but this version needs {LEAST_VERSION} or newer."
        )
    if encoding != "UTF8":
        raise Misconfigured(
            f"The database {location} stores text as {encoding}. Create one with `createdb --encoding=UTF8`."
        )


def meaning(error: "psycopg.Error") -> BaseException:
    """Return `NotSaved` for what the server, its disk or a lock caused; a broken statement stays what it is."""
    state = error.sqlstate
    is_refused = state.startswith(REFUSALS) if state else isinstance(error, psycopg.OperationalError)
    return NotSaved(f"The database did not take it: {reason_of(error)}.") if is_refused else error


def reason_of(error: psycopg.Error) -> str:
    """Return the server's words, or libpq's, in one line without a full stop."""
    text = error.diag.message_primary or str(error)
    words = " ".join(text.split()).rpartition("FATAL: ")[-1].strip()
    return words.removesuffix(".")


def _bind(sql: str, params: dict[str, object]) -> tuple[str, list[Any] | None]:
    """Return a statement in PostgreSQL's words with its values in their order; None where it has none."""
    text, names = translate(sql)
    return text, [value_of(params[name]) for name in names] if names else None


def value_of(value: object) -> object:
    """Return a parameter as the driver takes it."""
    return list(value) if type(value) is Listed else value
