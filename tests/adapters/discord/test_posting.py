"""Posts from the outbox: once, found again, edited; and what becomes of them when Discord has a bad day."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from adapters.discord import failures
from adapters.discord.buttons import marks_of
from adapters.discord.interaction import SUPPRESS_NOTIFICATIONS
from adapters.discord.recognition import nonce
from bot.chat.card import Actions, Button, Card, Line, Note, Picture
from bot.chat.chart import Chart, WeekBars
from bot.chat.delivery import (
    Address,
    ChannelAddress,
    Delivery,
    MessageRef,
    PostRefused,
    PostUnsure,
    RetryLater,
    UserAddress,
)
from bot.chat.events import ChannelGone, MemberGone
from bot.chat.text import Mention
from bot.clock import StillClock
from bot.delivery.sender import Sender
from bot.store import outbox
from bot.store.database import Store
from tests.adapters.cards import delivery
from tests.adapters.discord.probe import FAST, DiscordProbe, make_probe, shown
from tests.adapters.fake_core import NOW, FakeCore
from tests.adapters.probe import ADA, BOB
from tests.servers.discord.server import DiscordServer

KEY = "results/7/2026-W01"
SINCE = NOW - timedelta(hours=1)
CARD = Card("Results", (Line(("Ada kept the week.",)), Actions((Button("Check in", "checkin"),))))
POST = "POST /channels/"


@pytest.fixture
async def probe(server: DiscordServer, core: FakeCore) -> AsyncIterator[DiscordProbe]:
    probe = await make_probe(server, core, timing=replace(FAST, post_within=0.3))
    yield probe
    await probe.close()


async def test_a_post_is_text_with_buttons_and_its_mark_is_not_seen(probe: DiscordProbe, core: FakeCore) -> None:
    await probe.adapter.post(delivery(probe.channel, CARD, KEY))
    [message] = probe.server.world.of(probe.place)
    assert message.data["content"] == "**Results**\nAda kept the week."
    assert message.data["embeds"] == []
    assert marks_of(message.data["components"]) == {nonce(KEY)[:16]}
    await probe.press(BOB, "Check in")
    assert (core.last.command, core.last.options) == ("checkin", {})


async def test_a_framed_card_stands_under_its_first_line(probe: DiscordProbe) -> None:
    card = Card("23–29 November", (Line(("Ada 7 h 10",)), Note(("and 12 more",))), is_framed=True)
    ref = await probe.adapter.post(delivery(probe.channel, card, KEY))
    [message] = probe.server.world.of(probe.place)
    assert message.data["content"] == "**23–29 November**"
    assert [embed["description"] for embed in message.data["embeds"]] == ["Ada 7 h 10\n-# and 12 more"]
    assert await probe.adapter.find(delivery(probe.channel, card, KEY), SINCE) == [ref]
    other = replace(card, blocks=(Line(("Bo 1 h",)),))
    assert await probe.adapter.find(delivery(probe.channel, other, KEY), SINCE) == []


async def test_a_card_that_names_its_own_notice_makes_no_sound(probe: DiscordProbe) -> None:
    line = Card("", (Line(("Ada studied 2 h: chain rule.",)),), notice="Ada studied 2 h.")
    await probe.adapter.post(delivery(probe.channel, line, KEY))
    [message] = probe.server.world.of(probe.place)
    assert message.data["flags"] & SUPPRESS_NOTIFICATIONS


PAGES = [200, 302, 403, 404, 407, 502]
"""Statuses with which a proxy or a captive network answers in Discord's place."""


@pytest.mark.parametrize("status", PAGES)
async def test_a_page_in_discords_place_says_nothing_of_a_post(
    probe: DiscordProbe, server: DiscordServer, status: int
) -> None:
    server.faults.add(POST, status, is_page=True, done=True, times=9)
    with pytest.raises(PostUnsure):
        await probe.adapter.post(delivery(probe.channel, CARD, KEY))
    server.faults.add("GET /channels/", status, is_page=True, times=9)
    with pytest.raises(PostUnsure):
        await probe.adapter.find(delivery(probe.channel, CARD, KEY), SINCE)
    server.faults.add("POST /users/@me/channels", status, is_page=True, times=9)
    with pytest.raises(RetryLater):
        await probe.adapter.post(delivery(probe.direct(ADA), CARD, KEY))


