"""PostgreSQL beside SQLite, and beside psycopg doing the same statements, in one run on a server that syncs."""

import asyncio
import queue
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median
from subprocess import PIPE

import psycopg

from bot.chat.card import Card
from bot.chat.delivery import ChannelAddress, Delivery
from bot.clock import StillClock
from bot.context import Defaults
from bot.dispatch.dispatcher import Dispatcher
from bot.location import Location, ServerDatabase
from bot.store import claims, migrate, outbox, postgres, postgres_connection
from bot.store.database import Store
from bot.store.dialect import translate
from bot.store.postgres import PostgresTx
from bot.store.tx import Row
from tests.bench import core
from tests.bench.core import CHECKINS, NOW, PEOPLE, TURN
from tests.bench.lines import line, told
from tests.servers.postgres import server
from tests.servers.postgres.server import Server

ROUNDS = 3
CONNECTIONS = 10
POSTS = 400
PROCESSES = 3
Statement = tuple[str, list[object]]
Connection = psycopg.Connection[Row]


def run() -> Iterator[str]:
    """Yield the lines of this part; one that says so where there is no server."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            with server.running(fsync="on", autovacuum="on") as running:
                yield from _checkins(running, Path(folder))
                yield from _processes(running)
                yield from _claims(running)
                yield from _board(running, Path(folder))
        except server.Missing:
            yield "            (no server)  PostgreSQL"


@contextmanager
def _recording(keep: Callable[[str, Iterable[dict[str, object]]], None]) -> Iterator[None]:
    class Recording(PostgresTx):
        def _execute(self, sql: str, params: dict[str, object]) -> "psycopg.Cursor[Row]":
            keep(sql, [params])
            return super()._execute(sql, params)

        def many(self, sql: str, rows: Iterable[dict[str, object]]) -> int:
            stored = list(rows)
            keep(sql, stored)
            return super().many(sql, stored)

    postgres.PostgresTx = Recording  # type: ignore[misc]
    try:
        yield
    finally:
        postgres.PostgresTx = PostgresTx  # type: ignore[misc]


def _bound(sql: str, rows: Iterable[dict[str, object]]) -> list[Statement]:
    text, names = translate(sql)
    return [(text, [postgres.value_of(row[name]) for name in names]) for row in rows]


def _copy(running: Server, name: str, template: str) -> ServerDatabase:
    with psycopg.connect(running.url(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
    return ServerDatabase(running.url(name), CONNECTIONS)


def _checkins(running: Server, folder: Path) -> Iterator[str]:
    file = folder / "people.db"
    migrate.migrate(file)
    base = _copy(running, "people", "template0")
    migrate.create(base)
    for location in (file, base):
        asyncio.run(core.populate(location))
    units = _record_checkins(running)
    for words, at_once in (("one by one", 1), (f"{PEOPLE} at once", PEOPLE)):
        ours, sqlites, raws = [], [], []
        for number in range(ROUNDS):
            of_server = _copy(running, "ours", "people")
            of_file = Path(shutil.copy(file, folder / f"{number}.db"))
            sqlites.append(asyncio.run(_seconds_a_checkin(of_file, at_once)))
            ours.append(asyncio.run(_seconds_a_checkin(of_server, at_once)))
            raws.append(_raw_seconds(_copy(running, "raw", "people"), units, 1 if at_once == 1 else CONNECTIONS))
        least = 0.45 if at_once == 1 else 0.25
        beside = f"PostgreSQL: check-in {words}, beside SQLite"
        yield line(beside, median(sqlites) / median(ours), least, more=True)
        beside = f"PostgreSQL: check-in {words}, beside the same statements in psycopg"
        ratio = median(raws) / median(ours)
        yield told(beside, ratio) if at_once == 1 else line(beside, ratio, 0.45, more=True)


def _record_checkins(running: Server) -> list[list[Statement]]:
    units: list[list[Statement]] = []

    async def record() -> None:
        store = await Store.open(_copy(running, "recorded", "people"))
        dispatcher = Dispatcher(store, StillClock(NOW), Defaults(600, "UTC"))
        for request in core.make_requests():
            units.append([])
            await dispatcher.handle(request)
        await store.close()

    with _recording(lambda sql, rows: units[-1].extend(_bound(sql, rows))):
        asyncio.run(record())
    return units


async def _seconds_a_checkin(location: Location, at_once: int) -> float:
    """Return the seconds of a check-in, the median of turns."""
    store = await Store.open(location)
    dispatcher = Dispatcher(store, StillClock(NOW), Defaults(600, "UTC"))
    requests, turn = list(core.make_requests()), max(at_once, TURN)
    turns = [requests[start : start + turn] for start in range(0, CHECKINS, turn)]
    times = [await core.run_turn(dispatcher, some, at_once) / turn for some in turns]
    await store.close()
    return median(times)


def _raw_seconds(location: ServerDatabase, units: list[list[Statement]], threads: int) -> float:
    """Return the seconds of a unit in bare psycopg: so many threads, a connection each, take one after the other."""
    waiting: queue.SimpleQueue[tuple[int, list[Statement]]] = queue.SimpleQueue()
    for item in enumerate(units, PEOPLE + 1):  # after the first check-ins of all
        waiting.put(item)

    def work() -> None:
        with closing(postgres_connection.connect(location)) as connection, suppress(queue.Empty):
            while True:
                _replay(connection, *waiting.get_nowait())

    workers = [threading.Thread(target=work) for _ in range(threads)]
    began = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return (time.perf_counter() - began) / len(units)


def _replay(connection: Connection, checkin_id: int, statements: list[Statement]) -> None:
    """Run a unit's statements; in another order its check-in has another id than when they were recorded."""
    cursor, new_id = connection.cursor(), checkin_id
    cursor.execute("BEGIN")
    for text, values in statements:
        cursor.execute(text.encode(), [new_id if value == checkin_id else value for value in values])
        rows = cursor.fetchall() if cursor.description is not None else []
        if text.startswith("INSERT INTO checkins"):
            new_id = rows[0][0]
    cursor.execute("COMMIT")


