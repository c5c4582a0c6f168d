"""The core beside raw sqlite3: a check-in, a board of 10,000, a tick with 100,000 schedules, a cold start."""

import asyncio
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import aiosqlite

from bot import app
from bot.app import App
from bot.chat.request import Channel, Request, TextRequest, User
from bot.clock import StillClock
from bot.config import DatabaseSettings, Settings
from bot.context import Defaults
from bot.dispatch.dispatcher import Dispatcher
from bot.domain.collation import sort_key
from bot.location import Location
from bot.store import migrate, sqlite
from bot.store.database import Store
from tests.bench.lines import line, told
from tests.bench.recording import Statement, recording, replay, replay_commits

NOW = datetime(2026, 1, 7, 12, tzinfo=UTC)
CHANNEL = Channel("console", "", "console", "console")
CHECKINS = 400
TURN = 10
ROUNDS = 5
PEOPLE = 100
MEMBERS = 10_000
MANY_CHECKINS = 2_000_000
SCHEDULES = 100_000


def run() -> list[str]:
    """All lines of this part."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        migrate.migrate(path)
        return [*_checkins(path), *_board(path), *_tick(path), *_cold_start(Path(folder))]


def _checkins(empty: Path) -> list[str]:
    base = empty.with_name("people.db")
    shutil.copy(empty, base)
    asyncio.run(populate(base))
    statements = _recorded(base)
    found = []
    for words, at_once in (("one by one", 1), (f"{PEOPLE} at once", PEOPLE)):
        ours, raw = asyncio.run(_side_by_side(base, statements, at_once))
        found.append(line(f"check-in {words}, beside raw sqlite3", raw / ours, 0.3, more=True))
    return found


def _copy(base: Path) -> Path:
    return Path(shutil.copy(base, base.with_name(f"{time.monotonic_ns()}.db")))


async def populate(location: Location) -> None:
    store = await Store.open(location)
    core = Dispatcher(store, StillClock(NOW - timedelta(days=1)), Defaults(600, "UTC"))
    await core.handle(make_request("start", 0, "group start name: Bench"))
    for person in range(PEOPLE):
        await core.handle(make_request(f"hello{person}", person, "checkin 1h"))
    await store.close()


def make_request(key: str, person: int, words: str) -> Request:
    user = User("console", "", str(person), f"Person {person}", "UTC", may_start=True)
    return TextRequest(key, user, CHANNEL, words)


def make_requests() -> Iterator[Request]:
    for number in range(CHECKINS):
        minutes = 10 + number // PEOPLE
        yield make_request(f"r{number}", number % PEOPLE, f"checkin {minutes}m statistics learned: the chain rule")


def _recorded(base: Path) -> list[list[Statement]]:
    """Every statement of every check-in, as it runs."""
    found: list[list[Statement]] = []

    async def record() -> None:
        store = await Store.open(_copy(base))
        core = Dispatcher(store, StillClock(NOW), Defaults(600, "UTC"))
        for request in make_requests():
            found.append([])
            await core.handle(request)
        await store.close()

    def keep(statement: Statement) -> None:
        found[-1].append(statement)

    with recording(keep):
        asyncio.run(record())
    return found


async def _side_by_side(base: Path, statements: list[list[Statement]], at_once: int) -> tuple[float, float]:
    """Seconds a check-in of ours, and of the same statements in one thread: medians of turns that they take.

    Turns of a few check-ins, by one and then by the other, let whatever else the machine does weigh on both alike.
    """
    requests = list(make_requests())
    context = max(at_once, TURN)
    ours: list[float] = []
    raw: list[float] = []
    for _ in range(ROUNDS):
        settings = Settings(database=DatabaseSettings(f"sqlite:///{_copy(base)}"))
        async with app.opened(settings, StillClock(NOW)) as running:
            with closing(sqlite.connect(_copy(base), read_only=False)) as connection:
                for start in range(0, CHECKINS, context):
                    raw.append(_raw_turn(connection, statements[start : start + context]))
                    ours.append(await run_turn(running.core, requests[start : start + context], at_once))
    return median(ours) / context, median(raw) / context


def _raw_turn(connection: sqlite3.Connection, units: list[list[Statement]]) -> float:
    began = time.perf_counter()
    replay_commits(connection, units)
    return time.perf_counter() - began


async def run_turn(core: Dispatcher, requests: list[Request], at_once: int) -> float:
    began = time.perf_counter()
    for start in range(0, len(requests), at_once):
        answers = await asyncio.gather(*(core.handle(request) for request in requests[start : start + at_once]))
        assert not any(getattr(answer, "is_wrong", True) for answer in answers)
    return time.perf_counter() - began


def _board(empty: Path) -> list[str]:
    small, large = empty.with_name("small.db"), empty.with_name("large.db")
    for path, checkins in ((small, 0), (large, MANY_CHECKINS)):
        shutil.copy(empty, path)
        fill_board(path, checkins)
    ours_small, _ = asyncio.run(_board_times(small))
    ours, own_sql = asyncio.run(_board_times(large))
    return [
        line(f"leaderboard of {MEMBERS:,} with {MANY_CHECKINS:,} check-ins, beside its own SQL", ours / own_sql, 3),
        line("the same, beside the file without the check-ins", ours / ours_small, 1.5),
    ]


def fill_board(path: Path, checkins: int) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        created = int(NOW.timestamp() * 1000)
        connection.execute(
            """INSERT INTO groups (id, platform, team, channel, name, zone, goal, created_at)
               VALUES (1, 'console', '', 'console', 'console', 'UTC', 600, ?)""",
            (created,),
        )
        people = range(1, MEMBERS + 1)
        connection.executemany(
            """INSERT INTO people (id, name, zone, zone_source, first_week, last_checkin_at, created_at, streak, recent)
               VALUES (?, ?, 'UTC', 'platform', '2025-01-06', ?, ?, ?, 'kkkkmk')""",
            ((n, f"Person {n}", created, created, n % 40) for n in people),
        )
        connection.executemany(
            "INSERT INTO identities (platform, team, \"user\", person_id) VALUES ('console', '', ?, ?)",
            ((str(n), n) for n in people),
        )
        connection.executemany(
            "INSERT INTO names (person_id, platform, team, name) VALUES (?, 'console', '', ?)",
            ((n, f"Person {n}") for n in people),
        )
        connection.executemany(
            "INSERT INTO goals (person_id, minutes, set_at) VALUES (?, 600, 0)", ((n,) for n in people)
        )
        connection.executemany(
            """INSERT INTO members (group_id, person_id, name, sort_key, joined_at, first_week)
               VALUES (1, ?, ?, ?, ?, 2870)""",
            ((n, f"Person {n}", sort_key(f"Person {n}"), created) for n in people),
        )
        connection.executemany(
            """INSERT INTO weeks (person_id, monday, number, minutes, counted, goal)
               VALUES (?, '2026-01-05', 2922, ?, ?, 600)""",
            ((n, n % 900, n % 900) for n in people),
        )
        connection.executemany(
            """INSERT INTO checkins (person_id, number, day, minutes, source, created_at)
               VALUES (?, ?, '2025-06-01', 30, 'typed', ?)""",
            ((n % MEMBERS + 1, n // MEMBERS + 1, created) for n in range(checkins)),
        )


async def _board_times(path: Path) -> tuple[float, float]:
    statements: list[Statement] = []
    store = await Store.open(path)
    core = Dispatcher(store, StillClock(NOW), Defaults(600, "UTC"))
    request = make_request("board", 5000, "leaderboard")
    with recording(statements.append):
        answer = await core.handle(request)
    assert not getattr(answer, "is_wrong", True)
    ours = [await time_once(core, request) for _ in range(7)]
    await store.close()
    with closing(sqlite.connect(path, read_only=True)) as connection:
        raw = []
        for _ in range(7):
            began = time.perf_counter()
            replay(connection, statements)
            raw.append(time.perf_counter() - began)
    return median(ours), median(raw)


async def time_once(core: Dispatcher, request: Request) -> float:
    began = time.perf_counter()
    await core.handle(request)
    return time.perf_counter() - began


def _tick(empty: Path) -> list[str]:
    path = _copy(empty)
    later = int((NOW + timedelta(days=3)).timestamp() * 1000)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.executemany(
            "INSERT INTO schedules (kind, group_id, moment, due_at) VALUES ('results', ?, 'mon 09:00', ?)",
            ((n, later + n) for n in range(1, SCHEDULES + 1)),
        )
    ours, awaited, blocking = asyncio.run(_tick_times(path))
    what = f"a tick with {SCHEDULES:,} schedules, none due, beside one indexed SELECT"
    return [
        line(f"{what} through aiosqlite", ours / awaited, 3),
        told(f"{what} that blocks the loop's own thread", ours / blocking),
    ]


async def _tick_times(path: Path) -> tuple[float, float, float]:
    """Of a tick, of one SELECT as an asynchronous program must run it, and of the same without a hop to a thread."""
    sql = "SELECT id FROM schedules WHERE due_at <= 1 ORDER BY due_at LIMIT 200"
    store = await Store.open(path)
    running = App(Settings(), StillClock(NOW), store)
    await running.delivery.tick()
    async with aiosqlite.connect(path) as connection:
        with closing(sqlite3.connect(path)) as raw:

            async def awaited() -> object:
                return await connection.execute_fetchall(sql)

            async def blocking() -> object:
                return raw.execute(sql).fetchall()

            found = await _per_call(running.delivery.tick), await _per_call(awaited), await _per_call(blocking)
    await store.close()
    return found


async def _per_call(call: Callable[[], Awaitable[object]], calls: int = 300) -> float:
    rounds = []
    for _ in range(7):
        began = time.perf_counter()
        for _ in range(calls):
            await call()
        rounds.append((time.perf_counter() - began) / calls)
    return median(rounds)


def _cold_start(folder: Path) -> list[str]:
    program = str(Path(sys.executable).with_name("tenhours"))
    environment = {
        "TENHOURS_DATABASE__URL": f"sqlite:///{folder / 'cold.db'}",
        "PATH": "/usr/bin:/bin",
        "HOME": str(folder),
    }
    times = []
    for _ in range(6):
        began = time.perf_counter()
        done = subprocess.run(
            [program, "chat", "--as", "ada", "--json"],
            input="/progress\n",
            capture_output=True,
            text=True,
            check=True,
            env=environment,
            cwd=folder,
        )
        times.append(time.perf_counter() - began)
        assert '"reply"' in done.stdout
    return [
        line("`tenhours chat`, first command from a cold start, new database, seconds", times[0], 1),
        line("the same on an existing database, seconds", median(times[1:]), 1),
    ]
