"""The daily copies of the database: what they are called, which there are, and which of them may go."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.location import Location

NAME = re.compile(r"(?P<stem>.+)-(?P<at>\d{8}T\d{6})Z\.(db|dump)")
FILE_ENDING, SERVER_ENDING = ".db", ".dump"
"""Endings of the copies of a file, and of a server's database."""

INSTANT_FORMAT = "%Y%m%dT%H%M%S"


def named_after(location: Location) -> Path:
    """Return the file whose name the copies have: the database's own, or `NAME.dump` for one on a server."""
    if isinstance(location, Path):
        return location
    from bot.store.postgres_connection import name_of  # noqa: PLC0415 - its driver is an extra, and loads slowly

    return Path(re.sub(r"\W", "_", name_of(location)) + SERVER_ENDING)


def path_of(folder: Path, database: Path, now: datetime) -> Path:
    """Return where a copy of this instant goes: `tenhours-20261128T030000Z.db`."""
    return folder / f"{database.stem}-{now:{INSTANT_FORMAT}}Z{_ending(database)}"


def made_at(copy: Path) -> datetime | None:
    """Return when a copy was made, by its name; None for a file that is no copy."""
    name = NAME.fullmatch(copy.name)
    if name is None:
        return None
    try:
        return datetime.strptime(name["at"], INSTANT_FORMAT).replace(tzinfo=UTC)
    except ValueError:
        return None


def all_of(folder: Path, database: Path) -> list[tuple[datetime, Path]]:
    """Return instant and path of the copies of this database, oldest first; a file of another name is left alone."""
    dated = [(made_at(path), path) for path in folder.glob(f"{database.stem}-*Z{_ending(database)}")]
    return sorted((at, path) for at, path in dated if at is not None and path_of(folder, database, at) == path)


def left_behind(folder: Path, database: Path, now: datetime) -> list[Path]:
    """Return the unfinished copies of processes that were killed an hour ago or earlier."""
    before = (now - timedelta(hours=1)).timestamp()
    unfinished = folder.glob(f"{database.stem}-*Z{_ending(database)}.unfinished*")
    return [path for path in unfinished if NAME.match(path.name) and path.stat().st_mtime < before]


def superfluous(folder: Path, database: Path, keep: int) -> list[Path]:
    """Return the copies that may go, so that the newest `keep` stay."""
    return [path for _, path in all_of(folder, database)[:-keep]]


def _ending(database: Path) -> str:
    return SERVER_ENDING if database.suffix == SERVER_ENDING else FILE_ENDING
