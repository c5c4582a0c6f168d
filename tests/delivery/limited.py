"""Platforms that take so many direct messages a second, by the usual kinds of limits, and say 429 to all others."""

from collections import deque
from datetime import UTC, datetime, timedelta
from typing import Protocol

import pytest

from bot.chat.delivery import Delivery, RetryLater
from tests.delivery.town import Recorder, user_of

SECOND = timedelta(seconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Limit(Protocol):
    """A limit on calls."""

    def seconds_to_wait(self, now: datetime) -> float:
        """Count a call, and return 0; or the seconds to wait, where it is one too many."""
        ...


class Window:
    """So many calls in each second of the clock, as Discord counts all calls together."""

    def __init__(self, per_second: float) -> None:
        self.per_second = per_second
        self.window = timedelta(seconds=max(1.0, 1 / per_second))
        self.began, self.taken = EPOCH, 0

    def seconds_to_wait(self, now: datetime) -> float:
        began = now - (now - EPOCH) % self.window
        if began > self.began:
            self.began, self.taken = began, 0
        self.taken += 1
        most = self.per_second * self.window.total_seconds()
        return 0.0 if self.taken <= most else (began + self.window - now).total_seconds()


class Sliding:
    """So many calls in any second."""

    def __init__(self, per_second: float) -> None:
        self.per_second = per_second
        self.taken: deque[datetime] = deque()

    def seconds_to_wait(self, now: datetime) -> float:
        while self.taken and now - self.taken[0] >= SECOND:
            self.taken.popleft()
        if len(self.taken) >= self.per_second:
            return (self.taken[0] + SECOND - now).total_seconds()
        self.taken.append(now)
        return 0.0


class Bucket:
    """A bucket of tokens, a second's worth; whole seconds are asked for, as Slack does."""

    def __init__(self, per_second: float) -> None:
        self.per_second = self.tokens = per_second
        self.filled_at: datetime | None = None

    def seconds_to_wait(self, now: datetime) -> float:
        passed = (now - (self.filled_at or now)).total_seconds()
        self.tokens, self.filled_at = min(self.per_second, self.tokens + passed * self.per_second), now
        if self.tokens < 1:
            return 1.0
        self.tokens -= 1
        return 0.0


LIMITS = [pytest.param(kind, id=kind.__name__.lower()) for kind in (Window, Sliding, Bucket)]


class Limited(Recorder):
    """A platform with a limit on direct messages, that counts how many calls it refused."""

    def limit(self, limit: Limit) -> None:
        """Say 429 from now on to what is too much."""
        self.refused: list[datetime] = []

        def meet(delivery: Delivery) -> None:
            seconds = limit.seconds_to_wait(self.clock.now()) if user_of(delivery.to) is not None else 0.0
            if seconds:
                self.refused.append(self.clock.now())
                raise RetryLater("429", seconds)

        self.fails = meet
