"""What a member has said about a file, and what they still have to be asked: nothing that is guessed is silent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.timesheet.lengths import ClockKind
from bot.domain.timesheet.order import DateOrder
from bot.domain.timesheet.titles import Unit

UNITS: dict[str, Unit | ClockKind] = {
    "minutes": Unit.MINUTES,
    "hours": Unit.HOURS,
    "seconds": Unit.SECONDS,
    "days": Unit.DAYS,
    "hh:mm": ClockKind.HOURS,
    "mm:ss": ClockKind.MINUTES,
}
MEANINGS = ("day", "start", "end", "length", "hours", "minutes", "seconds", "project", "note", "member")
"""What a column can be said to mean."""


class About(StrEnum):
    """The subject of a question."""

    UNIT = "unit"
    ORDER = "dates"
    YEAR = "year"
    MEMBER = "member"
    COLUMN = "column"
    TWINS = "twins"


class Twins(StrEnum):
    """What becomes of an entry that is nearly one that is here already."""

    REPLACE = "replace"
    BOTH = "both"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Answers:
    """What a member has said; None and empty where they have not. `columns` names titles or numbers by meaning."""

    unit: str | None = None
    order: DateOrder | None = None
    year: int | None = None
    member: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    twins: Twins | None = None

    @property
    def number_unit(self) -> Unit | None:
        """The unit that was said for bare numbers."""
        unit = UNITS.get(self.unit or "")
        return unit if isinstance(unit, Unit) else None

    @property
    def clock(self) -> ClockKind | None:
        """The kind that was said for clocks of two numbers."""
        unit = UNITS.get(self.unit or "")
        return unit if isinstance(unit, ClockKind) else None


@dataclass(frozen=True, slots=True)
class Question:
    """Something that the file leaves open. `choices` are answers as they are typed; `proposed` is the likeliest."""

    about: About
    text: str
    choices: tuple[str, ...] = ()
    proposed: str | None = None
