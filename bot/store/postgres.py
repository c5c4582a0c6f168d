"""The particulars of PostgreSQL: connections, transactions and the meaning of its errors.

Only this module and that of the connections know the driver, and it is imported only where the settings name a server.
"""

import logging
import random
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from typing import Any, TypeVar

from bot.errors import Misconfigured, NotSaved, PerhapsSaved
from bot.location import ServerDatabase
from bot.store.dialect import translate
from bot.store.tx import Listed, Row, Tx
from bot.store.word_index import TextSearch

try:
    import psycopg

    from bot.store.postgres_connection import BoundedConnection, connect, reason_of
except ImportError as error:
    raise Misconfigured(
        "PostgreSQL needs a driver that isn't installed. Type `pip install 'tenhours[postgres]'`, then try again."
    ) from error

T = TypeVar("T")
log = logging.getLogger(__name__)

RACES = frozenset({"23503", "23505", "40001", "40P01"})
"""States in which another transaction was quicker: a reference is gone, a key is there, neither order fits, or each
waited for the other. Run again, a unit sees what the other has left."""

REFUSALS = ("08", "25", "42501", "53", "55P03", "57", "58", "XX")
"""Beginnings of the states of what the server, its disk or another process refuses: not a fault in a statement."""

UNPREPARED = ("26000", "42P05")
"""States of a prepared statement that is not there, or there already: a pooler put another connection in between."""

READ_ONLY = "25006"
"""The state of a write to a standby, or to a server that has become one."""

TRIES = 12
LONGEST_PAUSE_SECONDS = 0.25
"""Before a unit that lost a race runs again; half as long at random, and shorter at first."""

NOTICES = "tenhours_outbox"
"""The channel on which processes hear that there is something to send."""

WRITING = """BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = '8s';
    SET LOCAL idle_in_transaction_session_timeout = '5s'"""
"""What a process holds that was stopped or cut off in a unit is free again before those who wait for it give up."""

READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
FIND_ID = "SELECT CAST(pg_current_xact_id_if_assigned() AS text)"
FIND_ID_AND_NOTIFY = f"{FIND_ID}, pg_notify('{NOTICES}', '')"
FIND_OUTCOME = "SELECT pg_xact_status(CAST(CAST($1 AS text) AS xid8))"
SILENCE_SECONDS = 15.0
"""After so long without a word from the server a unit counts its connection as lost; it waits for a lock for 8 s."""

HURRIED_SILENCE_SECONDS = 2.0
"""The same while the program ends, which may take ten seconds in all."""

SECONDS_TO_FIND_OUTCOME = 15.0
"""For so long a lost connection is made up for by another one, on which is asked what became of a commit."""

SECONDS_BETWEEN_LOOKS = 0.1
SLOW_REFUSAL_SECONDS = 1.0
"""A connection that is refused more quickly costs nothing: it is tried each time."""

Error = psycopg.Error
Connection = psycopg.Connection[Row]
NAMING_CURSOR = psycopg.Cursor
"""The cursor of statements with `%(name)s`, as SQLAlchemy writes them."""

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


class Outage:
    """That somebody has waited for a connection in vain: whoever asked before that need not wait for one, too.

    While the program `is_ending`, nobody waits for one after that.
    """

    def __init__(self) -> None:
        self._noticed_at: float | None = None
        self._reason = ""
        self.is_ending = False

    def notice(self, reason: str) -> None:
        """Remember that there is no connection, and why."""
        self._noticed_at, self._reason = time.monotonic(), reason

    def end(self) -> None:
        """Forget it: there is one again."""
        self._noticed_at = None

    def check(self, asked_at: float) -> None:
        """Raise `NotSaved` for whoever need not wait."""
        if self._noticed_at is not None and (self.is_ending or asked_at < self._noticed_at):
            raise NotSaved(self._reason)


class Session:
    """A connection that one thread uses, opened when it is needed and again after it was lost."""

    def __init__(self, location: ServerDatabase, outage: Outage | None = None) -> None:
        self._location = location
        self._outage = outage or Outage()
        self.asked_at = 0.0
        """When somebody asked for what is done with it now, by the monotonic clock."""
        self._connection: BoundedConnection | None = None

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

    def hurry(self) -> None:
        """Wait less long for what is under way: the program ends. Another thread may ask for this."""
        connection = self._connection
        if connection is not None:
            connection.silence_seconds = HURRIED_SILENCE_SECONDS

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
        """Return True if a transaction was committed, False if it was not. Raises `PerhapsSaved` where nobody knows."""
        until = time.monotonic() + SECONDS_TO_FIND_OUTCOME
        while True:
            self.asked_at = time.monotonic()
            with suppress(psycopg.Error, NotSaved):
                row = self._open().execute(FIND_OUTCOME, [number]).fetchone()
                if row is not None and row[0] in ("committed", "aborted"):
                    return bool(row[0] == "committed")
            if self._outage.is_ending or time.monotonic() > until:
                break
            time.sleep(SECONDS_BETWEEN_LOOKS)
        raise PerhapsSaved("The connection to the database was lost, and nobody knows whether it was saved.")

    def _open(self) -> "BoundedConnection":
        if self._connection is None or self._connection.closed:
            self._outage.check(self.asked_at)
            began = time.monotonic()
            try:
                self._connection = connect(self._location)
            except NotSaved as error:
                if time.monotonic() - began > SLOW_REFUSAL_SECONDS:
                    self._outage.notice(str(error))
                raise
            self._outage.end()
            self._connection.silence_seconds = HURRIED_SILENCE_SECONDS if self._outage.is_ending else SILENCE_SECONDS
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


@contextmanager
def open_newest(location: ServerDatabase) -> Iterator[Tx]:
    """Yield what runs each statement by itself, on what is committed when it begins: it waits for locks before.

    Raises `NotSaved` or `Misconfigured` where that cannot be.
    """
    with closing(connect(location)) as connection:
        try:
            yield PostgresTx(connection, is_writing=False)
        except psycopg.Error as error:
            raise meaning(error) from error


@contextmanager
def explained(what: str) -> Iterator[None]:
    """Say what could not be done, with the server's own words. Raises `NotSaved`."""
    try:
        yield
    except psycopg.Error as error:
        raise NotSaved(f"{what}: {reason_of(error)}.") from error


def execute_commit(connection: "psycopg.Connection[Row]") -> str | None:
    """Commit, and return the server's word for what it did: a transaction that has failed is rolled back by it."""
    return connection.execute("COMMIT", prepare=False).statusmessage


def meaning(error: "psycopg.Error") -> BaseException:
    """Return `NotSaved` for what the server, its disk or a lock caused; a broken statement stays what it is."""
    state = error.sqlstate
    if state in UNPREPARED:
        return NotSaved("A pooler shares the database's connections. Set [database] prepare = false.")
    is_refused = state.startswith(REFUSALS) if state else isinstance(error, psycopg.OperationalError)
    return NotSaved(f"The database did not take it: {reason_of(error)}.") if is_refused else error


def _bind(sql: str, params: dict[str, object]) -> tuple[str, list[Any] | None]:
    """Return a statement in PostgreSQL's words with its values in their order; None where it has none."""
    text, names = translate(sql)
    return text, [value_of(params[name]) for name in names] if names else None


def value_of(value: object) -> object:
    """Return a parameter as the driver takes it."""
    return list(value) if type(value) is Listed else value
