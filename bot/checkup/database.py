"""The database file: there, whole, of the right schema, and with room to grow."""

import os
import shutil
import sqlite3
from pathlib import Path

from bot.checkup.line import Line, warning, well, wrong
from bot.errors import ForeignDatabase, Misconfigured, NotSaved, SchemaMismatch
from bot.location import Location
from bot.store import inspection, integrity, migrate, moved, sqlite

SUBJECT, DISK, LIBRARY = "database", "free disk", "SQLite"
QUICK_LOOK_SECONDS = 1.0
"""For a look at the tables, unless all of the file is asked for."""

FREE_BYTES_TO_WORK, FREE_BYTES_TO_GROW = 50 << 20, 500 << 20
SQLITE_MENDED_IN = (3, 51, 3)
"""Before it, two connections that write at once may in rare cases lose a commit when the WAL begins anew."""


def look(path: Path, *, is_thorough: bool) -> list[Line]:
    """Tell all that can be told of the file from outside; `is_thorough` reads all of it, however long that takes."""
    return [*_file(path, is_thorough=is_thorough), _disk(path), _library()]


def _file(path: Path, *, is_thorough: bool) -> list[Line]:
    if not path.absolute().parent.is_dir():
        return [wrong(SUBJECT, f"there's no folder {path.absolute().parent}", "create it, or fix [database] url")]
    if not path.exists():
        return [well(SUBJECT, f"there's no {path} yet; the first start creates it")]
    if not os.access(path, os.R_OK):
        return [wrong(SUBJECT, f"this user can't read {path}", "run this command as the user that runs the bot")]
    try:
        return [schema(path), *marks(path), _whole(path, is_thorough=is_thorough)]
    except ForeignDatabase:
        return [wrong(SUBJECT, f"{path} is the database of another program", "name another file in [database] url")]
    except NotSaved as error:
        return [_unopened(path, str(error).rstrip("."))]
    except SchemaMismatch as error:
        return [_broken(path, str(error).rstrip("."))]
    except sqlite3.Error as error:
        return [unreadable(path, error)]


def is_filled(path: Path) -> bool:
    """Return True if there is anything in the file."""
    return path.exists() and path.stat().st_size > 0


def unreadable(location: Location, error: Exception) -> Line:
    """Return the line for what cannot be read; only where a file itself is damaged, a copy is of use."""
    if not isinstance(location, Path):
        return wrong(SUBJECT, str(error).rstrip("."), "look at the server, and its log")
    path = location
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & sqlite.PRIMARY_CODE_MASK
    if code not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return _unopened(path, f"{path} can't be opened: {error}")
    return _broken(path, f"{path} can't be read: {error}")


def _unopened(path: Path, words: str) -> Line:
    folder = path.absolute().parent
    return wrong(SUBJECT, words, f"make sure that this user can write to {folder}, and that the disk isn't read-only")


def _broken(path: Path, words: str) -> Line:
    what_to_do = f"stop the bot, then type `tenhours restore FILE` with the newest good copy of {path.name}"
    return wrong(SUBJECT, words, what_to_do)


def schema(location: Location) -> Line:
    """Tell if the schema is the one that this version needs. Raises what `migrate.read_revision` raises."""
    revision, head = migrate.read_revision(location), migrate.head()
    if revision is None:
        return well("schema", f"{location} is empty; the first start fills it")
    if revision == head:
        return well("schema", f"{revision}, the one this version needs")
    words = f"{location} is at {revision}, but this version needs {head}"
    if revision > head:
        what_to_do = "install the newer version again, or `tenhours restore` a copy from before the update"
        return wrong("schema", words, what_to_do)
    return wrong("schema", words, f"stop the bot, then type {migrate.how_to_migrate(location)}")


def marks(location: Location) -> list[Line]:
    """Tell where `tenhours copy` has moved it to, or that a copy or a restore is not whole. Raises what that raises."""
    try:
        moved.require_restored(location)
    except Misconfigured:
        return [wrong("restore", f"a restore of {location} was broken off", "type the same `tenhours restore` again")]
    move, unfinished = (moved.find_at(location, key) for key in (moved.MOVED, moved.UNFINISHED))
    if unfinished is not None:
        words = f"the copying from {unfinished.other} to here was broken off"
        return [wrong("copy", words, "with [database] url set to that one, type the same `tenhours copy` again")]
    if move is not None:
        return [
            wrong("moved", f"{location} was copied to {move.other}, and that one counts", "set [database] url to it")
        ]
    return []


def _whole(path: Path, *, is_thorough: bool) -> Line:
    size = f"{path} ({path.stat().st_size / (1 << 20):.1f} MiB)"
    if is_thorough:
        with inspection.open_to_read(path) as connection:
            faults = inspection.find_faults(connection)
        return _broken(path, _damaged(path, faults[0])) if faults else well(SUBJECT, f"{size} is intact")
    seen = integrity.look(path, QUICK_LOOK_SECONDS)
    if seen.faults:
        return _broken(path, _damaged(path, seen.faults[0]))
    if seen.looked_at < seen.tables:
        part = f"{seen.looked_at} of {seen.tables} tables checked in {QUICK_LOOK_SECONDS:g} s, nothing wrong so far"
        return well(SUBJECT, f"{size}: {part}; `tenhours check --full` reads all of it")
    return well(SUBJECT, f"{size} is intact")


def _damaged(path: Path, fault: str) -> str:
    return f"{path} is damaged: {fault.splitlines()[-1]}"


def _disk(path: Path) -> Line:
    try:
        free = shutil.disk_usage(path.absolute().parent).free
    except OSError as error:
        return warning(DISK, f"unknown: {error.strerror}", "check the disk")
    used = path.stat().st_size if path.exists() else 0
    words = f"{free / (1 << 30):.1f} GiB" if free >= 1 << 30 else f"{free >> 20} MiB"
    if free < FREE_BYTES_TO_WORK:
        return wrong(DISK, f"only {words} left", "free some space; without it, nothing can be saved")
    if free < max(FREE_BYTES_TO_GROW, 3 * used):
        return warning(DISK, f"only {words} left", "free some space: the database grows, and so do its daily copies")
    return well(DISK, words)


def _library() -> Line:
    if sqlite3.sqlite_version_info < SQLITE_MENDED_IN:
        mended = ".".join(map(str, SQLITE_MENDED_IN))
        words = f"{sqlite3.sqlite_version}; before {mended}, two programs that write at once can lose a change"
        return well(LIBRARY, f"{words}, so let nothing but the bot write to it")
    return well(LIBRARY, sqlite3.sqlite_version)
