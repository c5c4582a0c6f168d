"""What a Monday does for partners beside the commands: named in results, done after a restore, moved with the zone."""

from datetime import datetime, timedelta

import pytest

from bot.delivery import after_restore
from tests.partners import make_pair, plan
from tests.talk import Talk


@pytest.fixture
async def pair(talk: Talk) -> Talk:
    """Begin with Ada and Bo, who are partners and have kept the week, and Cy."""
    talk.managers.add("ada")
    await talk.join("ada", "bo", "cy")
    for name in ("ada", "bo", "cy"):
        await talk(name, "/checkin 10h")
    talk.advance(minutes=5)
    await talk("ada", "/group schedule results: mon 9:00")
    await make_pair(talk)
    return talk


async def name_in_results(talk: Talk, *names: str) -> None:
    for name in names:
        await talk(name, "/partner show")
        await talk.press(name, "More")
        await talk.press(name, "Name us in results")


async def test_results_name_two_if_both_want_it(pair: Talk) -> None:
    await name_in_results(pair, "ada", "bo")
    pair.at("2026-01-12T09:00")
    await plan(pair)
    assert "Partners: Ada and Bo, 1 week" in (await pair.posts())[-1]


async def test_results_name_nobody_if_one_does_not(pair: Talk) -> None:
    await name_in_results(pair, "ada")
    pair.at("2026-01-12T09:00")
    await plan(pair)
    [posted] = [post for post in await pair.posts() if post.startswith("Results")]
    assert "Partners:" not in posted


async def test_results_name_nobody_who_is_hidden_or_missed_the_week(pair: Talk) -> None:
    await name_in_results(pair, "ada", "bo")
    await pair("bo", "/undo")
    pair.at("2026-01-12T09:00")
    await plan(pair)
    [posted] = [post for post in await pair.posts() if post.startswith("Results")]
    assert "Partners:" not in posted


async def test_a_monday_that_was_missed_is_made_up_for_after_a_restore(pair: Talk) -> None:
    pair.at("2026-01-14T09:00")
    now = pair.clock.now()
    await pair.store.write(lambda tx: after_restore.leave_out_past(tx, now))
    await plan(pair)
    assert await pair.rows("SELECT DISTINCT week FROM partner_questions") == [("2026-01-12",)]
    assert await due(pair) == datetime.fromisoformat("2026-01-19T09:00+00:00")


async def due(talk: Talk) -> datetime:
    [(due_at,)] = await talk.rows("SELECT due_at FROM schedules WHERE kind = 'partners'")
    assert isinstance(due_at, int)
    return datetime.fromisoformat("1970-01-01T00:00+00:00") + timedelta(milliseconds=due_at)


async def test_the_moment_moves_with_the_groups_zone(pair: Talk) -> None:
    await pair("ada", "/group settings zone: Asia/Tokyo")
    assert await due(pair) == datetime.fromisoformat("2026-01-12T09:00+09:00")
    pair.at("2026-01-12T00:00")
    await plan(pair)
    await pair("ada", "/group settings zone: UTC")
    assert await due(pair) == datetime.fromisoformat("2026-01-19T09:00+00:00"), "not twice in one week"


async def test_a_group_without_partners_has_no_monday(pair: Talk) -> None:
    await pair("ada", "/partner leave")
    await pair.press("ada", "Leave Bo")
    pair.at("2026-01-12T09:00")
    await plan(pair)
    assert await pair.rows("SELECT * FROM schedules WHERE kind = 'partners'") == []
