"""The alarm clock goes on: after a tick that fails, after its scheduler has died, and when the clock is set back."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import StillClock, SystemClock
from bot.delivery.ticker import Ticker
from tests.waiting import eventually, turns

INTERVAL_SECONDS = 0.02


class Ticks:
    """Counts ticks; each answers what it is told to."""

    def __init__(self) -> None:
        self.times = 0
        self.answer: Callable[[], Awaitable[datetime | None]] | None = None
        self._more = asyncio.Event()

    async def __call__(self) -> datetime | None:
        self.times += 1
        self._more.set()
        return await self.answer() if self.answer else None

    async def more(self, count: int = 1) -> None:
        """Wait for so many more."""
        wanted = self.times + count
        async with asyncio.timeout(60):
            while self.times < wanted:
                self._more.clear()
                await self._more.wait()


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@asynccontextmanager
async def running(ticker: Ticker):  # type: ignore[no-untyped-def]
    task = asyncio.create_task(ticker.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_it_ticks_at_once_and_again_and_again(ticks: Ticks) -> None:
    async with running(Ticker(SystemClock(), ticks, interval=INTERVAL_SECONDS)):
        await ticks.more(5)


async def test_it_ends_with_its_task(ticks: Ticks) -> None:
    ticker = Ticker(SystemClock(), ticks, interval=INTERVAL_SECONDS)
    async with running(ticker):
        await ticks.more()
    assert not ticker._scheduler.running


async def test_a_tick_that_raises_is_logged_and_followed_by_the_next(
    ticks: Ticks, caplog: pytest.LogCaptureFixture
) -> None:
    async def fails() -> None:
        raise RuntimeError("boom")

    ticks.answer = fails
    async with running(Ticker(SystemClock(), ticks, interval=INTERVAL_SECONDS)):
        await ticks.more(3)
    assert caplog.text.count("boom") >= 2


async def test_what_is_due_before_the_next_tick_is_waked_on_the_dot(ticks: Ticks) -> None:
    clock = StillClock(datetime(2020, 1, 1, tzinfo=UTC))

    async def soon() -> datetime:
        return clock.now() + timedelta(seconds=0.01)

    ticks.answer = soon
    async with running(Ticker(clock, ticks, interval=1000)):
        await ticks.more(3)


async def test_what_is_due_later_is_left_to_the_ticks_between(ticks: Ticks) -> None:
    async def later() -> datetime:
        return datetime.now(UTC) + timedelta(hours=1)

    ticks.answer = later
    ticker = Ticker(SystemClock(), ticks, interval=1000)
    async with running(ticker):
        await ticks.more()
        await turns()
        assert [job.id for job in ticker._scheduler.get_jobs()] == ["tick"]


async def test_a_scheduler_that_has_died_is_replaced(ticks: Ticks, caplog: pytest.LogCaptureFixture) -> None:
    ticker = Ticker(SystemClock(), ticks, interval=INTERVAL_SECONDS)
    async with running(ticker):
        await ticks.more()
        ticker._scheduler.shutdown(wait=False)
        await ticks.more(3)
    assert "no tick for too long" in caplog.text


async def test_a_clock_set_back_by_an_hour_stops_nothing_for_that_hour(ticks: Ticks) -> None:
    """To the scheduler, the next run is then an hour away."""
    ticker = Ticker(SystemClock(), ticks, interval=INTERVAL_SECONDS)
    async with running(ticker):
        await ticks.more()
        ticker._scheduler.modify_job("tick", next_run_time=datetime.now(UTC) + timedelta(hours=1))
        await ticks.more(3)


async def test_a_tick_that_takes_long_is_reported_and_not_begun_beside_itself(
    ticks: Ticks, caplog: pytest.LogCaptureFixture
) -> None:
    gate = asyncio.Event()

    async def long() -> None:
        await gate.wait()

    ticks.answer = long
    async with running(Ticker(SystemClock(), ticks, interval=INTERVAL_SECONDS)):
        await eventually(lambda: "a tick takes long" in caplog.text)
        assert ticks.times == 1
        gate.set()
        await ticks.more(2)
