"""The choice of the shared note that is quoted: one of each week, and no writer is favoured."""

from collections.abc import Collection, Mapping
from datetime import date
from hashlib import sha256

from bot.domain.week import Week


def can_still_be_quoted(day: date, today: date) -> bool:
    """Return True if results that are posted or edited later can quote that day: one of this week or the last."""
    return Week.of(day) >= Week.of(today).plus(-1)


def choose_writer(group_id: int, week: Week, writers: Collection[int], last_quoted: Mapping[int, str]) -> int | None:
    """Return the writer who is quoted in a group's results of `week`; None where there is no writer.

    First are those who were not quoted lately: `last_quoted` has the Monday of the last week in which somebody was.
    Among equals a lot of group, week and writer decides: it never changes, and however much they wrote, each is as
    likely.
    """
    return min(writers, key=lambda writer: (last_quoted.get(writer, ""), _lot(group_id, week, writer)), default=None)


def _lot(group_id: int, week: Week, writer: int) -> bytes:
    return sha256(f"{group_id}/{week.monday}/{writer}".encode()).digest()
