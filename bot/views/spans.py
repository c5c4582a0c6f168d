"""Stretches of time and far days, said only as exactly as they are known."""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.horizon import FARTHEST_WEEKS, WEEKS_A_YEAR, Forecast
from bot.views import words

_MONTHS_WITHIN_WEEKS = WEEKS_A_YEAR
"""Dates beyond it are said in quarters."""
_MAX_WEEKS = 8
_WEEKS_A_MONTH = WEEKS_A_YEAR / 12
_MAX_MONTHS = 18


def say_span(weeks: int) -> str:
    """Return a stretch of time as roughly as it is known: weeks, months, years."""
    months = round(weeks / _WEEKS_A_MONTH)
    if weeks < 1:
        return "a few days"
    if weeks <= _MAX_WEEKS:
        return words.plural(weeks, "week")
    return words.plural(months, "month") if months <= _MAX_MONTHS else words.plural(round(months / 12), "year")


def say_when(span: Forecast, today: date) -> str:
    """Return `Mar to Jun 2027` or `Q1 to Q3 2029`: months within a year, quarters beyond it, never one alone."""
    if span.early is None:
        return f"more than {FARTHEST_WEEKS // WEEKS_A_YEAR} years off"
    is_near = (span.late or span.early) <= today + timedelta(weeks=_MONTHS_WITHIN_WEEKS)
    early = _Part.of(span.early, 1 if is_near else 3)
    if span.late is None:
        return f"not before {early}"
    late = max(_Part.of(span.late, early.months), early.following())
    return f"{early.name} to {late}" if early.year == late.year else f"{early} to {late}"


@dataclass(frozen=True, order=True, slots=True)
class _Part:
    """A part of a year, of so many months, counted from 0."""

    year: int
    number: int
    months: int

    @classmethod
    def of(cls, day: date, months: int) -> "_Part":
        return cls(day.year, (day.month - 1) // months, months)

    @property
    def name(self) -> str:
        return f"{date(self.year, self.number + 1, 1):%b}" if self.months == 1 else f"Q{self.number + 1}"

    def following(self) -> "_Part":
        year, number = divmod(self.year * (12 // self.months) + self.number + 1, 12 // self.months)
        return _Part(year, number, self.months)

    def __str__(self) -> str:
        return f"{self.name} {self.year}"
