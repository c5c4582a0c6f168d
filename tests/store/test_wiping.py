"""What deleted rows left on pages is overwritten while others write, and nothing else ever is."""

import asyncio
import random
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from bot.errors import NotSaved
from bot.store import erasures, sqlite, wiping
from bot.store.blanking import Traces
from bot.store.database import Store
from bot.store.sqlite_engine import SqliteEngine
from bot.store.tx import Tx
from bot.store.unit import Slice
from tests.talk import MONDAY_MORNING as MONDAY

SECRET = "xylophone"
ROWS = 600


def put(tx: Tx, key: str, value: str) -> None:
    tx.run(
        """INSERT INTO memory (key, value, kept_at) VALUES (:key, :value, 0)
           ON CONFLICT (key) DO UPDATE SET value = excluded.value""",
        key=key,
        value=value,
    )


def fill(tx: Tx, lot: random.Random) -> None:
    """Write rows in any order, long and short, until pages split and rows move; every fourth is a secret."""
    keys, written = lot.sample(range(ROWS), ROWS), ["none"]
    for number in [*keys, *lot.sample(range(ROWS), ROWS // 2)]:
        word = SECRET if number % 4 == 0 else "other"
        written.append(f"{number:05}-{word}")
        put(tx, f"{number:05}-{word}", f"{word} {lot.random()} " + "x" * lot.choice([5, 90, 700, 9_000]))
        tx.run("UPDATE memory SET value = value || :more WHERE key = :key", more=" and on", key=lot.choice(written))


def forget(tx: Tx) -> None:
    """Delete what is secret, and owe that its bytes go."""
    tx.run("DELETE FROM memory WHERE key LIKE :like", like=f"%{SECRET}")
    erasures.add(tx, 1, Traces(), "", MONDAY)
    tx.run("UPDATE erasures SET step = :step", step=erasures.FILE)


def holds_secret(path: Path) -> bool:
    files = [path.with_name(path.name + suffix) for suffix in ("", "-wal")]
    return any(SECRET.encode() in file.read_bytes() for file in files if file.exists())


def read_all(tx: Tx) -> dict[str, str]:
    return dict(tx.all("SELECT key, value FROM memory"))


def is_intact(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as raw:
        return bool(raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)])


async def wipe_all(store: Store) -> int:
    """Wipe until nothing is left; return how many slices that took."""
    for count in range(1, 10_000):
        if await store.wipe(erasures.NOTE) is Slice.DONE:
            return count
    raise AssertionError("no end")


@pytest.fixture
async def filled(database: Path) -> AsyncIterator[Store]:
    store = await Store.open(database)
    await store.write(partial(fill, lot=random.Random(5)))
    await store.write(forget)
    with closing(sqlite3.connect(database)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    assert holds_secret(database), "copies of rows that moved are there without it"
    yield store
    await store.close()


async def test_nothing_is_left_and_nothing_else_is_lost(filled: Store, database: Path) -> None:
    before = await filled.read(read_all)
    assert holds_secret(database)
    await wipe_all(filled)
    assert not holds_secret(database)
    assert await filled.read(read_all) == before
    assert is_intact(database)


async def test_what_the_writer_remembers_of_a_page_is_not_written_again(filled: Store, database: Path) -> None:
    await wipe_all(filled)
    await filled.write(lambda tx: tx.run("UPDATE memory SET kept_at = kept_at + 1"))
    assert not holds_secret(database)
    assert is_intact(database)


async def test_what_another_process_remembers_of_a_page_is_not_written_again(filled: Store, database: Path) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("PRAGMA cache_size = -65536")
        other.execute("SELECT sum(length(key) + length(value)) FROM memory").fetchone()
        await wipe_all(filled)
        other.execute("UPDATE memory SET kept_at = kept_at + 1")
        assert not holds_secret(database)
    assert is_intact(database)


@pytest.mark.parametrize("seed", range(3))
async def test_while_others_write_all_of_theirs_is_kept(
    database: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(wiping, "WIPE_SECONDS", 0.0005)
    monkeypatch.setattr(wiping, "ENOUGH_SUSPECTS", 16)
    monkeypatch.setattr(wiping, "LOOK_PAGES", 8)
    lot = random.Random(seed)
    store = await Store.open(database)
    await store.write(partial(fill, lot=lot))
    await store.write(forget)
    model = await store.read(read_all)
    is_over = False

    def change(tx: Tx) -> None:
        for _ in range(lot.randrange(1, 12)):
            key = f"{lot.randrange(ROWS):05}-other"
            if lot.random() < 0.4:
                tx.run("DELETE FROM memory WHERE key = :key", key=key)
                model.pop(key, None)
            else:
                model[key] = f"anew {lot.random()} " + "y" * lot.choice([5, 90, 700, 9_000])
                put(tx, key, model[key])

    async def write_on() -> None:
        while not is_over:
            await store.write(change)

    writing = asyncio.create_task(write_on())
    slices = await wipe_all(store)
    is_over = True
    await writing
    assert slices > 3
    assert not holds_secret(database)
    assert await store.read(read_all) == model
    await store.close()
    assert is_intact(database)


async def test_what_was_deleted_without_being_overwritten_goes_too(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sqlite.PRAGMAS, "secure_delete", 0)
    store = await Store.open(database)
    await store.write(partial(fill, lot=random.Random(5)))
    await store.write(lambda tx: tx.run("DELETE FROM memory WHERE key > '00400'"))
    await store.write(forget)
    await wipe_all(store)
    assert not holds_secret(database)
    assert len(await store.read(read_all)) == 300
    await store.write(partial(fill, lot=random.Random(7)))
    await store.close()
    assert is_intact(database)


async def test_while_somebody_reads_from_the_log_it_waits(filled: Store, database: Path) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as reader:
        await filled.write(partial(put, key="new", value="row"))
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM memory").fetchone()
        await filled.write(partial(put, key="new", value="row of after"))
        outcomes = [await filled.wipe(erasures.NOTE) for _ in range(5)]
        assert outcomes[-2:] == [Slice.BUSY, Slice.BUSY]
    await wipe_all(filled)
    assert not holds_secret(database)


async def test_a_log_that_began_anew_lets_the_pass_begin_again(
    filled: Store, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wiping, "LOOK_PAGES", 8)
    await filled.write(partial(put, key="new", value="row"))
    for _ in range(8):
        assert await filled.wipe(erasures.NOTE) is Slice.MORE
    await filled.write(partial(put, key="new", value="that nobody has seen"))
    with closing(sqlite3.connect(database)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    await filled.write(partial(put, key="new", value="row"))
    engine = filled._engine
    assert isinstance(engine, SqliteEngine)
    wiper = engine._wiper
    assert wiper is not None
    reached = wiper._next
    assert await filled.wipe(erasures.NOTE) is Slice.MORE
    assert wiper._next < reached
    monkeypatch.undo()
    await wipe_all(filled)
    assert not holds_secret(database)


async def test_a_file_in_which_a_page_could_be_taken_for_another_is_left_alone(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wiping, "MAX_PAGES", 10)
    with pytest.raises(NotSaved, match="too large"):
        await wipe_all(filled)
    assert holds_secret(filled.path)


@pytest.mark.parametrize(
    "content", [bytes(4096), b"\x0d" + b"\xff" * 4095, b"\x0d\x00\x00\x00\x02\x00\x10" + b"x" * 4089]
)
def test_a_page_that_makes_no_sense_is_left_alone(content: bytes) -> None:
    assert list(wiping._Page(bytearray(content), 4096).left_overs()) == []


async def test_only_bytes_of_which_nothing_is_stored_are_written(
    filled: Store, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then a loss of power during a write harms nothing that is stored."""
    written: list[tuple[int, int]] = []
    overwrite = wiping.Wiper._overwrite

    def note(wiper: wiping.Wiper, at: int, count: int) -> None:
        written.append((at, at + count))
        overwrite(wiper, at, count)

    monkeypatch.setattr(wiping.Wiper, "_overwrite", note)
    await wipe_all(filled)
    assert written
    assert max(high - low for low, high in written) <= 4096
    content = database.read_bytes()
    assert all(content[low:high] == bytes(high - low) for low, high in written)


async def test_a_page_that_cannot_be_overwritten_is_tried_again(
    filled: Store, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(wiping.Wiper, "_overwrite", refuse)
        with pytest.raises(NotSaved, match="No space left"):
            await wipe_all(filled)
    await wipe_all(filled)
    assert not holds_secret(database)


def refuse(*_: object) -> None:
    raise OSError(28, "No space left on device")
