"""People who ask too much at once have to wait, before anything is read or written for them."""

import time
from collections.abc import Callable

from bot.chat.request import User
from bot.domain.allowance import REQUESTS, Allowance, Rate, is_full, take

AllowanceKey = tuple[str, str, str, Rate]
"""Platform, team and id of a user, and the kind of what they ask."""
MOST_USERS = 10_000
"""Users whose allowances are in memory, before those that are full again are dropped."""


class Throttle:
    """Counts the requests of each person on the platforms that it watches; a terminal's own user is let alone.

    The counts are lost at a restart, which forgives everybody. Each process has its own: they protect a process from
    who asks too much, and a count in the database would be a write for each request, also for one that is refused.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._watched: set[str] = set()
        self.allowances: dict[AllowanceKey, Allowance] = {}

    def watch(self, platform: str) -> None:
        """Count on a platform whose people are strangers."""
        self._watched.add(platform)

    def seconds_to_wait(self, user: User, rate: Rate = REQUESTS) -> int:
        """Count a request, and return the whole seconds until one of this kind is heard; 0 if it is heard now."""
        if user.platform not in self._watched:
            return 0
        key, now = (user.platform, user.team, user.id, rate), self._clock()
        if len(self.allowances) >= MOST_USERS and key not in self.allowances:
            self.allowances = {of: left for of, left in self.allowances.items() if not is_full(left, now, of[-1])}
        self.allowances[key], seconds = take(self.allowances.get(key), now, rate)
        return seconds
