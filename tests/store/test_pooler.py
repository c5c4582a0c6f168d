"""Behind PgBouncer in transaction mode, as docs/operators.md has it: each transaction on another connection."""

import asyncio
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.checkup import server as checkup
from bot.checkup.line import Level
from bot.clock import StillClock
from bot.context import Defaults
from bot.dispatch.dispatcher import Dispatcher
from bot.location import ServerDatabase
from bot.store import migrate
from bot.store.database import Store
from tests.adapters.web.stage import free_port
from tests.bench import core
from tests.servers.postgres import server as servers

pytestmark = [pytest.mark.sqlite, pytest.mark.slow]  # a server and a pooler of one's own
PEOPLE = 30
SECONDS_TO_START = 60


@pytest.fixture
def pooled() -> Iterator[ServerDatabase]:
    """A database behind a pooler that has three connections for everybody."""
    pgbouncer = shutil.which("pgbouncer")
    if pgbouncer is None:
        pytest.skip("pgbouncer is not installed here")
    try:
        with servers.running() as server, pooler(pgbouncer, server.folder) as port:
            yield ServerDatabase(f"postgresql://{servers.USER}@127.0.0.1:{port}/postgres", is_prepared=False)
    except servers.Missing as missing:
        pytest.skip(f"no PostgreSQL: {missing}")


@contextmanager
def pooler(pgbouncer: str, folder: Path) -> Iterator[int]:
    """Run a pooler in front of the server in a folder, and yield its port."""
    port, settings = free_port(), folder.parent / "pgbouncer.ini"
    settings.write_text(
        f"[databases]\n* = host={folder} user={servers.USER}\n[pgbouncer]\nlisten_addr = 127.0.0.1\n"
        f"listen_port = {port}\nunix_socket_dir =\nauth_type = any\npool_mode = transaction\ndefault_pool_size = 3\n"
    )
    settings.chmod(0o644)
    with (folder.parent / "pooler.log").open("wb") as log:
        process = subprocess.Popen(
            [pgbouncer, settings],
            cwd=folder.parent,
            user=servers.UNPRIVILEGED if os.geteuid() == 0 else None,
            stderr=log,
        )
    try:
        until = time.monotonic() + SECONDS_TO_START
        while not is_open(port):
            assert time.monotonic() < until, (folder.parent / "pooler.log").read_text()
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait()


def is_open(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


async def test_everything_works_behind_a_pooler_that_shares_connections(pooled: ServerDatabase) -> None:
    migrate.migrate(pooled)
    stores = [await Store.open(pooled) for _ in range(2)]
    cores = [Dispatcher(store, StillClock(core.NOW), Defaults(600, "UTC")) for store in stores]
    await cores[0].handle(core.make_request("start", 0, "group start name: Pooled"))
    for round_number in range(3):
        lines = [f"checkin {n + 30 + round_number}m" for n in range(PEOPLE)]
        requests = [core.make_request(f"{round_number}/{n}", n, line) for n, line in enumerate(lines)]
        answers = await asyncio.gather(*(cores[n % 2].handle(request) for n, request in enumerate(requests)))
        assert not any(getattr(answer, "is_wrong", True) for answer in answers)
    total = await stores[0].read(lambda tx: tx.one("SELECT count(*), sum(minutes) FROM checkins"))
    assert total == (3 * PEOPLE, sum(n + 30 + round_number for n in range(PEOPLE) for round_number in range(3)))
    for store in stores:
        await store.close()
    findings, _ = checkup.look(pooled)
    assert max(finding.level for finding in findings) is Level.WELL
