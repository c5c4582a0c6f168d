"""What the schema of a database has to do with the engine: reading its revision, creating it, changing it."""

from contextlib import AbstractContextManager
from importlib import resources
from typing import Any, Protocol

from bot.errors import ForeignDatabase
from bot.location import Location

MIGRATIONS = "migrations"
VERSION_TABLE = "alembic_version"
OURS = frozenset({VERSION_TABLE, "people", "checkins"})
"""Tables by which a database is known to be this program's; another one may use Alembic, too."""


class Schema(Protocol):
    """The schema of one database."""

    def read_revision(self) -> str | None:
        """Return the revision that it is at; None where there is nothing yet.

        Raises `SchemaMismatch` for what is no database of this program, `NotSaved` where it cannot be opened.
        """
        ...

    def create(self) -> None:
        """Make the tables of `HEAD` in one transaction; where another process was quicker, its work stands.

        Raises `NotSaved` where that cannot be written.
        """
        ...

    def changing(self) -> AbstractContextManager[Any]:
        """Yield SQLAlchemy's connection for migrations, in a transaction that is committed at the end.

        Nobody else changes the schema meanwhile. Raises `NotSaved` where that cannot be written.
        """
        ...


def snapshot(name: str) -> str:
    """Return the statements that make a new database: the file that `make schema` wrote for an engine."""
    return resources.files(MIGRATIONS).joinpath(name).read_text("utf-8")


def require_ours(location: Location, tables: set[str]) -> None:
    """Raise `ForeignDatabase` where tables are another program's."""
    if tables != {VERSION_TABLE} and not tables >= OURS:
        what = "file" if not hasattr(location, "url") else "database"
        raise ForeignDatabase(f"{location} is the database of another program. Name another {what}.")
