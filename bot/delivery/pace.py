"""Which places are to be left alone for now: after each post for as long as the platform likes, and when it asks to.

Direct messages are spread besides, at a pace that the platform teaches (`direct_pace`).
"""

from datetime import datetime, timedelta

from bot.adapter import SendLimits
from bot.chat.delivery import Address, ChannelAddress, UserAddress
from bot.clock import Clock
from bot.delivery.direct_pace import DirectPace

Place = tuple[str, str | None, str | None]
"""A team, and its channel or user: an address without names, which may change."""

MOST_RESTING_PLACES = 10_000
"""So many are remembered before those whose rest is over are looked for and forgotten."""

FIRST_REFUSAL_REST = timedelta(seconds=30)
LONGEST_REFUSAL_REST = timedelta(minutes=15)
"""The rests of a place where a permission is missing, from the first to the last: platforms ban who asks too often."""


def place_of(to: Address) -> Place:
    """Return the place itself, whatever it is called at the moment."""
    match to:
        case ChannelAddress(team=team, channel=channel):
            return team, channel, None
        case UserAddress(team=team, user=user):
            return team, None, user


class Pace:
    """Rests of places and of the platform as a whole, and the spread of direct messages."""

    def __init__(self, clock: Clock, limits: SendLimits) -> None:
        self._clock = clock
        self._place_interval = timedelta(seconds=limits.place_seconds)
        self._limits = limits
        self._free_at: dict[Place, datetime] = {}
        self._all_free_at: datetime | None = None
        self._direct_paces: dict[str, DirectPace] = {}
        self._refusals: dict[Place, int] = {}

    def lane_of(self, place: Place) -> str | None:
        """Return which posts share a limit with one to this place; None for a channel, whose limit is its own."""
        if not _is_direct(place) or not self._limits.direct_seconds:
            return None
        return place[0] if self._limits.are_direct_by_team else ""

    def count_begun(self, place: Place) -> None:
        """Count a post that is on its way to a place: direct messages have a budget."""
        lane = self.lane_of(place)
        if lane is not None:
            self._direct_pace(lane).count_begun()

    def count_refused(self, place: Place) -> None:
        """Count a post that the platform refused: such answers have a budget, too."""
        lane = self.lane_of(place)
        if lane is not None:
            self._direct_pace(lane).count_refused()

    def rest_after_post(self, place: Place) -> None:
        """Let a place rest that something was posted to."""
        self._refusals.pop(place, None)
        lane = self.lane_of(place)
        if lane is not None:
            self._direct_pace(lane).count_arrived()
        if self._place_interval:
            self.rest(place, self._clock.now() + self._place_interval)

    def rest_after_refusal(self, place: Place) -> datetime:
        """Let a place rest where a permission is missing, longer each time. Return until when."""
        if len(self._refusals) >= MOST_RESTING_PLACES:
            self._refusals.clear()
        times = self._refusals[place] = self._refusals.get(place, 0) + 1
        rest: timedelta = FIRST_REFUSAL_REST * 2 ** min(times - 1, 10)
        until = self._clock.now() + min(LONGEST_REFUSAL_REST, rest)
        self.rest(place, until)
        return until

    def rest(self, place: Place, until: datetime) -> None:
        """Leave a place alone."""
        if len(self._free_at) >= MOST_RESTING_PLACES:
            self._forget_rests_that_are_over()
        self._free_at[place] = until

    def rest_as_asked(self, place: Place, until: datetime, *, is_everywhere: bool) -> None:
        """Leave a place alone, or everything, as the platform asks to; direct messages are all slowed down by it."""
        lane = self.lane_of(place)
        if lane is not None:
            self._direct_pace(lane).slow_down(until)
        if is_everywhere:
            self.rest_everywhere(until)
        else:
            self.rest(place, until)

    def rest_everywhere(self, until: datetime) -> None:
        """Leave the whole platform alone."""
        self._all_free_at = max(until, self._all_free_at or until)

    def reset(self) -> None:
        """Leave nothing alone any more, as the clock that told the ends of all rests was set back."""
        self._free_at.clear()
        self._all_free_at = None
        for direct_pace in self._direct_paces.values():
            direct_pace.reset()

    def may_begin(self, place: Place) -> bool:
        """Return True if the spread of direct messages has room for one to this place; a channel needs none."""
        lane = self.lane_of(place)
        direct_at = None if lane is None else self._direct_pace(lane).next_at()
        return direct_at is None or direct_at <= self._clock.now()

    def is_free(self, place: Place) -> bool:
        """Return True if neither this place nor the platform rests now."""
        free_at = self._free_at.get(place)
        return self.is_platform_free() and (free_at is None or free_at <= self._clock.now())

    def is_platform_free(self) -> bool:
        """Return True if the platform as a whole does not rest now."""
        return self._all_free_at is None or self._all_free_at <= self._clock.now()

    def next_free_at(self) -> datetime | None:
        """Return when the next rest is over, None if nothing rests."""
        now = self._clock.now()
        if self._all_free_at is not None and self._all_free_at > now:
            return self._all_free_at
        instants = [*self._free_at.values(), *(direct_pace.next_at() for direct_pace in self._direct_paces.values())]
        return min((instant for instant in instants if instant is not None and instant > now), default=None)

    def count_resting(self) -> int:
        """Return how many places rest now."""
        self._forget_rests_that_are_over()
        return len(self._free_at)

    def _direct_pace(self, lane: str) -> DirectPace:
        """Return the pace of a lane; there are as many as workspaces, and one on other platforms."""
        if lane not in self._direct_paces:
            self._direct_paces[lane] = DirectPace(self._clock, self._limits.direct_seconds, self._limits.direct_burst)
        return self._direct_paces[lane]

    def _forget_rests_that_are_over(self) -> None:
        now = self._clock.now()
        self._free_at = {place: free_at for place, free_at in self._free_at.items() if free_at > now}


def _is_direct(place: Place) -> bool:
    return place[2] is not None
