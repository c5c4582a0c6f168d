from collections.abc import Mapping

import pytest

from adapters.console.adapter import ConsoleAdapter
from adapters.console.incoming import ROOM
from bot.chat.card import Card
from bot.chat.delivery import Address, ChannelAddress, MessageRef, RetryLater, UserAddress
from tests.adapters.cards import delivery
from tests.adapters.console.stage import Shown as Line
from tests.adapters.console.stage import fake_stage
from tests.adapters.contract import AdapterContract
from tests.adapters.fake_core import FakeCore
from tests.adapters.probe import ADA, BOB, Probe, Shown


class ConsoleProbe(Probe):
    """A console as its members see it: the lines of a script, with replaced ones replaced."""

    def __init__(self, core: FakeCore) -> None:
        self._stage, _ = fake_stage(core)
        self.adapter = self._stage.console
        self._core = core
        self._public: list[Line] = []
        self._private: dict[str, list[Line]] = {ADA: [], BOB: []}

    @property
    def channel(self) -> ChannelAddress:
        return ChannelAddress("console", "", ROOM, name="Study group")

    def direct(self, name: str) -> Address:
        return UserAddress("console", "", name, name=name)

    def id_of(self, name: str) -> str:
        return name

    async def begin(self) -> None:
        """Both have spoken before, so that joining is done with."""
        for name in (ADA, BOB):
            await self._stage.session.say(f"@{name} /progress")
        self._stage.fresh()
        self._core.requests.clear()

    async def say(self, name: str, command: str, options: Mapping[str, str]) -> None:
        words = " ".join([command, *(f"{option}: {value}" for option, value in options.items())])
        await self._stage.session.say(f"@{name} /{words}")

    async def press(self, name: str, label: str) -> None:
        await self._stage.session.say(f"@{name} :press {label}")

    async def fill(self, name: str, values: Mapping[str, str]) -> None:
        await self._stage.session.say(f"@{name} :fill {'; '.join(f'{field}={text}' for field, text in values.items())}")

    async def public(self) -> list[Shown]:
        self._look()
        return [_shown(line) for line in self._public]

    async def private(self, name: str) -> list[Shown]:
        self._look()
        return [_shown(line) for line in self._private[name]]

    def _look(self) -> None:
        for line in self._stage.fresh():
            place = self._public if line["audience"] == "public" else self._private[line["to"]]
            if line["kind"] == "edit":
                place[-1] = line
            else:
                place.append(line)


class TestConsole(AdapterContract):
    async def make(self, core: FakeCore) -> Probe:
        probe = ConsoleProbe(core)
        await probe.begin()
        return probe


def _shown(line: Line) -> Shown:
    blocks = line["card"].get("blocks", [])
    buttons = [button["label"] for block in blocks if block["type"] == "actions" for button in block["buttons"]]
    spans = [span for block in blocks for span in block.get("text", []) if isinstance(span, dict)]
    pings = frozenset(span["user"] for span in spans if span["type"] == "mention")
    labels = [field["label"] for field in line["card"].get("fields", [])]
    return Shown("\n".join([line["text"], *labels]), tuple(buttons), pings)


async def test_a_post_without_a_session_is_put_off(core: FakeCore) -> None:
    console, place = ConsoleAdapter(core), ChannelAddress("console", "", ROOM)
    with pytest.raises(RetryLater):
        await console.post(delivery(place, Card("Results")))
    with pytest.raises(RetryLater):
        await console.edit(place, MessageRef(ROOM, "1"), Card("Results"))
    assert await console.find(delivery(place, Card("Results")), core.now()) == []


@pytest.fixture
def core() -> FakeCore:
    return FakeCore()
