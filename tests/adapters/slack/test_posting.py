"""Posts: once, paced, found again, and every failure told as what it means."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from adapters.slack.limits import Timing
from bot.chat.card import Card, Line
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
from bot.chat.events import MemberGone
from bot.chat.request import Server, User
from bot.clock import StillClock
from bot.delivery.sender import Sender
from bot.store import outbox
from bot.store.database import Store
from tests.adapters.fake_core import NOW, FakeCore
from tests.adapters.slack.conftest import ADA, BOB, CHANNEL, TEAM, TIMING, Site, serving
from tests.servers.slack import faults
from tests.servers.slack.api import Fault

TO = ChannelAddress("slack", TEAM, CHANNEL)
CARD = Card("Results", (Line(("Ada kept the week.",)),))


def delivery(to: Address = TO, key: str = "results/7/2026-W01", card: Card = CARD) -> Delivery:
    return Delivery(key, to, card, NOW, NOW + timedelta(hours=12))


GONE = "account_inactive channel_not_found is_archived token_revoked".split()
MAY_PASS = "missing_scope not_in_channel restricted_action".split()
CLOSED = "cannot_dm_bot messages_tab_disabled user_disabled".split()
PAGES = [200, 302, 403, 404, 407, 500, 503]
"""Statuses with which a proxy or a captive network answers in Slack's place."""


@pytest.mark.parametrize("code", GONE)
async def test_what_is_gone_is_left_alone(site: Site, code: str) -> None:
    site.slack.api.faults["chat.postMessage"].append(faults.error(code))
    with pytest.raises(PostRefused) as caught:
        await site.adapter.post(delivery())
    assert caught.value.is_gone
    assert not caught.value.is_closed


@pytest.mark.parametrize("code", [*MAY_PASS, *CLOSED, "msg_too_long"])
async def test_only_the_words_that_mean_it_close_a_persons_messages_or_are_waited_for(site: Site, code: str) -> None:
    site.slack.api.faults["chat.postMessage"].append(faults.error(code))
    with pytest.raises(PostRefused) as caught:
        await site.adapter.post(delivery(UserAddress("slack", TEAM, ADA)))
    assert (caught.value.is_closed, caught.value.may_pass) == (code in CLOSED, code in MAY_PASS)


@pytest.mark.parametrize("status", PAGES)
async def test_a_page_in_slacks_place_says_nothing_of_a_post(site: Site, status: int) -> None:
    site.slack.api.faults["chat.postMessage"].append(faults.status(status))
    with pytest.raises(PostUnsure):
        await site.adapter.post(delivery())
    site.slack.api.faults["conversations.history"].append(faults.status(status))
    with pytest.raises(PostUnsure):
        await site.adapter.find(delivery(), NOW)
    site.slack.api.faults["conversations.open"].append(faults.status(status))
    with pytest.raises(RetryLater):
        await site.adapter.post(delivery(UserAddress("slack", TEAM, ADA)))
    assert len(site.slack.api.called("chat.postMessage")) == 1


async def test_an_answer_that_names_no_message_is_none(site: Site) -> None:
    site.slack.api.faults["chat.postMessage"].append(faults.fine())
    with pytest.raises(PostUnsure):
        await site.adapter.post(delivery())


async def test_a_process_that_may_not_serve_slack_any_more_posts_and_edits_nothing(site: Site, core: FakeCore) -> None:
    ref = await site.adapter.post(delivery())
    core.is_serving = False
    for to in (TO, UserAddress("slack", TEAM, ADA)):
        with pytest.raises(RetryLater):
            await site.adapter.post(delivery(to, "other"))
    with pytest.raises(RetryLater):
        await site.adapter.edit(TO, ref, Card("Closed"))
    assert len(site.slack.world.messages) == 1
    assert not site.slack.api.called("chat.update")


@pytest.mark.parametrize("code", ["restricted_action", "msg_too_long"])
async def test_what_slack_does_not_take_is_refused(site: Site, code: str) -> None:
    site.slack.api.faults["chat.postMessage"].append(faults.error(code))
    with pytest.raises(PostRefused) as caught:
        await site.adapter.post(delivery())
    assert not caught.value.is_gone


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (faults.error("invalid_auth"), RetryLater),
        (faults.error("service_unavailable"), RetryLater),
        (faults.error("internal_error"), PostUnsure),
        (faults.error("request_timeout"), PostUnsure),
        (faults.status(500), PostUnsure),
        (faults.status(502), PostUnsure),
        (faults.status(503, "not json {"), PostUnsure),
        (faults.reset(), PostUnsure),
    ],
)
async def test_what_may_go_away_is_tried_again(site: Site, fault: Fault, kind: type[Exception]) -> None:
    site.slack.api.faults["chat.postMessage"].append(fault)
    with pytest.raises(kind):
        await site.adapter.post(delivery())
    assert len(site.slack.api.called("chat.postMessage")) == 1
    await site.adapter.post(delivery())