async def test_json_that_is_not_discords_says_nothing_either(probe: DiscordProbe, server: DiscordServer) -> None:
    server.faults.add(POST, 403, is_foreign=True)
    with pytest.raises(PostUnsure):
        await probe.adapter.post(delivery(probe.channel, CARD, KEY))


LATER = [
    pytest.param({"how": 429, "retry_after": 400.0}, 400.0, id="rate limit"),
    pytest.param({"how": 403, "code": 50013}, None, id="refused"),
    pytest.param({"how": 401}, failures.UNAUTHORISED_WAIT_SECONDS, id="unauthorised"),
]


@pytest.mark.parametrize(("then", "after"), LATER)
async def test_what_was_unsure_once_stays_unsure_whatever_the_library_met_then(
    server: DiscordServer, core: FakeCore, then: dict[str, Any], after: float | None
) -> None:
    probe = await make_probe(server, core, timing=replace(FAST, post_within=5.0))
    server.faults.add(POST, 500, done=True)
    server.faults.add(POST, **then)
    with pytest.raises(PostUnsure) as unsure:
        await probe.adapter.post(delivery(probe.channel, CARD, KEY))
    assert unsure.value.after == after
    assert len(await probe.public()) == 1
    await probe.close()


async def test_a_post_that_was_taken_before_a_long_rate_limit_stands_there_once(
    server: DiscordServer, core: FakeCore, store: Store
) -> None:
    probe = await make_probe(server, core, timing=replace(FAST, post_within=5.0))
    clock = StillClock(datetime.now(UTC))
    post = Delivery(KEY, probe.channel, CARD, clock.now(), clock.now() + timedelta(hours=9))
    await store.write(lambda tx: outbox.enqueue(tx, post))
    server.faults.add(POST, 500, done=True)
    server.faults.add(POST, 429, retry_after=400.0)
    sender = Sender(store, clock, probe.adapter)
    await sender.send_due()
    server.world.nonces.clear()
    clock.advance(timedelta(seconds=399))
    assert await sender.send_due() == 0
    clock.advance(timedelta(seconds=221))
    assert await sender.send_due() == 1
    assert len(await probe.public()) == 1
    assert await store.read(lambda tx: [row[0] for row in tx.all("SELECT state FROM outbox")]) == ["sent"]
    await probe.close()


async def test_a_process_that_may_not_serve_discord_any_more_posts_and_edits_nothing(
    probe: DiscordProbe, core: FakeCore, server: DiscordServer
) -> None:
    ref = await probe.adapter.post(delivery(probe.channel, CARD))
    core.is_serving = False
    for to in (probe.channel, probe.direct(ADA)):
        with pytest.raises(RetryLater):
            await probe.adapter.post(delivery(to, CARD, "other"))
    with pytest.raises(RetryLater):
        await probe.adapter.edit(probe.channel, ref, Card("Closed"))
    assert [call.partition(" ")[0] for call in server.calls if "/messages" in call] == ["POST"]


async def test_the_right_to_post_is_asked_for_again_when_the_library_repeats_a_call(
    server: DiscordServer, core: FakeCore
) -> None:
    class Stopped(FakeCore):
        """The core of a process that is stopped while the library waits."""

        times = 0

        def may_post(self, platform: str) -> bool:
            self.times += 1
            return self.times == 1

    probe = await make_probe(server, Stopped(), timing=replace(FAST, post_within=5.0))
    server.faults.add(POST, 500, done=True)
    with pytest.raises(PostUnsure, match="another process"):
        await probe.adapter.post(delivery(probe.channel, CARD, KEY))
    assert sum(call.startswith("POST /channels/") for call in server.calls) == 1
    await probe.close()


async def test_mentions_ping_by_name_only_those_of_the_card(probe: DiscordProbe) -> None:
    bob, ada = probe.id_of(BOB), probe.id_of(ADA)
    card = Card("", (Line((Mention(bob, "Bob"), f": two hours left. <@{ada}>")),))
    await probe.adapter.post(delivery(probe.channel, card, KEY))
    [post] = await probe.public()
    assert post.pings == {bob}
    [message] = probe.server.world.of(probe.place)
    assert message.data["content"] == f"<@{bob}>: two hours left. \\<@{ada}\\>"


