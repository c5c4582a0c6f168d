"""What follows a refusal: a group whose channel is gone falls asleep, and a reminder finds another way."""

import pytest

from bot.chat.card import Card
from bot.chat.delivery import ChannelAddress, Delivery, PostRefused, UserAddress
from bot.store import groups, outbox
from tests.delivery.test_planner import SUNDAY_3PM, study
from tests.delivery.town import Town

CLOSED = "Cannot send messages to this user"


def refuse_direct(delivery: Delivery) -> None:
    if isinstance(delivery.to, UserAddress):
        raise PostRefused(CLOSED, is_gone=True)


async def reminded(town: Town) -> None:
    """Ada is short by an hour, has a plan, and wants to be reminded directly; her direct messages are closed."""
    await study(town, "ada", "9h")
    await town.say("ada", "/reminders how: direct")
    now = town.clock.now()
    await town.store.write(lambda tx: groups.save_intention(tx, 1, 1, now.date(), "at the secret library", now))
    town.platform.fails = refuse_direct


async def reasons(town: Town, prefix: str) -> list[tuple[object, ...]]:
    return await town.talk.rows("SELECT key, state, reason FROM outbox WHERE key LIKE :p", p=f"{prefix}%")


async def test_a_channel_that_is_gone_puts_its_group_to_sleep(town: Town) -> None:
    def gone(_: Delivery) -> None:
        raise PostRefused("Unknown Channel", is_gone=True)

    await study(town, "ada", "10h")
    town.platform.fails = gone
    posted = len(town.platform.posts)
    await town.until("2026-01-11T16:00")
    [(asleep,)] = await town.talk.rows("SELECT asleep FROM groups")
    assert asleep == "Unknown Channel"
    assert {state for _, state, _ in await reasons(town, "groupcall")} == {"dropped"}
    town.platform.fails = lambda _: None
    await town.until("2026-01-26T12:00")
    assert len(town.platform.posts) == posted


async def test_a_channel_that_its_group_has_left_may_go(town: Town) -> None:
    await study(town, "ada", "2h")
    await town.store.write(lambda tx: tx.run("UPDATE groups SET channel = 'there' WHERE id = 1"))

    def gone(_: Delivery) -> None:
        raise PostRefused("Unknown Channel", is_gone=True)

    town.platform.fails = gone
    now = town.clock.now()
    old = Delivery("old", ChannelAddress("console", "", "console"), Card("old"), now, now.replace(year=2027))
    await town.store.write(lambda tx: outbox.enqueue(tx, old, group_id=1))
    await town.settle()
    assert await town.talk.rows("SELECT asleep FROM groups") == [(None,)]
    assert await reasons(town, "old") == [("old", "dropped", "Unknown Channel")]


async def test_what_else_waits_for_that_group_is_dropped_too(town: Town) -> None:
    now = town.clock.now()
    here = ChannelAddress("console", "", "console")

    def gone(_: Delivery) -> None:
        raise PostRefused("Unknown Channel", is_gone=True)

    town.platform.fails = gone
    for key in ("a", "b", "c"):
        delivery = Delivery(key, here, Card(key), now, now.replace(year=2027))
        await town.store.write(lambda tx, d=delivery: outbox.enqueue(tx, d, group_id=1))  # type: ignore[misc]
    await town.settle()
    rows = await town.talk.rows("SELECT key, state, attempts FROM outbox WHERE length(key) = 1 ORDER BY key")
    assert rows == [("a", "dropped", 1), ("b", "dropped", 0), ("c", "dropped", 0)]


async def test_a_reminder_that_is_refused_names_the_person_in_the_channel_and_says_nothing_private(town: Town) -> None:
    await reminded(town)
    posted = [post for post in await town.until(SUNDAY_3PM) if post.key.startswith("lastcall")]
    assert [(post.channel, post.key.rpartition("/")[2]) for post in posted] == [("console", "channel")]
    assert "@Ada" in posted[0].text
    assert "secret" not in posted[0].text
    assert "1 h" not in posted[0].text.replace("[Log 1 h]", "")
    dropped = [reason for _, state, reason in await reasons(town, "lastcall") if state == "dropped"]
    assert dropped == [CLOSED]


async def test_where_doors_are_open_the_reminder_says_it_all(town: Town) -> None:
    await reminded(town)
    town.platform.fails = lambda _: None
    [post] = [post for post in await town.until(SUNDAY_3PM) if post.key.startswith("lastcall")]
    assert post.user == "ada"
    assert "at the secret library" in post.text
    assert "1 h more keeps this week." in post.text


