"""Signs of life: only while the ticker ticks, to systemd and into the database."""

import asyncio
import os
import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapter import Health
from bot.app import App
from bot.checkup import work
from bot.checkup.line import Level
from bot.config import Settings
from bot.errors import Misconfigured
from bot.store import heartbeat as stored_heartbeat
from bot.store import leases
from bot.store.heartbeat import LastBeat
from bot.store.leases import Lease
from bot.upkeep import service
from bot.upkeep.heartbeat import TICK_TIMEOUT_SECONDS, Heartbeat, is_ticking
from bot.upkeep.notify import Notifier
from tests.delivery.town import Recorder, Town
from tests.waiting import eventually, stopped


class Listener:
    """What systemd hears."""

    def __init__(self, address: str) -> None:
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(address)
        self.socket.setblocking(False)

    def heard(self) -> list[str]:
        lines = []
        while True:
            try:
                lines += self.socket.recv(4096).decode().split("\n")
            except BlockingIOError:
                return lines


@pytest.fixture(params=["path", "abstract"])
def listener(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Listener, Notifier]]:
    """Make a service manager, by either kind of address."""
    address = str(tmp_path / "notify") if request.param == "path" else f"@tenhours-{os.getpid()}-{tmp_path.name}"
    listener = Listener(address.replace("@", "\0"))
    environ = {"NOTIFY_SOCKET": address, "WATCHDOG_USEC": "6000000", "WATCHDOG_PID": str(os.getpid())}
    yield listener, Notifier(environ)
    listener.socket.close()


class Sleeps:
    """Takes no time, and stops the heartbeat when it has looked so many times."""

    def __init__(self, times: int) -> None:
        self._left = times

    async def __call__(self, _seconds: float) -> None:
        self._left -= 1
        if not self._left:
            raise asyncio.CancelledError


async def looked(app: App, notifier: Notifier, times: int = 3) -> Heartbeat:
    """Return a heartbeat that has looked so many times and was stopped."""
    heartbeat = Heartbeat(app, notifier, sleep=Sleeps(times))
    with pytest.raises(asyncio.CancelledError):
        await heartbeat.run()
    return heartbeat


@pytest.fixture
async def town(store) -> Town:  # type: ignore[no-untyped-def]
    return await Town.founded(store)


@pytest.fixture
def app(town: Town) -> App:
    """Make a program that has not ticked yet, beside the town's own."""
    return App(Settings(), town.clock, town.store)


async def test_nothing_is_said_before_the_first_tick(town: Town, app: App, listener: tuple[Listener, Notifier]) -> None:
    heartbeat = await looked(app, listener[1])
    await heartbeat.stop()
    assert listener[0].heard() == ["STOPPING=1"]
    assert await town.store.read(stored_heartbeat.find_last) is None


async def test_it_is_ready_once_and_alive_while_it_ticks(
    town: Town, app: App, listener: tuple[Listener, Notifier]
) -> None:
    await app.delivery.tick()
    heartbeat = await looked(app, listener[1])
    heard = listener[0].heard()
    assert heard[:2] == ["READY=1", "STATUS=Serving"]
    assert heard.count("READY=1") == 1
    assert heard.count("WATCHDOG=1") == 3
    assert heard[-1] == "STOPPING=1"
    assert await town.store.read(stored_heartbeat.find_last) == LastBeat(town.clock.now(), is_stopped=False)
    await heartbeat.stop()
    assert await town.store.read(stored_heartbeat.find_last) == LastBeat(town.clock.now(), is_stopped=True)


@pytest.mark.parametrize(("seconds", "is_stopped"), [(10, False), (-10, True)])
async def test_the_end_of_one_process_is_not_the_end_while_another_one_serves(
    town: Town, app: App, seconds: int, is_stopped: bool
) -> None:
    heartbeat, now = Heartbeat(app, Notifier({})), town.clock.now()
    await heartbeat.beat()
    other = Lease("elsewhere/1/ab/1", now + timedelta(seconds=seconds))
    await town.store.write(lambda tx: leases.take(tx, "discord", None, other))
    await heartbeat.stop()
    assert await town.store.read(stored_heartbeat.find_last) == LastBeat(now, is_stopped=is_stopped)


