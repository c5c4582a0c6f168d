"""The statements that our own code runs, so that a benchmark can run the same in raw sqlite3."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from bot.store import sqlite
from bot.store.sqlite import Tx

Statement = tuple[str, dict[str, Any]]


@contextmanager
def recording(keep: Callable[[str, dict[str, Any]], None]) -> Iterator[None]:
    """Hand every statement to `keep` as it runs."""

    class RecordingTx(Tx):
        def all(self, sql: str, **params: object) -> list[sqlite3.Row]:
            keep(sql, params)
            return super().all(sql, **params)

        def one(self, sql: str, **params: object) -> sqlite3.Row | None:
            keep(sql, params)
            return super().one(sql, **params)

        def run(self, sql: str, **params: object) -> int:
            keep(sql, params)
            return super().run(sql, **params)

    plain = sqlite.Tx
    sqlite.Tx = RecordingTx  # type: ignore[misc]
    try:
        yield
    finally:
        sqlite.Tx = plain  # type: ignore[misc]
