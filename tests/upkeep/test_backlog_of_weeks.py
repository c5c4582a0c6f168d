"""Check-ins of a large database of an earlier version count in the same weeks before, while and after that is saved."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.clock import StillClock
from bot.domain.week import Week
from bot.store import checkins, counted_weeks, migrate, unfinished
from bot.store.database import Store
from bot.upkeep import backlog
from tests.talk import MONDAY_MORNING, Talk

pytestmark = pytest.mark.sqlite

PEOPLE = 12
TOO_MANY_AT_ONCE = 50_001
"""Check-ins of which the migration fills in none itself."""

FIRST_WEEK = date(2025, 12, 15)
LATE, UNDONE, IMPORTED, BEFORE, COUNTED = range(5)
SAVED = "SELECT person_id, number, counted_week FROM checkins WHERE number <= 25 ORDER BY 1, 2"
LAST_DAY = FIRST_WEEK + timedelta(days=27)


def day_of(number: int) -> date:
    """Return the day of a check-in: before the first week in every fifth, else in the four weeks from it on."""
    return FIRST_WEEK + timedelta(days=-3 if number % 5 == BEFORE else number % 28)


def write_before(path: Path, entries: int) -> None:
    """Write check-ins of all kinds, of twelve people in turn, by the schema before check-ins knew their weeks."""
    migrate.migrate(path, "0005")
    with closing(sqlite3.connect(path)) as raw, raw:
        people = range(1, PEOPLE + 1)
        raw.executemany(
            "INSERT INTO people (id, name, zone, first_week, created_at) VALUES (?, 'x', 'UTC', ?, 0)",
            [(person, FIRST_WEEK.isoformat()) for person in people],
        )
        for statement in (
            "INSERT INTO goals (person_id, minutes, set_at) VALUES (:id, 600, 0)",
            "INSERT INTO zones (person_id, zone, set_at) VALUES (:id, 'UTC', 0)",
            "INSERT INTO identities VALUES ('console', '', 'user' || :id, :id)",
        ):
            raw.executemany(statement, [{"id": person} for person in people])
        raw.executemany(
            """INSERT INTO checkins (person_id, number, day, minutes, source, is_late, undone_at, created_at)
               VALUES (?, ?, ?, 1, ?, ?, ?, 0)""",
            [
                (1 + row % PEOPLE, number, day_of(number).isoformat(), *kind_of(number))
                for row in range(entries)
                for number in [1 + row // PEOPLE]
            ],
        )
        raw.execute(
            """INSERT INTO weeks (person_id, monday, number, minutes, counted, goal)
               SELECT person_id, date(day, 'weekday 0', '-6 days') AS monday, 0, sum(minutes), sum(minutes), 600
               FROM checkins WHERE day >= ? GROUP BY 1, 2""",
            [FIRST_WEEK.isoformat()],
        )
        raw.execute("UPDATE people SET checkins = (SELECT max(number) FROM checkins WHERE person_id = people.id)")
    migrate.migrate(path)


def kind_of(number: int) -> tuple[str, bool, int | None]:
    kind = number % 5
    return "import" if kind == IMPORTED else "typed", kind == LATE, 1 if kind == UNDONE else None


def expected(number: int) -> Week | None:
    return Week.of(day_of(number)) if number % 5 == COUNTED else None


@pytest.fixture
async def large(tmp_path: Path) -> AsyncIterator[Store]:
    write_before(tmp_path / "large.db", TOO_MANY_AT_ONCE)
    store = await Store.open(tmp_path / "large.db")
    yield store
    await store.close()


async def no_rest(_seconds: float) -> None:
    """Go on at once."""


async def weeks_told(store: Store) -> list[Week | None]:
    """Return the weeks of some check-ins of everybody, as the program tells them."""
    numbers = [(person, number) for person in range(1, PEOPLE + 1) for number in range(1, 26)]
    found = await store.read(lambda tx: [checkins.find(tx, *which) for which in numbers])
    return [checkin.counted_week for checkin in found if checkin is not None]


async def weeks_saved(store: Store) -> list[tuple[int, str | None]]:
    return [(number, week) for _, number, week in await store.read(lambda tx: tx.all(SAVED))]


RIGHT = [expected(number) for _ in range(PEOPLE) for number in range(1, 26)]


def test_a_small_database_is_filled_in_by_its_migration(tmp_path: Path) -> None:
    write_before(tmp_path / "small.db", 25 * PEOPLE)
    with closing(sqlite3.connect(tmp_path / "small.db")) as raw:
        saved = [week for _, _, week in raw.execute(SAVED)]
        assert saved == [week and week.monday.isoformat() for week in RIGHT]
        assert raw.execute("SELECT name FROM sqlite_master WHERE name = ?", [counted_weeks.TO_FILL]).fetchall() == []


async def test_check_ins_count_in_the_same_weeks_before_while_and_after_that_is_saved(large: Store) -> None:
    assert {week for _, week in await weeks_saved(large)} == {None}
    assert await weeks_told(large) == RIGHT
    assert await large.write(counted_weeks.fill_slice)
    assert 0 < sum(week is not None for _, week in await weeks_saved(large)) < sum(week is not None for week in RIGHT)
    assert await weeks_told(large) == RIGHT
    await backlog.work_off(large, sleep=no_rest)
    assert await weeks_told(large) == RIGHT
    assert [week for _, week in await weeks_saved(large)] == [week and week.monday.isoformat() for week in RIGHT]
    assert not await large.read(lambda tx: unfinished.exists(tx, counted_weeks.TO_FILL))
    assert not await large.write(counted_weeks.fill_slice)


async def test_the_next_process_goes_on_where_one_was_killed(large: Store, tmp_path: Path) -> None:
    class Killed(BaseException):
        pass

    def killed_in_the_slice(tx: object) -> bool:
        counted_weeks.fill_slice(tx)  # type: ignore[arg-type]
        raise Killed

    await large.write(counted_weeks.fill_slice)
    left = await large.read(lambda tx: tx.all(f"SELECT person_id FROM {counted_weeks.TO_FILL}"))
    with pytest.raises(BaseException):  # noqa: B017, PT011 - whatever becomes of a unit that does not come back
        await large.write(killed_in_the_slice)
    again = await Store.open(tmp_path / "large.db")
    assert len(await again.read(lambda tx: tx.all(f"SELECT person_id FROM {counted_weeks.TO_FILL}"))) == len(left)
    await backlog.work_off(again, sleep=no_rest)
    assert await weeks_told(again) == RIGHT
    await again.close()


async def test_what_is_undone_before_it_is_saved_counts_no_more(large: Store) -> None:
    counted = "SELECT sum(counted) FROM weeks WHERE person_id = 1"
    talk = Talk(large, StillClock(MONDAY_MORNING))
    await talk.start_group()
    [(before,)] = await large.read(lambda tx: tx.all(counted))
    number = TOO_MANY_AT_ONCE // PEOPLE + 1
    while number % 5 != COUNTED or Week.of(day_of(number)) != Week.of(LAST_DAY):
        number -= 1
    assert "Taken back" in await talk("user1", f"/undo {number}")
    await backlog.work_off(large, sleep=no_rest)
    undone = await large.read(lambda tx: checkins.find(tx, 1, number))
    assert undone is not None
    assert (undone.undone_at is None, undone.counted_week) == (False, None)
    [(after,)] = await large.read(lambda tx: tx.all(counted))
    assert after == before - 1
