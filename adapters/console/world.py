"""What a session asks of the program around it."""

from datetime import datetime
from typing import Protocol

from bot.clock import Clock


class World(Protocol):
    """What surrounds a session: the clock, and the posts that fall due as it goes."""

    @property
    def clock(self) -> Clock:
        """The clock; a `StillClock` can be moved."""
        ...

    async def settle(self) -> None:
        """Post what is due now."""
        ...

    async def move(self, target: datetime) -> None:
        """Move a still clock to `target`, posting on the way what falls due, each at its own time."""
        ...
