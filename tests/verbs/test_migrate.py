"""`tenhours migrate`: one command upgrades a database of every released schema, and makes a copy before."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.config import DatabaseSettings, Settings
from bot.errors import NotSaved, SchemaMismatch
from bot.store import migrate as migrating
from bot.verbs import database as verbs
from migrations import HEAD

DATA = Path(__file__).parents[1] / "data"
RELEASED = sorted(path.stem.removeprefix("schema-") for path in DATA.glob("schema-*.sql"))


@pytest.fixture
def old(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Settings]:
    path = tmp_path / "tenhours.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript((DATA / f"schema-{request.param}.sql").read_text(encoding="utf-8"))
    return path, Settings(database=DatabaseSettings(f"sqlite:///{path}"))


def copies(path: Path) -> list[Path]:
    return list(path.parent.glob("tenhours.db.before-*"))


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as raw:
        return list(raw.iterdump())


@pytest.mark.parametrize("old", RELEASED, indirect=True)
async def test_a_copy_comes_first_and_brings_back_what_was(
    old: tuple[Path, Settings], capsys: pytest.CaptureFixture[str]
) -> None:
    path, settings = old
    before, revision = dump(path), migrating.read_revision(path)
    await verbs.migrate(settings)
    [copy] = copies(path)
    said = capsys.readouterr().out
    assert f"Copied {path} to {copy} first." in said
    assert f"type `tenhours restore {copy}`" in said
    assert f"is now at schema {HEAD}" in said
    assert (dump(copy), migrating.read_revision(copy)) == (before, revision)
    assert migrating.read_revision(path) == HEAD
    await verbs.migrate(settings)
    assert copies(path) == [copy]
    assert "already" in capsys.readouterr().out


@pytest.mark.parametrize("old", RELEASED[-1:], indirect=True)
async def test_a_database_in_use_is_left_alone(old: tuple[Path, Settings]) -> None:
    path, settings = old
    before = dump(path)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA journal_mode = wal")
        raw.execute("BEGIN IMMEDIATE")
        with pytest.raises((NotSaved, SchemaMismatch, sqlite3.OperationalError)):
            await verbs.migrate(settings)
    assert dump(path) == before


async def test_a_new_database_needs_no_copy(tmp_path: Path) -> None:
    path = tmp_path / "tenhours.db"
    await verbs.migrate(Settings(database=DatabaseSettings(f"sqlite:///{path}")))
    assert migrating.read_revision(path) == HEAD
    assert copies(path) == []
