"""What organisers are asked or told privately, each once, and everyone of them who can be reached."""

import pytest

from bot.chat.delivery import ChannelAddress, Delivery, PostRefused
from bot.chat.events import ChannelGone
from bot.chat.request import Channel
from tests.delivery.town import Posted, Town


def told(town: Town, words: str) -> list[Posted]:
    return [post for post in town.platform.posts if post.user and words in post.text]


async def many_lines(town: Town, count: int) -> None:
    for number in range(count):
        await town.talk(f"member{number}", "/checkin 1h")
    await town.settle()


async def test_a_day_of_more_than_twenty_lines_brings_a_question_once(town: Town) -> None:
    await many_lines(town, 20)
    assert told(town, "more than 20 lines") == []
    await town.say("bo", "/checkin 1h")
    [question] = told(town, "more than 20 lines")
    assert question.user == "ada"
    await town.until("2026-01-06T09:00")
    await many_lines(town, 25)
    assert len(told(town, "more than 20 lines")) == 1
    heard = await town.talk.press("ada", "One card a week", channel=None)
    assert "one card a week" in heard


async def test_lines_of_two_days_are_not_counted_together(town: Town) -> None:
    await town.until("2026-01-05T23:30")
    await many_lines(town, 12)
    await town.until("2026-01-06T00:30")
    await many_lines(town, 12)
    assert told(town, "more than 20 lines") == []


@pytest.mark.parametrize(
    ("zone", "asks"), [("America/Los_Angeles", 0), ("Pacific/Honolulu", 1), ("Asia/Shanghai", 0), ("Asia/Tokyo", 1)]
)
async def test_a_member_far_away_brings_a_question_about_later_results(town: Town, zone: str, asks: int) -> None:
    town.talk.zones |= {"mei": zone, "kei": zone}
    await town.say("mei", "/group join")
    await town.say("kei", "/group join")
    questions = told(town, "more than 8 hours")
    assert [post.user for post in questions] == ["ada"] * asks
    if asks:
        await town.talk.press("ada", "Monday 18:00", channel=None)
        assert await town.talk.rows("SELECT moment FROM schedules WHERE kind = 'results'") == [("mon 18:00",)]


async def test_a_member_who_moves_far_away_brings_the_question_with_the_next_results(town: Town) -> None:
    await town.say("bo", "/checkin 1h")
    await town.say("bo", "/timezone Tokyo")
    await town.until("2026-01-12T10:00")
    assert [post.user for post in told(town, "more than 8 hours")] == ["ada"]


async def test_nobody_is_asked_where_results_come_late_or_not_at_all(town: Town) -> None:
    await town.say("ada", "/group schedule results mon 18:00")
    town.talk.zones["mei"] = "Pacific/Honolulu"
    await town.say("mei", "/group join")
    await town.until("2026-01-14T10:00")
    assert told(town, "more than 8 hours") == []


async def test_an_organiser_who_is_no_member_can_answer_in_a_direct_message(town: Town) -> None:
    assert await town.talk.rows("SELECT person_id FROM members") == []
    assert await town.talk.rows("SELECT person_id FROM organisers") == [(1,)]
    await many_lines(town, 21)
    assert "one card a week" in await town.talk.press("ada", "One card a week", channel=None)
    refused = await town.talk.command("member1", "group settings", channel=None, group="1", lines="off")
    assert refused.is_wrong


async def test_every_organiser_is_told_what_goes_wrong(town: Town) -> None:
    def forbidden(delivery: Delivery) -> None:
        if isinstance(delivery.to, ChannelAddress):
            raise PostRefused("Missing Permissions")

    await town.say("bo", "/checkin 1h")
    await town.say("ada", "/group organisers add: bo")
    town.platform.fails = forbidden
    await town.say("bo", "/checkin 2h day: yesterday")
    await town.wait(hours=1)
    await town.say("bo", "/checkin 1h")
    assert [post.user for post in told(town, "Missing Permissions")] == ["ada", "bo"]


async def test_organisers_are_told_that_a_channel_is_gone(town: Town) -> None:
    for _ in range(2):
        await town.talk.core.happened(ChannelGone(Channel("console", "", "console")))
    await town.settle()
    assert [post.user for post in told(town, "I can't post to console any more: the channel is gone.")] == ["ada"]
