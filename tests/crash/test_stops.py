"""The real program is stopped, as a suspended machine does it, outlives its lease, and goes on beside its successor."""

import asyncio
import signal
from pathlib import Path
from typing import Any

import pytest

from tests.crash.conftest import Begin, Make
from tests.crash.platforms import OnDiscord, OnSlack, Platform
from tests.crash.town import Run, Town
from tests.servers.slack import faults

LEASE = 3.0
PLATFORMS = ("far", "discord", "slack")
OUTSIDE = ("planned", "claimed", "posting", "posted", "marked")
INSIDE = ("claiming", "marking")
"""Points in a transaction: who is stopped there holds the database, and nobody can take over until it goes on."""

PATIENCE = 90.0
"""Seconds within which everything is done on a busy machine."""

TAKEN_OVER = "another process has taken over this platform"
SETTLED = "SELECT key, state, attempts, message, card FROM outbox ORDER BY key"
ROWS = list[tuple[Any, ...]]
QUICK = {("discord", "posting"), ("slack", "posting")}


def cases(points: tuple[str, ...]) -> list[Any]:
    return [
        pytest.param(name, point, marks=() if (name, point) in QUICK else pytest.mark.slow)
        for name in PLATFORMS
        for point in points
    ]


@pytest.fixture
async def prepared(name: str, platform_of: Make, begin: Begin) -> tuple[Platform, Town]:
    platform = await platform_of(name)
    return platform, await begin(platform, LEASE)


def is_stopped(run: Run) -> bool:
    state = Path(f"/proc/{run.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    return state == "T"


async def stopped_at(town: Town, point: str) -> Run:
    run = await town.start(f"{point}:stop")
    await run.until(lambda: is_stopped(run), PATIENCE)
    assert is_stopped(run), town.output
    return run


def is_all_sent(town: Town) -> bool:
    return town.is_quiet() and set(town.fates().values()) == {"sent"}


def check(town: Town, platform: Platform) -> None:
    posts = town.expected_posts()
    assert len([key for key in posts if key.startswith(("results/", "groupcall/"))]) == 2
    assert {key: platform.times(key) for key in posts} == dict.fromkeys(posts, 1), town.output
    assert set(town.fates().values()) == {"sent"}, town.fates()


@pytest.mark.parametrize(("name", "point"), cases(OUTSIDE))
async def test_stopped_at_any_step_it_posts_nothing_that_its_successor_has(
    prepared: tuple[Platform, Town], point: str
) -> None:
    platform, town = prepared
    first = await stopped_at(town, point)
    second = await town.start()
    await second.until(lambda: is_all_sent(town), PATIENCE)
    before: ROWS = town.rows(SETTLED)
    first.process.send_signal(signal.SIGCONT)
    await first.says(TAKEN_OVER)
    assert town.rows(SETTLED) == before
    check(town, platform)
    assert await second.stop() == 0
    assert await first.stop() == 0
    check(town, platform)


@pytest.mark.parametrize(("name", "point"), cases(INSIDE))
async def test_stopped_in_a_transaction_it_holds_up_its_successor_and_nothing_is_there_twice(
    prepared: tuple[Platform, Town], point: str
) -> None:
    platform, town = prepared
    first = await stopped_at(town, point)
    second = await town.start()
    await second.says("the lease cannot be taken yet")
    first.process.send_signal(signal.SIGCONT)
    await second.until(lambda: is_all_sent(town), PATIENCE)
    check(town, platform)
    assert await first.stop() == 0
    assert await second.stop() == 0
    check(town, platform)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["discord", "slack"])
@pytest.mark.parametrize("arrives", [True, False])
async def test_stopped_while_the_platform_takes_its_time_it_opens_no_row_again(
    prepared: tuple[Platform, Town], arrives: bool
) -> None:
    platform, town = prepared
    is_called = hold_one_post(platform, arrives=arrives)
    first = await town.start()
    await first.until(is_called)
    first.process.send_signal(signal.SIGSTOP)
    second = await town.start()
    await second.until(lambda: is_all_sent(town), PATIENCE)
    before: ROWS = town.rows(SETTLED)
    first.process.send_signal(signal.SIGCONT)
    await first.says(TAKEN_OVER)
    await asyncio.gather(first.stop(), second.stop())
    assert town.rows(SETTLED) == before
    check(town, platform)


def hold_one_post(platform: Platform, *, arrives: bool) -> Any:
    """Let the platform answer one post never; return what tells that it was asked."""
    if isinstance(platform, OnDiscord):
        fault = platform.server.faults.add(f"POST /channels/{platform.channel}/messages", "hang", done=arrives)
        return lambda: fault.met > 0
    assert isinstance(platform, OnSlack)
    api, gate = platform.slack.api, asyncio.Event()
    api.faults["chat.postMessage"].append(faults.silent(gate, api if arrives else None))
    return lambda: bool(api.called("chat.postMessage"))
