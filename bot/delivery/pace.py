"""Which places are to be left alone for now: after each post for as long as the platform likes, and when it asks to.

Direct messages are spread besides: thousands are due at one instant, and a platform takes many at once for spam.
"""

from datetime import datetime, timedelta

from bot.adapter import SendLimits
from bot.chat.delivery import Address, ChannelAddress, UserAddress
from bot.clock import Clock

Place = tuple[str, str | None, str | None]
MOST = 10_000


def place_of(to: Address) -> Place:
    """Return the place itself, whatever it is called at the moment."""
    match to:
        case ChannelAddress(team=team, channel=channel):
            return team, channel, None
        case UserAddress(team=team, user=user):
            return team, None, user


class Pace:
    """Rests of places, and of the platform as a whole."""

    def __init__(self, clock: Clock, limits: SendLimits) -> None:
        self._clock = clock
        self._apart = timedelta(seconds=limits.place_seconds)
        self._direct_apart = timedelta(seconds=limits.direct_seconds)
        self._direct_burst = limits.direct_burst
        self._free_at: dict[Place, datetime] = {}
        self._all_free_at: datetime | None = None
        self._direct_until: datetime | None = None

    def begun(self, place: Place) -> None:
        """Something is on its way there."""
        if place[2] is not None and self._direct_apart:
            now = self._clock.now()
            self._direct_until = max(self._direct_until or now, now) + self._direct_apart

    def may_begin(self, place: Place) -> bool:
        """Whether it is this place's turn, as far as direct messages are spread."""
        direct_at = self._direct_at()
        return place[2] is None or direct_at is None or direct_at <= self._clock.now()

    def _direct_at(self) -> datetime | None:
        return (
            None if self._direct_until is None else self._direct_until - self._direct_apart * (self._direct_burst - 1)
        )

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
        found = [*self._free_at.values(), *([self._direct_at()] if self._direct_until else [])]
        return min((free_at for free_at in found if free_at is not None and free_at > now), default=None)

    def forget(self) -> None:
        """Leave nothing alone any more: the clock that it was told by was set back."""
        self._free_at.clear()
        self._all_free_at = self._direct_until = None

    def resting(self) -> int:
        """How many places rest."""
        self._forget_what_is_over()
        return len(self._free_at)

    def _forget_what_is_over(self) -> None:
        now = self._clock.now()
        self._free_at = {place: free_at for place, free_at in self._free_at.items() if free_at > now}
