"""The daily copies of the database: what they are called, which there are, and which of them may go."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

NAME = re.compile(r"(?P<stem>.+)-(?P<at>\d{8}T\d{6})Z\.db")
FORMAT = "%Y%m%dT%H%M%S"


def path_of(folder: Path, database: Path, now: datetime) -> Path:
    """Where a copy of this instant goes: `tenhours-20261128T030000Z.db`."""
    return folder / f"{database.stem}-{now:{FORMAT}}Z.db"


def made_at(copy: Path) -> datetime | None:
    """When a copy was made, by its name; None for a file that is none."""
    found = NAME.fullmatch(copy.name)
    if found is None:
        return None
    try:
        return datetime.strptime(found["at"], FORMAT).replace(tzinfo=UTC)
    except ValueError:
        return None


def all_of(folder: Path, database: Path) -> list[tuple[datetime, Path]]:
    """The copies of this database that are there, oldest first; a file of another name is nobody's business."""
    found = [(made_at(path), path) for path in folder.glob(f"{database.stem}-*Z.db")]
    return sorted((at, path) for at, path in found if at is not None and path_of(folder, database, at) == path)


def left_behind(folder: Path, database: Path, now: datetime) -> list[Path]:
    """What processes that were killed while they copied have left there, an hour ago or earlier."""
    before = (now - timedelta(hours=1)).timestamp()
    found = folder.glob(f"{database.stem}-*Z.db.unfinished*")
    return [path for path in found if NAME.match(path.name) and path.stat().st_mtime < before]


def superfluous(folder: Path, database: Path, keep: int) -> list[Path]:
    """The copies that may go, so that the newest `keep` stay."""
    return [path for _, path in all_of(folder, database)[:-keep]]
