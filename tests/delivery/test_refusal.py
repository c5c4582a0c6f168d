"""What follows a refusal: sleep where the channel is gone, patience where a permission is missing, and discretion."""

import pytest

from bot.chat.card import Card
from bot.chat.delivery import ChannelAddress, Delivery, PostRefused, UserAddress
from bot.store import groups, outbox
from tests.delivery.test_planner import SUNDAY_3PM, study
from tests.delivery.town import Town

CLOSED = "Cannot send messages to this user"


def refuse_direct(delivery: Delivery) -> None:
    if isinstance(delivery.to, UserAddress):
        raise PostRefused(CLOSED, is_closed=True)


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


async def test_a_private_reminder_that_is_refused_is_said_nowhere_else(town: Town) -> None:
    await reminded(town)
    await town.until(SUNDAY_3PM)
    await town.until("2026-01-15T19:00")
    assert town.keys("lastcall") == town.keys("nudge") == []
    assert not any("Ada" in post.text for post in town.platform.posts if post.key.startswith("groupcall"))
    dropped = [reason for _, state, reason in await reasons(town, "lastcall") if state == "dropped"]
    assert dropped == [CLOSED]


@pytest.mark.parametrize("refused", [PostRefused("no_text"), PostRefused("not here", is_gone=True)])
async def test_only_words_that_mean_it_close_a_persons_direct_messages(town: Town, refused: PostRefused) -> None:
    def refuse(delivery: Delivery) -> None:
        if isinstance(delivery.to, UserAddress):
            raise refused

    await reminded(town)
    town.platform.fails = refuse
    await town.until(SUNDAY_3PM)
    assert "direct message" not in await town.say("ada", "/checkin 30m")
    town.platform.fails = lambda _: None
    await town.until("2026-01-15T19:00")
    assert [post.user for post in town.platform.posts if post.key.startswith("nudge")] == ["ada"]


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
    assert card.count("Not posted") == 2


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


class NotAllowed:
    """A platform that lets nothing into a channel until `allowed`; how often it was asked."""

    def __init__(self) -> None:
        self.is_allowed = False
        self.asked = 0

    def __call__(self, delivery: Delivery) -> None:
        if isinstance(delivery.to, ChannelAddress) and not self.is_allowed:
            self.asked += 1
            raise PostRefused("403 (50013): Missing Permissions", may_pass=True)


async def test_a_post_that_a_permission_makes_possible_in_time_comes_late_and_says_so(town: Town) -> None:
    await study(town, "ada", "10h")
    town.platform.fails = refusal = NotAllowed()
    await town.until("2026-01-11T16:00")
    assert refusal.asked <= 8
    [(_, state, reason)] = await reasons(town, "groupcall")
    assert (state, reason) == ("pending", "403 (50013): Missing Permissions")
    [notice] = [post for post in town.platform.posts if post.key.startswith("notposted")]
    assert "403 (50013): Missing Permissions." in notice.text
    assert "I'll try again" in notice.text
    refusal.is_allowed = True
    await town.until("2026-01-11T16:16")
    [post] = [post for post in town.platform.posts if post.key.startswith("groupcall")]
    assert "This comes late" in post.text
    assert len(town.keys("notposted")) == 1


async def test_a_permission_that_comes_at_once_makes_nothing_late(town: Town) -> None:
    await study(town, "ada", "10h")
    town.platform.fails = refusal = NotAllowed()
    await town.until("2026-01-11T15:00")
    refusal.is_allowed = True
    await town.until("2026-01-11T15:01")
    [post] = [post for post in town.platform.posts if post.key.startswith("groupcall")]
    assert "late" not in post.text


async def test_a_permission_that_never_comes_is_asked_for_sparingly_and_the_post_is_given_up(town: Town) -> None:
    await study(town, "ada", "10h")
    town.platform.fails = refusal = NotAllowed()
    await town.until("2026-01-12T08:00")
    [(_, state, reason)] = await reasons(town, "groupcall")
    assert (state, reason) == ("dropped", "403 (50013): Missing Permissions")
    assert refusal.asked < 60
    assert "(403 (50013): Missing Permissions)" in await town.say("ada", "/group settings")


async def test_lines_that_wait_for_a_permission_ask_for_it_together(town: Town) -> None:
    town.platform.fails = refusal = NotAllowed()
    for minutes in range(10, 22):
        await town.say("ada", f"/checkin {minutes}m")
        await town.wait(minutes=31)
    asked = refusal.asked
    await town.wait(hours=2)
    assert refusal.asked - asked <= 9
    refusal.is_allowed = True
    await town.wait(minutes=16)
    assert len(town.keys("line")) == 6


async def test_where_one_organiser_takes_no_messages_the_others_are_told(town: Town) -> None:
    def refuse(delivery: Delivery) -> None:
        if isinstance(delivery.to, ChannelAddress):
            raise PostRefused("I'm missing the permission Send Messages in #general")
        if delivery.to.user == "ada":
            raise PostRefused(CLOSED, is_closed=True)

    await town.say("bo", "/group join")
    await town.say("ada", "/group organisers add: bo")
    town.platform.fails = refuse
    await study(town, "bo", "20m")
    [post] = town.platform.posts
    assert post.user == "bo"
    assert "I'm missing the permission Send Messages in #general" in post.text
