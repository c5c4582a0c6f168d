"""The first five minutes of a member, counted on the local Discord and Slack: clicks, forms and words.

From *Join* to a first check-in, with time zone, reminders and why. Each press and each sent form is a click; words are
those of all cards and forms that the member is shown on the way, with their buttons, labels, descriptions and examples.
What a closed list holds is no word that anybody reads. docs/benchmarks.md has the table.
"""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.clock import StillClock
from bot.context import Defaults
from bot.dispatch.dispatcher import Dispatcher
from bot.store.database import Store
from tests.adapters.discord.probe import local_discord, make_probe, shown
from tests.adapters.probe import ADA, BOB
from tests.adapters.slack.conftest import BOB as SLACK_BOB
from tests.adapters.slack.conftest import serving
from tests.servers.discord.use import MODAL, Use
from tests.servers.slack.reading import read

TUESDAY = datetime(2026, 1, 6, 12, tzinfo=UTC)
MANAGE_CHANNELS = str(1 << 4)
MOST_WORDS = 150
PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
WHY = "to build models myself"

Json = dict[str, Any]


@dataclass
class Count:
    """All that a member has done and was shown so far."""

    clicks: int = 0
    forms: int = 0
    texts: list[str] = field(default_factory=list)

    @property
    def words(self) -> int:
        return sum(any(map(str.isalnum, word)) for text in self.texts for word in text.split())


class OnDiscord:
    """Bob on Discord."""

    column = 4

    def __init__(self, probe: Any) -> None:
        self.probe = probe
        self.count = Count()

    async def press(self, label: str) -> None:
        self.count.clicks += 1
        person = self.probe.people[BOB]
        messages = [m for m in self.probe.server.world.messages.values() if m.to in (None, person)]
        message = next(m for m in reversed(messages) if label in shown(m.data).buttons)
        self._see(await self.probe.server.press(person, message, label))

    async def send(self, **values: str) -> None:
        self.count.clicks += 1
        self._see(await self.probe.server.fill(self.opened, values))

    async def check_in(self) -> None:
        self._see(await self.probe.server.command(self.probe.people[BOB], self.probe.place, "checkin", {"time": "2h"}))

    def _see(self, use: Use) -> None:
        if use.kind == MODAL:
            self.opened = use
            self.count.forms += 1
            self.count.texts += [use.data["title"], *_modal_texts(use.data)]
        else:
            assert use.message is not None
            seen = shown(use.message.data)
            self.count.texts += [seen.text, *seen.buttons]


class OnSlack:
    """Bob on Slack."""

    column = 5

    def __init__(self, site: Any) -> None:
        self.site = site
        self.bob = site.member(SLACK_BOB)
        self.count = Count()
        self.seen = 0

    async def press(self, label: str) -> None:
        self.count.clicks += 1
        await self.bob.press(label)
        await self._look()

    async def send(self, **values: str) -> None:
        self.count.clicks += 1
        asked = {block["block_id"] for block in self.bob.view["blocks"]}
        await self.bob.fill(**{name: value for name, value in values.items() if name in asked})
        await self._look()

    async def check_in(self) -> None:
        await self.bob.slash("/checkin 2h")
        await self._look()

    async def _look(self) -> None:
        await self.site.settle()
        if self.bob.view is not None:
            self.count.forms += 1
            self.count.texts += _view_texts(self.bob.view)
        messages = self.site.slack.world.seen_by(SLACK_BOB)
        for message in messages[self.seen :]:
            seen = read(message.blocks)
            self.count.texts.append(seen.text)
        self.seen = len(messages)


def _modal_texts(modal: Json) -> Iterator[str]:
    for label in modal["components"]:
        component = label["component"]
        yield from (label["label"], label.get("description", ""), component.get("placeholder", ""))


def _view_texts(view: Json) -> Iterator[str]:
    yield from (view["title"]["text"], view["submit"]["text"])
    for block in view["blocks"]:
        placeholder = block["element"].get("placeholder", {}).get("text", "")
        yield from (block["label"]["text"], block.get("hint", {}).get("text", ""), placeholder)


@asynccontextmanager
async def on_discord(core: Dispatcher) -> AsyncIterator[OnDiscord]:
    """Let Bob look at the card by which Ada has opened a group on Discord."""
    async with local_discord() as server:
        probe = await make_probe(server, core)
        probe.people[ADA].permissions = MANAGE_CHANNELS
        await server.fill(await server.command(probe.people[ADA], probe.place, "group start"), {"name": "Study hall"})
        yield OnDiscord(probe)
        await probe.close()
        assert not server.broken


@asynccontextmanager
async def on_slack(core: Dispatcher) -> AsyncIterator[OnSlack]:
    """Let Bob look at the card by which Ada has opened a group on Slack."""
    async with serving(core) as site:
        ada = site.member()
        await ada.slash("/tenhours group start")
        await ada.fill(name="Study hall")
        await site.settle()
        yield OnSlack(site)
        assert site.slack.world.broken == []


PLATFORMS: dict[str, Callable[[Dispatcher], AbstractAsyncContextManager[OnDiscord | OnSlack]]] = {
    "discord": on_discord,
    "slack": on_slack,
}
SET_UP = {"zone": "Europe/Berlin", "remind": "direct", "why": WHY}


@pytest.fixture(params=PLATFORMS)
async def bob(request: pytest.FixtureRequest, store: Store) -> AsyncIterator[OnDiscord | OnSlack]:
    core = Dispatcher(store, StillClock(TUESDAY), Defaults(600, "UTC"))
    async with PLATFORMS[request.param](core) as member:
        yield member
    rows = await store.read(
        lambda tx: tx.all(
            """SELECT zone, why, minutes, how FROM people p JOIN checkins c ON c.person_id = p.id
               JOIN reminders r ON r.person_id = p.id"""
        )
    )
    assert [tuple(row) for row in rows] == [("Europe/Berlin", WHY, 120, "direct")]


async def test_with_a_typed_check_in_it_is_three_clicks_and_a_form(bob: OnDiscord | OnSlack) -> None:
    await bob.press("Join")
    await bob.press("Set me up")
    await bob.send(**SET_UP)
    await bob.check_in()
    assert (bob.count.clicks, bob.count.forms) == (3, 1)
    assert bob.count.words <= MOST_WORDS
    assert bob.count.words == told("typing `/checkin 2h`", bob.column)


async def test_by_buttons_alone_it_is_five_clicks_and_two_forms(bob: OnDiscord | OnSlack) -> None:
    await bob.press("Join")
    await bob.press("Check in")
    await bob.send(time="2h")
    await bob.press("Set me up")
    await bob.send(**SET_UP)
    assert (bob.count.clicks, bob.count.forms) == (5, 2)
    assert bob.count.words <= MOST_WORDS
    assert bob.count.words == told("by buttons alone", bob.column)


def told(way: str, column: int) -> int:
    """Return the words that the table in the manual tells of a way to the first check-in."""
    [row] = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith(f"| {way} |")]
    return int(row.split("|")[column])
