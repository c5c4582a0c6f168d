"""Who waits for a sender: keys of posts in their fair order, passed over for as long as their lane has no room."""

from collections import deque
from collections.abc import Callable, Iterable

from bot.chat.delivery import Address
from bot.delivery.pace import Place, place_of

Lane = str | None
"""The name of a limit that many places share; None for places that share none."""


class Waiting:
    """Posts that wait, in their order; one lane of thousands that has no room costs the others nothing."""

    def __init__(self, lane_of: Callable[[Place], Lane]) -> None:
        self._lane_of = lane_of
        self._lanes: dict[Lane, deque[tuple[int, str, Address, Place]]] = {}

    def __bool__(self) -> bool:
        return bool(self._lanes)

    def fill(self, posts: Iterable[tuple[str, Address]]) -> None:
        """Let these wait, and no others."""
        self._lanes = {}
        for position, (key, to) in enumerate(posts):
            place = place_of(to)
            self._lanes.setdefault(self._lane_of(place), deque()).append((position, key, to, place))

    def take(self, may_begin: Callable[[Place], bool]) -> tuple[str, Address, Place] | None:
        """Take the first post whose lane has room, as `may_begin` says of the place of its first; None where none has.

        The order of what is left stays.
        """
        firsts = [(posts[0], lane) for lane, posts in self._lanes.items() if may_begin(posts[0][3])]
        if not firsts:
            return None
        (_, key, to, place), lane = min(firsts, key=lambda first: first[0][0])
        self._lanes[lane].popleft()
        if not self._lanes[lane]:
            del self._lanes[lane]
        return key, to, place
