"""How values stand in rows: instants as milliseconds of UTC, days and Mondays as ISO dates."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TypeVar

from bot.domain.week import Week

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
T = TypeVar("T")
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


def among(keys: Iterable[T]) -> tuple[str, dict[str, T]]:
    """`(:id0, :id1, …)` for an IN, with its parameters: what many rows need is read in one statement."""
    found = list(keys)
    text, names = _list(len(found))
    return text, dict(zip(names, found, strict=True))


@lru_cache(maxsize=256)
def _list(length: int) -> tuple[str, tuple[str, ...]]:
    """The text of a list that long, and the names in it."""
    names = tuple(f"id{n}" for n in range(length))
    return f"({', '.join(f':{name}' for name in names)})", names