async def test_a_ticker_that_stands_still_is_not_alive(town: Town, listener: tuple[Listener, Notifier]) -> None:
    seconds = 1000.0
    app = App(Settings(), town.clock, town.store, monotonic=lambda: seconds)
    await app.delivery.tick()
    assert is_ticking(app)
    seconds += TICK_TIMEOUT_SECONDS
    assert not is_ticking(app)
    await looked(app, listener[1])
    assert "WATCHDOG=1" not in listener[0].heard()


async def test_the_database_hears_of_it_once_a_minute(town: Town, app: App) -> None:
    heartbeat = Heartbeat(app, Notifier({}))
    begun = town.clock.now()
    await heartbeat.beat()
    town.clock.move_to(begun + timedelta(seconds=59))
    await heartbeat.beat()
    assert await town.store.read(stored_heartbeat.find_last) == LastBeat(begun, is_stopped=False)
    town.clock.move_to(begun + timedelta(seconds=60))
    await heartbeat.beat()
    assert await town.store.read(stored_heartbeat.find_last) == LastBeat(town.clock.now(), is_stopped=False)


@pytest.mark.parametrize(
    ("environ", "interval"),
    [
        ({}, None),
        ({"WATCHDOG_USEC": "60000000"}, 30.0),
        ({"WATCHDOG_USEC": "60000000", "WATCHDOG_PID": "1"}, None),
        ({"WATCHDOG_USEC": "0"}, None),
        ({"WATCHDOG_USEC": "soon"}, None),
        ({"WATCHDOG_USEC": "60000000", "WATCHDOG_PID": "me"}, None),
    ],
)
def test_the_watchdogs_time_is_halved(environ: dict[str, str], interval: float | None) -> None:
    assert Notifier(environ).interval == interval


def test_a_manager_that_is_gone_is_no_error(tmp_path: Path) -> None:
    Notifier({"NOTIFY_SOCKET": str(tmp_path / "gone")}).tell("READY=1")


async def test_a_manager_that_does_not_listen_holds_up_nobody(listener: tuple[Listener, Notifier]) -> None:
    for _ in range(2000):
        listener[1].tell("WATCHDOG=1")
    assert set(listener[0].heard()) == {"WATCHDOG=1"}


async def test_an_end_that_was_not_asked_for_is_no_orderly_one(town: Town) -> None:
    class Refused(Recorder):
        async def run(self) -> None:
            await eventually(lambda: town.store.read(stored_heartbeat.find_last))
            raise Misconfigured("the token is not known any more")

    app = App(Settings(), town.clock, town.store)
    app.serve(Refused(town.clock, "other"))
    with pytest.raises(Misconfigured):
        await service.run(app)
    last = await town.store.read(stored_heartbeat.find_last)
    assert last is not None
    assert not last.is_stopped


async def test_a_platform_that_is_not_served_is_saved_until_it_is(town: Town) -> None:
    class Broken(Recorder):
        is_broken = True

        async def run(self) -> None:
            if self.is_broken:
                raise Misconfigured("Slack answers account_inactive.")

    tries = asyncio.Semaphore(0)

    async def sleep(_seconds: float) -> None:
        await tries.acquire()

    app = App(Settings(), town.clock, town.store, sleep=sleep)
    broken = Broken(town.clock, "slack")
    broken.state = Health(is_ready=False)
    app.serve(broken)
    app.serve(town.platform)
    heart = Heartbeat(app, Notifier({}))
    task = asyncio.create_task(app.run())
    await eventually(app.failures)
    await heart.beat()
    lines = await town.store.read(lambda tx: work.look(tx, town.clock.now(), ["slack"]))
    [line] = [line for line in lines if line.subject == "slack"]
    assert (line.level, line.words) == (
        Level.WRONG,
        "the running bot does not serve it: Slack answers account_inactive",
    )
    broken.is_broken, broken.state = False, Health(is_ready=True)
    tries.release()
    await eventually(lambda: not app.failures())
    await heart.stop()
    lines = await town.store.read(lambda tx: work.look(tx, town.clock.now(), ["slack"]))
    assert not any(line.subject == "slack" for line in lines)
    await stopped(task)
