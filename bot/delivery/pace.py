"""Which places are to be left alone for now: after each post for as long as the platform likes, and when it asks to."""

from datetime import datetime, timedelta

from bot.adapter import Adapter
from bot.chat.delivery import Address
from bot.clock import Clock

Place = tuple[str, str | None, str | None]
MOST = 10_000


def place_of(to: Address) -> Place:
    """The place itself, whatever it is called at the moment."""
    return to.team, to.channel, to.user


class Pace:
    """Rests of places, and of the platform as a whole."""

    def __init__(self, clock: Clock, adapter: Adapter) -> None:
        self._clock = clock
        self._apart = timedelta(seconds=getattr(adapter, "pace", 0.0))
        self._free_at: dict[Place, datetime] = {}
        self._all_free_at: datetime | None = None

    @property
    def is_wanted(self) -> bool:
        """Whether the platform wants to be paced at all."""
        return bool(self._apart)

    def posted(self, place: Place) -> None:
        """Something was posted there."""
        if self._apart:
            self.rest(place, self._clock.now() + self._apart)

    def rest(self, place: Place, until: datetime) -> None:
        """Leave a place alone."""
        if len(self._free_at) >= MOST:
            self._forget_what_is_over()
        self._free_at[place] = until

    def rest_everywhere(self, until: datetime) -> None:
        """Leave the platform alone."""
        self._all_free_at = until

    def is_free(self, place: Place) -> bool:
        """Whether something may be posted there now."""
        free_at = self._free_at.get(place)
        return self.is_any_free() and (free_at is None or free_at <= self._clock.now())

    def is_any_free(self) -> bool:
        """Whether something may be posted to the platform now."""
        return self._all_free_at is None or self._all_free_at <= self._clock.now()

    def free_at(self) -> datetime | None:
        """When the next rest is over."""
        now = self._clock.now()
        if self._all_free_at is not None and self._all_free_at > now:
            return self._all_free_at
        return min((free_at for free_at in self._free_at.values() if free_at > now), default=None)

    def forget(self) -> None:
        """Leave nothing alone any more: the clock that it was told by was set back."""
        self._free_at.clear()
        self._all_free_at = None

    def resting(self) -> int:
        """How many places rest."""
        self._forget_what_is_over()
        return len(self._free_at)

    def _forget_what_is_over(self) -> None:
        now = self._clock.now()
        self._free_at = {place: free_at for place, free_at in self._free_at.items() if free_at > now}
