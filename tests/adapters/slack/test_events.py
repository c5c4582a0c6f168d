"""What Slack tells unasked, and the home that stays fresh."""

import asyncio

import pytest

from bot.chat.card import Card, Line
from bot.chat.events import BotRemoved, ChannelBack, ChannelGone, MemberGone
from bot.chat.request import Channel, Reply, Server
from tests.adapters.fake_core import FakeCore
from tests.adapters.slack.conftest import ADA, BOB, CHANNEL, TEAM, Site
from tests.servers.slack import faults
from tests.servers.slack.reading import read

# Events


async def test_channels_and_members_that_go(site: Site, core: FakeCore) -> None:
    ada, bot = site.member(), site.slack.world.workspaces[TEAM].bot
    await ada.event({"type": "channel_archive", "channel": "C7", "user": ADA})
    await ada.event({"type": "channel_deleted", "channel": "C7"})
    await ada.event({"type": "group_left", "channel": {"id": "C7"}})
    await ada.event({"type": "member_left_channel", "channel": CHANNEL, "user": bot})
    await ada.event({"type": "member_left_channel", "channel": CHANNEL, "user": BOB})
    await ada.event({"type": "member_joined_channel", "channel": CHANNEL, "user": BOB})
    there, here = Channel("slack", TEAM, "C7"), Channel("slack", TEAM, CHANNEL)
    *before, left = core.events
    assert before == [
        ChannelGone(there, "the channel is archived"),
        ChannelGone(there, "the channel was deleted"),
        ChannelGone(there, "I'm not in the channel: /invite @tenhours"),
        ChannelGone(here, "I'm not in #c1: /invite @tenhours"),
    ]
    assert isinstance(left, MemberGone)
    assert (left.user.id, left.where) == (BOB, here)


async def test_a_channel_that_is_no_archive_any_more_is_back_where_the_app_is_in_it(site: Site, core: FakeCore) -> None:
    ada, team = site.member(), site.slack.world.workspaces[TEAM]
    for kind in ("channel_unarchive", "group_unarchive"):
        await ada.event({"type": kind, "channel": CHANNEL, "user": ADA})
    assert core.events == [ChannelBack(Channel("slack", TEAM, CHANNEL))] * 2
    team.channels[CHANNEL].discard(team.bot)
    site.slack.api.faults["conversations.info"].append(faults.error("ratelimited"))
    for _ in range(2):
        await ada.event({"type": "channel_unarchive", "channel": CHANNEL, "user": ADA})
    assert len(core.events) == 2


async def test_uninstalling_puts_the_workspace_to_sleep(site: Site, core: FakeCore) -> None:
    await site.member().event({"type": "app_uninstalled"})
    assert core.events == [BotRemoved(Server("slack", TEAM))]


# Direct messages


def written(user: str, **more: object) -> dict[str, object]:
    return {
        "type": "message",
        "channel": f"D{user}",
        "channel_type": "im",
        "user": user,
        "text": "hi",
        "ts": "1.1",
        **more,
    }


async def test_who_writes_directly_is_greeted_once_in_a_while(site: Site, core: FakeCore) -> None:
    core.otherwise = Reply(Card("", (Line(("Hi!",)),)))
    ada = site.member()
    for _ in range(3):
        assert await ada.event(written(ADA)) == {}
    await site.settle()
    [greeting] = site.slack.world.public(f"D{ADA}")
    assert read(greeting.blocks, greeting.text).text == "Hi!"
    assert (core.last.command, core.last.user.name, core.last.channel.is_direct) == ("hello", "Ada", True)
    await site.member(BOB).event(written(BOB, subtype="file_share"))
    assert len(site.slack.world.public(f"D{BOB}")) == 1


@pytest.mark.parametrize(
    "event",
    [
        {"channel_type": "channel", "channel": CHANNEL},
        {"bot_id": "B1"},
        {"user": "USLACKBOT"},
        {"user": "UBOTT1"},
        {"user": None},
        {"subtype": "message_changed", "hidden": True},
        {"subtype": "message_deleted"},
        {"subtype": "bot_message", "bot_id": "B1"},
    ],
)
async def test_programs_changes_and_channels_are_not_greeted(
    site: Site, core: FakeCore, event: dict[str, object]
) -> None:
    assert await site.member().event({**written(ADA), **event}) == {}
    assert core.requests == []
    assert site.slack.world.messages == []


async def test_a_greeting_that_cannot_be_said_stops_nothing(site: Site, core: FakeCore) -> None:
    site.slack.api.faults["chat.postMessage"].append(faults.error("restricted_action"))
    assert await site.member().event(written(ADA)) == {}
    core.otherwise = Reply(Card("No"), is_wrong=True)
    assert await site.member(BOB).event(written(BOB)) == {}
    assert site.slack.world.messages == []


# The home


async def test_a_home_is_only_kept_fresh_for_who_looks(site: Site) -> None:
    ada = site.member()
    await ada.slash("/checkin 2h")
    await site.settle()
    assert site.slack.world.homes == {}
    await ada.event({"type": "app_home_opened", "user": ADA, "tab": "messages"})
    await site.settle()
    assert site.slack.world.homes == {}


async def test_changes_that_come_together_are_shown_once(site: Site) -> None:
    ada = site.member()
    gate = asyncio.Event()
    site.slack.api.faults["views.publish"].append(faults.slow(gate))
    await ada.open_home()
    for _ in range(5):
        await ada.slash("/checkin 2h")
    gate.set()
    await site.settle()
    assert len(site.slack.api.called("views.publish")) == 2


async def test_a_home_that_cannot_be_shown_stops_nothing(site: Site) -> None:
    site.slack.api.faults["views.publish"].append(faults.error("not_enabled"))
    ada = site.member()
    await ada.open_home()
    await site.settle()
    assert await ada.slash("/checkin 2h") is not None
    await site.settle()
    assert ADA in site.slack.world.homes


async def test_what_only_reads_changes_no_home(site: Site) -> None:
    ada = site.member()
    await ada.open_home()
    await site.settle()
    await ada.slash("/progress")
    await site.settle()
    assert len(site.slack.api.called("views.publish")) == 1
