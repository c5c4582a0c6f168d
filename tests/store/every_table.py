"""Rows in every table, whatever tables there are: made from what the schema says of columns, keys and references."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.location import Location
from bot.store import search
from bot.store.filling import quoted
from bot.store.inspection import open_snapshot
from bot.store.postgres_transfer import list_columns
from bot.store.sqlite import SqliteTx
from bot.store.sqlite_transfer import list_keys
from bot.store.tx import Tx

AWKWARD = "tab\t, line\n, \\N, back\\slash, ‘“”’, ', \", 🎉 Ünï, number {number}"
ROWS = 3
NOTE = "The chain rule, number {number}"
LEFT_OUT = {"alembic_version", "journal_words"}


def fill(path: Path, rows: int = ROWS) -> None:
    """Fill a database file of the current schema."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA foreign_keys = off")
        raw.execute("BEGIN")
        for table in list_keys(SqliteTx(raw)):
            if table not in LEFT_OUT:
                for number in range(1, rows + 1):
                    _add(raw, table, number)
        raw.execute("DELETE FROM leases")
        tx = SqliteTx(raw)
        for number, person, learned in raw.execute("SELECT id, person_id, learned FROM checkins").fetchall():
            if learned:
                search.add(tx, number, person, learned)
        for number, person, title, explanation in raw.execute("SELECT id, person_id, title, explanation FROM focuses"):
            search.add(tx, -number, person, search.text_of_focus(title, explanation))
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        raw.execute("COMMIT")


def _add(raw: sqlite3.Connection, table: str, number: int) -> None:
    """Add a row: of two that may be empty, the first is, and references lead to the row of the same number."""
    columns = raw.execute(f"PRAGMA table_info({table})").fetchall()
    references = {row[3] for row in raw.execute(f"PRAGMA foreign_key_list({table})")}
    values = [
        _value(name, kind, number, is_reference=name in references, may_be_empty=not not_null and not key)
        for _, name, kind, not_null, _, key in columns
    ]
    marks = ", ".join("?" * len(values))
    raw.execute(f"INSERT INTO {table} VALUES ({marks})", values)


def _value(name: str, kind: str, number: int, *, is_reference: bool, may_be_empty: bool) -> object:
    if may_be_empty and number == 1:
        return None
    if kind == "BLOB":
        return bytes(range(256)) * number
    if kind == "BOOLEAN":
        return number % 2
    if kind in ("INTEGER", "BIGINT"):
        is_key = is_reference or name == "id"
        return number if is_key else number + (1 << 40 if name.endswith("_at") else 0)
    return NOTE.format(number=number) if name == "learned" else AWKWARD.format(number=number)


def dump(location: Location) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows of all tables in a form that compares; of the index of words its rows alone."""
    with open_snapshot(location) as tx:
        if isinstance(location, Path):
            columns = {table: _columns(tx, table) for table in list_keys(tx)}
        else:
            columns = list_columns(tx)
        return {table: _rows(tx, table, names) for table, names in columns.items()}


def _columns(tx: Tx, table: str) -> tuple[str, ...]:
    names = tuple(name for (name,) in tx.all("SELECT name FROM pragma_table_info(:table)", table=table))
    return ("rowid", *names) if table in ("outbox", "journal_words") else names


def _rows(tx: Tx, table: str, columns: tuple[str, ...]) -> list[tuple[object, ...]]:
    names = sorted(name for name in columns if (table, name) != ("journal_words", "words"))
    rows = tx.all(f"SELECT {quoted(names)} FROM {quoted([table])}")
    plain = [tuple(int(value) if isinstance(value, bool) else value for value in row) for row in rows]
    return sorted(plain, key=repr)
