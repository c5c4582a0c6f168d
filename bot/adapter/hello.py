"""The greeting of somebody who writes to the app directly: once in a while for each person, whatever they write.

It is remembered in memory alone. Nothing is stored of a stranger who says hi, and a greeting that is said once more
after a restart harms nobody.
"""

from collections.abc import Callable

from bot.adapter.bounded import BoundedDict

HELLO_COMMAND = "hello"
AGAIN_AFTER_SECONDS = 6 * 3600.0
PEOPLE_REMEMBERED = 5_000

Person = tuple[str, str]
"""Workspace, "" where accounts belong to none, and user."""


class Hellos:
    """The people greeted lately, by a clock of `monotonic` seconds."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._greeted: BoundedDict[Person, float] = BoundedDict(PEOPLE_REMEMBERED)

    def take_turn(self, person: Person) -> bool:
        """Return True if the person is to be greeted now; they are not again for some hours."""
        now = self._monotonic()
        if person in self._greeted and now - self._greeted[person] < AGAIN_AFTER_SECONDS:
            return False
        self._greeted[person] = now
        return True
