"""Posts beside raw sqlite3: planning and sending 10,000 of them, the loop's lag meanwhile, two years of 100 groups.

Sending and its statements take turns, and their medians are compared: the disk is now fast and now slow for both.
"""

import asyncio
import shutil
import sqlite3
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

from bot.adapter import Access, Finding, Health, SendLimits
from bot.app import opened
from bot.chat.card import Card
from bot.chat.delivery import Address, ChannelAddress, Delivery, MessageRef
from bot.clock import StillClock
from bot.config import DatabaseSettings, Settings
from bot.delivery.sender import Sender
from bot.domain.collation import sort_key
from bot.store import migrate, outbox, sqlite
from bot.store.database import Store
from bot.store.rows import ms
from tests.bench import years
from tests.bench.lines import line
from tests.bench.recording import Statement, recording_commits, replay_commits

NOW = datetime(2026, 1, 8, 18, tzinfo=UTC)
PEOPLE = 10_000
ROUNDS = 5
LIVES = 3
"""Of each week of the two years the middle one counts, since now and then a disk stalls."""

LOOK_EVERY = 0.001


class Nowhere:
    """A platform that takes every post at once."""

    name = "console"
    send_limits = SendLimits()

    def __init__(self) -> None:
        self._ids = count()

    async def run(self) -> None:
        return

    async def post(self, delivery: Delivery) -> MessageRef:
        return MessageRef("x", str(next(self._ids)))

    async def edit(self, to: Address, ref: MessageRef, card: Card) -> None:
        return

    async def find(self, delivery: Delivery, since: datetime) -> list[MessageRef]:
        return []

    async def find_access(self, places: Sequence[ChannelAddress]) -> dict[ChannelAddress, Access]:
        return {}

    async def check(self) -> list[Finding]:
        return []

    def health(self) -> Health:
        return Health(is_ready=True)


class Terminal(Nowhere):
    """The same, which takes any number of posts at once, as the console does."""

    send_limits = SendLimits(at_once=128, direct_seconds=0.0)


class Lag:
    """How late the event loop came back to somebody who asked it to, at worst, in seconds."""

    worst = 0.0

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        watching = asyncio.create_task(self._watch())
        await asyncio.sleep(0)
        try:
            yield
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)

    async def _watch(self) -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(LOOK_EVERY)
            self.worst = max(self.worst, time.perf_counter() - began - LOOK_EVERY)


def run() -> list[str]:
    """All lines of this part."""
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.db"
        migrate.migrate(empty)
        return [*_planning(empty), *_sending(empty), *_years(empty)]


def _planning(empty: Path) -> list[str]:
    base = empty.with_name("due.db")
    shutil.copy(empty, base)
    _fill(base)
    rounds = [asyncio.run(_plan(base)) for _ in range(ROUNDS)]
    rows = rounds[0][2]
    raw = [_inserted(base, rows) for _ in range(ROUNDS)]
    return [
        line(
            f"planning {PEOPLE:,} due reminders, beside a bare executemany of the same rows",
            min(raw) / min(spent for spent, _, _ in rounds),
            0.2,
            more=True,
        ),
        line("the event loop's worst lag meanwhile, ms", median(lag for _, lag, _ in rounds) * 1000, 50),
    ]


def _settings(path: Path) -> Settings:
    return Settings(database=DatabaseSettings(f"sqlite:///{path}"))


def _copy(base: Path) -> Path:
    return Path(shutil.copy(base, base.with_name(f"{time.monotonic_ns()}.db")))


def _fill(path: Path) -> None:
    """People of 100 groups who chose to be reminded directly, and have nothing logged in this week."""
    with closing(sqlite3.connect(path)) as raw, raw:
        begun, due = ms(NOW - timedelta(days=8)), ms(NOW)
        everybody = range(1, PEOPLE + 1)
        raw.executemany(
            """INSERT INTO groups (id, platform, team, channel, name, zone, goal, created_at)
               VALUES (?, 'console', '', ?, ?, 'UTC', 600, ?)""",
            ((n, f"room{n}", f"Room {n}", begun) for n in range(1, 101)),
        )
        raw.executemany(
            """INSERT INTO people (id, name, zone, zone_source, first_week, last_checkin_at, closes_at, created_at)
               VALUES (?, ?, 'UTC', 'platform', '2025-12-29', ?, ?, ?)""",
            ((n, f"Person {n}", begun, ms(NOW + timedelta(days=6)), begun) for n in everybody),
        )
        raw.executemany("INSERT INTO zones (person_id, zone, set_at) VALUES (?, 'UTC', 0)", ((n,) for n in everybody))
        raw.executemany("INSERT INTO goals (person_id, minutes, set_at) VALUES (?, 600, 0)", ((n,) for n in everybody))
        raw.executemany(
            """INSERT INTO members (group_id, person_id, name, sort_key, joined_at, first_week)
               VALUES (?, ?, ?, ?, ?, 2921)""",
            ((n % 100 + 1, n, f"Person {n}", sort_key(f"Person {n}"), begun) for n in everybody),
        )
        raw.executemany(
            """INSERT INTO reminders (person_id, how, group_id, platform, team, "user")
               VALUES (?, 'direct', NULL, 'console', '', ?)""",
            ((n, f"person{n}") for n in everybody),
        )
        raw.executemany(
            "INSERT INTO schedules (kind, person_id, moment, due_at) VALUES ('nudge', ?, 'thu 18:00', ?)",
            ((n, due) for n in everybody),
        )


