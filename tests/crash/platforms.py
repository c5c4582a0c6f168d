"""The platforms on which the program is killed: what stands on each afterwards, and members who go on studying."""

import asyncio
import time
from abc import ABC, abstractmethod
from itertools import count
from pathlib import Path

import discord.http

from adapters.discord.recognition import nonce
from tests.adapters.discord.probe import eventually
from tests.adapters.slack.conftest import ADA, BOB, CHANNEL, TEAM, populated
from tests.crash.far import NAME, Far
from tests.servers.discord.server import DiscordServer
from tests.servers.slack.people import Member
from tests.servers.slack.ways import BySocket


class Platform(ABC):
    """A platform in the test's process; the program is another."""

    name: str
    address: str
    team = ""
    channel = "room"
    ada = "ada"

    @abstractmethod
    async def start(self) -> None: ...

    @abstractmethod
    async def stop(self) -> None: ...

    @abstractmethod
    async def check_in(self, minutes: int) -> None:
        """Let Ada check in; returns when she has her answer, or will get it after a restart."""

    @abstractmethod
    def is_answered(self, minutes: int) -> bool:
        """Whether she has seen the answer to a check-in."""

    @abstractmethod
    def times(self, key: str) -> int:
        """How often something stands there under a key."""

    @abstractmethod
    def posts(self) -> int:
        """How many posts stand there."""


class OnFar(Platform):
    """The platform of these tests: it delivers a request again until it is answered."""

    name = NAME

    def __init__(self, folder: Path) -> None:
        self.address = str(folder / "far.socket")
        self.far = Far(self.address)

    async def start(self) -> None:
        await self.far.start()

    async def stop(self) -> None:
        await self.far.stop()

    async def check_in(self, minutes: int) -> None:
        await self.far.ask(f"r{minutes}", self.ada, f"checkin {minutes}m")

    def is_answered(self, minutes: int) -> bool:
        return f"r{minutes}" in self.far.answers

    def times(self, key: str) -> int:
        return self.far.times(key)

    def posts(self) -> int:
        return len(self.far.posts)


class OnDiscord(Platform):
    """Discord, at its worst: it has forgotten all nonces when the program comes back."""

    name = "discord"

    def __init__(self, _folder: Path) -> None:
        self.server = DiscordServer()
        self.server.keeps_nonces = False
        self.person = self.server.world.add_person("Ada")
        self.home = self.server.world.add_server("Study hall", "general")
        self.ada = str(self.person.id)
        self.team = str(self.home.id)
        self.place = self.home.channels[0]
        self.channel = str(self.place.id)
        self._answered: set[int] = set()

    async def start(self) -> None:
        base = discord.http.Route.BASE
        await self.server.start()
        discord.http.Route.BASE = base
        self.address = self.server.base

    async def stop(self) -> None:
        await self.server.close()

    async def check_in(self, minutes: int) -> None:
        await eventually(lambda: self.server.commands and self._is_connected(), within=60)
        try:
            await self.server.command(self.person, self.place, "checkin", {"time": f"{minutes}m"})
        except TimeoutError:
            return
        self._answered.add(minutes)

    def is_answered(self, minutes: int) -> bool:
        return minutes in self._answered

    def times(self, key: str) -> int:
        return sum(said.nonce == nonce(key) for said in self.server.world.of(self.place))

    def posts(self) -> int:
        return len(self.server.world.of(self.place))

    def _is_connected(self) -> bool:
        sessions = self.server.gateway.sessions
        return bool(sessions) and sessions[-1].socket is not None and not sessions[-1].socket.closed


class OnSlack(Platform):
    """Slack by Socket Mode, where the scope to read posts back was granted."""

    name = "slack"
    team, channel, ada = TEAM, CHANNEL, ADA

    def __init__(self, _folder: Path) -> None:
        self.slack = populated()
        later = count()
        self.slack.world.ts = lambda: f"{time.time() + next(later) / 1e6:.6f}"  # type: ignore[method-assign]
        self.member = Member(self.slack, BySocket(self.slack), TEAM, ADA, CHANNEL)
        self._answered: set[int] = set()
        assert BOB in self.slack.world.workspaces[TEAM].users

    async def start(self) -> None:
        await self.slack.start()
        self.address = self.slack.api.url

    async def stop(self) -> None:
        await self.slack.stop()

    async def check_in(self, minutes: int) -> None:
        await eventually(lambda: self.slack.sockets, within=60)
        if await self.member.slash(f"/checkin {minutes}m"):
            self._answered.add(minutes)

    def is_answered(self, minutes: int) -> bool:
        return minutes in self._answered

    def times(self, key: str) -> int:
        found = [each.metadata or {} for each in self.slack.world.public(CHANNEL)]
        return sum(each.get("event_payload", {}).get("key") == key for each in found)

    def posts(self) -> int:
        return len(self.slack.world.public(CHANNEL))


PLATFORMS: dict[str, type[OnFar] | type[OnDiscord] | type[OnSlack]] = {
    each.name: each for each in (OnFar, OnDiscord, OnSlack)
}


async def within(seconds: float, work: asyncio.Task[None]) -> None:
    """Give work so long, and then no longer: whom it waits for may be dead."""
    await asyncio.wait([work], timeout=seconds)
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)
