"""The pace of direct messages: as fast as the platform takes them, and slower from when it asks to wait.

Thousands are due at one instant, and a platform takes many at once for spam. So they are spread, and the spread adapts
as networks do (additive increase, multiplicative decrease; RFC 5681): each message that arrives lets the next ones come
a little faster, and each request to wait slows them down to less than what was taken in the last while.
"""

from datetime import datetime, timedelta

from bot.clock import Clock

SLOWEST_INTERVAL_SECONDS = 5.0
STEP_PER_MESSAGE = 0.005
"""So many messages a second more are sent for each that arrives: a half per cent more each second."""

BOLD_AFTER, BOLD_FACTOR = timedelta(minutes=1), 4
"""The time after which the platform has not asked to wait for long, and what the step is multiplied by from then on."""

MILDEST_SLOWDOWN, HARDEST_SLOWDOWN = 1 / 0.85, 2.0
"""What an interval is multiplied by when the platform asks to wait, at the least and at the most."""

REFUSAL_COST = timedelta(seconds=0.1)
"""So much longer is waited after each message that was refused: Discord bans who has 10,000 calls refused in ten
minutes, for whatever reason."""

IDLE_AFTER = timedelta(seconds=5)


class DirectPace:
    """The spread of direct messages to whoever shares one limit: `burst` at once, then one each interval."""

    def __init__(self, clock: Clock, fastest_seconds: float, burst: int) -> None:
        self._clock = clock
        self._fastest_seconds = self._interval_seconds = fastest_seconds
        self._burst = burst
        self.reset()

    @property
    def _interval(self) -> timedelta:
        return timedelta(seconds=self._interval_seconds)

    def reset(self) -> None:
        """Wait for nothing any more; what was learned of the platform stays."""
        self._spread_until: datetime | None = None
        self._rests_until: datetime | None = None
        self._measured_since: datetime | None = None
        self._arrived = 0

    def next_at(self) -> datetime | None:
        """Return the instant at which another message may be sent; None while none was."""
        if self._spread_until is None:
            return None
        return self._spread_until - self._interval * (self._burst - 1)

    def count_begun(self) -> None:
        """Count a message that is on its way."""
        now = self._clock.now()
        if self._spread_until is None or now - self._spread_until > IDLE_AFTER or self._measured_since is None:
            self._measured_since, self._arrived = now, 0
        self._spread_until = max(self._spread_until or now, now) + self._interval

    def count_arrived(self) -> None:
        """Count a message that the platform took: the next ones may come a little faster."""
        self._arrived += 1
        is_bold = self._rests_until is None or self._clock.now() - self._rests_until > BOLD_AFTER
        step = STEP_PER_MESSAGE * (BOLD_FACTOR if is_bold else 1)
        faster_seconds = 1 / (1 / self._interval_seconds + step)
        self._interval_seconds = max(self._fastest_seconds, faster_seconds)

    def count_refused(self) -> None:
        """Count a message that the platform refused: such answers are counted there, too."""
        if self._spread_until is not None:
            self._spread_until += REFUSAL_COST

    def slow_down(self, until: datetime) -> None:
        """Send none until then, and fewer from then on, as the platform asks; then one first, and no burst.

        Messages that were under way together are asked to wait together, which counts as once.
        """
        now = self._clock.now()
        if self._rests_until is None or self._rests_until <= now:
            self._interval_seconds = self._slower_seconds(until)
            self._measured_since, self._arrived = until, 0
        self._rests_until = max(until, self._rests_until or until)
        next_at = max(self._rests_until, now + self._interval)
        self._spread_until = next_at + self._interval * (self._burst - 1)

    def _slower_seconds(self, until: datetime) -> float:
        """Return the interval at which all that was taken since the last rest would have come just in time."""
        measured_seconds = HARDEST_SLOWDOWN * self._interval_seconds
        if self._measured_since is not None and self._arrived:
            measured_seconds = (until - self._measured_since).total_seconds() / self._arrived
        mildest, hardest = (factor * self._interval_seconds for factor in (MILDEST_SLOWDOWN, HARDEST_SLOWDOWN))
        slowest = max(SLOWEST_INTERVAL_SECONDS, self._fastest_seconds)
        return min(slowest, hardest, max(mildest, measured_seconds))
