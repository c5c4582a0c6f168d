"""The weekly card: one message a week that shows a channel who has studied (product rules, "What the channel sees")."""

from datetime import timedelta
from typing import NamedTuple

MOST_ROWS = 25
"""Members on a card; how many more there are is said."""
DRAWN_EVERY = timedelta(seconds=60)
"""A card that was just drawn is not drawn again before this, however many check in."""


class WeekRow(NamedTuple):
    """A member's row: minutes, the goal of their week in minutes, and the last note that they wrote in this group."""

    person_id: int
    name: str
    minutes: int
    goal: int
    is_kept: bool
    note: str | None
