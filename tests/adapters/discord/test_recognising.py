"""Posts on Discord are recognised after a crash: by a nonce, a mark or their words, however much was said since."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from discord.utils import snowflake_time

from adapters.discord.recognition import nonce
from bot.chat.card import Actions, Button, Card, Line
from bot.chat.delivery import PostRefused, PostUnsure, RetryLater
from bot.chat.request import Audience, Reply
from tests.adapters.cards import delivery
from tests.adapters.discord.probe import DiscordProbe
from tests.adapters.discord.test_posting import CARD, KEY, SINCE, probe
from tests.adapters.fake_core import NOW, FakeCore
from tests.adapters.probe import ADA
from tests.servers.discord.server import DiscordServer

__all__ = ["probe"]


async def test_a_post_is_recognised_by_its_nonce_at_once(probe: DiscordProbe) -> None:
    first = await probe.adapter.post(delivery(probe.channel, CARD, KEY))
    assert await probe.adapter.post(delivery(probe.channel, CARD, KEY)) == first
    assert len(await probe.public()) == 1


async def test_a_post_is_found_when_the_nonce_is_long_forgotten(probe: DiscordProbe) -> None:
    probe.server.keeps_nonces = False
    ref = await probe.adapter.post(delivery(probe.channel, CARD, KEY))
    for number in range(150):
        probe.server.world.say(probe.place, {"content": f"chatter {number}"})
    assert await probe.adapter.find(delivery(probe.channel, CARD, KEY), NOW - timedelta(days=400)) == [ref]
    assert await probe.adapter.find(delivery(probe.channel, CARD, "results/7/2026-W02"), SINCE) == []


async def test_a_post_whose_buttons_have_no_room_for_a_mark_is_known_by_its_text(probe: DiscordProbe) -> None:
    probe.server.keeps_nonces = False
    full = Button("Again", "journal", {"search": "x" * 85})
    card = Card("Results", (Line(("Ada kept the week.",)), Actions((full,))))
    same_without = Card("Results", (Line(("Ada kept the week.",)),))
    await probe.adapter.post(delivery(probe.channel, same_without, "results/6"))
    refs = [await probe.adapter.post(delivery(probe.channel, card, f"results/{number}")) for number in (7, 8)]
    assert await probe.adapter.find(delivery(probe.channel, card, "results/7"), SINCE) == refs


async def test_an_answer_is_never_taken_for_a_post(probe: DiscordProbe, core: FakeCore) -> None:
    line = Card("", (Line(("Ada studied 2 h.",)),))
    core.answers = [Reply(line, Audience.PUBLIC)]
    await probe.say(ADA, "leaderboard", {})
    assert await probe.adapter.find(delivery(probe.channel, line, KEY), SINCE) == []
    ref = await probe.adapter.post(delivery(probe.channel, line, KEY))
    assert await probe.adapter.find(delivery(probe.channel, line, KEY), SINCE) == [ref]


@pytest.mark.parametrize("card", [CARD, Card("", (Line(("Ada studied 2 h.",)),))])
async def test_what_an_earlier_version_posted_is_found_and_edited(probe: DiscordProbe, card: Card) -> None:
    url = f"https://discord.com/channels/{probe.home.id}/{probe.place.id}?post={nonce(KEY)}"
    embed = {"color": 1, "description": "### Results\nAda kept the week.", "url": url}
    message = probe.server.world.say(probe.place, {"embeds": [embed]})
    [ref] = await probe.adapter.find(delivery(probe.channel, card, KEY), SINCE)
    assert ref.id == str(message.id)
    await probe.adapter.edit(probe.channel, ref, Card("Results", (Line(("Closed.",)),)))
    assert (message.data["content"], message.data["embeds"]) == ("**Results**\nClosed.", [])


async def test_a_direct_post_is_found_too(probe: DiscordProbe) -> None:
    ref = await probe.adapter.post(delivery(probe.direct(ADA), CARD, KEY))
    assert await probe.adapter.find(delivery(probe.direct(ADA), CARD, KEY), SINCE) == [ref]


async def test_where_history_may_not_be_read_nobody_can_look(probe: DiscordProbe, server: DiscordServer) -> None:
    await probe.adapter.post(delivery(probe.channel, CARD, KEY))
    server.faults.add("GET /channels/", 403, code=50001)
    with pytest.raises(PostRefused):
        await probe.adapter.find(delivery(probe.channel, CARD, KEY), SINCE)


@pytest.mark.parametrize("how", ["reset", 500])
async def test_a_search_that_fails_says_nothing(probe: DiscordProbe, server: DiscordServer, how: int | str) -> None:
    server.faults.add("GET /channels/", how, times=5)
    with pytest.raises(PostUnsure):
        await probe.adapter.find(delivery(probe.channel, CARD, KEY), SINCE)


async def test_a_search_that_is_to_wait_waits(probe: DiscordProbe, server: DiscordServer) -> None:
    server.faults.add("GET /channels/", 429, retry_after=120.0)
    with pytest.raises(RetryLater) as later:
        await probe.adapter.find(delivery(probe.channel, CARD, KEY), SINCE)
    assert later.value.after == 120.0


@pytest.mark.parametrize("card", [CARD, Card("", (Line(("Ada studied 2 h.",)),))])
async def test_a_post_is_found_at_its_time_however_much_was_said_since(probe: DiscordProbe, card: Card) -> None:
    chatter(probe, 250, timedelta(seconds=1), -300)
    ref = await probe.adapter.post(delivery(probe.channel, card, KEY))
    sent_at = snowflake_time(int(ref.id))
    chatter(probe, 700, timedelta(minutes=40) / 700, 1)
    assert await probe.adapter.find(delivery(probe.channel, card, KEY), sent_at) == [ref]
    other = delivery(probe.channel, Card("Another"), "other")
    assert await probe.adapter.find(other, sent_at) == []


async def test_the_same_words_of_last_week_are_another_post(probe: DiscordProbe) -> None:
    line, world = Card("", (Line(("Ada studied 2 h.",)),)), probe.server.world
    world.say(probe.place, {"content": "Ada studied 2 h."}, at=time.time() - 7 * 86_400)
    assert await probe.adapter.find(delivery(probe.channel, line, KEY), datetime.now(UTC)) == []
    there = world.say(probe.place, {"content": "Ada studied 2 h."}, at=time.time() - 86_400)
    [found] = await probe.adapter.find(delivery(probe.channel, line, KEY), datetime.now(UTC))
    assert found.id == str(there.id)


async def test_a_quiet_channel_is_read_once(probe: DiscordProbe, server: DiscordServer) -> None:
    chatter(probe, 250, timedelta(minutes=1), -30 * 86_400)
    assert await probe.adapter.find(delivery(probe.channel, CARD, KEY), datetime.now(UTC)) == []
    assert sum(call.startswith("GET /channels/") for call in server.calls) == 1


async def test_a_clock_that_was_ahead_hides_no_post(probe: DiscordProbe) -> None:
    ref = await probe.adapter.post(delivery(probe.channel, CARD, KEY))
    chatter(probe, 250, timedelta(seconds=1), 1)
    ahead = snowflake_time(int(ref.id)) + timedelta(days=3)
    assert await probe.adapter.find(delivery(probe.channel, CARD, KEY), ahead) == [ref]


async def test_where_too_much_was_said_at_its_time_nobody_knows(probe: DiscordProbe) -> None:
    sent_at = datetime.now(UTC)
    chatter(probe, 1400, timedelta(milliseconds=100), 1)
    with pytest.raises(PostUnsure, match="too much"):
        await probe.adapter.find(delivery(probe.channel, CARD, KEY), sent_at)


def chatter(probe: DiscordProbe, number: int, pace: timedelta, first_second: float) -> None:
    """Let so much be said in the channel, at that pace from so many seconds from now on."""
    began = time.time() + first_second
    for n in range(number):
        at = began + n * pace.total_seconds()
        probe.server.world.say(probe.place, {"content": f"chatter {n}"}, at=at)
