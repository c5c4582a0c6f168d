"""Which of the lines that were marked for sharing is quoted: of each week one, and no writer is favoured."""

from collections.abc import Collection
from datetime import date
from hashlib import sha256

from bot.domain.week import Week


def can_still_be_quoted(day: date, today: date) -> bool:
    """Whether results that will be posted, or edited, can hold a line of that day: this week's and last week's."""
    return Week.of(day) >= Week.of(today).plus(-1)


def chosen_writer(group_id: int, week: Week, writers: Collection[int]) -> int | None:
    """The same one for the same week whoever asks, and each as likely as any other, however much they wrote."""
    return min(writers, key=lambda writer: _lot(group_id, week, writer), default=None)


def _lot(group_id: int, week: Week, writer: int) -> bytes:
    return sha256(f"{group_id}/{week.monday}/{writer}".encode()).digest()