async def test_no_server_at_all_means_not_posted(core: FakeCore) -> None:
    async with serving(core) as site:
        await site.slack.stop()
        with pytest.raises(RetryLater):
            await site.adapter.post(delivery())


async def test_a_limit_is_kept_and_other_posts_wait_for_it(site: Site) -> None:
    site.slack.api.faults["chat.postMessage"].append(faults.ratelimited("7"))
    with pytest.raises(RetryLater) as caught:
        await site.adapter.post(delivery())
    assert caught.value.after == 7
    with pytest.raises(RetryLater) as caught:
        await site.adapter.post(delivery(ChannelAddress("slack", TEAM, "C2")))
    assert caught.value.after is not None
    assert 6 < caught.value.after <= 7
    assert len(site.slack.api.called("chat.postMessage")) == 1


async def test_a_limit_without_seconds_is_for_the_sender_to_judge(site: Site) -> None:
    site.slack.api.faults["chat.postMessage"].append(faults.ratelimited("soon"))
    with pytest.raises(RetryLater) as caught:
        await site.adapter.post(delivery())
    assert caught.value.after is None


async def test_posts_to_one_channel_are_a_second_apart(core: FakeCore, store: Store, clock: StillClock) -> None:
    paced = replace(TIMING, post_interval=Timing().post_interval)
    async with serving(core, timing=paced) as site:
        for to, key in ((TO, "a"), (TO, "b"), (ChannelAddress("slack", TEAM, "C2"), "c")):
            await enqueue(store, clock, delivery(to, key))
        sender = Sender(store, clock, site.adapter)
        assert await sender.send_due() == 2
        clock.advance(timedelta(seconds=0.9))
        assert await sender.send_due() == 0
        clock.advance(timedelta(seconds=0.1))
        assert await sender.send_due() == 1


async def test_the_sender_rests_for_as_long_as_slack_asks(site: Site, store: Store, clock: StillClock) -> None:
    site.slack.api.faults["chat.postMessage"].append(faults.ratelimited("7"))
    await enqueue(store, clock, delivery())
    sender = Sender(store, clock, site.adapter)
    await sender.send_due()
    next_at = await sender.next_at()
    assert next_at is not None
    assert next_at - clock.now() >= timedelta(seconds=7)


async def test_pages_in_slacks_place_cost_no_post_and_close_nobodys_messages(
    site: Site, store: Store, clock: StillClock
) -> None:
    direct = UserAddress("slack", TEAM, ADA)
    site.slack.api.faults["chat.postMessage"].extend(faults.status(200) for _ in range(4))
    await enqueue(store, clock, delivery())
    await enqueue(store, clock, delivery(direct, "lastcall/0/1/2026-01-05"))
    sender = Sender(store, clock, site.adapter)
    for _ in range(10):
        await sender.send_due()
        clock.advance(timedelta(minutes=2))
    rows = await store.read(
        lambda tx: [tuple(row) for row in tx.all("SELECT state, attempts FROM outbox ORDER BY key")]
    )
    assert rows == [("sent", 3), ("sent", 3)]
    assert len(site.slack.world.public(CHANNEL)) == len(site.slack.world.seen_by(ADA)) == 1


async def enqueue(store: Store, clock: StillClock, post: Delivery) -> None:
    now = clock.now()
    post = msgspec.structs.replace(post, due_at=now, expires_at=now + timedelta(hours=1))
    await store.write(lambda tx: outbox.enqueue(tx, post))


async def test_a_crash_between_post_and_mark_is_recognised(site: Site) -> None:
    ref = await site.adapter.post(delivery())
    for number in range(150):
        await site.adapter.post(delivery(key=f"line/1/{number}"))
    assert await site.adapter.find(delivery(), NOW) == [ref]
    assert await site.adapter.find(delivery(key="results/7/2026-W02"), NOW) == []
    direct = UserAddress("slack", TEAM, ADA)
    ref = await site.adapter.post(delivery(direct, "nudge/1"))
    assert await site.adapter.find(delivery(direct, "nudge/1"), NOW) == [ref]


async def test_without_the_scope_nobody_can_look(site: Site) -> None:
    await site.adapter.post(delivery())
    site.slack.world.workspaces[TEAM].scopes = "chat:write"
    with pytest.raises(PostRefused, match="missing_scope"):
        await site.adapter.find(delivery(), NOW)


