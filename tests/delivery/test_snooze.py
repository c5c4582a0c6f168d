"""A reminder that was snoozed: three hours later if it still makes sense, and as late as any other after down time."""

import pytest

from tests.delivery.town import Town
from tests.talk import Heard

SKIPPED = "SELECT key, reason FROM skipped WHERE key LIKE '%snoozed%'"


async def snooze(town: Town) -> None:
    """Press the button of the newest reminder."""
    assert not (await press(town)).is_wrong


async def press(town: Town) -> Heard:
    card = next(post.card for post in reversed(town.platform.posts) if post.user == "ada")
    button = next(button for button in card.buttons() if button.label == "Later")
    return await town.talk.command("ada", button.command, **button.options, channel=None)


def calls(town: Town) -> list[str]:
    return [post.text for post in town.platform.posts if post.user == "ada"]


@pytest.fixture
async def town(town: Town) -> Town:
    """Ada has got her last call on Sunday at 15:00, with three hours to go, and snoozed it."""
    await town.say("ada", "/reminders direct")
    await town.say("ada", "/checkin 7h")
    await town.until("2026-01-11T15:00")
    await snooze(town)
    assert len(calls(town)) == 1
    return town


async def test_it_says_three_hours_later_what_is_missing_then(town: Town) -> None:
    await town.say("ada", "/checkin 1h")
    await town.until("2026-01-11T17:59")
    assert len(calls(town)) == 1
    await town.until("2026-01-11T18:00")
    assert "3 h more keeps" in calls(town)[0]
    assert "2 h more keeps" in calls(town)[1]
    await town.until("2026-01-12T08:00")
    assert len(calls(town)) == 2


async def test_who_has_kept_the_week_meanwhile_hears_nothing_more(town: Town) -> None:
    await town.say("ada", "/checkin 3h")
    await town.until("2026-01-12T08:00")
    assert len(calls(town)) == 1


async def test_after_a_short_stop_it_comes_late(town: Town) -> None:
    town.talk.at("2026-01-11T20:00")
    await town.settle()
    assert "comes late" in calls(town)[1]


async def test_after_the_end_of_its_week_it_is_left_out_visibly_and_says_nothing_of_the_next_week(town: Town) -> None:
    town.talk.at("2026-01-12T01:00")
    await town.settle()
    assert len(calls(town)) == 1
    [(key, reason)] = await town.talk.rows(SKIPPED)
    assert str(key).startswith("lastcall/")
    assert reason == "the bot wasn't running when it would have helped"


async def test_a_small_goal_is_no_reason_to_call_for_a_week_that_has_just_begun(town: Town) -> None:
    await town.say("ada", "/goal 4h")
    await town.until("2026-01-18T15:00")
    before = len(calls(town))
    await snooze(town)
    town.talk.at("2026-01-19T01:00")
    await town.settle()
    assert len(calls(town)) == before


async def test_a_nudge_on_sunday_says_nothing_of_the_next_week(town: Town) -> None:
    await town.say("ada", "/reminders nudge: sun 18:00")
    await town.until("2026-01-18T18:00")
    before = len(calls(town))
    await snooze(town)
    town.talk.at("2026-01-19T01:00")
    await town.settle()
    assert len(calls(town)) == before


async def test_the_reminder_of_a_week_that_is_over_is_snoozed_no_more(town: Town) -> None:
    await town.until("2026-01-12T08:00")
    before = len(calls(town))
    refused = await press(town)
    assert refused.is_wrong
    assert "This was for a week that is over" in refused
    await town.until("2026-01-12T12:00")
    assert len(calls(town)) == before


async def test_who_has_moved_east_hears_nothing_of_the_next_week(town: Town) -> None:
    await town.say("ada", "/goal 4h")
    await town.say("ada", "/reminders lastcall: sun 20:00")
    await town.until("2026-01-18T20:00")
    before = len(calls(town))
    await snooze(town)
    await town.say("ada", "/timezone Asia/Tokyo")
    await town.until("2026-01-19T02:00")
    assert len(calls(town)) == before
    assert [reason for _, reason in await town.talk.rows(SKIPPED)] == ["its week was over by then"]


async def test_whoever_is_named_in_the_channel_may_snooze_for_themselves(town: Town) -> None:
    await town.say("bo", "/checkin 8h day: yesterday")
    await town.say("bo", "/reminders channel")
    await town.say("ada", "/reminders channel")
    posted = await town.until("2026-01-15T18:00")
    [named] = [post for post in posted if post.key.startswith("nudge")]
    button = next(button for button in named.card.buttons() if button.label == "Later")
    for who in ("ada", "bo"):
        assert "remind you again" in await town.talk.command(who, button.command, **button.options)
