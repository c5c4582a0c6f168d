"""The daily copies: a fresh one is needed to go back to."""

import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

from bot.checkup.line import Line, ago, warning, well
from bot.config import Settings
from bot.location import ServerDatabase
from bot.store import inspection, looked
from bot.upkeep import copies

SUBJECT = "daily copies"
MAX_AGE = timedelta(days=2)


def look(settings: Settings, now: datetime, *, is_needed: bool) -> Line:
    """Tell the newest of the daily copies; `is_needed` where the bot has served for long enough to have made one."""
    location, folder = settings.database.location, settings.backup_folder
    if folder is None:
        return warning(
            SUBJECT,
            "switched off",
            'set [backup] folder = "backups", or run `tenhours backup FILE` yourself',
        )
    if isinstance(location, ServerDatabase) and not _can_dump():
        what_to_do = "install PostgreSQL's client programs (on Debian postgresql-client), or let the server make copies"
        return warning(SUBJECT, "none are made here, since pg_dump isn't installed", what_to_do)
    dated = copies.all_of(folder, copies.named_after(location))
    if not dated:
        words = f"none in {folder} yet; `tenhours run` makes one every day"
        return warning(SUBJECT, words, "look for “copy failed” in the log") if is_needed else well(SUBJECT, words)
    newest, _ = dated[-1]
    if is_needed and now - newest > MAX_AGE:
        return warning(SUBJECT, f"the newest is {ago(now - newest)} old", "look for “copy failed” in the log")
    words = f"{len(dated)} in {folder}, the newest {ago(now - newest)} old"
    return well(SUBJECT, words + (_looked_through(location, now) if isinstance(location, Path) else ""))


def _can_dump() -> bool:
    from bot.store import dump  # noqa: PLC0415 - its driver is an extra, and loads slowly

    return dump.is_possible()


def _looked_through(database: Path, now: datetime) -> str:
    """Return how far the copies of a large database have looked through it; each of a small one has seen all."""
    if not looked.path_of(database).exists():
        return ""
    written = looked.load(database, now)
    try:
        with inspection.open_to_read(database) as connection:
            tables = inspection.list_tables(connection)
    except sqlite3.Error:
        return ""  # the database's own line says why it can't be read
    late = written.due(tables, now)
    fresh = sum(table in written.tables for table in tables if table not in late)
    return f"; they looked through {fresh} of {len(tables)} tables within a week"
