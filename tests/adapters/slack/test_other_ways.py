"""When the usual way is closed: answers that come another way, and forms that stay open or come again."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from adapters.slack.client import WebApi
from bot.chat.card import Actions, Button, Card, Line
from bot.chat.delivery import PostRefused
from bot.chat.form import Field, Form
from bot.chat.request import Ask, Audience, Reply
from tests.adapters.fake_core import FakeCore
from tests.adapters.slack.conftest import ADA, CHANNEL, TEAM, TIMING, Site, serving
from tests.servers.slack import faults
from tests.servers.slack.reading import read

FORM = Form("checkin", "Check in", (Field("time", "Time", is_required=True), Field("area", "Area")))
HASTY = replace(TIMING, answer_timeout=0.1, profile_timeout=0.05)
YOURS = Reply(Card("Yours", (Line(("secret",)),)))


async def test_a_form_that_slack_gives_no_time_for_is_a_button(site: Site, core: FakeCore) -> None:
    ada = site.member()
    core.answers = [Ask(FORM), Ask(FORM)]
    site.slack.api.expired_triggers = True
    await ada.slash("/checkin")
    await site.settle()
    assert ada.view is None
    site.slack.api.expired_triggers = False
    await ada.press("Open the form")
    assert ada.view is not None


async def test_where_the_url_is_dead_the_answer_comes_by_the_channel(site: Site, core: FakeCore) -> None:
    ada = site.member()
    core.answers = [Reply(Card("", (Actions((Button("Go", "progress"),)),))), YOURS]
    await ada.slash("/progress")
    message = site.slack.world.seen_by(ADA)[-1]
    button = read(message.blocks).buttons[0]
    pressing = asyncio.create_task(ada.press_on(message, button))
    await asyncio.sleep(0)
    for hook in site.slack.hooks.values():
        hook.is_dead = True
    await pressing
    await site.settle()
    assert len(site.slack.api.called("chat.postEphemeral")) == 1
    assert "secret" in ada.texts()[-1]


async def test_a_form_that_was_open_for_half_an_hour_is_answered_another_way_at_once(
    site: Site, core: FakeCore
) -> None:
    ada = site.member()
    core.answers = [Ask(FORM), YOURS]
    await ada.slash("/checkin")
    hooks = list(site.slack.hooks.values())
    core.instant += timedelta(minutes=30)
    await ada.fill(time="1h")
    await site.settle()
    assert sum(hook.uses for hook in hooks) == 0
    assert "secret" in ada.texts()[-1]
    assert len(site.slack.api.called("chat.postEphemeral")) == 1


async def test_an_address_for_five_answers_is_not_called_a_sixth_time(site: Site) -> None:
    url = site.slack.hook(TEAM, CHANNEL, ADA)
    [hook] = site.slack.hooks.values()
    api = WebApi(site.slack.api.url)
    for _ in range(5):
        await api.respond(url, {"text": "Hello"})
    with pytest.raises(PostRefused, match="expired_url"):
        await api.respond(url, {"text": "Hello"})
    assert hook.uses == 5
    await api.close()


@pytest.mark.parametrize("how", ["500", "reset"])
async def test_what_others_see_is_never_there_twice(site: Site, core: FakeCore, how: str) -> None:
    ada = site.member()
    core.answers = [
        Reply(Card("", (Actions((Button("Post it here", "leaderboard"),)),))),
        Reply(Card("Board", (Line(("1. Ada",)),)), Audience.PUBLIC),
    ]
    await ada.slash("/leaderboard")
    message = site.slack.world.seen_by(ADA)[-1]
    pressing = asyncio.create_task(ada.press_on(message, read(message.blocks).buttons[0]))
    await asyncio.sleep(0)
    for hook in site.slack.hooks.values():
        hook.loses = how
    await pressing
    await site.settle()
    public = [message for message in site.slack.world.messages if message.to is None]
    assert [read(message.blocks).text.count("1. Ada") for message in public] == [1]
    assert "didn't confirm that everyone sees this" in ada.texts()[-1]


async def test_where_the_app_is_not_in_the_channel_it_comes_directly(site: Site, core: FakeCore) -> None:
    site.slack.world.workspaces["T1"].add_channel("C3", ADA, bot=False)
    ada = site.member(channel="C3")
    core.answers = [Ask(FORM), YOURS]
    await ada.slash("/checkin")
    for hook in site.slack.hooks.values():
        hook.is_dead = True
    await ada.fill(time="1h")
    await site.settle()
    assert "secret" in ada.texts()[-1]
    assert site.slack.world.messages[-1].channel == f"D{ADA}"


async def test_an_answer_that_cannot_be_shown_anywhere_is_only_logged(site: Site, core: FakeCore) -> None:
    ada = site.member(channel="C404")
    core.answers = [Ask(FORM), YOURS]
    await ada.slash("/checkin")
    for hook in site.slack.hooks.values():
        hook.is_dead = True
    site.slack.api.faults["conversations.open"].append(faults.error("user_disabled"))
    await ada.fill(time="1h")
    await site.settle()
    assert site.slack.world.messages == []


async def test_wrong_input_that_belongs_to_no_field_stays_in_the_form(site: Site, core: FakeCore) -> None:
    ada = site.member()
    core.answers = [Ask(FORM), Reply(Card("", (Line(("That day is full.",)),)), is_wrong=True)]
    await ada.slash("/checkin")
    await ada.fill(time="1h")
    assert ada.errors == {"time": "That day is full."}


async def test_a_form_can_lead_to_another(site: Site, core: FakeCore) -> None:
    ada = site.member()
    other = Form("focus start", "Next", (Field("title", "Title", value="SVD"),), {"done": "yes"})
    core.answers = [Ask(FORM), Ask(other), YOURS]
    await ada.slash("/checkin")
    await ada.fill(time="1h")
    assert ada.view is not None
    assert ada.view["title"]["text"] == "Next"
    await ada.fill()
    await site.settle()
    assert core.last.command == "focus start"
    assert core.last.options == {"title": "SVD", "done": "yes"}


async def test_a_form_that_another_leads_to_too_late_is_a_button(core: FakeCore) -> None:
    draft, gate = core.draft, asyncio.Event()

    async def slow(*arguments: Any) -> str:
        await gate.wait()
        return await draft(*arguments)

    core.draft = slow  # type: ignore[assignment, method-assign]
    async with serving(core, timing=HASTY) as site:
        ada = site.member()
        core.answers = [Ask(FORM), Ask(Form("focus start", "Next", (Field("title", "Title"),), {"done": "x" * 4000}))]
        await ada.slash("/checkin")
        assert await ada.fill(time="1h") == {}
        gate.set()
        await site.settle()
        assert "Open the form" in str(site.slack.world.messages[-1].blocks)


async def test_a_form_whose_opening_breaks_off_is_a_button(site: Site, core: FakeCore) -> None:
    ada = site.member()
    core.answers = [Ask(FORM)]
    site.slack.api.faults["views.open"].append(faults.reset())
    await ada.slash("/checkin")
    await site.settle()
    assert "Open the form" in ada.texts()[-1]


async def test_a_card_that_finds_no_window_comes_directly(site: Site, core: FakeCore) -> None:
    ada = site.member(channel="none")
    core.otherwise = YOURS
    await ada.open_home()
    await site.settle()
    site.slack.api.faults["views.open"].append(faults.error("internal_error"))
    core.otherwise = Reply(Card("", (Line(("secret",)),)))
    home = site.slack.world.homes[ADA]
    button = {"action_id": "press:0", "value": "progress", "text": {"type": "plain_text", "text": "Progress"}}
    home["blocks"].append({"type": "actions", "elements": [button]})
    await ada.press("Progress")
    await site.settle()
    assert "secret" in ada.texts()[-1]
    await ada.press("Progress")
    assert ada.view is not None
    assert "secret" in read(ada.view["blocks"]).text


async def test_a_url_that_leads_nowhere_is_not_the_end(site: Site, core: FakeCore) -> None:
    ada = site.member()
    core.answers = [Ask(FORM), YOURS]
    await ada.slash("/checkin")
    assert ada.view is not None
    ada.view["private_metadata"] = ada.view["private_metadata"].replace(site.slack.root, "http://127.0.0.1:9")
    await ada.fill(time="1h")
    await site.settle()
    assert "secret" in ada.texts()[-1]


async def test_what_a_form_carries_along_and_slack_has_no_room_for_is_kept_by_the_core(
    site: Site, core: FakeCore
) -> None:
    carried = {"words": "é" * 3000}
    core.answers = [Ask(Form("checkin", "Check in", FORM.fields, carried)), YOURS]
    ada = site.member()
    await ada.slash("/checkin")
    await ada.fill(time="1h")
    assert core.last.command == "checkin"
    assert core.last.options == {**carried, "time": "1h", "area": ""}
