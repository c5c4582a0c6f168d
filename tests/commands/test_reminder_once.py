"""*Remind me* on a last call: once, on Sunday evening or a little later, or what is true where none would come."""

from datetime import date, timedelta

import pytest

from bot.store.database import Store
from tests.delivery.town import Posted, Town
from tests.talk import Heard

SUNDAY_3PM = "2026-01-11T15:00"
WEEKLY = "Remind me every week"


@pytest.fixture
async def town(store: Store) -> Town:
    """Ada has studied for 7 hours, Bo for one; it is Sunday, and the last call has come."""
    town = await Town.founded(store)
    await town.say("ada", "/checkin 7h")
    await town.say("bo", "/checkin 1h")
    await town.until(SUNDAY_3PM)
    return town


async def press(town: Town, who: str, label: str = "Remind me") -> Heard:
    heard = await town.talk.press(who, label)
    await town.settle()
    return heard


def reminders_of(town: Town, who: str) -> list[Posted]:
    return [post for post in town.platform.posts if post.user == who and post.key.startswith("remindme/")]


async def test_it_comes_at_seven_with_what_keeps_the_week(town: Town) -> None:
    heard = await press(town, "ada")
    assert heard == f"I'll remind you today at 19:00.\n[Check in] [{WEEKLY}]"
    assert not heard.is_public
    await town.until("2026-01-11T18:59")
    assert reminders_of(town, "ada") == []
    await town.until("2026-01-12T10:00")
    [post] = reminders_of(town, "ada")
    assert f"{post.at:%a %H:%M}" == "Sun 19:00"
    assert post.text == "3 h more keeps this week.\n[Log 1 h] [Other…]"


async def test_what_the_last_evening_cannot_bear_is_not_asked_for(town: Town) -> None:
    await press(town, "bo")
    await town.until("2026-01-11T19:00")
    [post] = reminders_of(town, "bo")
    assert post.text.startswith("This week ends tonight. Already studied? Log it by the end of Tuesday.")


async def test_the_plan_is_quoted_to_its_writer(town: Town) -> None:
    await town.talk.command("ada", "in", plan="after dinner")
    await press(town, "ada")
    await town.until("2026-01-11T19:00")
    assert "> after dinner" in reminders_of(town, "ada")[0].text


async def test_pressed_again_it_comes_once_and_after_it_came_again(town: Town) -> None:
    await press(town, "ada")
    await press(town, "ada")
    await town.until("2026-01-11T19:30")
    assert len(reminders_of(town, "ada")) == 1
    assert "I'll remind you today at 21:30." in await press(town, "ada")
    await town.until("2026-01-11T22:00")
    assert len(reminders_of(town, "ada")) == 2


async def test_never_at_night_but_while_the_week_can_still_be_logged(town: Town) -> None:
    await town.until("2026-01-11T20:30")
    heard = await press(town, "ada")
    assert "I'll remind you tomorrow at 8:00. You can log this week until the end of Tuesday." in heard
    await town.until("2026-01-12T08:00")
    [post] = reminders_of(town, "ada")
    assert post.text.startswith("Last week is 3 h short and still open until the end of Tuesday.")


async def test_who_keeps_the_week_or_goes_away_meanwhile_hears_nothing_more(town: Town) -> None:
    for who in ("ada", "bo"):
        await press(town, who)
    await town.say("ada", "/checkin 3h")
    await town.say("bo", "/pause from: 2026-01-05 until: 2026-01-11")
    await town.until("2026-01-12T10:00")
    assert reminders_of(town, "ada") + reminders_of(town, "bo") == []


async def test_who_stops_reminders_meanwhile_hears_nothing_more(town: Town) -> None:
    await press(town, "ada")
    await town.say("ada", "/reminders off")
    await town.until("2026-01-12T10:00")
    assert reminders_of(town, "ada") == []


async def test_weekly_ones_are_offered_unless_they_are_on(town: Town) -> None:
    await press(town, "ada")
    assert "I remind you privately" in await press(town, "ada", WEEKLY)
    assert WEEKLY not in await press(town, "ada")


async def test_where_the_readers_sunday_is_over_last_week_is_theirs_to_log(town: Town) -> None:
    await town.say("ada", "/timezone Auckland")
    heard = await press(town, "ada")
    over = "Your week ended at midnight. Anything left to log? You have until Wed 13:00."
    assert heard == f"{over}\n[Log for last week] [{WEEKLY}]"
    await town.until("2026-01-12T12:00")
    assert "Your week ended on Sunday night." in await press(town, "ada")
    await town.talk.press("ada", "Log for last week")
    assert "Last week kept ✓" in await town.talk.fill("ada", time="3h")
    assert "You've kept that week ✓" in await press(town, "ada")


@pytest.mark.parametrize("who", ["bo", "cy"])
async def test_a_week_that_has_closed_is_said_to_be(town: Town, who: str) -> None:
    await town.until("2026-01-14T09:00")
    assert "That week has closed for you. This one is open." in await press(town, who)


async def test_what_is_kept_needs_no_reminder(town: Town) -> None:
    await town.say("ada", "/checkin 3h")
    assert await press(town, "ada") == "You've kept this week ✓ Nothing left to remind you of."


async def test_who_is_away_is_told_so(town: Town) -> None:
    await town.say("bo", "/pause from: 2026-01-05 until: 2026-01-11")
    heard = await press(town, "bo")
    assert heard == "You're away this week, so nothing can break and I won't remind you.\n[I'm back]"


async def test_who_is_in_no_group_yet_is_asked_to_join(town: Town) -> None:
    heard = await press(town, "cy")
    assert heard == "Join console, and I can remind you.\n[Join]"
    await press(town, "cy", "Join")
    assert "I'll remind you today at 19:00." in await press(town, "cy")
    await town.until("2026-01-11T20:30")
    assert len(reminders_of(town, "cy")) == 1
    assert "your weeks begin with your first check-in" in await press(town, "cy")


async def test_who_rests_is_told_what_wakes_them(town: Town) -> None:
    for weeks in range(1, 5):
        await town.until(f"{date(2026, 1, 5) + timedelta(weeks=weeks)}T15:00")
        await town.say("ada", "/checkin 1h")
    await town.until("2026-02-08T15:00")
    assert "You haven't logged for four weeks, so reminders rest." in await press(town, "bo")


async def test_after_a_short_stop_it_comes_late_and_after_a_long_one_not_at_all(town: Town) -> None:
    for who in ("ada", "bo"):
        await press(town, who)
    town.talk.at("2026-01-11T19:30")
    await town.settle()
    assert "comes late" in reminders_of(town, "ada")[0].text
    await press(town, "ada")
    town.talk.at("2026-01-14T12:00")
    await town.settle()
    assert len(reminders_of(town, "ada")) == 1
    assert await town.talk.rows("SELECT 1 FROM schedules WHERE kind = 'remindme'") == []


async def test_a_forged_week_is_this_one(town: Town) -> None:
    assert "today at 19:00" in await town.talk.command("ada", "reminder once", week="someday")
