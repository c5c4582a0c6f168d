"""What an erase leaves in a server's files goes at night: of tables, of indexes and of the server's own samples."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from bot.checkup import work
from bot.checkup.line import Level
from bot.clock import StillClock
from bot.errors import NotSaved
from bot.location import ServerDatabase
from bot.store import erasures, heap, transfer
from bot.store.database import Store
from bot.store.eraser import Eraser
from bot.upkeep import heap as upkeep
from bot.upkeep.heap import HeapRewriting
from tests.engines import list_tables
from tests.servers.postgres.server import UNSAFE, Missing, Server, running
from tests.store.test_erasing import CHECKINS, SECRET, erase_third, fill

NIGHT = datetime(2026, 12, 1, 2, tzinfo=UTC)
WITHOUT_PEOPLE = {"alembic_version", "leases", "groups", "areas", "group_notices", "partnerships"}


@pytest.fixture(scope="module")
def machine() -> Iterator[Server]:
    try:
        with running(**UNSAFE) as server:
            yield server
    except Missing as missing:
        pytest.skip(f"no PostgreSQL: {missing}")


@pytest.fixture
async def store(machine: Server, database: Path) -> AsyncIterator[Store]:
    """A store on a server of one's own, whose rows were moved about and sampled; the third person is erased in it."""
    fill(database, CHECKINS // 5)
    with psycopg.connect(machine.url(), autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS heap WITH (FORCE)")
        connection.execute("CREATE DATABASE heap TEMPLATE template0")
    location = ServerDatabase(machine.url("heap"))
    transfer.copy(database, location, NIGHT, lambda _done, _total: None)
    execute(location, "UPDATE checkins SET learned = learned || ' and on'", "ANALYZE", "CHECKPOINT")
    assert list_files_with_secret(machine)
    store = await Store.open(location)
    await store.write(erase_third)
    await Eraser(store).work_off(90)
    yield store
    await store.close()


def execute(location: ServerDatabase, *statements: str) -> None:
    with psycopg.connect(location.url, autocommit=True) as connection:
        for sql in statements:
            connection.execute(sql.encode())


def list_files_with_secret(machine: Server) -> list[str]:
    """Return the server's files in which the word stands; its logs of changes are for whoever runs it."""
    data = machine.folder / "data"
    files = (path for path in data.rglob("*") if path.is_file() and "pg_wal" not in path.parts)
    return [str(path.relative_to(data)) for path in files if SECRET.encode() in path.read_bytes()]


async def owed(store: Store) -> list[str]:
    return [debt.table for debt in await store.read(heap.list_debts)]


def rewriting(store: Store, small_bytes: int = upkeep.SMALL_BYTES) -> HeapRewriting:
    return HeapRewriting(store, StillClock(NIGHT), small_bytes=small_bytes)


async def test_nothing_of_what_was_erased_is_left_in_any_table_or_file(store: Store, machine: Server) -> None:
    location = store.location
    assert isinstance(location, ServerDatabase)
    assert await store.read(erasures.find_oldest) is None
    tables = await store.read(list_tables)
    for table in tables:
        rows = await store.read(lambda tx: tx.all(f'SELECT * FROM "{table}"'))  # noqa: B023
        assert SECRET not in str(rows), table
    assert await owed(store) == sorted(heap.TOUCHED)
    execute(location, "CHECKPOINT")
    assert list_files_with_secret(machine)
    await rewriting(store).work(NIGHT)
    assert await owed(store) == []
    execute(location, "CHECKPOINT")
    assert list_files_with_secret(machine) == []
    assert await store.read(lambda tx: tx.all("SELECT 1 FROM checkins LIMIT 1"))


async def test_every_table_in_which_somebody_may_stand_is_owed(store: Store) -> None:
    assert set(await store.read(list_tables)) - set(heap.TOUCHED) == WITHOUT_PEOPLE
    assert set(heap.TOUCHED) <= set(await store.read(list_tables))


async def test_of_large_tables_one_a_night_has_its_turn(store: Store) -> None:
    rewrites = rewriting(store, small_bytes=0)
    before = await owed(store)
    for night in range(2):
        for minutes in (0, 30):
            await rewrites.work(NIGHT + timedelta(days=night, minutes=minutes))
        assert await owed(store) == before[night + 1 :]


async def test_it_is_put_off_while_posts_are_due_but_not_for_ever(store: Store) -> None:
    rewrites, before = rewriting(store, small_bytes=0), await owed(store)
    [since] = {debt.since for debt in await store.read(heap.list_debts)}
    tonight = since.replace(hour=2) + timedelta(days=1)
    due = int((tonight + timedelta(minutes=1)).timestamp() * 1000)
    sql = f"""INSERT INTO outbox (key, platform, address, card, state, due_at, expires_at, next_at)
        VALUES ('x', 'far', '', '', 'pending', {due}, {due}, {due})"""
    await store.write(lambda tx: tx.run(sql))
    await rewrites.work(tonight)
    assert await owed(store) == before
    await rewrites.work(tonight + timedelta(days=7))
    assert await owed(store) == before[1:]


async def test_a_table_in_use_waits_for_another_look(store: Store) -> None:
    location = store.location
    assert isinstance(location, ServerDatabase)
    with psycopg.connect(location.url) as connection:
        connection.execute("SELECT count(*) FROM people")
        await rewriting(store).work(NIGHT)
        assert await owed(store) == ["people"]
    await rewriting(store).work(NIGHT)
    assert await owed(store) == []


async def test_who_is_killed_after_the_rewriting_does_it_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(Exception):
        pass

    def die(_name: str) -> None:
        raise Killed

    before = await owed(store)
    monkeypatch.setattr(upkeep, "reach", die)
    with pytest.raises(Killed):
        await rewriting(store).work(NIGHT)
    assert await owed(store) == before
    monkeypatch.undo()
    await rewriting(store).work(NIGHT)
    assert await owed(store) == []


async def test_an_erase_that_ends_meanwhile_is_not_forgotten(store: Store) -> None:
    debts = await store.read(heap.list_debts)
    await store.write(lambda tx: tx.run("UPDATE memory SET value = '99' WHERE key = 'tenhours/heap/people'"))
    for debt in debts:
        await store.write(lambda tx, debt=debt: heap.settle(tx, debt))  # type: ignore[misc]
    assert await owed(store) == ["people"]


async def test_by_day_it_waits_and_what_is_refused_is_tried_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, looks = StillClock(NIGHT.replace(hour=12)), []

    async def sleep(_seconds: float) -> None:
        looks.append(await owed(store))
        clock.advance(timedelta(hours=7))
        if len(looks) == 4:
            await asyncio.Event().wait()

    async def refuse(_self: HeapRewriting, _now: datetime) -> None:
        monkeypatch.undo()
        raise NotSaved("no")

    monkeypatch.setattr(HeapRewriting, "work", refuse)
    task = asyncio.create_task(HeapRewriting(store, clock, sleep=sleep).run())
    async with asyncio.timeout(90):
        while len(looks) < 4:
            await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.wait([task])
    assert [len(tables) for tables in looks[:3]] == [len(heap.TOUCHED)] * 3


async def test_check_tells_what_is_owed_and_when_it_takes_too_long(store: Store) -> None:
    [since] = {debt.since for debt in await store.read(heap.list_debts)}
    for late, level in ((timedelta(days=1), Level.WELL), (timedelta(days=60), Level.WARNING)):
        lines = await store.read(lambda tx: work.look(tx, since + late, ["far"]))  # noqa: B023
        [line] = [line for line in lines if line.subject == work.ERASING]
        assert line.level is level
        assert f"{len(heap.TOUCHED)} tables to be rewritten at night" in line.words
