"""Connections to PostgreSQL: how they are opened, and that nobody waits on them for an answer without end.

A network that is gone is noticed by the system, in ten seconds as we set it. A pooler that has lost its server, or a
server that hangs, goes on to acknowledge what it receives: only a clock of one's own tells that nobody answers.
"""

import os
import time
from typing import Any, TypeVar

import psycopg
from psycopg.abc import Buffer, PQGen
from psycopg.adapt import AdaptersMap, Loader
from psycopg.types.numeric import Int8Dumper

from bot.errors import Misconfigured, NotSaved
from bot.location import ServerDatabase
from bot.store.dialect import STATEMENTS
from bot.store.tx import Row

T = TypeVar("T")
LEAST_VERSION = 14
"""The oldest PostgreSQL that is served: the oldest that its makers still mend."""

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

KEEPALIVES = """SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3;
    SET tcp_user_timeout = '10s'"""
"""The same for the server's end: what a client held whose network is gone would else be held for hours."""

SOCKET_FOLDERS = ("/", "@")
"""Beginnings of what stands for a host where the server is on the same machine, and there is no network."""

VARIABLES = {"application_name": "PGAPPNAME", "connect_timeout": "PGCONNECT_TIMEOUT"}


class NumberLoader(Loader):
    """Reads `numeric`, the type of sums and quotients: whole numbers as int, others as float."""

    def load(self, data: Buffer) -> int | float:
        """Return the number."""
        text = bytes(data)
        return float(text) if b"." in text else int(text)


ADAPTERS = AdaptersMap(psycopg.adapters)
ADAPTERS.register_loader("numeric", NumberLoader)
ADAPTERS.register_dumper(int, Int8Dumper)  # one type for small and large numbers, so that each statement has one plan


class BoundedConnection(psycopg.Connection[Row]):
    """A connection that is closed, with an `OperationalError`, when nothing was heard for `silence_seconds`.

    It waits without end while they are None, as for a migration.
    """

    silence_seconds: float | None = None

    def wait(self, gen: PQGen[T], *args: Any, **kwargs: Any) -> T:
        """Return what `gen`, which talks to the server, returns."""
        return super().wait(gen if self.silence_seconds is None else self._bound(gen), *args, **kwargs)

    def _bound(self, gen: PQGen[T]) -> PQGen[T]:
        """Do as `gen` does, and look at the clock whenever it is asked to wait on."""
        heard_at = time.monotonic()
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if ready:
                    heard_at = time.monotonic()
                elif time.monotonic() - heard_at > (self.silence_seconds or 0.0):
                    self.pgconn.finish()
                    raise psycopg.OperationalError(f"the server has not answered for {self.silence_seconds:g} s")
                wanted = gen.send(ready)
        except StopIteration as end:
            result: T = end.value
            return result


def connect(location: ServerDatabase, cursors: "type[psycopg.Cursor[Any]]" = psycopg.RawCursor) -> BoundedConnection:
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
        connection = BoundedConnection.connect(
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
        if not connection.info.host.startswith(SOCKET_FOLDERS):
            connection.execute(KEEPALIVES)
    except psycopg.Error as error:
        connection.close()
        raise NotSaved(f"The database {location} can't be opened: {reason_of(error)}.") from error
    except Misconfigured:
        connection.close()
        raise
    return connection


def describe(location: ServerDatabase) -> tuple[str, str]:
    """Return a location as libpq's own programs take it, without its password, and the password; "" if it has none."""
    given = psycopg.conninfo.conninfo_to_dict(location.url)
    password = str(given.pop("password", None) or "")
    return psycopg.conninfo.make_conninfo("", **given), password


def name_of(location: ServerDatabase) -> str:
    """Return the name of a database: libpq takes its user's where a URL names none."""
    given = psycopg.conninfo.conninfo_to_dict(location.url)
    return str(given.get("dbname") or given.get("user") or "tenhours")


def _require_fitting(location: ServerDatabase, info: psycopg.ConnectionInfo) -> None:
    version, encoding = info.server_version // 10_000, info.parameter_status("server_encoding")
    if version < LEAST_VERSION:
        raise Misconfigured(
            f"The server of {location} is PostgreSQL {version}, but this version needs {LEAST_VERSION} or newer."
        )
    if encoding != "UTF8":
        raise Misconfigured(
            f"The database {location} stores text as {encoding}. Create one with `createdb --encoding=UTF8`."
        )


def reason_of(error: psycopg.Error) -> str:
    """Return the server's words, or libpq's, in one line without a full stop."""
    text = error.diag.message_primary or str(error)
    words = " ".join(text.split()).rpartition("FATAL: ")[-1].strip()
    return words.removesuffix(".")
