"""A freeze that was spent is told in the next thing that its person sees, in words that are true then, and once."""

import pytest

from tests.delivery.town import Town

SAVED = "Last week was short by 10 h. Your freeze saved it: streak still 1. None left; three more kept weeks earn one."


@pytest.fixture
async def town(town: Town) -> Town:
    """Ada has kept a week and then logged nothing; on Wednesday 21 January her freeze is spent."""
    await town.say("ada", "/reminders direct")
    await town.say("ada", "/checkin 10h")
    await town.until("2026-01-21T09:00")
    return town


async def test_the_nudge_tells_it(town: Town) -> None:
    [nudge] = [post for post in await town.until("2026-01-22T18:00") if post.user == "ada"]
    assert nudge.text.splitlines()[:2] == ["Nothing logged yet this week. Half an hour today gets it going.", SAVED]
    assert "freeze saved" not in await town.say("ada", "/checkin 1h")


async def test_the_last_call_tells_it(town: Town) -> None:
    await town.say("ada", "/reminders nudge: off")
    await town.say("bo", "/checkin 1h")
    await town.talk.command("ada", "quick checkin", time="8h")
    await town.store.write(lambda tx: tx.run("UPDATE people SET freezes_told = 0"))
    [call] = [post for post in await town.until("2026-01-25T15:00") if post.user == "ada"]
    assert call.text.splitlines()[:2] == ["2 h more keeps this week.", SAVED]


async def test_progress_tells_it_once(town: Town) -> None:
    assert SAVED in await town.say("ada", "/progress")
    assert "freeze" not in await town.say("ada", "/progress")


async def test_what_everybody_sees_does_not_tell_it(town: Town) -> None:
    heard = await town.talk.command("ada", "progress", everyone="yes")
    assert heard.is_public
    assert "freeze" not in heard
    assert SAVED in await town.say("ada", "/progress")


async def test_a_post_in_the_channel_does_not_tell_it(town: Town) -> None:
    await town.say("ada", "/reminders channel")
    await town.until("2026-01-22T19:00")
    assert "freeze" not in town.platform.posts[-1].text
    assert SAVED in await town.say("ada", "/checkin 1h")


async def test_the_streak_that_has_ended_since_is_not_said_to_go_on(town: Town) -> None:
    await town.say("ada", "/reminders off")
    await town.until("2026-01-28T09:00")
    ended = "Your freeze saved it, but last week was missed, so the streak has ended."
    heard = await town.say("ada", "/progress")
    assert f"The week of 12–18 Jan was short by 10 h. {ended} None left; four more kept weeks earn one." in heard


async def test_while_last_week_may_still_end_it_no_streak_is_said(town: Town) -> None:
    await town.say("ada", "/reminders off")
    await town.until("2026-01-26T09:00")
    heard = await town.say("ada", "/progress")
    assert "Your freeze saved it. None left; three more kept weeks earn one." in heard
    assert "streak still" not in heard
