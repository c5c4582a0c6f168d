"""A time tracker's file: its rows that can be imported, and those that cannot, each with its number."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.duration import DAY_LIMIT, Minutes

MOST_ROWS = 200_000
EARLIEST = date(2000, 1, 1)


class SheetKind(StrEnum):
    """The origin of a file, as far as its columns tell."""

    TOGGL = "Toggl export"
    CLOCKIFY = "Clockify export"
    WAKATIME = "WakaTime daily dump"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One entry of the file: `key` tells it from every other one, in this file and in a later export of the same."""

    number: int
    day: date
    minutes: Minutes
    project: str
    description: str
    area: str
    member: str
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is left out, and the reason."""

    number: int
    why: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """All rows of a file, in its order. `note` says which unit was assumed if the file does not name one."""

    kind: SheetKind
    rows: list[SheetRow]
    bad: list[BadRow]
    note: str = ""


class OrderUnclear(Exception):
    """Raised if all dates of a file can be read both ways, `example` among them: the member must say the order."""

    def __init__(self, example: str) -> None:
        super().__init__(example)
        self.example = example


def validate_day(day: date, today: date) -> str:
    """Return the reason why a day cannot be one of study, empty if it can."""
    if day > today:
        return f"{day} is still to come"
    return f"{day} is too long ago to be true" if day < EARLIEST else ""


def to_minutes(seconds: float) -> Minutes | str:
    """Round half up to minutes within the limits of a check-in, or return the reason why there are none."""
    minutes = int((seconds + 30) // 60)
    if seconds < 0:
        return "its time is less than nothing"
    if not minutes:
        return "it lasts less than half a minute"
    return Minutes(minutes) if minutes <= DAY_LIMIT else "it lasts longer than a day"
