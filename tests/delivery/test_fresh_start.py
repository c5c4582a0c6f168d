"""A fresh start: privately, after two short weeks, once for each run of them; or a last week within reach instead."""

from datetime import date, timedelta

import pytest

from bot.chat.delivery import Delivery, PostRefused, UserAddress
from tests.delivery.town import Posted, Town

WITHIN_REACH = "Last week is 1 h short and still open until the end of Tuesday."


def fresh(town: Town) -> list[Posted]:
    return [post for post in town.platform.posts if post.key.startswith("freshstart")]


@pytest.fixture
async def town(town: Town) -> Town:
    await town.say("ada", "/reminders direct")
    return town


async def study(town: Town, *hours: str, until: str = "08:00") -> None:
    """Ada studies so long on the Monday of each week, the first time at 9:00; "" is nothing."""
    for week, words in enumerate(hours, 1):
        if words:
            await town.say("ada", f"/checkin {words}")
        await town.until(f"{date(2026, 1, 5) + timedelta(weeks=week)}T{until}")


async def test_a_week_that_a_freeze_saved_counts_as_short(town: Town) -> None:
    await study(town, "10h", "2h", "2h")
    await town.until("2026-01-26T09:00")
    [post] = fresh(town)
    assert post.text.splitlines() == [
        "The last two weeks didn't work out. This one is new.",
        "The 14 h you've studied stay yours. How much is right for this week?",
        "The week of 12–18 Jan was short by 8 h. Your freeze saved it. None left; three more kept weeks earn one.",
        "[3 h] [5 h] [Keep 10 h] [More]",
    ]
    assert post.user == "ada"


async def test_who_stopped_after_one_monday_hears_of_it_before_and_while_they_begin_to_rest(town: Town) -> None:
    await study(town, "1h", "", "")
    assert [post.at.isoformat() for post in fresh(town)] == []
    await town.until("2026-03-30T10:00")
    assert [post.at.isoformat() for post in fresh(town)] == ["2026-01-26T09:00:00+00:00"]


async def test_it_comes_in_the_first_week_of_resting_too(town: Town) -> None:
    await town.say("ada", "/checkin 10h")
    await town.until("2026-01-12T08:00")
    await town.say("ada", "/pause until: 2026-01-18")
    await town.until("2026-03-30T10:00")
    assert [post.at.isoformat() for post in fresh(town)] == ["2026-02-02T09:00:00+00:00"]


async def test_a_last_week_within_reach_is_told_instead_on_monday_morning(town: Town) -> None:
    await study(town, "10h", "2h", "9h")
    await town.until("2026-01-26T09:00")
    [post] = fresh(town)
    assert post.text.splitlines()[0] == WITHIN_REACH
    assert [button.label for button in post.card.buttons()] == ["Log for last week", "It's fine"]
    await town.talk.press("ada", "Log for last week", channel=None)
    assert "Last week kept ✓" in await town.talk.fill("ada", channel=None, time="1h")
    await town.until("2026-02-02T10:00")
    assert len(fresh(town)) == 1, "the run is over"


async def test_after_it_the_run_gets_its_fresh_start(town: Town) -> None:
    await study(town, "10h", "2h", "9h", "2h")
    await town.until("2026-02-23T10:00")
    assert [post.text.splitlines()[0] for post in fresh(town)] == [
        WITHIN_REACH,
        "The last weeks didn't work out. This one is new.",
    ]


async def test_it_is_fine_ends_it(town: Town) -> None:
    await study(town, "10h", "2h", "9h")
    await town.until("2026-01-26T09:00")
    heard = await town.talk.press("ada", "It's fine", channel=None)
    assert (heard, heard.is_in_place) == ("All right. This week is new, and it's yours.", True)


async def test_each_run_gets_its_own(town: Town) -> None:
    await study(town, "1h", "1h", "1h", "10h", "1h", "1h", "1h", until="10:00")
    await town.until("2026-03-30T10:00")
    assert [f"{post.at:%d %b}" for post in fresh(town)] == ["26 Jan", "16 Feb"]


