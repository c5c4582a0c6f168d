"""Copies of the database that are whole, also while it is in use."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.errors import NotSaved


def backup(source: Path, target: Path) -> None:
    """Copy `source` to the new file `target` by SQLite's own backup; `NotSaved` where that cannot be."""
    if not source.exists():
        raise NotSaved(f"There is no database {source} to copy.")
    if target.exists():
        raise NotSaved(f"{target} exists already; name a new file.")
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as live,
            closing(sqlite3.connect(target)) as copy,
        ):
            live.backup(copy)
            copy.execute("PRAGMA journal_mode = delete")
    except sqlite3.Error as error:
        target.unlink(missing_ok=True)
        raise NotSaved(f"{source} cannot be copied to {target}: {error}.") from error