async def _plan(base: Path) -> tuple[float, float, list[tuple[Any, ...]]]:
    """Seconds, the worst lag, and the rows that were written."""
    path, lag = _copy(base), Lag()
    async with opened(_settings(path), StillClock(NOW)) as app:
        async with lag.watched():
            began = time.perf_counter()
            await app.delivery.tick()
            spent = time.perf_counter() - began
        rows = await app.store.read(lambda tx: [tuple(row) for row in tx.all("SELECT * FROM outbox")])
    path.unlink()
    assert len(rows) == PEOPLE
    return spent, lag.worst, rows


def _inserted(base: Path, rows: list[tuple[Any, ...]]) -> float:
    path = _copy(base)
    with closing(sqlite.connect(path, read_only=False)) as raw:
        began = time.perf_counter()
        raw.execute("BEGIN IMMEDIATE")
        raw.executemany(f"INSERT INTO outbox VALUES ({', '.join('?' * len(rows[0]))})", rows)
        raw.execute("COMMIT")
        spent = time.perf_counter() - began
    path.unlink()
    return spent


def _sending(empty: Path) -> list[str]:
    base = empty.with_name("waiting.db")
    shutil.copy(empty, base)
    asyncio.run(_enqueue(base))
    with recording_commits() as commits:
        asyncio.run(_send(base))
    turns = [(asyncio.run(_send(base)), _replayed(base, commits)) for _ in range(ROUNDS)]
    rounds, raw = [ours for ours, _ in turns], [bare for _, bare in turns]
    return [
        line(
            f"claiming and marking {PEOPLE:,} posts, beside the same statements in raw sqlite3",
            median(raw) / median(spent for spent, _ in rounds),
            0.3,
            more=True,
        ),
        line("the event loop's worst lag meanwhile, ms", median(lag for _, lag in rounds) * 1000, 50),
    ]


async def _enqueue(path: Path) -> None:
    store = await Store.open(path)
    card = Card("A nudge")
    posts = [
        Delivery(f"line/{n}", ChannelAddress("console", "", f"room{n}"), card, NOW, NOW + timedelta(days=1))
        for n in range(PEOPLE)
    ]
    await store.write(lambda tx: [outbox.enqueue(tx, post) for post in posts])
    await store.close()


async def _send(base: Path) -> tuple[float, float]:
    path, lag = _copy(base), Lag()
    async with opened(_settings(path), StillClock(NOW)) as app:
        sender = Sender(app.store, app.clock, Nowhere())
        async with lag.watched():
            began = time.perf_counter()
            sent = 0
            while begun := await sender.send_due():
                sent += begun
            spent = time.perf_counter() - began
    assert sent == PEOPLE
    path.unlink()
    return spent, lag.worst


def _replayed(base: Path, commits: list[list[Statement]]) -> float:
    path = _copy(base)
    with closing(sqlite.connect(path, read_only=False)) as raw:
        began = time.perf_counter()
        replay_commits(raw, commits)
        spent = time.perf_counter() - began
    path.unlink()
    return spent


def _years(empty: Path) -> list[str]:
    lives = [asyncio.run(years.live(_copy(empty), Terminal())) for _ in range(LIVES)]
    members = f"{years.GROUPS} groups × {years.MEMBERS} members"
    weeks = [median(week) for week in zip(*lives, strict=True)]
    change = years.growth(weeks)
    return [
        line(f"two years of {members} with all their posts, seconds", sum(weeks), 60),
        line("the last month of them beside the first", 1 + abs(change - 1), 1.2),
    ]
