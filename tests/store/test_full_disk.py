"""A small disk that is full: what is refused leaves nothing, and as soon as there is room all goes on by itself."""

import shutil
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from bot.errors import NotSaved
from bot.store import erasures, migrate, sqlite
from bot.store.database import Store
from bot.store.eraser import Eraser
from bot.store.tx import Tx
from tests.store.test_erasing import erase_third, holds_secret
from tests.store.test_erasing import fill as fill_with_notes

DISK_BYTES = 4 << 20
CHUNK_BYTES, LARGE_BYTES = 16 << 10, 512 << 10
LOG = "tenhours.db-wal"
Open = Callable[[Path], Awaitable[Store]]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder that is a disk of 4 MB; only root can make one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounting = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", disk], check=False, capture_output=True
    )
    if mounting.returncode:
        pytest.skip("nothing may be mounted here")
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)


@pytest.fixture
async def open_store() -> AsyncIterator[Open]:
    """Return a function that makes a database in a folder and opens it."""
    stores: list[Store] = []

    async def open_there(folder: Path) -> Store:
        migrate.migrate(folder / "tenhours.db")
        stores.append(await Store.open(folder / "tenhours.db"))
        return stores[-1]

    yield open_there
    for store in stores:
        await store.close()


def fill(disk: Path, leave: int = 0) -> Path:
    """Take all room but some by another file, and return that."""
    ballast = disk / "ballast"
    with ballast.open("ab", buffering=0) as file:
        try:
            while shutil.disk_usage(disk).free > leave:
                file.write(bytes(4096))
        except OSError:
            pass
    return ballast


def free(ballast: Path, count: int) -> None:
    """Give some room back."""
    with ballast.open("r+b") as file:
        file.truncate(ballast.stat().st_size - count)


def remember(tx: Tx, n: int, size: int) -> None:
    """Change the same row again and again: the file does not grow, and the log does."""
    tx.run(
        """INSERT INTO memory (key, value, kept_at) VALUES ('a', :value, 0)
           ON CONFLICT (key) DO UPDATE SET value = excluded.value""",
        value=f"{n:08}" + "x" * size,
    )


def let_file_grow(disk: Path) -> None:
    """Let the file have all pages that the log has: on a full disk it can get no more."""
    with closing(sqlite3.connect(disk / "tenhours.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")


async def written(store: Store, times: int, size: int = CHUNK_BYTES) -> int:
    """Write so often; return how many of them were refused."""
    refused = 0
    for n in range(times):
        try:
            await store.write(partial(remember, n=n, size=size))
        except NotSaved:
            refused += 1
    return refused


@pytest.mark.parametrize("pages", [sqlite.CHECKPOINT_PAGES, 64])
async def test_there_is_room_again_as_soon_as_somebody_makes_some(
    small_disk: Path, open_store: Open, pages: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "_count_checkpoint_pages", lambda _: pages)
    store = await open_store(small_disk)
    assert await written(store, 10) == 0
    let_file_grow(small_disk)
    ballast = fill(small_disk)
    assert await written(store, 5, LARGE_BYTES) == 5
    assert await written(store, 50) == 0
    free(ballast, 3 * LARGE_BYTES)
    assert await written(store, 20, LARGE_BYTES) == 0


async def test_the_log_never_takes_a_small_disk(small_disk: Path, open_store: Open) -> None:
    store = await open_store(small_disk)
    for _ in range(20):
        assert await written(store, 20) == 0
        assert (small_disk / LOG).stat().st_size < DISK_BYTES / 8


async def test_a_log_that_has_eaten_the_disk_is_emptied_and_nobody_is_refused(
    small_disk: Path, open_store: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "_count_checkpoint_pages", lambda _: sqlite.CHECKPOINT_PAGES)
    store = await open_store(small_disk)
    assert await written(store, 600) == 0


async def test_what_is_too_large_for_what_is_left_fails_alone(small_disk: Path, open_store: Open) -> None:
    store = await open_store(small_disk)

    def too_large(tx: Tx) -> None:
        tx.run("INSERT INTO memory (key, value, kept_at) VALUES ('large', :value, 0)", value="x" * DISK_BYTES)

    with pytest.raises(NotSaved):
        await store.write(too_large)
    assert await written(store, 20) == 0


@pytest.mark.sqlite
async def test_where_nothing_can_be_mounted_a_full_disk_is_still_made_room_on(store: Store, database: Path) -> None:
    """The file may have no more pages, which SQLite tells in the same words."""
    await written(store, 50)
    log = database.with_name(f"{database.name}-wal")
    assert log.stat().st_size > 0
    sizes: list[int] = []

    def one_page_short(tx: Tx) -> None:
        sizes.append(log.stat().st_size)
        [count] = tx.one("PRAGMA page_count") or (0,)
        tx.one(f"PRAGMA max_page_count = {count + (len(sizes) > 1) * 1000}")
        tx.run("INSERT INTO memory (key, value, kept_at) VALUES ('b', :value, 0)", value="x" * CHUNK_BYTES)

    await store.write(one_page_short)
    assert sizes[0] > sizes[1] == 0


async def test_an_erase_on_a_full_disk_is_refused_whole_or_done_and_worked_off(
    small_disk: Path, open_store: Open
) -> None:
    store = await open_store(small_disk)
    path = small_disk / "tenhours.db"
    await store.close()
    fill_with_notes(path, 300)
    store = await Store.open(path)
    ballast = fill(small_disk)
    for _ in range(3):
        try:
            await store.write(erase_third)
        except NotSaved:
            assert await store.read(lambda tx: tx.all("SELECT name FROM people WHERE id = 3")) == [("Person",)]
        else:
            break
    await Eraser(store).work_off(1)
    free(ballast, 3 * LARGE_BYTES)
    if await store.read(erasures.find_oldest) is None and holds_secret(path):
        await store.write(erase_third)
    await Eraser(store).work_off(60)
    assert await store.read(erasures.find_oldest) is None
    assert not holds_secret(path)
    await store.close()