async def test_their_why_is_quoted_and_whoever_chose_the_channel_reads_it_alone(town: Town) -> None:
    await town.say("ada", "/reminders channel")
    await town.talk.command("ada", "why", why="to build things")
    await study(town, "1h", "1h", "1h")
    await town.until("2026-01-26T09:00")
    [post] = fresh(town)
    assert post.user == "ada"
    assert "> to build things" in post.text


async def test_who_is_away_or_keeps_the_week_is_left_alone(town: Town) -> None:
    await study(town, "1h", "1h", "1h")
    await town.say("ada", "/pause until: 2026-02-01")
    await town.until("2026-01-27T10:00")
    assert fresh(town) == []


async def test_a_smaller_goal_counts_for_the_week_alone(town: Town) -> None:
    await study(town, "1h", "1h", "1h")
    await town.until("2026-01-26T09:00")
    heard = await town.talk.press("ada", "3 h", channel=None)
    assert heard == "3 h this week. From Monday it's 10 h again. Your group sees the goal beside your hours."
    assert not heard.is_in_place, "another of its buttons may still replace it"
    await town.talk.press("ada", "5 h", channel=None)
    assert "nothing yet" not in await town.say("ada", "/checkin 5h")
    await town.until("2026-02-02T09:00")
    assert "1 of 1 kept the week" in town.platform.posts[-1].text


async def test_who_keeps_such_a_week_is_asked_for_the_next(town: Town) -> None:
    await study(town, "1h", "1h", "1h")
    await town.until("2026-01-26T09:00")
    await town.talk.press("ada", "3 h", channel=None)
    kept = await town.say("ada", "/checkin 3h")
    assert "You kept it. Next week? [3 h again] [5 h] [10 h]" in kept
    heard = await town.talk.press("ada", "3 h again")
    assert heard == "3 h next week. After that it's 10 h again. Your group sees the goal beside your hours."
    assert "Next week (2–8 Feb) it's 3 h, that week alone." in await town.say("ada", "/goal")
    await town.until("2026-02-02T10:00")
    assert "Week kept ✓ Streak: 2 weeks" in (kept := await town.say("ada", "/checkin 3h"))
    assert "Next week? [3 h again] [5 h] [10 h]" in kept
    assert await town.talk.press("ada", "10 h") == "10 h next week. Your group sees the goal beside your hours."
    await town.until("2026-02-09T10:00")
    assert "3 h of 10 h" in await town.say("ada", "/checkin 3h")


async def test_where_direct_messages_are_closed_nobody_else_hears_of_it(town: Town) -> None:
    def refuse_direct(delivery: Delivery) -> None:
        if isinstance(delivery.to, UserAddress):
            raise PostRefused("closed", is_closed=True)

    await study(town, "10h", "2h", "2h")
    town.platform.fails = refuse_direct
    await town.until("2026-01-26T10:00")
    assert fresh(town) == []
    told = await town.say("ada", "/checkin 1h")
    assert "Your freeze saved it" in told, "what did not come through is news still"
    assert "I couldn't message you." in told


async def test_more_leads_to_the_rest(town: Town) -> None:
    await study(town, "1h", "1h", "1h")
    await town.until("2026-01-26T09:00")
    heard = await town.talk.press("ada", "More", channel=None)
    assert heard.labels == ["Check in", "Later", "I'm away", "Stop reminders"]
    assert "I'll remind you again today at 12:00" in await town.talk.press("ada", "Later", channel=None)
    await town.until("2026-01-26T12:00")
    assert [post.key.rpartition("/")[2] for post in fresh(town)] == ["2026-01-26", "freshstart 2026-01-26"]
    assert "Reminders are off." in await town.talk.press("ada", "Stop reminders", channel=None)
