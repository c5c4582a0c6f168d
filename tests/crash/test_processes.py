"""Real processes on one database: stopped in order, waited for, taken over, and killed at random while busy."""

import asyncio
import random
import signal
from collections import Counter
from datetime import timedelta

import pytest

from bot.delivery.lease import LEASE_SECONDS
from bot.store.outbox import EXPIRED
from tests.crash.platforms import OnFar
from tests.crash.town import WITHIN, Run, ServiceManager, Town
from tests.waiting import eventually

STOPS_WITHIN = 10
TAKES_OVER_WITHIN = 30
KILLS = 100
DONE_BETWEEN_KILLS = 24
"""Answers, posts and edits at most, after which the next kill comes."""

WAITING_AT_ONCE = 8
"""Members who have asked and have no answer yet."""

CATCHES_UP_WITHIN = 300
"""A thousand edits wait for one channel after the kills, and it gets one after the other."""


async def serving(town: Town, far: OnFar, within: float = WITHIN, /, **environment: str) -> Run:
    """Start a program, and return it when it has done all that there was to do."""
    run = await town.start(**environment)
    connections, heard = far.far.connections, far.far.unanswered
    await run.until(lambda: far.far.connections > connections and not heard and town.is_quiet(), within)
    return run


def holder(town: Town) -> str:
    [(found,)] = town.rows("SELECT holder FROM leases")
    return str(found)


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
async def test_a_stop_finishes_the_post_that_is_under_way(
    town: Town, far: OnFar, manager: ServiceManager, by: signal.Signals
) -> None:
    run = await serving(town, far, **manager.environment)
    far.far.holds_posts = True
    before = far.posts()
    await far.check_in(45)
    await run.until(lambda: far.posts() > before)
    assert set(town.fates().values()) == {"sent", "sending"}
    stopping = asyncio.create_task(run.stop(by))
    await run.until(lambda: "STOPPING=1" in manager.heard)
    assert not stopping.done()
    far.far.released.set()
    assert await stopping == 0
    assert set(town.fates().values()) == {"sent"}
    assert town.rows("SELECT * FROM leases") == []
    assert "stopped" in "".join(town.output)


@pytest.mark.slow
async def test_a_stop_waits_for_no_post_for_ever_and_the_next_start_finds_it(town: Town, far: OnFar) -> None:
    run = await serving(town, far)
    far.far.holds_posts = True
    before = far.posts()
    await far.check_in(45)
    await run.until(lambda: far.posts() > before)
    async with asyncio.timeout(STOPS_WITHIN):
        assert await run.stop() == 0
    assert sorted(set(town.fates().values())) == ["sending", "sent"]
    far.far.holds_posts = False
    far.far.released.set()
    run = await serving(town, far)
    assert await run.stop() == 0
    assert Counter(key for key, _, _ in far.far.posts) == Counter(town.expected_posts())
    assert set(town.fates().values()) == {"sent"}


async def test_a_second_process_says_why_it_waits_and_follows_the_first_at_once_when_it_stops(
    town: Town, far: OnFar
) -> None:
    town.lease = LEASE_SECONDS
    first = await serving(town, far)
    held = holder(town)
    second = await town.start()
    await second.says("waiting: another process serves this platform")
    assert held in "".join(town.output)
    assert far.far.connections == 1
    async with asyncio.timeout(LEASE_SECONDS / 2):
        assert await first.stop() == 0
        await second.until(lambda: far.far.connections == 2)
    await far.check_in(45)
    await second.until(lambda: far.is_answered(45) and town.is_quiet())
    assert await second.stop() == 0


@pytest.mark.slow
async def test_a_second_process_follows_a_dead_one(town: Town, far: OnFar) -> None:
    town.lease = LEASE_SECONDS
    first = await serving(town, far)
    second = await town.start()
    await second.says("waiting")
    await first.kill()
    async with asyncio.timeout(TAKES_OVER_WITHIN):
        await second.until(lambda: far.far.connections == 2)
    assert far.far.connections == 2
    assert await second.stop() == 0