def _processes(running: Server) -> list[str]:
    """Make the same check-ins by three processes and by one, in turn, as many of them at once in all."""
    times: dict[int, list[float]] = {1: [], PROCESSES: []}
    for _ in range(ROUNDS):
        for processes, seconds in times.items():
            seconds.append(_seconds_of_processes(_copy(running, "ours", "people"), processes))
    what = f"PostgreSQL: {PEOPLE} check-ins at once by {PROCESSES} processes, beside one"
    return [line(what, median(times[1]) / median(times[PROCESSES]), 0.9, more=True)]


def _seconds_of_processes(location: ServerDatabase, processes: int) -> float:
    """Return the seconds from a signal until the last process has made its part."""
    command = [sys.executable, "-m", "tests.bench.beside", location.url]
    running = [
        subprocess.Popen([*command, str(start), str(processes)], stdin=PIPE, stdout=PIPE, text=True)
        for start in range(processes)
    ]
    _await_all(running, "ready\n")
    began = time.perf_counter()
    for process in running:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    _await_all(running, "made\n")
    seconds = time.perf_counter() - began
    for process in running:
        process.communicate()
    return seconds


def _await_all(processes: list["subprocess.Popen[str]"], words: str) -> None:
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == words


def _claims(running: Server) -> list[str]:
    """Take and settle posts ten at a time, as the sender does."""
    base = _copy(running, "posts", "template0")
    migrate.create(base)
    asyncio.run(_enqueue(base))
    units: list[list[Statement]] = []
    with _recording(lambda sql, rows: units[-1].extend(_bound(sql, rows)) if units else None):
        asyncio.run(_claim_all(_copy(running, "ours", "posts"), units))
    raws = [_raw_seconds(_copy(running, "raw", "posts"), units, 1) for _ in range(ROUNDS)]
    ours = median(asyncio.run(_claim_all(_copy(running, "ours", "posts"), [])) for _ in range(ROUNDS))
    what = "PostgreSQL: claiming posts, beside the same statements in psycopg"
    return [line(what, median(raws) / ours, 0.4, more=True)]


async def _enqueue(location: ServerDatabase) -> None:
    store = await Store.open(location)
    for n in range(POSTS):
        to = ChannelAddress("console", "", f"c{n}")
        post = Delivery(f"key{n}", to, Card(f"Post {n}"), NOW, NOW + timedelta(hours=1))
        await store.write(partial(outbox.enqueue, delivery=post))
    await store.close()


async def _claim_all(location: ServerDatabase, units: list[list[Statement]]) -> float:
    """Return the seconds of a claim; each begins a new list among `units`."""
    store = await Store.open(location)
    waiting = await store.read(lambda tx: outbox.list_waiting(tx, "console", NOW, POSTS))
    keys = [key for key, _ in waiting]
    times = []
    for start in range(0, len(keys), TURN):
        batch = keys[start : start + TURN]
        units.append([])
        began = time.perf_counter()
        assert len(await store.write(lambda tx, batch=batch: claims.claim(tx, batch, NOW))) == len(batch)  # type: ignore[misc]
        times.append(time.perf_counter() - began)
    await store.close()
    return median(times)


def _board(running: Server, folder: Path) -> list[str]:
    file = folder / "board.db"
    migrate.migrate(file)
    core.fill_board(file, 0)
    base = _copy(running, "board", "template0")
    migrate.create(base)
    _carry_over(file, base)
    of_file, of_server = (asyncio.run(_board_seconds(location)) for location in (file, base))
    what = f"PostgreSQL: leaderboard of {core.MEMBERS:,}, beside SQLite"
    return [line(what, of_server / of_file, 2)]


def _carry_over(file: Path, base: ServerDatabase) -> None:
    """Copy the rows of some tables from a file."""
    tables = ("groups", "people", "identities", "names", "goals", "members", "weeks")
    with closing(sqlite3.connect(file)) as source, psycopg.connect(base.url) as target:
        for table in tables:
            rows = source.execute(f"SELECT * FROM {table}")
            names = [column[0] for column in rows.description]
            kinds: dict[str, str] = dict(
                target.execute(
                    "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s", [table]
                ).fetchall()
            )
            columns = ", ".join(f'"{name}"' for name in names)
            with target.cursor().copy(f"COPY {table} ({columns}) FROM STDIN".encode()) as copy:
                for row in rows:
                    copy.write_row(
                        [
                            bool(cell) if kinds[name] == "boolean" else cell
                            for name, cell in zip(names, row, strict=True)
                        ]
                    )
        target.execute("ANALYZE")


async def _board_seconds(location: Location) -> float:
    store = await Store.open(location)
    dispatcher = Dispatcher(store, StillClock(NOW), Defaults(600, "UTC"))
    request = core.make_request("board", 5000, "leaderboard")
    answer = await dispatcher.handle(request)
    assert not getattr(answer, "is_wrong", True)
    times = [await core.time_once(dispatcher, request) for _ in range(9)]
    await store.close()
    return median(times)
