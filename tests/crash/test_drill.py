"""The drill of an operator, with the real program: copy it while it is busy, lose it, restore it, and go on."""

import asyncio
import socket
import sqlite3
import sys
from asyncio.subprocess import PIPE
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.delivery import after_restore
from bot.store import restore
from bot.store.outbox import EXPIRED
from bot.store.tx import Tx
from tests.crash.platforms import OnFar
from tests.crash.test_processes import STOPS_WITHIN, serving
from tests.crash.town import Run, ServiceManager, Town
from tests.waiting import eventually

pytestmark = pytest.mark.sqlite  # what is copied and lost is a file
PROGRAM = Path(sys.executable).with_name("tenhours")
BELONGING_TO_THE_MOMENT = {"leases", "outbox", "schedules", "skipped", "memory"}
"""Tables in which a restored copy begins anew; all others are as they were, row for row."""


def rows(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that is kept for members."""
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        tables = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        kept = [name for name in tables if name not in BELONGING_TO_THE_MOMENT]
        return {name: sorted(raw.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for name in kept}


async def copied(town: Town, target: Path) -> None:
    """Copy by `tenhours backup`, in a process of its own."""
    process = await asyncio.create_subprocess_exec(
        PROGRAM, "backup", target, stderr=PIPE, env={"TENHOURS_DATABASE__URL": f"sqlite:///{town.database}"}
    )
    _, said = await process.communicate()
    assert process.returncode == 0, said


async def test_a_copy_made_under_load_is_restored_and_nothing_is_posted_twice(
    town: Town, far: OnFar, tmp_path: Path
) -> None:
    run, copy = await serving(town, far), tmp_path / "copies" / "copy.db"
    copy.parent.mkdir()
    await far.check_in(1)
    # The copy has to find the line standing: of one that is under way nobody knows, and it is dropped with its edits.
    await run.until(lambda: far.is_answered(1) and town.is_quiet())
    for minutes in range(2, 10):
        await far.check_in(minutes)
    copying = asyncio.create_task(copied(town, copy))
    for minutes in range(10, 40):
        await far.check_in(minutes)
        await run.until(lambda: far.is_answered(minutes))  # noqa: B023
    await copying
    await run.until(lambda: len(far.far.answers) == 39 and town.is_quiet())
    assert len(town.rows("SELECT * FROM lines")) == 39 + 3
    await run.kill()
    held, before = rows(copy), Counter(far.far.posts)
    town.database.write_bytes(b"a disk that has failed " * 1000)

    restored(town, copy)
    assert rows(town.database) == held
    run = await serving(town, far)
    assert Counter(far.far.posts) == before
    assert set(Counter(far.far.posts).values()) == {1}
    await far.check_in(59)
    await run.until(lambda: far.is_answered(59) and town.is_quiet())
    edits = set(town.rows("SELECT state, reason FROM outbox WHERE edits IS NOT NULL"))
    assert edits <= {("sent", None), ("dropped", EXPIRED)}, "a newer one may have followed meanwhile"
    assert set(town.rows("SELECT state FROM outbox WHERE key = edits || '/edit'")) == {("sent",)}
    assert await run.stop() == 0


def restored(town: Town, copy: Path) -> None:
    now = town.clock.now()

    def begin(tx: Tx) -> None:
        after_restore.leave_out_past(tx, now)

    restore.replace(town.database, restore.prepare(copy, town.database, begin), now)


async def is_well(port: int) -> bool:
    """Return True if `/healthz` says that the program serves its platform."""
    try:
        async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/healthz") as answer:
            return answer.status == 200 and (await answer.json())["platforms"]["far"]["is_ready"] is True
    except aiohttp.ClientConnectionError:
        return False


async def test_with_all_that_keeps_it_a_stop_is_still_in_time(
    town: Town, far: OnFar, manager: ServiceManager, tmp_path: Path
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    run = await town.start(
        **manager.environment,
        WATCHDOG_USEC="2000000",
        TOWN_COPIES="backups",
        TOWN_LISTEN=f"127.0.0.1:{port}",
    )
    await eventually(lambda: is_well(port))
    await run.until(lambda: bool(list(tmp_path.glob("backups/*.db"))) and "ticking" in heartbeat(town))
    far.far.holds_posts = True
    posts = far.posts()
    await far.check_in(45)
    await run.until(lambda: far.posts() > posts)
    async with asyncio.timeout(STOPS_WITHIN):
        assert await run.stop() == 0
    heard = manager.heard
    assert heard[:2] == ["READY=1", "STATUS=Serving"]
    assert set(heard[2:-1]) == {"WATCHDOG=1"}
    assert heard[-1] == "STOPPING=1"
    assert heartbeat(town) == ["stopped"]
    assert_ended_well(run)


def heartbeat(town: Town) -> list[str]:
    return [value for (value,) in town.rows("SELECT value FROM memory WHERE key = 'tenhours/pulse'")]


def assert_ended_well(run: Run) -> None:
    assert "Traceback" not in "".join(run.output)
