"""Events of platforms: groups sleep and wake, members leave, profiles change; a second telling changes nothing."""

from functools import partial

import pytest

from bot.chat.delivery import ChannelAddress, Delivery
from bot.chat.events import BotAdded, BotRemoved, ChannelBack, ChannelGone, Event, MemberGone, ProfileChanged
from bot.chat.request import Channel, Server, User
from bot.store import outbox
from bot.views import words
from tests.talk import HOME, Talk

HERE = Channel("console", "", HOME, HOME)
SERVER = Server("console", "")


async def tell(talk: Talk, event: Event) -> None:
    for _ in range(2):
        await talk.core.happened(event)


async def asleep(talk: Talk) -> list[object]:
    return [row[0] for row in await talk.rows("SELECT asleep FROM groups ORDER BY id")]


@pytest.fixture
async def talk(talk: Talk) -> Talk:
    """Add the group `owls` on the server of `console`, and `far` on another."""
    await talk.start_group("owls")
    talk.team = "far away"
    await talk.start_group("far")
    talk.team = ""
    return talk


async def test_a_gone_channel_sleeps_for_good(talk: Talk) -> None:
    await tell(talk, ChannelGone(HERE))
    assert await asleep(talk) == ["the channel is gone", None, None]
    await tell(talk, BotAdded(SERVER))
    assert await asleep(talk) == ["the channel is gone", None, None]
    await tell(talk, BotAdded(SERVER, HERE))
    assert await asleep(talk) == [None, None, None]


async def test_a_channel_that_is_back_wakes_its_group(talk: Talk) -> None:
    await tell(talk, ChannelGone(HERE, "#console is archived"))
    assert await asleep(talk) == ["#console is archived", None, None]
    await tell(talk, ChannelBack(HERE))
    assert await asleep(talk) == [None, None, None]


async def test_a_channel_that_is_gone_stays_so_when_the_bot_is_removed_and_added_again(talk: Talk) -> None:
    await tell(talk, ChannelGone(HERE))
    await tell(talk, BotRemoved(SERVER))
    assert await asleep(talk) == ["the channel is gone", "the bot was removed", None]
    await tell(talk, BotAdded(SERVER))
    assert await asleep(talk) == ["the channel is gone", None, None]


async def test_every_organiser_is_told_that_a_group_sleeps_once_a_day(talk: Talk) -> None:
    talk.starters = {"ada"}
    await talk("ada", "/group start name: Larks", channel="larks")
    await talk.join("bo", channel="larks")
    await talk("ada", "/group organisers add: bo", channel="larks")
    larks = Channel("console", "", "larks", "larks")
    for _ in range(2):
        await tell(talk, ChannelGone(larks, "#larks is archived"))
        await tell(talk, ChannelBack(larks))
    rows = await talk.rows("SELECT key FROM outbox WHERE key LIKE 'asleep/%' ORDER BY key")
    assert len(rows) == 2
    posts = [str(post) for post in [*await talk.posts(None, user="ada"), *await talk.posts(None, user="bo")]]
    assert len(posts) == 2
    assert all("I can't post to Larks any more: #larks is archived." in text for text in posts)


async def test_a_removed_bot_sleeps_on_that_server_until_it_is_back(talk: Talk) -> None:
    await tell(talk, BotRemoved(SERVER))
    assert await asleep(talk) == ["the bot was removed", "the bot was removed", None]
    await tell(talk, BotAdded(SERVER))
    assert await asleep(talk) == [None, None, None]


async def test_posts_that_wait_for_a_sleeping_group_are_dropped(talk: Talk) -> None:
    now = talk.clock.now()
    for group, channel in ((1, HOME), (2, "owls")):
        delivery = Delivery(f"line/{group}", ChannelAddress("console", "", channel), words.done("Hello."), now, now)
        await talk.store.write(partial(outbox.enqueue, delivery=delivery, group_id=group))
    await tell(talk, ChannelGone(HERE))
    assert await talk.rows("SELECT key, state, reason FROM outbox ORDER BY key") == [
        ("line/1", "dropped", "the channel is gone"),
        ("line/2", "pending", None),
    ]


async def test_a_group_that_wakes_posts_from_then_on(talk: Talk) -> None:
    talk.starters = {"ada"}
    await talk("ada", "/group start name: Larks", channel="larks")
    await tell(talk, BotRemoved(SERVER))
    talk.at("2026-02-01T10:00")
    await tell(talk, BotAdded(SERVER))
    assert "next Mon 2 Feb 09:00" in await talk("ada", "/group settings", channel="larks")


async def test_a_server_that_invites_again_is_welcomed_again(talk: Talk) -> None:
    hall = Channel("console", "", "hall", "hall")
    await tell(talk, BotAdded(SERVER, hall))
    talk.advance(days=1)
    await tell(talk, BotAdded(SERVER, hall))
    assert len(await talk.posts("hall")) == 2


