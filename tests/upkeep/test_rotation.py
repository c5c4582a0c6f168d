"""The daily copies: one a day, the newest few kept, nobody else's file touched, and a failure is only logged."""

import asyncio
import logging
import os
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.clock import StillClock
from bot.errors import NotSaved
from bot.location import ServerDatabase
from bot.store import dump
from bot.store.backup import Seen, backup
from bot.store.postgres_connection import name_of
from bot.upkeep import copies
from bot.upkeep.rotation import Rotation
from tests.servers.postgres.server import find_programs

NOW = datetime(2026, 1, 5, 3, tzinfo=UTC)


@pytest.fixture
def clock() -> StillClock:
    return StillClock(NOW)


@pytest.fixture
def folder(database: Path) -> Path:
    return database.parent / "backups"


class Hours:
    """Moves the clock as it sleeps; when so many hours have gone by, the sleeper is ended."""

    def __init__(self, clock: StillClock) -> None:
        self._clock = clock
        self.until = clock.now()

    async def __call__(self, seconds: float) -> None:
        self._clock.advance(timedelta(seconds=seconds))
        if self._clock.now() > self.until:
            raise TimeoutError


@pytest.fixture
def hours(clock: StillClock) -> Hours:
    return Hours(clock)


@pytest.fixture
def rotation(database: Path, folder: Path, clock: StillClock, hours: Hours) -> Rotation:
    return Rotation(database, folder, 3, clock, sleep=hours)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def run(rotation: Rotation, hours: Hours, count: int) -> None:
    """Let so many hours go by, with a look every ten minutes."""
    hours.until += timedelta(hours=count)
    with pytest.raises(TimeoutError):
        await rotation.run()


async def test_one_copy_a_day_is_made_and_the_newest_are_kept(rotation: Rotation, hours: Hours, folder: Path) -> None:
    await run(rotation, hours, 1)
    assert names(folder) == ["tenhours-20260105T030000Z.db"]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    await run(rotation, hours, 5 * 24)
    assert len(names(folder)) == 3
    instants = [at for at, _ in copies.all_of(folder, folder.parent / "tenhours.db")]
    assert [(later - earlier).days for earlier, later in pairwise(instants)] == [1, 1]
    with closing(sqlite3.connect(folder / names(folder)[0])) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


async def test_a_restart_makes_no_second_copy_of_the_day(
    rotation: Rotation, clock: StillClock, hours: Hours, database: Path, folder: Path
) -> None:
    await run(rotation, hours, 1)
    await run(Rotation(database, folder, 3, clock, sleep=hours), hours, 1)
    assert len(names(folder)) == 1


async def test_what_is_not_a_daily_copy_of_this_database_is_left_alone(
    rotation: Rotation, hours: Hours, folder: Path
) -> None:
    folder.mkdir()
    others = ["tenhours-before-holidays.db", "other-20200101T000000Z.db", "tenhours-20209999T000000Z.db", "notes.txt"]
    for name in others:
        (folder / name).write_text("mine")
    await run(rotation, hours, 6 * 24)
    assert set(others) < set(names(folder))
    assert len(names(folder)) == len(others) + 3


async def test_what_a_killed_copy_left_behind_goes_after_a_while(
    rotation: Rotation, hours: Hours, folder: Path
) -> None:
    folder.mkdir()
    old, fresh = ("tenhours-20260104T030000Z.db.unfinished", "tenhours-20260105T025900Z.db.unfinished")
    for name, age in ((old, timedelta(days=1)), (f"{old}-journal", timedelta(days=1)), (fresh, timedelta(minutes=1))):
        (folder / name).write_bytes(b"half")
        os.utime(folder / name, times=((NOW - age).timestamp(),) * 2)
    rotation.copy()
    assert names(folder) == ["tenhours-20260105T025900Z.db.unfinished", "tenhours-20260105T030000Z.db"]


async def test_a_disk_without_room_is_logged_and_nothing_is_removed(
    rotation: Rotation,
    hours: Hours,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await run(rotation, hours, 50)
    before = names(folder)
    monkeypatch.setattr("shutil.disk_usage", lambda _path: type("Usage", (), {"free": 1000}))
    assert rotation.copy() is None
    assert names(folder) == before
    assert "copy failed" in caplog.text


async def test_a_folder_that_cannot_be_made_is_logged(
    database: Path, clock: StillClock, caplog: pytest.LogCaptureFixture
) -> None:
    (database.parent / "file").write_text("")
    rotation = Rotation(database, database.parent / "file" / "deep", 3, clock)
    assert rotation.copy() is None
    assert "copy failed" in caplog.text


async def test_a_failure_is_tried_again(
    rotation: Rotation, hours: Hours, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, tries = backup, []

    def fail_once(*arguments: object, now: datetime) -> Seen:
        tries.append(arguments)
        if len(tries) == 1:
            raise NotSaved("busy")
        return whole(*arguments, now=now)  # type: ignore[arg-type]

    monkeypatch.setattr("bot.upkeep.rotation.backup", fail_once)
    await run(rotation, hours, 1)
    assert (len(tries), len(names(folder))) == (2, 1)


async def test_a_stop_breaks_a_copy_off(
    rotation: Rotation, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    whole, begun = backup, asyncio.Event()
    loop = asyncio.get_running_loop()

    def slow(source: Path, target: Path, is_stopping, *, now: datetime) -> Seen:  # type: ignore[no-untyped-def]
        loop.call_soon_threadsafe(begun.set)
        rotation._is_stopping.wait(10)
        return whole(source, target, is_stopping, now=now)

    monkeypatch.setattr("bot.upkeep.rotation.backup", slow)
    task = asyncio.create_task(rotation.run())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert names(folder) == []
    assert "copy broken off" in caplog.text


def test_the_name_of_a_copy_tells_when_it_was_made(folder: Path, database: Path) -> None:
    assert copies.made_at(copies.path_of(folder, database, NOW)) == NOW
    assert copies.made_at(Path("tenhours.db")) is None


async def test_a_servers_database_is_copied_and_kept_alike(
    emptied_server_database: ServerDatabase,
    tmp_path: Path,
    clock: StillClock,
    hours: Hours,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", os.pathsep.join([str(find_programs()), os.environ["PATH"]]))
    folder, name = tmp_path / "dumps", name_of(emptied_server_database)
    rotation = Rotation(emptied_server_database, folder, 2, clock, sleep=hours)
    await run(rotation, hours, 1)
    assert names(folder) == [f"{name}-20260105T030000Z.dump"]
    await run(rotation, hours, 3 * 24)
    assert len(names(folder)) == 2
    assert all(dump.is_dump(folder / copy) for copy in names(folder))
    monkeypatch.setenv("PATH", str(tmp_path))
    await run(rotation, hours, 24)
    assert len(names(folder)) == 2