async def test_the_person_is_told_once_with_their_next_private_answer(town: Town) -> None:
    await reminded(town)
    await town.until(SUNDAY_3PM)
    assert "direct message" not in await town.say("bo", "/checkin 1h")
    told = await town.say("ada", "/checkin 30m")
    assert "I couldn't message you. Open your direct messages, or choose: in the channel · off." in told
    assert "Remind me instead: [In the channel] [Off]" in told
    assert "direct message" not in await town.say("ada", "/checkin 20m")


async def test_closed_doors_are_not_knocked_at_again_before_the_person_knows(town: Town) -> None:
    tried: list[str] = []

    def refuse(delivery: Delivery) -> None:
        if isinstance(delivery.to, UserAddress):
            tried.append(delivery.key)
        refuse_direct(delivery)

    await reminded(town)
    town.platform.fails = refuse
    await town.until("2026-01-15T19:00")
    assert [key.split("/")[0] for key in tried] == ["lastcall"]
    posted = town.keys()
    assert any(key.startswith("nudge") and key.endswith("/channel") for key in posted)
    await town.say("ada", "/checkin 1h")
    await town.until("2026-01-22T19:00")
    assert [key.split("/")[0] for key in tried] == ["lastcall", "nudge"]


@pytest.mark.parametrize("away", ["/group hide", "/group leave"])
async def test_who_is_not_seen_in_the_group_is_not_named_there(town: Town, away: str) -> None:
    await reminded(town)
    await town.say("ada", away)
    await town.until(SUNDAY_3PM)
    assert town.keys("lastcall") == []


async def test_a_reminder_that_came_too_late_is_no_refusal(town: Town) -> None:
    await reminded(town)
    town.platform.fails = lambda _: None
    await town.until("2026-01-11T14:59")
    town.platform.state = type(town.platform.state)(is_ready=False)
    await town.until("2026-01-11T15:01")
    town.clock.move_to(town.clock.now().replace(day=13))
    town.platform.state = type(town.platform.state)(is_ready=True)
    await town.settle()
    assert town.keys("lastcall") == []
    assert "direct message" not in await town.say("ada", "/checkin 20m")


async def test_the_organiser_sees_what_was_not_posted(town: Town) -> None:
    def forbidden(delivery: Delivery) -> None:
        raise PostRefused("Missing Permissions")

    await reminded(town)
    await town.say("bo", "/checkin 1h")
    town.platform.fails = forbidden
    await town.until("2026-01-12T10:00")
    card = await town.say("ada", "/group settings")
    assert "Not posted: Last call of" in card
    assert "Not posted: Results of" in card
    assert "(Missing Permissions)" in card
    assert card.count("Not posted") == 3


async def test_the_organiser_is_told_once_that_the_channel_misses_posts(town: Town) -> None:
    def forbidden(delivery: Delivery) -> None:
        if isinstance(delivery.to, ChannelAddress):
            raise PostRefused("Missing Permissions")

    town.platform.fails = forbidden
    for minutes in (20, 30):
        await study(town, "bo", f"{minutes}m")
    await town.until("2026-01-11T23:00")
    [post] = town.platform.posts
    assert (post.user, post.key) == ("ada", "notposted/1/2026-01-05/1")
    assert "Missing Permissions" in post.text
    await town.until("2026-01-12T10:00")
    assert town.keys("notposted") == ["notposted/1/2026-01-05/1", "notposted/1/2026-01-12/1"]


async def test_the_organiser_is_told_that_the_channel_is_gone(town: Town) -> None:
    def gone(delivery: Delivery) -> None:
        if isinstance(delivery.to, ChannelAddress):
            raise PostRefused("Unknown Channel", is_gone=True)

    town.platform.fails = gone
    await study(town, "bo", "20m")
    assert [(post.user, "Unknown Channel" in post.text) for post in town.platform.posts] == [("ada", True)]


async def test_nobody_is_told_in_vain_where_the_organiser_cannot_be_reached(town: Town) -> None:
    def refuse(delivery: Delivery) -> None:
        raise PostRefused("closed to everybody")

    town.platform.fails = refuse
    await study(town, "bo", "20m")
    await town.until("2026-01-11T16:00")
    assert {state for _, state, _ in await reasons(town, "notposted")} == {"dropped"}
    assert len(await reasons(town, "notposted")) == 1
