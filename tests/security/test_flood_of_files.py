"""One member sends file after file to the real program: others' check-ins go on, and memory and disk stay bounded."""

import asyncio
import os
import socket
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

import discord.http
import pytest

from bot.chat.request import UPLOAD_BYTES
from bot.store import uploads
from tests.adapters.slack.conftest import BOB, CHANNEL, SECRET, TEAM, populated
from tests.crash.clock import TownClock
from tests.crash.town import Run, Town
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.use import Use
from tests.servers.slack.people import Member
from tests.servers.slack.reading import read
from tests.servers.slack.server import block_values
from tests.servers.slack.ways import ByHttp, BySocket, Way
from tests.servers.slack.world import Json
from tests.waiting import eventually

pytestmark = [pytest.mark.slow, pytest.mark.overnight, pytest.mark.timeout(300)]

ROW = "{day},01:{minute:02}:00,Statistics,{note} {number}\n"
FIRST_DAY = date(2015, 1, 1)
DAYS = 3990
ROWS = 9_990
AT_ONCE = 15
REFUSED_AT_ONCE = 60
OTHERS = 6
QUIET = 60
QUICK_SECONDS = 0.005
"""A check-in that takes less is quick, whatever the ratio: other programs of the machine take more of its time."""
MEGABYTE = 1024**2
MOST_MEMORY = 150 * MEGABYTE
MOST_TIMES_SLOWER = 3
MOST_DISK = uploads.MOST_BYTES + 32 * MEGABYTE
"""The stored files of all, and the database's log beside them."""


