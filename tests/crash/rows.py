"""What stands in a database, on either engine, as somebody sees it who is no part of the program."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg

from bot.location import Location, ServerDatabase

Rows = list[tuple[Any, ...]]


class Looker:
    """Looks at a database; on a server by one connection, which is opened again after a restart."""

    def __init__(self, location: Location) -> None:
        self._location = location
        self._connection: psycopg.Connection[tuple[Any, ...]] | None = None

    def rows(self, sql: str) -> Rows:
        """Return the rows of a SELECT."""
        if isinstance(self._location, Path):
            with closing(sqlite3.connect(self._location, timeout=10)) as file:
                return file.execute(sql).fetchall()
        try:
            return self._ask(self._location, sql)
        except psycopg.OperationalError:
            self.close()
            return self._ask(self._location, sql)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _ask(self, location: ServerDatabase, sql: str) -> Rows:
        if self._connection is None:
            self._connection = psycopg.connect(location.url, autocommit=True)
        return self._connection.execute(sql.encode()).fetchall()
