"""Who asks too much at once is told to wait, before anything is read or written for them."""

import time
from collections.abc import Callable

from bot.chat.request import User
from bot.domain.allowance import Allowance, is_full, take

Key = tuple[str, str, str]
MOST_KNOWN = 10_000


class Throttle:
    """Counts the requests of each person on the platforms that it watches; a terminal's own user is let alone.

    What it knows is lost at a restart, which forgives everybody.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._watched: set[str] = set()
        self._known: dict[Key, Allowance] = {}

    def watch(self, platform: str) -> None:
        """Count on a platform whose people are strangers."""
        self._watched.add(platform)

    def wait(self, user: User) -> int:
        """Whole seconds until this person is heard again; 0: they are heard now."""
        if user.platform not in self._watched:
            return 0
        key, now = (user.platform, user.team, user.id), self._clock()
        if len(self._known) >= MOST_KNOWN and key not in self._known:
            self._known = {other: found for other, found in self._known.items() if not is_full(found, now)}
        self._known[key], seconds = take(self._known.get(key), now)
        return seconds
