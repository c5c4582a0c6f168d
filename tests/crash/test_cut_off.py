"""One of three processes loses its network to PostgreSQL while it serves: another takes over, and nothing comes twice.

The network takes what it is given and answers nothing, so that no connection breaks by itself.
"""

import asyncio
import signal
from collections.abc import AsyncIterator

import pytest

from bot.delivery.lease import LEASE_SECONDS
from bot.location import ServerDatabase
from tests.crash.conftest import Begin
from tests.crash.platforms import OnFar
from tests.crash.test_matrix import check
from tests.crash.test_stops import TAKEN_OVER, is_stopped
from tests.crash.trio import Trio, asked, is_all_sent, list_holders, standing, until
from tests.engines import POSTGRES
from tests.servers.postgres.proxy import Proxy

LEASE = 3.0
TAKES_OVER_WITHIN = 30.0
SAID_WITHIN = 45.0
"""Seconds after which somebody who asks a process that is cut off has an answer; without a bound it would be hours."""

STOPS_WITHIN = 15.0
STOPS = [None, "claiming", "marking"]
WAYS = ["drop", "hold"]


@pytest.fixture
def engine() -> str:
    return POSTGRES


@pytest.fixture
async def proxy(emptied_server_database: ServerDatabase) -> AsyncIterator[Proxy]:
    proxy = Proxy(emptied_server_database)
    await proxy.start()
    yield proxy
    await proxy.stop()


async def cut_off(trio: Trio, point: str | None, way: str) -> None:
    """Cut the first process off while it holds the lease; at a point in a transaction, where one is named."""
    if point is not None:
        await asked(trio.platform, 45)
        await until(trio.town, lambda: is_stopped(trio.first))
    getattr(trio.proxy, way)()
    if point is not None:
        trio.first.process.send_signal(signal.SIGCONT)


@pytest.mark.slow
@pytest.mark.parametrize(
    "point", [pytest.param(point, marks=[] if point else pytest.mark.overnight) for point in STOPS]
)
@pytest.mark.parametrize("way", [pytest.param("drop"), pytest.param("hold", marks=pytest.mark.overnight)])
async def test_who_is_cut_off_is_followed_and_serves_again_once_the_network_is_back(
    far: OnFar, begin: Begin, proxy: Proxy, point: str | None, way: str
) -> None:
    town = await begin(far, LEASE)
    trio = await standing(town, far, proxy, f"{point}:stop" if point else "")
    [holder], connections = list_holders(town), far.far.connections
    await cut_off(trio, point, way)
    await trio.has_followed(holder)
    await until(town, lambda: far.far.connections > connections)
    await asked(far, 20)
    await until(town, lambda: far.is_answered(20) and is_all_sent(town))
    proxy.mend()
    await trio.first.says(TAKEN_OVER)
    for run in trio.others:
        assert await run.stop() == 0
    await asked(far, 25)
    await until(town, lambda: far.is_answered(25) and is_all_sent(town))
    assert await trio.first.stop() == 0
    assert not far.far.answers["r20"].startswith("Not saved")
    check(town, far, [20, 25])


@pytest.mark.slow
@pytest.mark.overnight
@pytest.mark.parametrize("point", STOPS)
async def test_with_the_lease_of_the_program_another_follows_within_half_a_minute(
    far: OnFar, begin: Begin, proxy: Proxy, point: str | None
) -> None:
    town = await begin(far, LEASE_SECONDS)
    trio = await standing(town, far, proxy, f"{point}:stop" if point else "")
    [holder], connections = list_holders(town), far.far.connections
    await cut_off(trio, point, "drop")
    assert await trio.has_followed(holder) < TAKES_OVER_WITHIN
    await until(town, lambda: far.far.connections > connections)
    await asked(far, 20)
    await until(town, lambda: far.is_answered(20) and is_all_sent(town))
    proxy.mend()
    await trio.stop()
    check(town, far, [20])


@pytest.mark.slow
@pytest.mark.overnight
async def test_who_asks_a_process_that_is_cut_off_is_told_so_in_time_and_may_try_again(
    far: OnFar, begin: Begin, proxy: Proxy
) -> None:
    town = await begin(far, LEASE)
    run = await town.start_through(proxy.location)
    await run.until(lambda: is_all_sent(town))
    proxy.drop()
    async with asyncio.timeout(SAID_WITHIN):
        await asked(far, 45)
        await until(town, lambda: far.is_answered(45))
    assert "Not saved, try again" in far.far.answers["r45"]
    assert town.rows("SELECT * FROM checkins WHERE minutes = 45") == []
    proxy.mend()
    await asked(far, 46)
    await until(town, lambda: far.is_answered(46) and is_all_sent(town))
    assert "Not saved" not in far.far.answers["r46"]
    assert await run.stop() == 0
    check(town, far, [46])


@pytest.mark.slow
@pytest.mark.overnight
async def test_who_is_cut_off_stops_in_time(far: OnFar, begin: Begin, proxy: Proxy) -> None:
    town = await begin(far, LEASE_SECONDS)
    run = await town.start_through(proxy.location)
    await run.until(lambda: is_all_sent(town))
    proxy.drop()
    await asked(far, 45)
    async with asyncio.timeout(STOPS_WITHIN):
        assert await run.stop() == 0