async def test_a_new_server_hears_once_what_to_do(talk: Talk) -> None:
    hall = Channel("console", "", "hall", "hall")
    await tell(talk, BotAdded(SERVER, hall))
    [post] = await talk.posts("hall")
    assert post.labels == ["Start a group here", "How it works"]
    talk.starters = {"ada"}
    assert (await talk.press("ada", "Start a group here", channel="hall")).is_form
    assert "The study group hall is open." in await talk.fill("ada", channel="hall")
    assert await talk.posts() == []


async def test_no_welcome_where_a_group_lives(talk: Talk) -> None:
    await tell(talk, BotAdded(SERVER, HERE))
    assert await talk.posts() == []


async def test_a_member_who_is_gone_from_a_channel_leaves_its_group_only(talk: Talk) -> None:
    await talk.join("ada")
    await talk.join("ada", channel="owls")
    await talk("ada", "/reminders direct")
    await tell(talk, MemberGone(talk.user("ada"), HERE))
    assert await talk.rows("SELECT group_id FROM members WHERE left_at IS NULL") == [(2,)]
    assert "I remind you privately" in await talk("ada", "/reminders", channel=None)


async def test_reminders_end_with_the_last_group(talk: Talk) -> None:
    await talk.join("ada", "bo")
    await talk("ada", "/reminders direct")
    await tell(talk, MemberGone(talk.user("ada"), SERVER))
    assert "Reminders are off." in await talk("ada", "/reminders", channel=None)
    assert await talk.rows("SELECT due_at FROM schedules WHERE person_id IS NOT NULL") == [(None,)] * 3
    assert await talk.rows("SELECT person_id FROM members WHERE left_at IS NULL") == [(2,)]


async def test_reminders_end_with_the_workspace_where_they_came(talk: Talk) -> None:
    talk.team = "far away"
    await talk.join("ada", channel="far")
    await talk("ada", "/reminders direct", channel="far")
    gone = Server("console", "far away")
    user = talk.user("ada")
    await talk.store.write(
        lambda tx: tx.run(
            "INSERT INTO members (group_id, person_id, joined_at, first_week) SELECT 1, person_id, 0, 0 FROM members"
        )
    )
    await tell(talk, MemberGone(user, gone))
    assert await talk.rows("SELECT group_id FROM members WHERE left_at IS NULL") == [(1,)]
    assert await talk.rows("SELECT how FROM reminders") == [("off",)]


async def test_somebody_unknown_is_gone(talk: Talk) -> None:
    await tell(talk, MemberGone(talk.user("zoe"), SERVER))
    await tell(talk, ProfileChanged(talk.user("zoe")))
    assert await talk.rows("SELECT 1 FROM people") == []


async def test_a_changed_profile_gives_name_and_zone(talk: Talk) -> None:
    await talk("ada", "/reminders direct", channel=None)
    changed = replace_user(talk.user("ada"), name="Ada L.", zone="Europe/Berlin")
    await tell(talk, ProfileChanged(changed))
    person = await talk.person("ada")
    assert (person.name, person.zone_name) == ("Ada L.", "Europe/Berlin")
    assert await talk.rows("SELECT due_at FROM schedules WHERE kind = 'nudge'") == [(1767891600000,)]


async def test_a_zone_of_ones_own_choice_stays(talk: Talk) -> None:
    await talk("ada", "/timezone Tokyo", channel=None)
    await tell(talk, ProfileChanged(replace_user(talk.user("ada"), zone="Europe/Berlin")))
    await talk("ada", "/reminders", channel=None)
    assert (await talk.person("ada")).zone_name == "Asia/Tokyo"


@pytest.mark.parametrize("zone", [None, "", "Nowhere/Land", "../../etc/passwd", "GMT+2"])
async def test_a_zone_that_nobody_knows_changes_nothing(talk: Talk, zone: str | None) -> None:
    await talk("ada", "/reminders", channel=None)
    await tell(talk, ProfileChanged(replace_user(talk.user("ada"), zone=zone)))
    assert (await talk.person("ada")).zone_name == "UTC"


def replace_user(user: User, name: str = "Ada", zone: str | None = None) -> User:
    return User(user.platform, user.team, user.id, name, zone)


@pytest.mark.sqlite
async def test_an_event_that_cannot_be_saved_is_logged(talk: Talk, caplog: pytest.LogCaptureFixture) -> None:
    await talk.store.write(lambda tx: tx.run("ALTER TABLE groups RENAME TO gone"))
    await talk.core.happened(BotRemoved(SERVER))
    assert "event not taken in" in caplog.text
