"""Redelivery, refreshes, drops, late answers: what Slack and the network do to those who talk."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.chat.card import Card, Line, LinkButton, Links
from bot.chat.delivery import ChannelAddress
from bot.chat.form import Field, Form
from bot.chat.request import Answer, Ask, Audience, Reply, Request, Via
from bot.dispatch.dispatcher import Dispatcher
from bot.errors import Misconfigured
from bot.store.database import Store
from tests.adapters.cards import delivery
from tests.adapters.fake_core import FakeCore
from tests.adapters.slack.conftest import ADA, CHANNEL, HTTP, SOCKET, TEAM, TIMING, Site, serving
from tests.servers.slack import faults
from tests.servers.slack.server import PATIENCE
from tests.waiting import eventually

FORM = Form("checkin", "Check in", (Field("time", "Time", is_required=True), Field("area", "Area")))
YOURS = Reply(Card("Yours", (Line(("secret",)),)))


class SlowCore(FakeCore):
    """A core that answers when the gate opens."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = asyncio.Event()

    async def handle(self, request: Request) -> Answer:
        await self.gate.wait()
        return await super().handle(request)


@pytest.fixture
def slow_core() -> SlowCore:
    return SlowCore()


@pytest.fixture
async def slow(slow_core: SlowCore) -> AsyncIterator[Site]:
    async with serving(slow_core, timing=replace(TIMING, answer_timeout=0.25)) as site:
        yield site
        assert site.slack.world.broken == []


async def count(store: Store) -> int:
    [row] = await store.read(lambda tx: tx.all("SELECT count(*) FROM checkins"))
    return int(row[0])


@pytest.mark.parametrize("settings", [SOCKET, HTTP])
async def test_a_redelivered_command_counts_once(real_core: Dispatcher, store: Store, settings: object) -> None:
    async with serving(real_core, settings) as site:  # type: ignore[arg-type]
        ada = site.member()
        first = await ada.slash("/checkin 2h")
        assert await ada.again() == first
        assert await count(store) == 1
        await ada.slash("/checkin 3h")
        assert await count(store) == 2


async def test_a_redelivered_press_and_form_count_once(real: Site, store: Store) -> None:
    ada = real.member()
    await ada.slash("/checkin 20")
    await ada.press("20 min")
    await ada.again()
    await real.settle()
    assert await count(store) == 1
    await ada.slash("/checkin")
    await ada.fill(time="1h")
    await ada.again()
    await real.settle()
    assert await count(store) == 2


async def test_a_form_that_is_sent_twice_counts_once_even_under_a_new_trigger(real: Site, store: Store) -> None:
    ada = real.member()
    await ada.slash("/checkin")
    view = ada.view
    assert view is not None
    await ada.fill(time="1h")
    await ada.submit(view)
    await real.settle()
    assert await count(store) == 1


async def test_a_redelivered_command_opens_its_form_once(site: Site, core: FakeCore) -> None:
    core.otherwise = Ask(FORM)
    ada = site.member()
    await ada.slash("/checkin")
    await ada.again()
    await site.settle()
    assert len(site.slack.api.called("views.open")) == 2
    assert ada.texts() == []


async def test_redelivery_after_a_refresh_reaches_the_new_connection(real: Site, store: Store) -> None:
    ada = real.member()
    await ada.slash("/checkin 2h")
    await real.slack.refresh()
    assert await ada.again() is not None
    assert await count(store) == 1
    assert real.slack.connections == 2


async def test_it_connects_again_within_five_seconds_after_a_drop(site: Site) -> None:
    async with asyncio.timeout(60):
        await site.slack.drop()
    assert await site.member().slash("/progress") is not None
    await eventually(lambda: site.adapter.health().is_ready)
    assert site.slack.connections == 2


