"""The engines that tests run on: SQLite, unless `TENHOURS_TEST_ENGINE` is `postgresql`."""

import os

from bot.store.sqlite import SqliteTx
from bot.store.tx import Tx

SQLITE, POSTGRES = "sqlite", "postgresql"
DEFAULT_ENGINE = os.environ.get("TENHOURS_TEST_ENGINE", SQLITE)

ENGINES = (SQLITE, POSTGRES)


def list_tables(tx: Tx) -> list[str]:
    """Return the names of all tables, those of an index included."""
    if isinstance(tx, SqliteTx):
        return [row[0] for row in tx.all("SELECT name FROM sqlite_master WHERE type = 'table'")]
    rows = tx.all("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'")
    return [table for (table,) in rows]
