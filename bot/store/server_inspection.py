"""Queries of `tenhours check` and the metrics about a PostgreSQL server: what it tells of itself and of its tables."""

from typing import NamedTuple

from bot.store.tx import Tx

BLOATED_ROWS = 20_000
"""Dead rows of a table that are worth a word, where there are more of them than living ones."""

LONG_TRANSACTION_SECONDS = 300

STATE = """SELECT current_setting('server_version'), pg_database_size(current_database()),
    pg_is_in_recovery() OR current_setting('default_transaction_read_only') = 'on',
    CAST(current_setting('max_connections') AS integer)
        - CAST(current_setting('superuser_reserved_connections') AS integer)
        - (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend')"""
BLOATED = """SELECT relname, n_dead_tup FROM pg_stat_user_tables
    WHERE n_dead_tup > :least AND n_dead_tup > n_live_tup ORDER BY n_dead_tup DESC, relname LIMIT 5"""
REPLICAS = """SELECT count(*), coalesce(max(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)), 0)
    FROM pg_stat_replication"""
LONG_TRANSACTIONS = """SELECT count(*), coalesce(max(CAST(extract(epoch FROM now() - xact_start) AS integer)), 0)
    FROM pg_stat_activity WHERE datname = current_database() AND xact_start < now() - interval '1 second' * :seconds"""


class ServerState(NamedTuple):
    """The server's version, the database's bytes, whether it only reads, and how many more connections it takes."""

    version: str
    size: int
    is_standby: bool
    free_connections: int


class Replication(NamedTuple):
    """Replicas that are connected, and how many bytes of changes the last of them is behind."""

    replicas: int
    bytes_behind: int


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