async def test_an_app_token_that_is_revoked_while_it_runs_ends_it_with_a_sentence(core: FakeCore) -> None:
    async with serving(core) as site:
        site.slack.api.faults["apps.connections.open"].extend([faults.error("invalid_auth")] * 50)
        site.slack.cut(site.slack.sockets[-1])
        with pytest.raises(Misconfigured, match="app_token"):
            await asyncio.wait_for(site.ended(), PATIENCE)


async def test_health_says_when_there_is_no_connection(site: Site) -> None:
    assert site.adapter.health().age is not None
    site.slack.api.faults["apps.connections.open"].extend([faults.error("internal_error")] * 50)
    site.slack.cut(site.slack.sockets[-1])
    await eventually(lambda: not site.adapter.health().is_ready, PATIENCE)
    assert site.adapter.health().age is None


async def test_a_late_command_still_counts_and_answers_by_its_url(slow: Site, slow_core: SlowCore) -> None:
    ada = slow.member()
    slow_core.otherwise = YOURS
    assert await ada.slash("/checkin 2h") == {}
    assert ada.texts() == []
    slow_core.gate.set()
    await slow.settle()
    assert ["secret" in text for text in ada.texts()] == [True]
    assert len(slow_core.requests) == 1


async def test_a_late_public_answer_is_public(slow: Site, slow_core: SlowCore) -> None:
    slow_core.otherwise = Reply(Card("Board"), Audience.PUBLIC)
    await slow.member().slash("/leaderboard")
    slow_core.gate.set()
    await slow.settle()
    assert len(slow.slack.world.public(CHANNEL)) == 1


async def test_a_late_form_with_an_error_can_be_tried_again(slow: Site, slow_core: SlowCore) -> None:
    ada = slow.member()
    slow_core.gate.set()
    slow_core.answers = [Ask(FORM)]
    await ada.slash("/checkin")
    slow_core.gate.clear()
    wrong = Form(FORM.command, FORM.title, (Field("time", "Time", value="10x", error=("I read “10x” as no time.",)),))
    slow_core.answers = [Ask(wrong), Ask(FORM)]
    assert await ada.fill(time="10x") == {}
    slow_core.gate.set()
    await slow.settle()
    assert "10x" in ada.texts()[-1]
    await ada.press("Try again")
    assert slow_core.last.command == "checkin"
    assert slow_core.last.options["time"] == "10x"
    assert slow_core.last.via is Via.BUTTON
    assert ada.view is not None


async def test_requests_of_one_trigger_differ_by_what_was_asked(site: Site, core: FakeCore) -> None:
    ada = site.member()
    await ada.slash("/checkin 1h")
    kind, payload, envelope = ada.sent[-1]
    await site.way.send(kind, {**payload, "text": "2h"}, envelope + "b")
    await site.way.send(kind, payload, envelope + "c")
    ids = [request.id for request in core.requests]
    assert ids[0] == ids[2] != ids[1]


async def test_a_broken_core_is_still_acknowledged(site: Site, core: FakeCore) -> None:
    async def broken(request: Request) -> Answer:
        raise RuntimeError("boom")

    core.handle = broken  # type: ignore[method-assign]
    assert await site.member().slash("/progress") == {}


async def test_a_link_that_was_opened_asks_nothing_of_the_bot(real: Site) -> None:
    link = Card("", (Links((LinkButton("Open", "https://example.org"),)),))
    await real.adapter.post(delivery(ChannelAddress("slack", TEAM, CHANNEL), link))
    shown = len(real.slack.world.messages)
    assert await real.member().press("Open") == {}
    await real.settle()
    assert len(real.slack.world.messages) == shown, real.slack.world.messages[-1].text
    assert real.slack.world.views[ADA] == []


async def test_what_nobody_listens_to_is_acknowledged(site: Site) -> None:
    assert await site.member().event({"type": "reaction_added", "user": ADA}) == {}
    payload = {"type": "block_actions", "team": {"id": "T1"}, "user": {"id": ADA}, "actions": [{"action_id": "x"}]}
    assert await site.way.send("interactive", payload) == {}
