"""Three processes on one PostgreSQL database: one dies or is stopped at each step, and another goes on."""

import signal
from collections.abc import AsyncIterator

import pytest

from bot.location import ServerDatabase
from tests.crash.conftest import Begin, Make
from tests.crash.platforms import Platform
from tests.crash.rows import Rows
from tests.crash.test_matrix import KILLED, check
from tests.crash.test_stops import SETTLED, is_stopped
from tests.crash.town import Town
from tests.crash.trio import PATIENCE, asked, beside, is_all_sent, standing, until
from tests.engines import POSTGRES
from tests.servers.postgres.proxy import Proxy

LEASE = 3.0
PLANNING = ("closing", "closed", "planning", "planned")
"""Points that any of the processes reaches: who plans has no lease."""

SENDING = ("claiming", "claimed", "posting", "posted", "marking", "marked")
ASKING = ("working", "worked", "answering")
TELLING = ("claimed", "posted", "marking")
"""The points at which platforms differ most in what they know of a post."""


def cases(*points: str, fast: tuple[str, str] | None = None) -> list[object]:
    """Return all points on the platform of these tests, and the telling ones on the others; CI has time for one."""
    chosen = [
        *(("far", point) for point in points),
        *((name, point) for name in ("discord", "slack") for point in points if point in TELLING),
    ]
    return [
        pytest.param(*case, marks=[pytest.mark.slow, *([] if case == fast else [pytest.mark.overnight])])
        for case in chosen
    ]


@pytest.fixture
def engine() -> str:
    return POSTGRES


@pytest.fixture
async def proxy(emptied_server_database: ServerDatabase) -> AsyncIterator[Proxy]:
    proxy = Proxy(emptied_server_database)
    await proxy.start()
    yield proxy
    await proxy.stop()


@pytest.fixture
async def place(name: str, platform_of: Make, begin: Begin) -> tuple[Platform, Town]:
    platform = await platform_of(name)
    return platform, await begin(platform, LEASE)


@pytest.mark.parametrize(("name", "point"), cases(*SENDING, *ASKING, fast=("far", "posted")))
async def test_one_of_three_that_dies_at_any_step_is_followed_and_everything_is_there_once(
    place: tuple[Platform, Town], proxy: Proxy, point: str
) -> None:
    platform, town = place
    trio = await standing(town, platform, proxy, point)
    await asked(platform, 45)
    await until(town, lambda: trio.first.is_dead)
    assert trio.first.process.returncode == KILLED, town.output
    await asked(platform, 20)
    await until(town, lambda: platform.is_answered(20) and is_all_sent(town))
    assert await trio.others[0].stop() == 0
    await asked(platform, 25)
    await until(town, lambda: platform.is_answered(25) and is_all_sent(town))
    await trio.stop()
    check(town, platform, [20, 25] + [45] * platform.is_answered(45))


@pytest.mark.parametrize(("name", "point"), cases(*PLANNING))
async def test_one_of_three_that_dies_while_it_plans_leaves_the_plan_to_the_others(
    place: tuple[Platform, Town], point: str
) -> None:
    platform, town = place
    first = await town.start(f"{point}:stop")
    await first.until(lambda: is_stopped(first), PATIENCE)
    others = await beside(town)
    await asked(platform, 20)
    await first.kill()
    await until(town, lambda: platform.is_answered(20) and is_all_sent(town))
    assert [await run.stop() for run in others] == [0, 0]
    check(town, platform, [20])


@pytest.mark.parametrize(("name", "point"), cases("planned", *SENDING, fast=("discord", "marking")))
async def test_one_of_three_that_is_stopped_at_any_step_is_followed_and_posts_nothing_again(
    place: tuple[Platform, Town], point: str
) -> None:
    """Also in a transaction: the server ends it after five seconds, and what it held is free."""
    platform, town = place
    first = await town.start(f"{point}:stop")
    await first.until(lambda: is_stopped(first), PATIENCE)
    others = await beside(town)
    await until(town, lambda: is_all_sent(town))
    before: Rows = town.rows(SETTLED)
    first.process.send_signal(signal.SIGCONT)
    await first.says("another process has taken over")
    assert town.rows(SETTLED) == before
    assert [await run.stop() for run in (*others, first)] == [0, 0, 0]
    posts = town.expected_posts()
    assert {key: platform.times(key) for key in posts} == dict.fromkeys(posts, 1), town.output