def sheet(size: int) -> bytes:
    """Return a table of nearly as many rows as are taken, and of nearly so many bytes."""
    note = "n" * (size // ROWS - 40)
    rows = (
        ROW.format(day=FIRST_DAY + timedelta(at % DAYS), minute=at % 60, note=note, number=at) for at in range(ROWS)
    )
    content = ("date,duration,project,notes\n" + "".join(rows)).encode()
    assert size * 0.9 < len(content) < size
    return content


class Attacked(ABC):
    """A platform with one member who sends files, and others who check in."""

    name: str
    address: str
    environment: dict[str, str]

    def __init__(self) -> None:
        self.environment = {}
        self.minutes = count(1)

    @abstractmethod
    async def start(self) -> None: ...

    @abstractmethod
    async def ready(self) -> None:
        """Wait until the program serves."""

    @abstractmethod
    async def stop(self) -> None: ...

    @abstractmethod
    async def check_in(self, minutes: int) -> None:
        """Let one of the others check in; returns with the answer."""

    @abstractmethod
    async def open_forms(self, times: int) -> None:
        """Let them open so many forms, where a file is handed over in one."""

    @abstractmethod
    async def send(self, content: bytes) -> None:
        """Send a file as one member; returns when it was answered."""

    @abstractmethod
    async def press(self, label: str) -> None:
        """Let them press a button on the newest answer that has it."""


class OnDiscord(Attacked):
    name = "discord"

    async def start(self) -> None:
        base = discord.http.Route.BASE
        self.server = DiscordServer()
        await self.server.start()
        discord.http.Route.BASE = base
        self.address = self.server.base
        self.eve = self.server.world.add_person("Eve")
        self.others = [self.server.world.add_person(f"Other {at}") for at in range(OTHERS)]
        self.answers: list[Use] = []
        self.place = self.server.world.add_server("Study hall", "general").channels[0]

    async def ready(self) -> None:
        await eventually(lambda: self.server.commands and self.server.gateway.sessions, within=60)

    async def stop(self) -> None:
        await self.server.close()

    async def check_in(self, minutes: int) -> None:
        other = self.others[minutes % OTHERS]
        use = await self.server.command(other, self.place, "checkin", {"time": f"{minutes // OTHERS + 1}m"})
        assert use.answer is not None

    async def open_forms(self, times: int) -> None:
        pass

    async def send(self, content: bytes) -> None:
        use = await self.server.command(
            self.eve, self.place, "mydata import", {}, files={"file": ("x.csv", content)}, waits=False
        )
        await eventually(lambda: use.message is not None, within=120)
        self.answers.append(use)

    async def press(self, label: str) -> None:
        answers = [use.message for use in self.answers if use.message and label in str(use.message.data)]
        await self.server.press(self.eve, answers[-1], label, waits=False)


class OnSlack(Attacked):
    name = "slack"

    async def start(self) -> None:
        self.slack = populated()
        team = self.slack.world.workspaces[TEAM]
        for at in range(OTHERS):
            team.add_user(f"UOTHER{at}", f"Other {at}")
        await self.slack.start()
        self.address = self.slack.api.url
        self.way, self.forms = self.make_way(), list[Json]()
        self.others = [Member(self.slack, self.way, TEAM, f"UOTHER{at}", CHANNEL) for at in range(OTHERS)]

    def make_way(self) -> Way:
        return BySocket(self.slack)

    async def ready(self) -> None:
        await eventually(lambda: self.slack.sockets, within=60)

    async def stop(self) -> None:
        await self.slack.stop()

    async def check_in(self, minutes: int) -> None:
        assert await self.others[minutes % OTHERS].slash(f"/checkin {minutes // OTHERS + 1}m")

    async def open_forms(self, times: int) -> None:
        for _ in range(times):
            await Member(self.slack, self.way, TEAM, BOB, CHANNEL).slash("/tenhours mydata import")
            self.forms.append(self.slack.world.views[BOB].pop())

    async def send(self, content: bytes) -> None:
        eve, view = Member(self.slack, self.way, TEAM, BOB, CHANNEL), self.forms.pop()
        view["state"] = {"values": block_values(view, {"file": eve.file("x.csv", content)})}
        await eve.submit(view)

    async def press(self, label: str) -> None:
        eve = Member(self.slack, self.way, TEAM, BOB, CHANNEL)
        await eventually(lambda: any(read(message.blocks).button(label) for message in eve.visible()))
        await eve.press(label)


class OnSlackByHttp(OnSlack):
    name = "slack-http"

    def make_way(self) -> Way:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.environment["TOWN_SLACK_LISTEN"] = f"127.0.0.1:{self.port}"
        return ByHttp(f"http://127.0.0.1:{self.port}", SECRET)

    async def ready(self) -> None:
        await eventually(self._listens, within=60)

    async def _listens(self) -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            return False
        writer.close()
        return True


@dataclass
class Watch:
    """The memory of the program and of the processes that it starts, and the disk that its database takes."""

    pid: int
    database: Path
    memory: int = 0
    disk: int = 0
    _task: asyncio.Task[None] | None = None

    def look(self) -> int:
        now = sum(map(resident, [self.pid, *children(self.pid)]))
        self.memory = max(self.memory, now)
        self.disk = max(self.disk, sum(path.stat().st_size for path in self.database.parent.glob("*.db*")))
        return now

    async def go_on(self) -> None:
        while True:
            self.look()
            await asyncio.sleep(0.02)


@dataclass
class Attack:
    """The program that is attacked, on its platform."""

    platform: Attacked
    town: Town
    run: Run

    async def check_in(self) -> float:
        started = time.perf_counter()
        await self.platform.check_in(next(self.platform.minutes))
        return time.perf_counter() - started

    async def check_in_until(self, over: asyncio.Future[Any]) -> float:
        """Let others check in until something is over, and return the seconds that half of them did not wait for."""
        seconds: list[float] = []
        while not over.done() or len(seconds) < QUIET:
            seconds.append(await self.check_in())
        await over
        return median(seconds)


def resident(pid: int) -> int:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def children(pid: int) -> list[int]:
    with suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


@pytest.fixture(params=[OnDiscord, OnSlack, OnSlackByHttp])
async def attack(request: pytest.FixtureRequest, database: Path) -> AsyncIterator[Attack]:
    platform: Attacked = request.param()
    await platform.start()
    town = Town(database, TownClock.begun(database.parent), platform.name, platform.address)
    run = await town.start(**platform.environment)
    try:
        await platform.ready()
    except TimeoutError:
        raise AssertionError("".join(town.output)) from None
    yield Attack(platform, town, run)
    await run.kill()
    await platform.stop()


async def test_others_check_in_as_ever(attack: Attack) -> None:
    _ = [await attack.check_in() for _ in range(QUIET)]
    watch = Watch(attack.run.process.pid, attack.town.database)
    idle = watch.look()
    watching = asyncio.create_task(watch.go_on())
    large, refused = sheet(int(3.9 * MEGABYTE)), b"x" * int(9.9 * MEGABYTE)
    assert len(large) < UPLOAD_BYTES < len(refused)
    for content, times in ((large, AT_ONCE), (refused, REFUSED_AT_ONCE)):
        await attack.platform.open_forms(times)
        sending = asyncio.gather(*(attack.platform.send(content) for _ in range(times)))
        busy = await attack.check_in_until(sending)
        quiet = [await attack.check_in() for _ in range(QUIET)]
        assert busy < MOST_TIMES_SLOWER * max(median(quiet), QUICK_SECONDS), content[:40]
    importing = asyncio.ensure_future(attack.platform.press("Import it"))
    busy = await attack.check_in_until(importing)
    assert busy < MOST_TIMES_SLOWER * max(median(quiet), QUICK_SECONDS)
    await attack.run.until(lambda: attack.town.rows("SELECT entries FROM import_runs") == [(ROWS,)])
    watching.cancel()
    assert watch.memory < idle + MOST_MEMORY
    assert watch.disk < MOST_DISK
