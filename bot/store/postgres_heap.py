"""Rewriting a table on a PostgreSQL server: `VACUUM FULL` leaves nothing of deleted rows in its files."""

from contextlib import closing

from bot.location import ServerDatabase
from bot.store.filling import quoted
from bot.store.postgres import Error, PostgresTx, explained
from bot.store.postgres_connection import connect

LOCK_TIMEOUT = "SET lock_timeout = '2s'"
"""So long it waits for whoever uses the table, and others for it: after that it is tried again later."""

LIMITS = f"{LOCK_TIMEOUT}; SET statement_timeout = 0"
TAKE_TURN = "SELECT pg_try_advisory_lock(hashtext('tenhours'), hashtext('heap'))"
END_TURN = "SELECT pg_advisory_unlock(hashtext('tenhours'), hashtext('heap'))"
"""One process rewrites at a time. Behind a pooler a lock would outlive it, and two at once only wait for each other."""

SIZE = "SELECT pg_total_relation_size(to_regclass(CAST(:table AS text)))"
STATISTICS = "pg_statistic"
"""The server's samples of what stands in columns, which are text of members, too."""

LOCK_NOT_AVAILABLE = "55P03"


def measure(location: ServerDatabase, tables: list[str]) -> dict[str, int]:
    """Return the bytes of tables with their indexes. Raises `NotSaved` where nobody answers."""
    with closing(connect(location)) as connection, explained(f"{location} can't be read"):
        tx = PostgresTx(connection, is_writing=False)
        rows = [(table, tx.one(SIZE, table=table)) for table in tables]
        return {table: int(row[0] or 0) for table, row in rows if row is not None}


def rewrite(location: ServerDatabase, table: str) -> bool:
    """Rewrite a table, and what the server has sampled of it. Nobody reads or writes it meanwhile.

    Return False where somebody used the table for too long, or another process rewrites one. Raises `NotSaved`.
    """
    with closing(connect(location)) as connection, explained(f"{table} can't be rewritten"):
        connection.execute(LIMITS)
        row = connection.execute(TAKE_TURN).fetchone() if location.is_prepared else (True,)
        if row is None or not row[0]:
            return False
        try:
            for name in (table, STATISTICS):
                options = "FULL, ANALYZE" if name == table else "FULL"
                connection.execute(f"VACUUM ({options}) {quoted([name])}".encode())
        except Error as error:
            if error.sqlstate == LOCK_NOT_AVAILABLE:
                return False
            raise
        finally:
            if location.is_prepared and not connection.closed:
                connection.execute(END_TURN)  # the server takes its time to forget a connection, and what it held
        return True
