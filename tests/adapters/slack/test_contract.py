"""Slack keeps the promises that every adapter makes."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager

from bot.chat.delivery import Address, ChannelAddress, MessageRef, UserAddress
from tests.adapters.contract import AdapterContract
from tests.adapters.fake_core import FakeCore
from tests.adapters.probe import ADA as FIRST
from tests.adapters.probe import Probe, Shown
from tests.adapters.slack.conftest import ADA, BOB, CHANNEL, HTTP, SOCKET, TEAM, Site, serving
from tests.servers.slack.people import Member
from tests.servers.slack.reading import read
from tests.servers.slack.world import Message

IDS = {FIRST: ADA}
OWN = ("checkin", "progress", "leaderboard")


class SlackProbe(Probe):
    def __init__(self, site: Site, context: AbstractAsyncContextManager[Site]) -> None:
        self.site = site
        self.adapter = site.adapter
        self._context = context
        self._people = {name: site.member(self.id_of(name)) for name in ("ada", "bob")}

    @property
    def broken(self) -> Sequence[str]:  # type: ignore[override]
        return self.site.slack.world.broken

    @property
    def channel(self) -> ChannelAddress:
        return ChannelAddress("slack", TEAM, CHANNEL)

    @property
    def gone(self) -> MessageRef:
        return MessageRef(CHANNEL, "1.000001")

    def direct(self, name: str) -> Address:
        return UserAddress("slack", TEAM, self.id_of(name))

    def id_of(self, name: str) -> str:
        return IDS.get(name, BOB)

    async def say(self, name: str, command: str, options: Mapping[str, str]) -> None:
        text = " ".join(f"{option}: {value}" for option, value in options.items())
        slash = f"/{command}" if command in OWN else f"/tenhours {command}"
        await self._people[name].slash(f"{slash} {text}".strip())
        await self.site.settle()

    async def press(self, name: str, label: str) -> None:
        await self._people[name].press(label)
        await self.site.settle()

    async def fill(self, name: str, values: Mapping[str, str]) -> None:
        await self._people[name].fill(**values)
        await self.site.settle()

    async def public(self) -> list[Shown]:
        return [_shown(message) for message in self.site.slack.world.public(CHANNEL)]

    async def private(self, name: str) -> list[Shown]:
        member = self._people[name]
        shown = [_shown(message) for message in self.site.slack.world.seen_by(member.id)]
        return [*shown, *_form(member)]

    async def close(self) -> None:
        await self._context.__aexit__(None, None, None)


def _form(member: Member) -> list[Shown]:
    if member.view is None:
        return []
    reading = read(member.view["blocks"])
    return [Shown("\n".join([reading.text, *member.errors.values()]), tuple(_labels(reading.buttons)))]


def _labels(buttons: list[dict[str, object]]) -> list[str]:
    return [str(button["text"]["text"]) for button in buttons]  # type: ignore[index]


def _shown(message: Message) -> Shown:
    reading = read(message.blocks, message.text)
    return Shown(reading.text, tuple(_labels(reading.buttons)), frozenset(reading.pings))


class TestSocketMode(AdapterContract):
    async def make(self, core: FakeCore) -> Probe:
        context = serving(core, SOCKET)
        return SlackProbe(await context.__aenter__(), context)


class TestHttpMode(AdapterContract):
    async def make(self, core: FakeCore) -> Probe:
        context = serving(core, HTTP)
        return SlackProbe(await context.__aenter__(), context)
