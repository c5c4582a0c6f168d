"""Posts beside raw sqlite3: 10,000 reminders planned, claimed and marked, the loop meanwhile, two years of groups."""

import asyncio
import logging
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from bot.app import App
from bot.clock import StillClock
from bot.config import Settings
from bot.delivery import planner
from bot.domain.week import Week
from bot.store import migrate, sqlite
from bot.store.database import Store
from bot.store.rows import ms
from bot.store.sqlite import Tx
from tests.bench.lines import line
from tests.delivery.town import Recorder

THURSDAY = datetime(2026, 1, 8, 18, tzinfo=UTC)
FIRST_MONDAY = date(2026, 1, 5)
REMINDERS = 10_000
GROUPS, MEMBERS, WEEKS, MONTH = 100, 20, 104, 4
CHOSEN = 4
"""In the two years, one of so many has chosen reminders."""

Statement = tuple[str, Any]
Measure = Callable[[Awaitable[object]], Awaitable[float]]


def run() -> list[str]:
    """All lines of this part."""
    logging.disable(logging.WARNING)
    try:
        with tempfile.TemporaryDirectory() as folder:
            empty = Path(folder) / "empty.db"
            migrate.migrate(empty)
            return [*_reminders(empty), *_two_years(empty)]
    finally:
        logging.disable(logging.NOTSET)


def _reminders(empty: Path) -> list[str]:
    due = empty.with_name("due.db")
    shutil.copy(empty, due)
    _fill(due, 1, REMINDERS)
    with closing(sqlite3.connect(due)) as connection, connection:
        connection.execute("UPDATE schedules SET due_at = ? WHERE kind = 'nudge'", (ms(THURSDAY),))
        connection.execute("DELETE FROM schedules WHERE kind <> 'nudge'")
    path = _copy(due)
    lag = [asyncio.run(_planned(path, _worst_lag)), asyncio.run(_sent(_copy(path), _worst_lag))]
    planned = median(asyncio.run(_planned(_copy(due), _seconds)) for _ in range(3))
    raw_planned = median(_raw_insert(due, path) for _ in range(3))
    statements = asyncio.run(_recorded(_copy(path)))
    sent = median(asyncio.run(_sent(_copy(path), _seconds)) for _ in range(3))
    raw_sent = median(_raw(_copy(path), statements) for _ in range(3))
    count = f"{REMINDERS:,}"
    return [
        line(
            f"planning {count} due reminders, beside executemany of their rows, a commit for each {planner.BATCH}",
            raw_planned / planned,
            0.2,
            more=True,
        ),
        line(
            f"claiming and marking {count} posts, beside the same statements and commits in raw sqlite3",
            raw_sent / sent,
            0.3,
            more=True,
        ),
        line("the event loop's worst lag meanwhile, milliseconds", 1000 * max(lag), 50),
    ]


def _copy(base: Path) -> Path:
    return Path(shutil.copy(base, base.with_name(f"{time.monotonic_ns()}.db")))