@pytest.mark.parametrize(
    ("status", "code", "meaning"),
    [
        (403, 50007, (False, True, False)),
        (403, 50278, (False, True, False)),
        (403, 50013, (False, False, True)),
        (403, 50001, (False, False, True)),
        (404, 10003, (True, False, False)),
        (400, 50035, (False, False, False)),
        (404, 0, (False, False, False)),
    ],
)
async def test_only_the_words_that_mean_it_end_a_place_or_are_waited_for(
    probe: DiscordProbe, server: DiscordServer, status: int, code: int, meaning: tuple[bool, ...]
) -> None:
    server.faults.add(POST, status, code=code)
    with pytest.raises(PostRefused) as refused:
        await probe.adapter.post(delivery(probe.channel, CARD))
    assert (refused.value.is_gone, refused.value.is_closed, refused.value.may_pass) == meaning


async def test_what_a_refusal_teaches_is_told(probe: DiscordProbe, server: DiscordServer, core: FakeCore) -> None:
    gone = ChannelAddress("discord", str(probe.home.id), "77", name="gone")
    with pytest.raises(PostRefused):
        await probe.adapter.post(delivery(gone, CARD))
    server.faults.add("POST /channels/", 403, code=50278)
    with pytest.raises(PostRefused):
        await probe.adapter.post(delivery(probe.direct(ADA), CARD))
    channel, member = core.events[-2:]
    assert isinstance(channel, ChannelGone)
    assert channel.channel.id == "77"
    assert isinstance(member, MemberGone)
    assert (member.user.id, member.where) == (probe.id_of(ADA), None)


async def test_closed_direct_messages(probe: DiscordProbe) -> None:
    probe.people[ADA].takes_messages = False
    with pytest.raises(PostRefused) as refused:
        await probe.adapter.post(delivery(probe.direct(ADA), CARD))
    assert refused.value.is_closed


async def test_a_long_rate_limit_goes_back_to_the_outbox(probe: DiscordProbe, server: DiscordServer) -> None:
    server.faults.add(POST, 429, retry_after=120.0)
    with pytest.raises(RetryLater) as later:
        await probe.adapter.post(delivery(probe.channel, CARD))
    assert later.value.after == 120.0


async def test_a_short_rate_limit_is_waited_for(probe: DiscordProbe, server: DiscordServer) -> None:
    server.faults.add(POST, 429, retry_after=0.01)
    await probe.adapter.post(delivery(probe.channel, CARD))
    assert len(await probe.public()) == 1


@pytest.mark.parametrize("where", [POST, "POST /users/@me/channels"])
async def test_a_direct_message_waits_for_no_rate_limit_in_its_call(
    probe: DiscordProbe, server: DiscordServer, where: str
) -> None:
    server.faults.add(where, 429, retry_after=0.5)
    with pytest.raises(RetryLater) as later:
        await probe.adapter.post(delivery(probe.direct(ADA), CARD))
    assert (later.value.after, later.value.is_everywhere) == (0.5, False)
    await probe.adapter.post(delivery(probe.direct(ADA), CARD))


async def test_direct_messages_that_were_opened_too_fast_come_later(probe: DiscordProbe, server: DiscordServer) -> None:
    server.faults.add("POST /users/@me/channels", 400, code=40003)
    with pytest.raises(RetryLater) as later:
        await probe.adapter.post(delivery(probe.direct(ADA), CARD))
    assert later.value.after == 60.0


async def test_a_rate_limit_of_the_network_before_discord(probe: DiscordProbe, server: DiscordServer) -> None:
    server.faults.add(POST, 429, retry_after=7.0, has_via=False)
    with pytest.raises(RetryLater) as later:
        await probe.adapter.post(delivery(probe.channel, CARD))
    assert later.value.after == 7.0


@pytest.mark.parametrize("how", [503, "reset", "hang", 500])
@pytest.mark.parametrize("done", [True, False])
async def test_an_unsure_post_is_looked_for_and_stands_there_once(
    probe: DiscordProbe, server: DiscordServer, how: int | str, done: bool
) -> None:
    server.faults.add(POST, how, done=done)
    with pytest.raises(PostUnsure):
        await probe.adapter.post(delivery(probe.channel, CARD, KEY))
    found = await probe.adapter.find(delivery(probe.channel, CARD, KEY), SINCE)
    assert bool(found) is done
    if not found:
        await probe.adapter.post(delivery(probe.channel, CARD, KEY))
    assert len(await probe.public()) == 1


