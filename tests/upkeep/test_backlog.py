"""What an upgrade left to be done: all of it, in slices, whatever the disk says; and everything is found meanwhile."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import NotSaved
from bot.store import migrate, running_sums, search
from bot.store.database import Store
from bot.store.sqlite import SqliteTx
from bot.store.tx import Tx
from bot.store.unit import Unit
from bot.upkeep import backlog

TOO_MANY_AT_ONCE = 20_002
"""Entries of which the migration moves none itself."""

INDEXED = "SELECT count(*) FROM journal_words"


def write_before(path: Path, entries: int) -> None:
    """Write a journal of the schema before the words had owners: of two people, who learn the same in turn."""
    migrate.migrate(path, "0011")
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.executemany("INSERT INTO people (id, name, zone, created_at) VALUES (?, 'x', 'UTC', 0)", [(1,), (2,)])
        raw.executemany(
            """INSERT INTO checkins (id, person_id, number, day, minutes, learned, source, created_at)
               VALUES (?, ?, ?, '2026-01-05', 60, 'Chain rule', 'typed', 0)""",
            [(row, 1 + row % 2, row) for row in range(1, entries + 1)],
        )
        raw.executemany(
            "INSERT INTO journal (rowid, who, words) VALUES (?, ?, 'chain rule')",
            [(row, f"p{1 + row % 2}") for row in range(1, entries + 1)],
        )
    migrate.migrate(path)


@pytest.fixture
async def large(tmp_path: Path) -> AsyncIterator[Store]:
    write_before(tmp_path / "large.db", TOO_MANY_AT_ONCE)
    store = await Store.open(tmp_path / "large.db")
    yield store
    await store.close()


async def no_rest(_seconds: float) -> None:
    """Go on at once."""


async def found(store: Store, person: int, typed: str = "rule") -> list[int]:
    return await store.read(lambda tx: search.find_best(tx, person, typed, 0, 2 * TOO_MANY_AT_ONCE))


async def count(store: Store, sql: str = INDEXED) -> int:
    return int((await store.read(lambda tx: tx.all(sql)))[0][0])


def test_a_small_journal_is_moved_by_its_migration(tmp_path: Path) -> None:
    write_before(tmp_path / "small.db", 3)
    with closing(sqlite3.connect(tmp_path / "small.db")) as raw:
        assert raw.execute("SELECT rowid, words FROM journal_words").fetchall() == [
            (1, "p2xchain p2xrule"),
            (2, "p1xchain p1xrule"),
            (3, "p2xchain p2xrule"),
        ]
        assert not search.is_being_moved(SqliteTx(raw))


async def test_a_large_journal_is_found_before_while_and_after_it_is_moved(large: Store) -> None:
    assert await count(large) == 0
    before = await found(large, 1)
    assert len(before) == TOO_MANY_AT_ONCE // 2
    assert await large.write(search.move_slice)
    assert await count(large) == search.SLICE_ROWS
    assert set(await found(large, 1)) == set(before)
    await backlog.work_off(large, sleep=no_rest)
    assert await found(large, 1) == sorted(before, reverse=True)
    assert await found(large, 2, "chain ru") == list(range(TOO_MANY_AT_ONCE - 1, 0, -2))
    assert await count(large, "SELECT count(*) FROM sqlite_master WHERE name LIKE 'journal%' AND sql LIKE '%who%'") == 0


async def test_what_changes_while_it_waits_is_found_as_it_is_now(large: Store) -> None:
    def change(tx: Tx) -> None:
        search.save(tx, 2, 1, "Bayes")
        search.save(tx, 4, 1, None)
        search.add(tx, -1, 1, "Chain, explained")
        search.delete_many(tx, range(1, TOO_MANY_AT_ONCE + 1, 2))

    await large.write(change)
    for moved in (False, True):
        assert await found(large, 1, "bay") == [2]
        assert {2, 4} & set(await found(large, 1, "rule")) == set()
        assert -1 in await found(large, 1, "chain")
        assert await found(large, 2) == []
        if not moved:
            await backlog.work_off(large, sleep=no_rest)


MANY_WEEKS = 200_010
PEOPLE_OF_THEM = 3 * running_sums.PEOPLE_PER_SLICE + 6
SUMS = "SELECT sum(counted_sum), max(share_sum), min(counted_sum) FROM weeks"


def write_weeks(path: Path, weeks: int, people: int) -> None:
    """Write so many weeks of the schema before they were summed up, in each of which half of the goal counts."""
    migrate.migrate(path, "0013")
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.executemany(
            "INSERT INTO people (id, name, zone, first_week, created_at) VALUES (?, 'x', 'UTC', '2026-01-05', 0)",
            [(person,) for person in range(people)],
        )
        raw.executemany(
            "INSERT INTO weeks (person_id, monday, minutes, number, counted, goal) VALUES (?, ?, 5, ?, 5, 10)",
            [(at % people, f"{at // people:06}", at // people) for at in range(weeks)],
        )
    migrate.migrate(path)


def test_weeks_of_a_small_database_are_summed_by_its_migration(tmp_path: Path) -> None:
    write_weeks(tmp_path / "small.db", 6, 2)
    with closing(sqlite3.connect(tmp_path / "small.db")) as raw:
        assert raw.execute(SUMS).fetchone() == (2 * (5 + 10 + 15), 1_500_000, 5)
        assert not running_sums.are_missing(SqliteTx(raw))


async def test_weeks_of_a_large_database_are_summed_in_slices(tmp_path: Path) -> None:
    write_weeks(tmp_path / "large.db", MANY_WEEKS, PEOPLE_OF_THEM)
    store = await Store.open(tmp_path / "large.db")
    assert await store.read(running_sums.are_missing)
    await store.write(running_sums.fill_slice)
    assert await count(store, "SELECT count(*) FROM weeks WHERE monday = '000001' AND counted_sum = 10") == 20
    await backlog.work_off(store, sleep=no_rest)
    assert not await store.read(running_sums.are_missing)
    assert await count(store, "SELECT count(*) FROM weeks WHERE counted_sum <> 5 * (number + 1)") == 0
    assert await count(store, "SELECT count(*) FROM weeks WHERE share_sum <> 500000 * (number + 1)") == 0
    await store.close()


async def test_what_the_disk_refuses_is_done_a_minute_later(large: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    write, refusals = large.write, [NotSaved("full"), None, NotSaved("full")]

    async def refuse_twice(unit: Unit[bool]) -> bool:
        if refusals and (refusal := refusals.pop(0)):
            raise refusal
        return await write(unit)

    async def wait(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(large, "write", refuse_twice)
    await backlog.work_off(large, sleep=wait)
    assert await count(large) == TOO_MANY_AT_ONCE
    assert waits.count(backlog.RETRY_SECONDS) == 2
    assert min(waits) >= backlog.SHORTEST_REST_SECONDS


async def test_going_down_puts_a_journal_back_that_is_half_moved(large: Store) -> None:
    await large.write(search.move_slice)
    await large.close()
    migrate.migrate(large.path, "0011")
    with closing(sqlite3.connect(large.path)) as raw:
        assert raw.execute("SELECT count(*), count(DISTINCT who) FROM journal").fetchone() == (TOO_MANY_AT_ONCE, 2)
        assert raw.execute("SELECT count(*) FROM journal WHERE journal MATCH 'who : p1'").fetchone() == (10_001,)
