"""Every command with its help, its examples, its form and its buttons: Slack refuses nothing of what comes back."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.charts.picture import picture
from bot.clock import StillClock
from bot.commands.registry import SPECS
from bot.delivery.planner import plan_due
from bot.delivery.sender import Sender
from bot.dispatch.dispatcher import Dispatcher
from bot.questions.bank import QuestionBank
from bot.store.database import Store
from tests.adapters.slack.conftest import ADA, BOB, Site, serving
from tests.servers.slack.people import Member
from tests.servers.slack.reading import read

TYPED = [spec for spec in SPECS.values() if not spec.is_button_only]
OWN = ("checkin", "progress", "leaderboard")


@pytest.fixture
async def lived_in(real_core: Dispatcher, clock: StillClock) -> AsyncIterator[Site]:
    """Serve a group of two with some weeks behind them."""
    async with serving(real_core, pictures=picture) as site:
        ada, bob = site.member(), site.member(BOB)
        await ada.slash("/tenhours group start")
        await ada.fill()
        for line in ("/tenhours focus start SVD hours: 20", "/checkin 11h statistics learned: <b> *chain* & rule"):
            await ada.slash(line)
        clock.advance(timedelta(days=16))
        await ada.slash("/checkin 3h mathematics day: yesterday")
        await bob.slash("/checkin 90m learned: `code` _and_ <!here>")
        await site.settle()
        site.slack.world.views.clear()
        yield site
        assert site.slack.world.broken == []


def line_of(name: str, rest: str = "") -> str:
    return f"/{name} {rest}".strip() if name in OWN else f"/tenhours {name} {rest}".strip()


async def send_what_is_open(ada: Member) -> None:
    """Send the form as it stands; where something is missing or wrong, it says so under a field."""
    if ada.view is not None and any(block["type"] == "input" for block in ada.view["blocks"]):
        ack = await ada.fill()
        assert ack is not None
    ada.slack.world.views[ADA].clear()


@pytest.mark.parametrize("name", [spec.name for spec in TYPED])
async def test_each_command(lived_in: Site, name: str) -> None:
    ada = lived_in.member()
    examples = [example.removeprefix(f"/{name}").strip() for example in SPECS[name].examples]
    for rest in ("", "help", *examples, "<@UBOB|bob> &lt;&amp;&gt; nonsense: x"):
        assert await ada.slash(line_of(name, rest)) is not None
        await lived_in.settle()
        await send_what_is_open(ada)
    await lived_in.settle()
    assert ada.texts()


@pytest.mark.parametrize("name", [spec.name for spec in TYPED])
async def test_each_button(lived_in: Site, name: str) -> None:
    ada = lived_in.member()
    await ada.slash(line_of(name, SPECS[name].examples[0].removeprefix(f"/{name}") if SPECS[name].examples else ""))
    await lived_in.settle()
    await send_what_is_open(ada)
    await lived_in.settle()
    message = lived_in.slack.world.seen_by(ADA)[-1]
    for button in read(message.blocks).buttons:
        assert await ada.press_on(message, button) is not None
        await lived_in.settle()
        await send_what_is_open(ada)
        await lived_in.settle()


@pytest.mark.parametrize(
    ("line", "label", "words"),
    [
        ("/tenhours stats", "Progress", "Your progress"),
        ("/tenhours log 2h statistics yesterday", "Check in 2h statistics yesterday", "2 h · Statistics"),
        ("/tenhours check-in 45m", "Check in 45m", "45 min"),
        ("/tenhours away next week", "Pause next week", "away"),
        ("/tenhours done 2h ml", "Check in 2h ml", "2 h · Machine Learning"),
    ],
)
async def test_what_is_no_command_leads_on_with_all_that_was_typed(
    lived_in: Site, line: str, label: str, words: str
) -> None:
    ada = lived_in.member()
    await ada.slash(line)
    await lived_in.settle()
    await ada.press(label)
    await lived_in.settle()
    assert words in ada.texts()[-1]


async def test_the_posts_of_three_weeks(lived_in: Site, store: Store, clock: StillClock) -> None:
    for person in (lived_in.member(), lived_in.member(BOB)):
        await person.slash("/tenhours reminders direct")
    await lived_in.member(BOB).slash("/checkin 6h")
    sender = Sender(store, clock, lived_in.adapter)
    for _ in range(21 * 8):
        clock.advance(timedelta(hours=3))
        await store.write(lambda tx: plan_due(tx, clock.now(), QuestionBank()))
        await sender.send_due()
    keys = {call.args["metadata"]["event_payload"]["key"] for call in lived_in.slack.api.called("chat.postMessage")}
    assert {"results", "groupcall", "nudge", "lastcall", "line"} <= {key.partition("/")[0] for key in keys}
    assert len(lived_in.slack.api.called("chat.update")) > 0
