"""A database with work that is due at once, and the program that is killed while it does it."""

import asyncio
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from bot.clock import StillClock
from bot.domain.reminder import ReminderKind
from bot.domain.schedule import Moment
from bot.failpoint import VARIABLE
from bot.location import Location
from bot.store import groups, schedules
from bot.store.database import Store
from bot.store.rows import ms
from bot.store.tx import Tx
from tests.crash.clock import TownClock
from tests.crash.platforms import Platform
from tests.crash.rows import Looker, Rows
from tests.talk import Talk
from tests.waiting import eventually

LEASE = 2.0
ROOT = Path(__file__).parents[2]
WITHIN = 60.0


@dataclass
class Town:
    """One database, one platform, and the processes that serve it, one after another or side by side."""

    location: Location
    clock: TownClock
    platform: str
    address: str
    lease: float = LEASE
    output: list[str] = field(default_factory=list)
    runs: list["Run"] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._looker = Looker(self.location)

    @property
    def database(self) -> Path:
        """The database's file, where it is one."""
        assert isinstance(self.location, Path)
        return self.location

    async def start(self, failpoint: str = "", **environment: str) -> "Run":
        """Start the program; with `failpoint` it will die there."""
        return await self._start(self.location, {VARIABLE: failpoint, **environment})

    async def start_through(self, location: Location, failpoint: str = "") -> "Run":
        """Start the program, which reaches its database as at `location`."""
        return await self._start(location, {VARIABLE: failpoint})

    async def _start(self, location: Location, environment: dict[str, str]) -> "Run":
        url = f"sqlite:///{location}" if isinstance(location, Path) else location.url
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "tests.crash.program", url, self.platform, self.address, str(self.lease), str(self.clock.folder)),
            stderr=PIPE,
            cwd=ROOT,
            env={**os.environ, **environment},
        )
        run = Run(process, self.output)
        self.runs.append(run)
        return run

    async def close(self) -> None:
        """End what a test has left running, and look no longer."""
        self._looker.close()
        for run in self.runs:
            await run.kill()

    def rows(self, sql: str) -> Rows:
        return self._looker.rows(sql)

    def is_quiet(self) -> bool:
        """Return True if nothing is due, waiting or under way."""
        now = ms(self.clock.now())
        [(busy,)] = self.rows(
            f"""SELECT (SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending'))
                     + (SELECT count(*) FROM schedules WHERE due_at <= {now})
                     + (SELECT count(*) FROM people WHERE closes_at <= {now})"""
        )
        return bool(busy == 0)

    def fates(self) -> dict[str, str]:
        """Return the state of every post that was ever planned, by its key."""
        return dict(self.rows("SELECT key, state FROM outbox"))

    def expected_posts(self) -> list[str]:
        """Return the keys of all that should stand on the platform; an edit is no post of its own."""
        return [key for (key,) in self.rows("SELECT key FROM outbox WHERE edits IS NULL")]


class ServiceManager:
    """A service manager such as systemd, and all that it was told."""

    def __init__(self, path: Path) -> None:
        self.environment = {"NOTIFY_SOCKET": str(path)}
        self._lines: list[str] = []
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(path))
        self._socket.setblocking(False)

    @property
    def heard(self) -> list[str]:
        with suppress(BlockingIOError):
            while True:
                self._lines += self._socket.recv(4096).decode().split("\n")
        return self._lines

    def close(self) -> None:
        self._socket.close()


@dataclass
class Run:
    """One process of the program."""

    process: Process
    output: list[str]

    def __post_init__(self) -> None:
        self._reading = asyncio.create_task(self._read())

    async def kill(self) -> None:
        if self.process.returncode is None:
            self.process.kill()
        await self.ended()

    async def stop(self, by: signal.Signals = signal.SIGTERM) -> int:
        if self.process.returncode is None:
            self.process.send_signal(by)
        return await self.ended()

    async def ended(self) -> int:
        try:
            async with asyncio.timeout(WITHIN):
                await self._reading
                return await self.process.wait()
        except TimeoutError:
            self.process.kill()  # whatever else it would do, it would do beside the next tests
            raise

    @property
    def is_dead(self) -> bool:
        return self.process.returncode is not None

    @property
    def is_up(self) -> bool:
        """Return True if the program has come so far that it would stop in order."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        caught = next(line.split()[1] for line in status.splitlines() if line.startswith("SigCgt"))
        return bool(int(caught, 16) >> (signal.SIGTERM - 1) & 1)

    async def until(self, is_so: Callable[[], bool], within: float = WITHIN) -> None:
        """Wait until something is so, or the process is dead. Raises `AssertionError` with what it said."""
        try:
            await eventually(lambda: self.is_dead or is_so(), within)
        except TimeoutError:
            raise AssertionError("".join(self.output)) from None

    async def says(self, words: str) -> None:
        """Wait until the process has said something."""
        await self.until(lambda: any(words in line for line in self.output))
        assert any(words in line for line in self.output), self.output

    async def _read(self) -> None:
        assert self.process.stderr is not None
        async for line in self.process.stderr:
            self.output.append(line.decode())


async def seed(where: Talk, channel: str, people: list[str], now: datetime) -> None:
    """Make a group that studied two weeks ago, last week and this one, whose results and last call are due now.

    So is judging its people again, as if a week of theirs had just closed.
    """
    clock = where.clock
    group = await where.start_group(channel)
    for who in people:
        await where(who, "/checkin 10h", channel=channel)
    for ago in (timedelta(days=7), timedelta(hours=2)):
        clock.move_to(now - ago)
        for who in people:
            await where(who, "/checkin 1h", channel=channel)
    await where.store.write(partial(_make_due, group_id=group.id, now=now))


def _make_due(tx: Tx, group_id: int, now: datetime) -> None:
    group = groups.get(tx, group_id)
    due = now - timedelta(minutes=2)
    tx.run("UPDATE people SET closes_at = :due", due=ms(due))
    for kind in (ReminderKind.RESULTS, ReminderKind.GROUP_CALL):
        moment = Moment(due.weekday(), due.time().replace(second=0, microsecond=0))
        schedules.arm_group(tx, group, kind, moment, now)
        tx.run(
            "UPDATE schedules SET due_at = :due, done_day = NULL WHERE kind = :kind AND group_id = :id",
            due=ms(due),
            kind=kind,
            id=group_id,
        )


async def begun(location: Location, folder: Path, platform: Platform, lease: float = LEASE) -> Town:
    """Fill a new database. The line posts of what was studied then are settled already."""
    clock = TownClock.begun(folder)
    now = clock.now()
    store = await Store.open(location)
    try:
        talk = Talk(store, StillClock(now - timedelta(days=14)), platform.name, platform.team)
        await seed(talk, platform.channel, [platform.ada], now)
        await store.write(lambda tx: tx.run("DELETE FROM outbox"))
    finally:
        await store.close()
    return Town(location, clock, platform.name, platform.address, lease)
