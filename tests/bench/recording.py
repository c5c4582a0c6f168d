"""The statements that our own code runs, so that a benchmark can run the same in raw sqlite3."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from threading import get_ident
from typing import Any

from bot.store import sqlite
from bot.store.sqlite import SqliteTx
from bot.store.tx import Row, Tx

Statement = tuple[str, Any]
"""SQL and its parameters: of one row, or a list of those of many."""


@contextmanager
def recording(keep: Callable[[Statement], None]) -> Iterator[None]:
    """Hand every statement to `keep` as it runs, on the thread on which it does."""

    class RecordingTx(SqliteTx):
        def all(self, sql: str, **params: object) -> list[Row]:
            keep((sql, params))
            return super().all(sql, **params)

        def one(self, sql: str, **params: object) -> Row | None:
            keep((sql, params))
            return super().one(sql, **params)

        def run(self, sql: str, **params: object) -> int:
            keep((sql, params))
            return super().run(sql, **params)

        def many(self, sql: str, rows: Iterable[dict[str, object]]) -> int:
            kept = list(rows)
            keep((sql, kept))
            return super().many(sql, kept)

    plain = sqlite.SqliteTx
    sqlite.SqliteTx = RecordingTx  # type: ignore[misc]
    try:
        yield
    finally:
        sqlite.SqliteTx = plain  # type: ignore[misc]


@contextmanager
def recording_commits() -> Iterator[list[list[Statement]]]:
    """Every statement of the writer, commit by commit."""
    found: list[list[Statement]] = []
    writers: set[int] = set()
    plain = sqlite.run_writing

    def run_writing(connection: sqlite3.Connection, units: Sequence[Callable[[Tx], Any]]) -> Any:
        writers.add(get_ident())
        found.append([])
        return plain(connection, units)

    def keep(statement: Statement) -> None:
        if get_ident() in writers:
            found[-1].append(statement)

    sqlite.run_writing = run_writing
    try:
        with recording(keep):
            yield found
    finally:
        sqlite.run_writing = plain


def replay(connection: sqlite3.Connection, statements: Iterable[Statement]) -> None:
    """Run them as plainly as sqlite3 can."""
    for sql, params in statements:
        if isinstance(params, list):
            connection.executemany(sql, params)
        else:
            connection.execute(sql, params).fetchall()


def replay_commits(connection: sqlite3.Connection, commits: Iterable[Iterable[Statement]]) -> None:
    """The same, with a durable commit after each of them."""
    for statements in commits:
        connection.execute("BEGIN IMMEDIATE")
        replay(connection, statements)
        connection.execute("COMMIT")
