"""Bytes copied beside a reader are one moment of the database, whatever writers and checkpoints do meanwhile."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import NotSaved
from bot.store import file_copier, snapshot
from bot.store.backup import backup

TRANSFER = (
    "BEGIN IMMEDIATE",
    "UPDATE accounts SET money = money - 1 WHERE name = 'a'",
    "UPDATE accounts SET money = money + 1 WHERE name = 'b'",
    "INSERT INTO moves (words) VALUES (hex(randomblob(3000)))",
    "DELETE FROM moves WHERE id % 3 = 0 AND id < (SELECT max(id) FROM moves) - 50",
    "COMMIT",
)


def transfer(raw: sqlite3.Connection) -> None:
    for statement in TRANSFER:
        raw.execute(statement)


def require_one_moment(copy: Path) -> int:
    """Return how much money had moved."""
    with closing(sqlite3.connect(copy)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert raw.execute("PRAGMA journal_mode").fetchall() == [("delete",)]
        [(total, moved, newest)] = raw.execute(
            "SELECT sum(money), max(money), (SELECT max(id) FROM moves) FROM accounts"
        )
        assert total == 0
        assert moved == (newest or 0)
    assert not list(copy.parent.glob(f"{copy.name}-*"))
    return int(moved)


@pytest.fixture
def live(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a database that checkpoints only when it's told to."""
    with closing(sqlite3.connect(tmp_path / "live.db", isolation_level=None, timeout=10)) as raw:
        raw.execute("PRAGMA journal_mode = wal")
        raw.execute("PRAGMA wal_autocheckpoint = 0")
        raw.execute("CREATE TABLE accounts (name TEXT PRIMARY KEY, money INTEGER)")
        raw.execute("INSERT INTO accounts VALUES ('a', 0), ('b', 0)")
        raw.execute("CREATE TABLE moves (id INTEGER PRIMARY KEY AUTOINCREMENT, words TEXT)")
        yield raw


@pytest.fixture
def reader(live: sqlite3.Connection, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(tmp_path / "live.db", isolation_level=None)) as raw:
        yield raw


def begin(reader: sqlite3.Connection) -> None:
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM sqlite_master").fetchone()


@pytest.mark.parametrize("is_checkpointed", [False, True])
@pytest.mark.parametrize("mode", ["PASSIVE", "TRUNCATE"])
def test_what_happens_after_the_reader_came_tears_nothing(
    live: sqlite3.Connection, reader: sqlite3.Connection, tmp_path: Path, mode: str, *, is_checkpointed: bool
) -> None:
    for _ in range(100):
        transfer(live)
    if is_checkpointed:
        live.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    begin(reader)
    live.execute("PRAGMA busy_timeout = 0")

    def write_and_checkpoint() -> None:
        for _ in range(20):
            transfer(live)
        live.execute(f"PRAGMA wal_checkpoint({mode})")

    snapshot.copy(tmp_path / "live.db", tmp_path / "copy.db", write_and_checkpoint)
    assert require_one_moment(tmp_path / "copy.db") >= 100


@pytest.mark.parametrize("checkpoint", ["PASSIVE", "RESTART", "TRUNCATE"])
def test_copies_among_writers_and_checkpoints(live: sqlite3.Connection, tmp_path: Path, checkpoint: str) -> None:
    is_over = threading.Event()
    path = tmp_path / "live.db"

    def work() -> None:
        with closing(sqlite3.connect(path, isolation_level=None, timeout=10)) as raw:
            raw.execute("PRAGMA synchronous = off")
            raw.execute("PRAGMA wal_autocheckpoint = 5")
            while not is_over.is_set():
                transfer(raw)

    def move_log() -> None:
        with closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as raw:
            while not is_over.is_set():
                raw.execute(f"PRAGMA wal_checkpoint({checkpoint})")

    threads = [threading.Thread(target=work), threading.Thread(target=move_log)]
    for thread in threads:
        thread.start()
    try:
        moments = []
        for number in range(15):
            copy = tmp_path / f"copy-{number}.db"
            backup(path, copy)
            moments.append(require_one_moment(copy))
    finally:
        is_over.set()
        for thread in threads:
            thread.join()
    assert moments == sorted(moments)
    assert moments[-1] > moments[0]


def test_a_log_that_begins_anew_meanwhile_is_copied_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log, copied = tmp_path / "log", tmp_path / "copied"
    log.write_bytes(b"1" * 100)
    whole, copies = file_copier.copy_file, []

    def begin_anew(source: str, target: str) -> None:
        whole(source, target)
        copies.append(target)
        if len(copies) == 1:
            log.write_bytes(b"2" * 60)

    monkeypatch.setattr(file_copier, "copy_file", begin_anew)
    file_copier.copy_log(str(log), str(copied))
    assert len(copies) == 2
    assert copied.read_bytes() == b"2" * 60


def test_a_log_that_goes_meanwhile_leaves_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log, copied = tmp_path / "log", tmp_path / "copied"
    log.write_bytes(b"1" * 100)
    whole = file_copier.copy_file

    def truncate(source: str, target: str) -> None:
        whole(source, target)
        log.write_bytes(b"")

    monkeypatch.setattr(file_copier, "copy_file", truncate)
    file_copier.copy_log(str(log), str(copied))
    assert copied.read_bytes() == b""


@pytest.mark.parametrize("system", ["linux", "darwin"])
def test_files_are_copied_whole_on_every_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    monkeypatch.setattr("sys.platform", system)
    monkeypatch.setattr(file_copier, "BYTES_PER_STEP", 1000)
    (tmp_path / "source").write_bytes(bytes(range(256)) * 10)
    file_copier.copy_file(str(tmp_path / "source"), str(tmp_path / "target"))
    assert (tmp_path / "target").read_bytes() == bytes(range(256)) * 10


def test_what_the_copying_process_says_is_the_reason(
    live: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_copier, "__file__", str(tmp_path / "nothing.py"))
    with pytest.raises(NotSaved, match=r"nothing\.py"):
        backup(tmp_path / "live.db", tmp_path / "copy.db")
    assert not list(tmp_path.glob("copy.db*"))
