"""The lines that a channel sees of check-ins: small, joined where they follow each other, and corrected."""

from datetime import timedelta

import pytest

from bot.chat.delivery import Delivery, PostRefused, RetryLater
from tests.delivery.town import Town


def lines(town: Town) -> list[str]:
    return [post.text for post in town.platform.posts if post.key.startswith("line/")]


async def test_check_ins_within_half_an_hour_are_one_line(town: Town) -> None:
    await town.say("ada", "/checkin 1h statistics learned: Bayes' rule")
    await town.wait(minutes=30)
    await town.say("ada", "/checkin 45m statistics learned: priors")
    assert lines(town) == ["Ada studied 1 h 45 of Statistics: Bayes' rule; priors. 1 h 45 this week."]
    await town.wait(minutes=1)
    await town.say("ada", "/checkin 30m")
    assert lines(town)[1:] == ["Ada studied 30 min. 2 h 15 this week."]


async def test_a_line_of_days_in_two_weeks_counts_up_neither(town: Town) -> None:
    await town.say("ada", "/checkin 2h")
    await town.say("ada", "/checkin 1h yesterday")
    assert lines(town) == ["Ada studied 3 h."]


async def test_a_day_brings_at_most_six_lines_of_one_person_and_loses_nothing(town: Town) -> None:
    for _ in range(9):
        await town.say("ada", "/checkin 20m")
        await town.wait(minutes=40)
    assert len(lines(town)) == 6
    assert lines(town)[-1] == "Ada studied 1 h 20. 3 h this week."
    await town.until("2026-01-06T09:00")
    await town.say("ada", "/checkin 10m")
    assert lines(town)[6:] == ["Ada studied 10 min. 3 h 10 this week."]


async def test_others_have_lines_of_their_own(town: Town) -> None:
    for who in ("ada", "bo"):
        await town.say(who, "/checkin 1h")
    assert lines(town) == ["Ada studied 1 h. 1 h this week.", "Bo studied 1 h. 1 h this week."]


async def test_the_line_of_an_edited_check_in_says_what_is_true_now(town: Town) -> None:
    await town.say("ada", "/checkin 2h learned: chain rule")
    await town.wait(hours=1)
    await town.say("ada", "/checkin 1h")
    await town.say("ada", "/edit #1 time: 3h learned: the chain rule")
    assert lines(town) == ["Ada studied 3 h: the chain rule. 3 h this week.", "Ada studied 1 h. 4 h this week."]
    await town.say("ada", "/edit #1 day: yesterday")
    assert lines(town) == [
        "Ada studied 3 h yesterday: the chain rule. 3 h last week.",
        "Ada studied 1 h. 1 h this week.",
    ]


async def test_the_line_of_a_check_in_that_is_taken_back_says_what_is_left(town: Town) -> None:
    await town.say("ada", "/checkin 2h")
    await town.wait(hours=1)
    await town.say("ada", "/checkin 1h")
    await town.say("ada", "/undo")
    assert lines(town) == ["Ada studied 2 h. 2 h this week.", "Ada: 2 h this week"]
    await town.say("ada", "/undo")
    assert lines(town) == ["Ada took a check-in back.", "Ada took a check-in back."]
    await town.talk.press("ada", "Put back")
    await town.settle()
    assert lines(town)[0] == "Ada studied 2 h. 2 h this week."


async def test_the_check_in_that_keeps_the_week_is_told_and_untold(town: Town) -> None:
    await town.say("ada", "/checkin 9h30")
    await town.wait(hours=1)
    await town.say("ada", "/checkin 1h learned: SVD")
    await town.wait(hours=1)
    await town.say("ada", "/checkin 2h")
    assert lines(town)[1:] == ["Ada kept the week ✓ 10 h 30 · SVD", "Ada studied 2 h. 12 h 30 this week ✓."]
    await town.say("ada", "/undo #1")
    assert lines(town) == [
        "Ada took a check-in back.",
        "Ada studied 1 h: SVD. 1 h this week.",
        "Ada studied 2 h. 3 h this week.",
    ]