async def test_a_post_is_found_at_its_time_however_much_was_said_since(site: Site) -> None:
    sent_at = datetime.fromtimestamp(float(site.slack.world.ts()), UTC)
    ref = await site.adapter.post(delivery())
    chatter(site, 700, timedelta(minutes=40) / 700)
    assert await site.adapter.find(delivery(), sent_at) == [ref]
    assert await site.adapter.find(delivery(key="other"), sent_at) == []


async def test_where_too_much_was_said_at_its_time_nobody_knows(site: Site) -> None:
    sent_at = datetime.fromtimestamp(float(site.slack.world.ts()), UTC)
    chatter(site, 1700, timedelta(milliseconds=100))
    with pytest.raises(PostUnsure, match="too much"):
        await site.adapter.find(delivery(), sent_at)


def chatter(site: Site, number: int, pace: timedelta) -> None:
    """Let people say so much in the channel, at that pace from now on."""
    world, began = site.slack.world, float(site.slack.world.ts())
    times = (f"{began + n * pace.total_seconds():.6f}" for n in range(number))
    world.ts = lambda: next(times)  # type: ignore[method-assign]
    for n in range(number):
        world.add_message(world.workspaces[TEAM], CHANNEL, {"text": f"chatter {n}"})


async def test_looking_in_vain_for_want_of_an_answer_is_not_nothing(site: Site) -> None:
    site.slack.api.faults["conversations.history"].append(faults.ratelimited("30"))
    with pytest.raises(RetryLater):
        await site.adapter.find(delivery(), NOW)
    await site.adapter.post(delivery())


async def test_edits_of_what_is_gone_are_refused(site: Site) -> None:
    with pytest.raises(PostRefused):
        await site.adapter.edit(TO, MessageRef(CHANNEL, "1.1"), CARD)


async def test_direct_channels_are_opened_once(site: Site) -> None:
    for key in ("a", "b"):
        await site.adapter.post(delivery(UserAddress("slack", TEAM, ADA), key))
    assert len(site.slack.api.called("conversations.open")) == 1
    with pytest.raises(PostRefused) as caught:
        await site.adapter.post(delivery(UserAddress("slack", TEAM, "UGONE")))
    assert caught.value.is_closed


async def test_a_post_to_a_workspace_that_has_left_is_refused(site: Site) -> None:
    with pytest.raises(PostRefused) as caught:
        await site.adapter.post(delivery(ChannelAddress("slack", "T9", CHANNEL)))
    assert caught.value.is_gone
    with pytest.raises(PostRefused):
        await site.adapter.post(delivery(ChannelAddress("slack", TEAM, "")))


async def test_a_post_has_its_key_and_unfurls_nothing(site: Site) -> None:
    await site.adapter.post(delivery())
    [call] = site.slack.api.called("chat.postMessage")
    assert call.args["metadata"] == {"event_type": "tenhours_post", "event_payload": {"key": "results/7/2026-W01"}}
    assert call.args["unfurl_links"] is False
    assert call.args["text"] == "Results"


async def test_posts_while_slack_is_slow_are_unsure(core: FakeCore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.slack.limits.CALL_TIMEOUT_SECONDS", 0.05)
    gate = asyncio.Event()
    async with serving(core) as site:
        site.slack.api.faults["chat.postMessage"].append(faults.slow(gate))
        with pytest.raises(PostUnsure):
            await site.adapter.post(delivery())
        gate.set()


async def test_nobody_else_sees_a_direct_message(site: Site) -> None:
    await site.adapter.post(delivery(UserAddress("slack", TEAM, ADA)))
    assert site.slack.world.seen_by(BOB) == []


@pytest.mark.parametrize("method", ["conversations.open", "chat.postMessage"])
@pytest.mark.parametrize("code", ["user_not_found", "users_not_found", "user_disabled"])
async def test_who_is_in_the_workspace_no_more_leaves_its_groups(
    site: Site, core: FakeCore, method: str, code: str
) -> None:
    site.slack.api.faults[method].append(faults.error(code))
    with pytest.raises(PostRefused):
        await site.adapter.post(delivery(UserAddress("slack", TEAM, BOB, name="Bob")))
    assert core.events == [MemberGone(User("slack", TEAM, BOB, "Bob"), Server("slack", TEAM))]


async def test_closed_direct_messages_are_no_sign_that_somebody_left(site: Site, core: FakeCore) -> None:
    site.slack.api.faults["conversations.open"].append(faults.error("cannot_dm_bot"))
    with pytest.raises(PostRefused):
        await site.adapter.post(delivery(UserAddress("slack", TEAM, BOB)))
    assert core.events == []
