"""A table as it was found in a file, whatever the file was: titles, and rows that can be gone through again."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

from bot.errors import Refused

MOST_ROWS = 500_000

Cells = Sequence[str]
Row = tuple[int, Cells]
"""The number of a row in its file, and its cells."""


class SheetKind(StrEnum):
    """The origin of a file, as far as it tells."""

    TOGGL = "Toggl export"
    CLOCKIFY = "Clockify export"
    WAKATIME = "WakaTime export"
    ACTIVITYWATCH = "ActivityWatch export"
    TIMEWARRIOR = "Timewarrior export"
    CALENDAR = "calendar"
    ORG = "org file"
    SPREADSHEET = "spreadsheet"
    JSON = "JSON list"
    TABLE = "table"


class LeftOut(NamedTuple):
    """A row that is left out: its number, the reason in words that others share, and its own words.

    `ms` are the milliseconds that it would have had, None if unknown.
    """

    number: int
    reason: str
    detail: str = ""
    ms: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under titles. `rows` begins anew each time that it is called.

    `titles` are "" where the file has none; `is_total` if each row is all that a day had of its project, and grows;
    `notes` are sentences about what of the file is not in it, some of them known only when all rows were gone through.
    """

    kind: SheetKind
    titles: tuple[str, ...]
    rows: Callable[[], Iterator[Row]]
    left_out: tuple[LeftOut, ...] = ()
    notes: Sequence[str] = ()
    has_titles: bool = True
    is_total: bool = False
    has_former_keys: bool = field(default=True)

    def sample(self, count: int) -> list[Cells]:
        """Return the cells of the first rows."""
        return [cells for _, cells in islice(self.rows(), count)]


def table_of(kind: SheetKind, titles: Sequence[str], rows: Iterable[Row], **more: object) -> Table:
    """Return a table of rows that are at hand. Raises `Refused` if there are more than `MOST_ROWS`."""
    listed = list(rows)
    if len(listed) > MOST_ROWS:
        raise too_many_rows()
    return Table(kind, tuple(titles), lambda: iter(listed), **more)  # type: ignore[arg-type]


def too_many_rows() -> Refused:
    """Return the refusal of a file that is too long."""
    return Refused(f"That file has more than {MOST_ROWS:,} rows. Export a shorter time and bring it in by parts.")


def at_most(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield rows. Raises `Refused` after `MOST_ROWS`."""
    iterator = iter(rows)
    yield from islice(iterator, MOST_ROWS)
    if next(iterator, None) is not None:
        raise too_many_rows()
