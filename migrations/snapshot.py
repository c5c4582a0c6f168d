"""`make schema`: writing the schema that the migrations lead to into schema.sql, from which a new database is made.

A first start thereby imports neither Alembic nor SQLAlchemy. A test compares the file with what the migrations give.
"""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from bot.store import migrate
from migrations import HEAD

FILE = Path(__file__).with_name("schema.sql")
TITLE = f"-- The schema at revision {HEAD}, written by `make schema` from the migrations; not to be edited.\n"
STATEMENTS = """SELECT sql FROM sqlite_master JOIN pragma_table_list AS tables ON tables.name = tbl_name
    WHERE sql IS NOT NULL AND tables.schema = 'main' AND tables.type <> 'shadow' ORDER BY sqlite_master.rowid"""


def snapshot() -> str:
    """Return every statement that makes a database at `HEAD`, in order, and the stamp that says so."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "migrated.db"
        migrate.migrate(path)
        with closing(sqlite3.connect(path)) as connection:
            statements = [sql for (sql,) in connection.execute(STATEMENTS)]
    statements.append(f"INSERT INTO alembic_version (version_num) VALUES ('{HEAD}')")  # noqa: S608 - a constant of ours
    return TITLE + "".join(f"\n{sql};\n" for sql in statements)


if __name__ == "__main__":
    FILE.write_text(snapshot(), encoding="utf-8")
