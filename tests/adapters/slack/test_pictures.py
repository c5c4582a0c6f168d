"""Charts as pictures: uploaded, shown once Slack has taken them in, and never in an answer's way."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.chat.card import Actions, Button, Card, Line, Picture
from bot.chat.chart import Chart, WeekBars
from bot.chat.delivery import ChannelAddress
from bot.chat.request import Reply
from tests.adapters.cards import delivery
from tests.adapters.fake_core import FakeCore
from tests.adapters.slack.conftest import ADA, CHANNEL, TEAM, Site, serving
from tests.servers.slack import faults
from tests.servers.slack.people import Member

TO = ChannelAddress("slack", TEAM, CHANNEL)
WEEK = WeekBars("This week", (60, 0, 120, 0, 0, 30, 0), 600)
WORDS = "3 h 30 on three days"
SHOWN = Card("Week", (Picture(WEEK, WORDS),))


async def draw(chart: Chart) -> bytes:
    assert chart == WEEK
    return b"PNG"


@pytest.fixture
async def drawing(core: FakeCore) -> AsyncIterator[Site]:
    async with serving(core, pictures=draw) as site:
        yield site
        assert site.slack.world.broken == []


async def test_pictures_are_uploaded_once_with_their_words(drawing: Site) -> None:
    await drawing.adapter.post(delivery(TO, SHOWN))
    await drawing.adapter.post(delivery(TO, SHOWN, "b"))
    [call] = drawing.slack.api.called("files.getUploadURLExternal")
    assert call.args["alt_txt"] == "3 h 30 on three days"
    assert list(drawing.slack.world.files.values()) == [b"PNG"]
    for message in drawing.slack.world.public(CHANNEL):
        assert message.blocks[1]["alt_text"] == "3 h 30 on three days"


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
async def test_a_picture_that_fails_is_left_out(drawing: Site, method: str) -> None:
    drawing.slack.api.faults[method].append(faults.error("missing_scope"))
    await drawing.adapter.post(delivery(TO, SHOWN))
    [message] = drawing.slack.world.public(CHANNEL)
    assert message.blocks[1]["type"] == "context"


async def test_a_picture_that_slack_has_not_taken_in_yet_is_left_out(drawing: Site) -> None:
    await drawing.adapter.post(delivery(TO, SHOWN))
    drawing.slack.world.files.clear()
    await drawing.adapter.post(delivery(TO, SHOWN, "b"))
    assert drawing.slack.world.messages[-1].blocks[1]["type"] == "context"


async def test_an_answer_with_a_picture_comes_by_its_url(drawing: Site, core: FakeCore) -> None:
    core.otherwise = Reply(SHOWN)
    ada = drawing.member()
    assert await ada.slash("/progress") == {}
    await drawing.settle()
    [message] = drawing.slack.world.seen_by(ADA)
    assert message.blocks[1]["type"] == "image"
    drawing.slack.world.files.clear()
    await ada.slash("/progress")
    await drawing.settle()
    assert drawing.slack.world.seen_by(ADA)[-1].blocks[1]["type"] == "context"


async def test_slack_is_given_time_to_take_a_picture_in(drawing: Site) -> None:
    drawing.slack.world.slow_files = 2
    await drawing.adapter.post(delivery(TO, SHOWN))
    assert len(drawing.slack.api.called("chat.postMessage")) == 3
    [message] = drawing.slack.world.public(CHANNEL)
    assert message.blocks[1]["type"] == "image"


async def test_a_picture_that_slack_never_takes_in_is_said_and_uploaded_anew_the_next_time(drawing: Site) -> None:
    drawing.slack.world.slow_files = 9
    await drawing.adapter.post(delivery(TO, SHOWN))
    drawing.slack.world.slow_files = 0
    await drawing.adapter.post(delivery(TO, SHOWN, "b"))
    assert [message.blocks[1]["type"] for message in drawing.slack.world.public(CHANNEL)] == ["context", "image"]


@pytest.mark.parametrize(("refusals", "kind"), [(0, "image"), (2, "image"), (9, "context")])
async def test_the_home_is_shown_whatever_becomes_of_its_picture(
    drawing: Site, core: FakeCore, refusals: int, kind: str
) -> None:
    drawing.slack.world.slow_files = refusals
    core.otherwise = Reply(SHOWN)
    await drawing.member().open_home()
    await drawing.settle()
    assert drawing.slack.world.homes[ADA]["blocks"][1]["type"] == kind


@pytest.mark.parametrize("refusals", [0, 2])
async def test_a_window_gets_its_picture_a_moment_later(drawing: Site, core: FakeCore, refusals: int) -> None:
    drawing.slack.world.slow_files = refusals
    ada = await at_home(drawing, core)
    core.answers = [Reply(SHOWN)]
    await ada.press("Streak")
    await drawing.settle()
    assert ada.view is not None
    assert [block["type"] for block in ada.view["blocks"]] == ["image"]


async def test_a_picture_that_comes_too_late_for_its_window_stays_away(drawing: Site, core: FakeCore) -> None:
    ada = await at_home(drawing, core)
    gate = asyncio.Event()
    drawing.slack.api.faults["files.getUploadURLExternal"].append(faults.slow(gate))
    core.answers = [Reply(SHOWN.plus(Actions((Button("On", "progress"),)))), Reply(Card("", (Line(("gone on",)),)))]
    await ada.press("Streak")
    await ada.press("On")
    gate.set()
    await drawing.settle()
    assert ada.view is not None
    assert [block["type"] for block in ada.view["blocks"]] == ["rich_text"]


async def at_home(site: Site, core: FakeCore) -> Member:
    """Let Ada look at a home with one button."""
    core.answers = [Reply(Card("", (Actions((Button("Streak", "progress"),)),)))]
    ada = site.member(channel="none")
    await ada.open_home()
    await site.settle()
    return ada
