"""A large database is looked through beside its copies: in turns, each table once a week, and what's wrong is found."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.config import DatabaseSettings, Settings
from bot.errors import NotSaved
from bot.store import backup as copying
from bot.store import looked
from bot.store.backup import BrokenOff, Seen, backup
from bot.store.integrity import Look
from bot.store.looked import Looked
from bot.verbs import database as verbs

NOW = datetime(2026, 1, 5, 3, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def every_database_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "MAX_WHOLE_BYTES", 0)


@pytest.fixture
def large(tmp_path: Path) -> Path:
    path = tmp_path / "large.db"
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("PRAGMA journal_mode = wal")
        for table in ("a", "b", "c"):
            raw.execute(f"CREATE TABLE {table} (words TEXT)")
            raw.executemany(f"INSERT INTO {table} VALUES (?)", [("x" * 4000,)] * 200)
    return path


def due(path: Path) -> None:
    """Let every table be due."""
    looked.save(path, Looked(NOW - 30 * DAY, {}))


def test_what_is_due_is_waited_for_and_written_down(large: Path, tmp_path: Path) -> None:
    due(large)
    assert backup(large, tmp_path / "copy.db", now=NOW) == Seen(3, 3)
    assert looked.load(large, NOW).tables == dict.fromkeys("abc", NOW)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.db", "large.db", "large.db.looked"]


def test_what_is_not_due_is_not_waited_for(large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise AssertionError

    monkeypatch.setattr(Look, "wait", refuse)
    seen = backup(large, tmp_path / "copy.db", now=NOW)
    assert seen.tables == 3
    assert str(Seen(1, 3)) == "1 of 3 tables"
    assert (tmp_path / "copy.db").exists()


def test_damage_that_is_found_leaves_no_copy(large: Path, tmp_path: Path) -> None:
    due(large)
    with large.open("r+b") as file:
        file.seek(20 * 4096)
        file.write(os.urandom(400 * 4096))
    with pytest.raises(NotSaved, match=r"can't be copied.*damaged"):
        backup(large, tmp_path / "copy.db", now=NOW)
    assert not list(tmp_path.glob("copy.db*"))


def test_a_stop_ends_the_waiting(large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    due(large)
    stopping: list[bool] = []
    monkeypatch.setattr(copying, "copy", lambda *_arguments: stopping.append(True))
    with pytest.raises(BrokenOff):
        backup(large, tmp_path / "copy.db", lambda: bool(stopping), now=NOW)


@pytest.mark.parametrize(
    ("tables", "beginning"),
    [
        (3, "I looked through all of it: it's intact."),
        (
            1,
            "I looked through 1 of 3 tables meanwhile and found nothing wrong. The next copies look through the others",
        ),
        (0, "There was no time to look through it meanwhile. The next copies do"),
    ],
)
async def test_what_was_looked_through_is_said(
    large: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tables: int,
    beginning: str,
) -> None:
    monkeypatch.setattr("bot.verbs.database.copying.backup", lambda *_paths: Seen(tables, 3))
    await verbs.backup(Settings(database=DatabaseSettings(f"sqlite:///{large}")), tmp_path / "copy.db")
    assert f" {beginning}" in capsys.readouterr().out


def test_the_longest_not_looked_through_is_first() -> None:
    written = Looked(NOW, {"a": NOW, "b": NOW - DAY, "c": NOW - 2 * DAY})
    assert written.in_turn(["a", "b", "c", "new"]) == ["new", "c", "b", "a"]


def test_each_table_is_due_after_six_days() -> None:
    written = Looked(NOW - 6 * DAY, {"a": NOW - 5 * DAY, "b": NOW - 6 * DAY, "c": NOW + DAY})
    assert written.due(["a", "b", "c", "new"], NOW) == {"b", "c", "new"}
    assert Looked(NOW).due(["a"], NOW) == set()
    assert written.with_tables(["b"], NOW).due(["a", "b"], NOW) == set()


@pytest.mark.parametrize("words", ["", "{", '{"begun": "2026-01-05T03:00:00", "tables": {}}', '{"begun": 1}'])
def test_a_record_that_cannot_be_read_begins_anew(tmp_path: Path, words: str) -> None:
    looked.path_of(tmp_path / "large.db").write_text(words)
    assert looked.load(tmp_path / "large.db", NOW) == Looked(NOW)


def test_a_record_that_cannot_be_written_is_no_failure(tmp_path: Path) -> None:
    looked.save(tmp_path / "nowhere" / "large.db", Looked(NOW))
    assert looked.load(tmp_path / "nowhere" / "large.db", NOW) == Looked(NOW)