@pytest.mark.slow
async def test_a_clock_that_is_set_back_while_the_program_runs_holds_up_nothing(town: Town, far: OnFar) -> None:
    run = await serving(town, far)
    far.far.drops_answers = 1
    before = far.posts()
    await far.check_in(45)
    await run.until(lambda: far.posts() > before)
    town.clock.set_back(timedelta(hours=1))
    await far.check_in(30)
    await run.until(lambda: far.is_answered(30) and set(town.fates().values()) == {"sent"})
    assert await run.stop() == 0
    assert Counter(key for key, _, _ in far.far.posts) == Counter(town.expected_posts())


@pytest.mark.slow
async def test_a_clock_that_is_ahead_for_seconds_costs_no_post(town: Town, far: OnFar) -> None:
    run = await serving(town, far)
    schedules = town.rows("SELECT id, due_at FROM schedules ORDER BY id")
    far.far.drops_answers = 1
    town.clock.set_ahead(timedelta(days=3))
    await far.check_in(30)
    await run.says("the clock is ahead")
    await run.until(lambda: far.is_answered(30) and set(town.fates().values()) == {"sent"})
    town.clock.set_back(timedelta(days=3))
    await far.check_in(20)
    await run.until(lambda: far.is_answered(20) and set(town.fates().values()) == {"sent"})
    assert await run.stop() == 0
    assert town.rows("SELECT key FROM skipped") == []
    assert town.rows("SELECT id, due_at FROM schedules ORDER BY id") == schedules
    assert {day for (day,) in town.rows("SELECT day FROM checkins WHERE minutes < 60")} == {"2026-01-17"}


@pytest.mark.slow
@pytest.mark.overnight
@pytest.mark.timeout(1500)
async def test_a_hundred_kills_while_it_is_busy_lose_nothing_and_repeat_nothing(town: Town, far: OnFar) -> None:
    chance = random.Random(20260105)
    asked: dict[str, tuple[str, int]] = {}
    seen: set[str] = set()

    async def study() -> None:
        """Members who go on checking in, each check-in with minutes of its own; a few wait for their answers."""
        for minutes in range(5, 50):
            for person in range(60):
                who = f"member{person}"
                asked[f"{who}-{minutes}"] = (who, minutes)
                await far.far.ask(f"{who}-{minutes}", who, f"checkin {minutes}m")
                await eventually(lambda: len(far.far.unanswered) < WAITING_AT_ONCE, CATCHES_UP_WITHIN)

    studying = asyncio.create_task(study())
    for _ in range(KILLS):
        connections = far.far.connections
        run = await town.start()
        await run.until(lambda: far.far.connections > connections)  # noqa: B023
        far.far.drops_answers = chance.choice((0, 0, 0, 1))
        done = far.far.done + chance.randint(0, DONE_BETWEEN_KILLS)
        await run.until(lambda: far.far.done >= done)  # noqa: B023
        assert not run.is_dead, town.output[-20:]
        await run.kill()
        seen |= set(far.far.answers)
    studying.cancel()
    far.far.drops_answers = 0
    for _ in range(2):
        run = await serving(town, far, CATCHES_UP_WITHIN)
        assert await run.stop() == 0
    kept = Counter(town.rows("SELECT p.name, c.minutes FROM checkins c JOIN people p ON p.id = c.person_id"))
    assert len(seen) > KILLS
    assert all(kept[who.capitalize(), minutes] == 1 for who, minutes in asked.values())
    assert set(town.rows("SELECT state FROM outbox WHERE edits IS NULL")) == {("sent",)}
    assert set(town.rows("SELECT state, reason FROM outbox WHERE state <> 'sent'")) <= {("dropped", EXPIRED)}
    posts = Counter(key for key, _, _ in far.far.posts)
    assert posts == Counter(town.expected_posts())
    assert town.rows("SELECT count(*) FROM lines") == town.rows("SELECT count(*) FROM checkins")
