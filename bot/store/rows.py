"""How values stand in rows: instants as milliseconds of UTC, days and Mondays as ISO dates."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from bot.domain.week import Week

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
Row = dict[str, object]
"""The values of a row by the names of the statement's parameters."""


def ms(instant: datetime) -> int:
    """An aware instant as milliseconds since 1970."""
    return (instant - EPOCH) // MILLISECOND


def instant(milliseconds: int) -> datetime:
    """Milliseconds since 1970 as an aware instant in UTC."""
    return EPOCH + milliseconds * MILLISECOND


def maybe_instant(milliseconds: int | None) -> datetime | None:
    """The same for a column that may be NULL."""
    return None if milliseconds is None else instant(milliseconds)


@lru_cache(maxsize=4096)
def week(monday: str) -> Week:
    """The week of a stored Monday."""
    return Week(date.fromisoformat(monday))


def maybe_week(monday: str | None) -> Week | None:
    """The same for a column that may be NULL."""
    return None if monday is None else week(monday)


def monday(of: Week | None) -> str | None:
    """A week as it is stored."""
    return None if of is None else of.monday.isoformat()
