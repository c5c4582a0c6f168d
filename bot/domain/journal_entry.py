"""The entries of a journal, and the query for them."""

from dataclasses import dataclass
from datetime import date

from bot.domain.period import Period
from bot.domain.person import Person


@dataclass(frozen=True, slots=True)
class JournalNote:
    """The note of a check-in: its day, its number and the minutes that it took."""

    day: date
    text: str
    number: int
    minutes: int
    area: str | None = None
    focus: str | None = None
    is_shared: bool = False
    group_id: int | None = None


@dataclass(frozen=True, slots=True)
class JournalExplanation:
    """The explanation that finished a focus, on a day in the person's zone."""

    day: date
    text: str
    number: int
    minutes: int
    focus: str
    link: str | None


JournalEntry = JournalNote | JournalExplanation


@dataclass(frozen=True, slots=True)
class JournalQuery:
    """A query for entries of a person. `search` must have a word in it, or be empty; `focus` is a number.

    Entries under one of the names that the area had before (`formerly`) are of that area.
    """

    person: Person
    period: Period
    search: str = ""
    area: str | None = None
    focus: int | None = None
    formerly: tuple[str, ...] = ()

    @property
    def area_names(self) -> tuple[str, ...]:
        """Every name that the area has or had; none where no area is asked for."""
        return () if self.area is None else (self.area, *self.formerly)