async def test_a_message_that_could_not_be_opened_was_not_posted(probe: DiscordProbe, server: DiscordServer) -> None:
    server.faults.add("POST /users/@me/channels", "reset")
    with pytest.raises(RetryLater):
        await probe.adapter.post(delivery(probe.direct(ADA), CARD))


async def test_an_edit_may_be_repeated(probe: DiscordProbe, server: DiscordServer) -> None:
    ref = await probe.adapter.post(delivery(probe.channel, CARD))
    server.faults.add("PATCH /channels/", "reset", done=True)
    with pytest.raises(RetryLater):
        await probe.adapter.edit(probe.channel, ref, Card("Closed"))
    await probe.adapter.edit(probe.channel, ref, Card("Closed"))
    [post] = await probe.public()
    assert "Closed" in post.text
    assert post.buttons == ()


async def test_a_token_that_is_no_longer_known_waits_long_everywhere(
    probe: DiscordProbe, server: DiscordServer
) -> None:
    server.faults.add(POST, 401)
    with pytest.raises(RetryLater) as later:
        await probe.adapter.post(delivery(probe.channel, CARD))
    assert later.value.after is not None
    assert later.value.after >= 60
    assert later.value.is_everywhere


@pytest.mark.parametrize("to", [ChannelAddress("discord", "", "general"), UserAddress("discord", "", "ada")])
async def test_an_address_of_another_kind_is_refused(probe: DiscordProbe, to: Address) -> None:
    with pytest.raises(PostRefused):
        await probe.adapter.post(delivery(to, CARD))


async def test_nothing_is_posted_without_a_connection(probe: DiscordProbe) -> None:
    await probe.running.stop()
    with pytest.raises(RetryLater):
        await probe.adapter.post(delivery(probe.channel, CARD))
    with pytest.raises(RetryLater):
        await probe.adapter.edit(probe.channel, MessageRef("1", "2"), CARD)


@pytest.mark.parametrize("is_framed", [True, False])
async def test_where_pictures_and_frames_may_not_be_posted_the_words_are(
    server: DiscordServer, core: FakeCore, is_framed: bool
) -> None:
    async def draw(_chart: Chart) -> bytes:
        return b"\x89PNG"

    probe = await make_probe(server, core, pictures=draw)
    picture = Picture(WeekBars("Week", (60,) * 7, 600), "an hour a day")
    card = replace(CARD, blocks=(*CARD.blocks, picture), is_framed=is_framed)
    for number in range(2):
        server.faults.add(POST, 403, code=50013)
        ref = await probe.adapter.post(delivery(probe.channel, card, f"results/{number}"))
        message = server.world.messages[int(ref.id)]
        assert (message.data["embeds"], message.files) == ([], {})
        assert message.data["content"] == "**Results**\nAda kept the week.\n-# an hour a day"
        assert await probe.adapter.find(delivery(probe.channel, card, f"results/{number}"), SINCE) == [ref]
        server.faults.add("PATCH /channels/", 403, code=50013)
        await probe.adapter.edit(probe.channel, ref, card)
        assert message.files == {}
    server.faults.add(POST, 403, code=50013, times=2)
    with pytest.raises(PostRefused):
        await probe.adapter.post(delivery(probe.channel, card, "results/9"))
    await probe.close()


async def test_charts_are_drawn_and_described(server: DiscordServer, core: FakeCore) -> None:
    charts: list[Chart] = []

    async def draw(chart: Chart) -> bytes:
        charts.append(chart)
        if isinstance(chart, WeekBars) and not chart.goal:
            raise ValueError("no goal")
        return b"\x89PNG"

    probe = await make_probe(server, core, pictures=draw)
    picture = Picture(WeekBars("Week", (60,) * 7, 600), "an hour a day")
    ref = await probe.adapter.post(delivery(probe.channel, Card("Week", (picture,))))
    message = server.world.messages[int(ref.id)]
    assert message.files == {"picture-1.png": b"\x89PNG"}
    assert message.data["attachments"][0]["description"] == "an hour a day"
    broken = Picture(WeekBars("Week", (60,) * 7, 0), "seven hours")
    ref = await probe.adapter.post(delivery(probe.channel, Card("Week", (broken,)), "another"))
    message = server.world.messages[int(ref.id)]
    assert "seven hours" in shown(message.data).text
    assert message.files == {}
    await probe.adapter.edit(probe.channel, ref, Card("Week", (picture,)))
    assert message.files == {"picture-1.png": b"\x89PNG"}
    await probe.close()
