"""The crash matrix: the real program dies at each step, is started twice more, and then everything is there once."""

import asyncio
from collections import Counter

import pytest

from tests.crash.conftest import Begin, Make
from tests.crash.platforms import PLATFORMS, Platform, within
from tests.crash.town import Town

POINTS = (
    *("closing", "closed", "planning", "planned"),
    *("claiming", "claimed", "posting", "posted", "marking", "marked"),
    *("working", "worked", "answering"),
)
QUICK = {("far", "posted"), ("far", "worked")}
KILLED = -9
CASES = [
    pytest.param(name, point, marks=() if (name, point) in QUICK else pytest.mark.slow)
    for name in PLATFORMS
    for point in POINTS
]


async def check_in(platform: Platform, minutes: int) -> None:
    await within(60, asyncio.create_task(platform.check_in(minutes)))


@pytest.mark.parametrize(("name", "point"), CASES)
async def test_killed_at_any_step_everything_is_there_once(
    name: str, point: str, platform_of: Make, begin: Begin
) -> None:
    platform = await platform_of(name)
    town = await begin(platform)
    first = await town.start(point)
    checking_in = asyncio.create_task(platform.check_in(45))
    assert await first.ended() == KILLED, town.output
    checking_in.cancel()
    seen = [45] if platform.is_answered(45) else []
    for minutes in (20, 25):
        run = await town.start()
        await check_in(platform, minutes)
        await run.until(lambda: platform.is_answered(minutes) and town.is_quiet())  # noqa: B023
        assert await run.stop() == 0, town.output
    check(town, platform, [*seen, 20, 25])


def check(town: Town, platform: Platform, seen: list[int]) -> None:
    """Each post stands there once, and each check-in whose answer was seen is kept once."""
    kept = Counter(minutes for (minutes,) in town.rows("SELECT minutes FROM checkins WHERE minutes < 60"))
    assert set(kept) >= set(seen)
    assert set(kept.values()) == {1}
    assert set(town.fates().values()) == {"sent"}, town.fates()
    posts = town.expected_posts()
    assert len([key for key in posts if key.startswith(("results/", "groupcall/"))]) == 2
    lines = town.rows("SELECT DISTINCT l.key FROM checkins c JOIN lines l ON l.checkin_id = c.id WHERE c.minutes < 60")
    assert [(key,) for key in posts if key.startswith("line/")] == lines
    assert town.rows("SELECT count(*) FROM lines") == town.rows("SELECT count(*) FROM checkins")
    assert {key: platform.times(key) for key in posts} == dict.fromkeys(posts, 1)
    assert platform.posts() >= len(posts)
    assert town.rows("SELECT * FROM leases") == []