async def test_a_line_counts_the_weeks_in_a_row_once_none_before_it_is_open(town: Town) -> None:
    await town.say("ada", "/checkin 10h")
    await town.until("2026-01-12T09:00")
    await town.say("ada", "/checkin 10h")
    assert lines(town)[-1] == "Ada kept the week ✓ 10 h · 2 weeks in a row"
    await town.until("2026-01-19T09:00")
    await town.say("ada", "/checkin 2h day: sun")
    await town.wait(hours=1)
    await town.until("2026-01-26T09:00")
    await town.say("ada", "/checkin 10h")
    assert lines(town)[-1] == "Ada kept the week ✓ 10 h"
    await town.wait(hours=1)
    await town.say("ada", "/checkin 10h day: 2026-01-25")
    assert lines(town)[-1] == "Ada kept last week ✓ 10 h · 🎉 4 weeks in a row"


async def test_what_was_said_in_another_channel_is_in_no_line_here_when_it_is_changed(town: Town) -> None:
    await town.say("ada", "/group join")
    await town.talk.start_group("owls", members=["ada"])
    await town.say("ada", "/checkin 1h learned: secret", channel="owls")
    await town.say("ada", "/edit #1 time: 2h", channel="owls")
    texts = {post.channel: post.text for post in town.platform.posts}
    assert texts == {
        "owls": "Ada studied 2 h: secret. 2 h this week.",
        "console": "Ada studied 2 h. 2 h this week.",
    }


async def test_a_line_that_waits_is_changed_before_it_is_posted(town: Town) -> None:
    def later(_: Delivery) -> None:
        raise RetryLater("not now", after=5)

    town.platform.fails = later
    await town.say("ada", "/checkin 2h")
    await town.say("ada", "/edit time: 1h")
    town.platform.fails = lambda _: None
    await town.wait(minutes=1)
    assert lines(town) == ["Ada studied 1 h. 1 h this week."]
    assert town.platform.posts[-1].edits == 0


async def test_a_correction_that_waits_is_replaced_by_the_next(town: Town) -> None:
    await town.say("ada", "/checkin 2h")
    edit, tried = town.platform.edit, list[str]()

    async def fail(*_: object) -> None:
        tried.append("")
        raise RetryLater("not now", after=3600)

    town.platform.edit = fail  # type: ignore[method-assign, assignment]
    for time in ("3h", "4h", "5h"):
        await town.say("ada", f"/edit time: {time}")
    town.platform.edit = edit  # type: ignore[method-assign]
    await town.wait(hours=3)
    assert lines(town) == ["Ada studied 5 h. 5 h this week."]
    assert town.platform.posts[-1].edits == 1
    assert await town.talk.rows("SELECT count(*) FROM outbox WHERE edits IS NOT NULL") == [(1,)]


async def test_a_check_in_after_a_line_that_nobody_saw_has_its_own(town: Town) -> None:
    def refuse(_: Delivery) -> None:
        raise PostRefused("Missing Permissions")

    town.platform.fails = refuse
    await town.say("ada", "/checkin 2h")
    town.platform.fails = lambda _: None
    await town.say("ada", "/checkin 1h")
    assert lines(town) == ["Ada studied 1 h. 3 h this week."]


async def test_an_answer_says_that_an_old_line_stays(town: Town) -> None:
    await town.say("ada", "/checkin 2h")
    assert "stays as it is" not in await town.say("ada", "/edit #1 learned: chain rule")
    town.clock.advance(timedelta(days=45))
    await town.app.delivery.tick()
    assert "The line in console is too old to change" in await town.say("ada", "/edit #1 learned: rule")
    assert lines(town) == ["Ada studied 2 h: chain rule. 2 h this week."]


@pytest.mark.parametrize("away", ["/group hide", "/group leave"])
async def test_nothing_new_is_shown_of_somebody_whom_the_group_does_not_see(town: Town, away: str) -> None:
    await town.say("ada", "/checkin 2h")
    await town.say("ada", away)
    await town.say("ada", "/edit #1 time: 3h")
    await town.say("ada", "/checkin 1h")
    assert lines(town) == ["Ada studied 2 h. 2 h this week."]