def _fill(path: Path, groups: int, members: int) -> None:
    """Groups of people who have studied before and want reminders, with their schedules; all of them in UTC."""
    met = ms(datetime.combine(FIRST_MONDAY, datetime.min.time(), UTC))
    people = range(1, groups * members + 1)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(
            """INSERT INTO groups (id, platform, team, channel, name, zone, goal, lines, created_at)
               VALUES (?, 'console', '', ?, 'Bench', 'UTC', 600, 'off', ?)""",
            ((n, f"channel {n}", met) for n in range(1, groups + 1)),
        )
        connection.executemany(
            """INSERT INTO people (id, name, zone, zone_source, first_week, last_checkin_at, created_at, closes_at)
               VALUES (?, ?, 'UTC', 'platform', ?, ?, ?, ?)""",
            ((n, f"Person {n}", str(FIRST_MONDAY), met, met, met + 9 * 86_400_000) for n in people),
        )
        connection.executemany(
            "INSERT INTO identities (platform, team, \"user\", person_id) VALUES ('console', '', ?, ?)",
            ((str(n), n) for n in people),
        )
        connection.executemany(
            "INSERT INTO zones (person_id, zone, set_at) VALUES (?, 'UTC', 0)", ((n,) for n in people)
        )
        connection.executemany(
            "INSERT INTO goals (person_id, minutes, set_at) VALUES (?, 600, 0)", ((n,) for n in people)
        )
        connection.executemany(
            "INSERT INTO members (group_id, person_id, joined_at, first_week) VALUES (?, ?, ?, ?)",
            (((n - 1) // members + 1, n, met, Week(FIRST_MONDAY).number) for n in people),
        )
        choosing = [n for n in people if groups == 1 or n % CHOSEN == 0]
        connection.executemany(
            "INSERT INTO reminders (person_id, how, platform, team, \"user\") VALUES (?, 'direct', 'console', '', ?)",
            ((n, str(n)) for n in choosing),
        )
        rules = (("nudge", "thu 18:00", 3, 18), ("lastcall", "sun 15:00", 6, 15), ("freshstart", "mon 09:00", 7, 9))
        connection.executemany(
            "INSERT INTO schedules (kind, person_id, moment, due_at) VALUES (?, ?, ?, ?)",
            (
                (kind, n, moment, met + (day * 24 + hour) * 3_600_000)
                for n in choosing
                for kind, moment, day, hour in rules
            ),
        )
        connection.executemany(
            "INSERT INTO schedules (kind, group_id, moment, due_at) VALUES (?, ?, ?, ?)",
            (
                (kind, n, moment, met + (day * 24 + hour) * 3_600_000)
                for n in range(1, groups + 1)
                for kind, moment, day, hour in (("results", "mon 09:00", 7, 9), ("groupcall", "sun 15:00", 6, 15))
            ),
        )


async def _planned(path: Path, measured: Measure) -> float:
    store = await Store.open(path)

    async def work() -> None:
        while not (await store.write(lambda tx: planner.plan_due(tx, THURSDAY))).is_all:
            pass

    found = await measured(work())
    owed = await store.read(lambda tx: tx.one("SELECT count(*) FROM outbox"))
    assert owed is not None
    assert owed[0] == REMINDERS
    await store.close()
    return found


async def _seconds(work: Awaitable[object]) -> float:
    """How long the work takes."""
    began = time.perf_counter()
    await work
    return time.perf_counter() - began


async def _worst_lag(work: Awaitable[object]) -> float:
    """By how many seconds at worst a sleep of a millisecond is late while the work is done."""
    worst = 0.0

    async def watch() -> None:
        nonlocal worst
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0.001)
            worst = max(worst, time.perf_counter() - began - 0.001)

    watching = asyncio.create_task(watch())
    await work
    watching.cancel()
    return worst


def _raw_insert(due: Path, planned: Path) -> float:
    with closing(sqlite.connect(planned, read_only=True)) as connection:
        rows = [tuple(row) for row in connection.execute("SELECT * FROM outbox").fetchall()]
    sql = f"INSERT INTO outbox VALUES ({', '.join('?' * len(rows[0]))})"
    with closing(sqlite.connect(_copy(due), read_only=False)) as connection:
        began = time.perf_counter()
        for start in range(0, len(rows), planner.BATCH):
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(sql, rows[start : start + planner.BATCH])
            connection.execute("COMMIT")
        return time.perf_counter() - began


async def _sent(path: Path, measured: Measure) -> float:
    store = await Store.open(path)
    platform = Recorder(StillClock(THURSDAY))
    app = App(Settings(), platform.clock, store)
    app.serve(platform)
    found = await measured(app.settle())
    assert len(platform.posts) == REMINDERS
    await store.close()
    return found


async def _recorded(path: Path) -> list[list[Statement]]:
    """Every statement of sending, by transaction."""
    found: list[list[Statement]] = []
    with _recording(found):
        await _sent(path, _seconds)
    return found


@contextmanager
def _recording(found: list[list[Statement]]) -> Iterator[None]:
    class RecordingTx(Tx):
        def all(self, sql: str, **params: object) -> list[sqlite3.Row]:
            found[-1].append((sql, params))
            return super().all(sql, **params)

        def one(self, sql: str, **params: object) -> sqlite3.Row | None:
            found[-1].append((sql, params))
            return super().one(sql, **params)

        def run(self, sql: str, **params: object) -> int:
            found[-1].append((sql, params))
            return super().run(sql, **params)

        def many(self, sql: str, rows: Any) -> int:
            kept = list(rows)
            found[-1].append((sql, kept))
            return super().many(sql, kept)

    def marking(plain: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **named: Any) -> Any:
            found.append([])
            return plain(*args, **named)

        return run

    kept = sqlite.Tx, sqlite.run_reading, sqlite.run_writing
    sqlite.Tx = RecordingTx  # type: ignore[misc]
    sqlite.run_reading, sqlite.run_writing = marking(sqlite.run_reading), marking(sqlite.run_writing)
    try:
        yield
    finally:
        sqlite.Tx, sqlite.run_reading, sqlite.run_writing = kept  # type: ignore[misc]


def _raw(path: Path, transactions: list[list[Statement]]) -> float:
    with closing(sqlite.connect(path, read_only=False)) as connection:
        began = time.perf_counter()
        for statements in transactions:
            is_reading = all(sql.startswith("SELECT") for sql, _ in statements)
            connection.execute("BEGIN" if is_reading else "BEGIN IMMEDIATE")
            for sql, params in statements:
                if isinstance(params, list):
                    connection.executemany(sql, params)
                else:
                    connection.execute(sql, params).fetchall()
            connection.execute("COMMIT")
        return time.perf_counter() - began


def _two_years(empty: Path) -> list[str]:
    path = _copy(empty)
    _fill(path, GROUPS, MEMBERS)
    wall, costs, posts = asyncio.run(_weeks(path))
    ratio = median(costs[-MONTH:]) / median(costs[1 : 1 + MONTH])
    size = f"{GROUPS} groups of {MEMBERS}"
    return [
        line(f"two years of {size}, {posts:,} posts, seconds", wall, 60),
        line("a week of their last month, beside one of the first (processor time)", ratio, 1.2),
    ]


async def _weeks(path: Path) -> tuple[float, list[float], int]:
    """Seconds, processor seconds for each week, and how many posts there were."""
    store = await Store.open(path)
    clock = StillClock(datetime.combine(FIRST_MONDAY, datetime.min.time(), UTC))
    platform = Recorder(clock)
    app = App(Settings(), clock, store)
    app.serve(platform)
    began, costs, posts = time.perf_counter(), [], 0
    for week in Week(FIRST_MONDAY).until(Week(FIRST_MONDAY).plus(WEEKS - 1)):
        before = time.process_time()
        await store.write(lambda tx, week=week: _study(tx, week))  # type: ignore[misc]
        for _ in range(7):
            await app.move(clock.now() + timedelta(days=1))
            await app.tick()
        costs.append(time.process_time() - before)
        posts += len(platform.posts)
    wall = time.perf_counter() - began
    await store.close()
    return wall, costs, posts


def _study(tx: Tx, week: Week) -> None:
    """What everybody studies that week: most keep it, some nearly, some not at all."""
    minutes = (600, 0, 480, 660, 600, 300, 720)
    people = range(1, GROUPS * MEMBERS + 1)
    studied = [(n, minutes[(n + week.number) % len(minutes)]) for n in people]
    tx.many(
        """INSERT INTO weeks (person_id, monday, number, minutes, counted, goal)
           VALUES (:id, :monday, :number, :minutes, :minutes, 600)""",
        [
            {"id": n, "monday": week.monday.isoformat(), "number": week.number, "minutes": each}
            for n, each in studied
            if each
        ],
    )
    at = ms(datetime.combine(week.monday, datetime.min.time(), UTC))
    tx.many(
        "UPDATE people SET last_checkin_at = :at WHERE id = :id", [{"id": n, "at": at} for n, each in studied if each]
    )
