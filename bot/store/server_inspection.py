"""Queries of `tenhours check` and the metrics about a PostgreSQL server: what it tells of itself and of its tables.

Who may not look at the sessions of others sees how many there are, and nothing of them.
"""

from typing import NamedTuple

from bot.store.tx import Tx

BLOATED_ROWS = 20_000
"""Dead rows of a table that are worth a word, where there are more of them than living ones."""

LONG_TRANSACTION_SECONDS = 300

STATE = """SELECT current_setting('server_version'), pg_database_size(current_database()),
    pg_is_in_recovery() OR current_setting('default_transaction_read_only') = 'on',
    (SELECT coalesce(sum(numbackends), 0) FROM pg_stat_database),
    CAST(current_setting('max_connections') AS integer)
        - CAST(current_setting('superuser_reserved_connections') AS integer)"""
BLOATED = """SELECT relname, n_dead_tup FROM pg_stat_user_tables
    WHERE n_dead_tup > :least AND n_dead_tup > n_live_tup ORDER BY n_dead_tup DESC, relname LIMIT 5"""
DEAD = "SELECT coalesce(sum(n_dead_tup), 0) FROM pg_stat_user_tables"
REPLICAS = """SELECT count(*), max(pg_wal_lsn_diff(
        CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END, replay_lsn))
    FROM pg_stat_replication"""
LONG_TRANSACTIONS = """SELECT count(*), coalesce(max(CAST(extract(epoch FROM now() - xact_start) AS integer)), 0)
    FROM pg_stat_activity WHERE datname = current_database() AND xact_start < now() - interval '1 second' * :seconds"""
LONGEST_TRANSACTION = """SELECT coalesce(max(CAST(extract(epoch FROM clock_timestamp() - xact_start) AS float8)), 0)
    FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"""


class ServerState(NamedTuple):
    """The server's version, the database's bytes, whether it only reads, and its connections: in use, and at most."""

    version: str
    size: int
    is_standby: bool
    connections: int
    most_connections: int


class Replication(NamedTuple):
    """Replicas that are connected, and how many bytes of changes the last of them is behind.

    None of them tells that to somebody without the rights of `pg_monitor`, nor while it starts.
    """

    replicas: int
    bytes_behind: int | None


class LongTransactions(NamedTuple):
    """Transactions that have lasted for long, and for how many seconds the longest has."""

    transactions: int
    seconds: int


def find_state(tx: Tx) -> ServerState:
    """Return how the server is."""
    row = tx.one(STATE)
    assert row is not None
    return ServerState(*row)


def list_bloated_tables(tx: Tx) -> list[tuple[str, int]]:
    """Return tables with more dead rows than living ones, at most five, and how many these are."""
    return [(table, rows) for table, rows in tx.all(BLOATED, least=BLOATED_ROWS)]


def count_dead_rows(tx: Tx) -> int:
    """Return how many rows of all tables are dead and wait for a vacuum, by the server's statistics."""
    row = tx.one(DEAD)
    assert row is not None
    return int(row[0])


def find_longest_transaction(tx: Tx) -> float:
    """Return for how many seconds the oldest of the other open transactions has lasted; 0 if there is none."""
    row = tx.one(LONGEST_TRANSACTION)
    assert row is not None
    return float(row[0])


def find_replication(tx: Tx) -> Replication:
    """Return how far the replicas are."""
    row = tx.one(REPLICAS)
    assert row is not None
    return Replication(*row)


def find_long_transactions(tx: Tx) -> LongTransactions:
    """Return the transactions of anybody on this database that keep dead rows from being vacuumed."""
    row = tx.one(LONG_TRANSACTIONS, seconds=LONG_TRANSACTION_SECONDS)
    assert row is not None
    return LongTransactions(*row)
