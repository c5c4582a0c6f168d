"""Conversions between values and columns: instants as milliseconds of UTC, days and Mondays as ISO dates."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from bot.domain.week import Week

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
ALL_ROWS = 1 << 62
"""A LIMIT that leaves out nothing."""

Params = dict[str, object]
"""The values of a statement's parameters, by their names."""


def ms(instant: datetime) -> int:
    """Return an aware instant as milliseconds since 1970."""
    return (instant - EPOCH) // MILLISECOND


def instant(milliseconds: int) -> datetime:
    """Return milliseconds since 1970 as an aware instant in UTC."""
    return EPOCH + milliseconds * MILLISECOND


def maybe_instant(milliseconds: int | None) -> datetime | None:
    """Return milliseconds since 1970 as an aware instant in UTC; None for NULL."""
    return None if milliseconds is None else instant(milliseconds)


@lru_cache(maxsize=4096)
def week(monday: str) -> Week:
    """Return the week of a stored Monday."""
    return Week(date.fromisoformat(monday))


def maybe_week(monday: str | None) -> Week | None:
    """Return the week of a stored Monday; None for NULL."""
    return None if monday is None else week(monday)


def monday(week: Week | None) -> str | None:
    """Return the Monday of a week as it is stored; None (NULL) for no week."""
    return None if week is None else week.monday.isoformat()
