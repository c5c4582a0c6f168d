"""The schema: fresh equals migrated, up and down lose nothing, and a wrong file is refused with what to type."""

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from bot.errors import NotSaved, SchemaMismatch
from bot.store import migrate, sqlite_schema
from migrations import snapshot


def schema(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as raw:
        rows = raw.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").fetchall()
    return [(name, sql) for name, sql in rows]


def script() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", "migrations:")
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config)


def test_the_constant_is_the_newest_revision() -> None:
    assert script().get_heads() == [migrate.head()]


def test_the_snapshot_is_what_the_migrations_give() -> None:
    assert snapshot.FILE.read_text(encoding="utf-8") == snapshot.snapshot(), "type `make schema`"


def test_a_missing_file_is_created_as_the_migrations_would(tmp_path: Path) -> None:
    created, migrated = tmp_path / "new.db", tmp_path / "migrated.db"
    migrate.require_head(created)
    migrate.migrate(migrated)
    assert migrate.read_revision(created) == migrate.head()
    assert schema(created) == schema(migrated)


def test_a_first_start_needs_no_migration_library(tmp_path: Path) -> None:
    program = "import pathlib, sys; from bot.store import migrate; migrate.require_head(pathlib.Path('new.db'))"
    shown = f"{program}; print({{'alembic', 'sqlalchemy'}} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", shown], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_two_first_starts_at_once_make_one_database(tmp_path: Path) -> None:
    path = tmp_path / "both.db"
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(migrate.create, [path] * 8))
    migrate.migrate(path, "base")
    migrate.migrate(path)
    assert migrate.read_revision(path) == migrate.head()


def test_a_creation_that_fails_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "half.db"
    monkeypatch.setattr(
        sqlite_schema, "statements", lambda script: ["CREATE TABLE people (id)", "CREATE TABLE people (id)"]
    )
    with pytest.raises(NotSaved, match="can't be created"):
        migrate.require_head(path)
    assert schema(path) == []
    assert migrate.read_revision(path) is None


def test_up_down_and_up_again_gives_the_same_schema(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    migrate.migrate(path)
    fresh = schema(path)
    migrate.migrate(path, "base")
    assert [name for name, _ in schema(path)] == ["alembic_version"]
    for revision in reversed([step.revision for step in script().walk_revisions()]):
        migrate.migrate(path, revision)
    assert schema(path) == fresh


def test_another_version_is_refused_with_the_command_to_type(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    migrate.migrate(path)
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '0000'")
    with pytest.raises(SchemaMismatch, match="tenhours migrate"):
        migrate.require_head(path)


def test_what_a_newer_version_wrote_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    migrate.migrate(path)
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '0999'")
    for refuses in (migrate.require_head, migrate.migrate):
        with pytest.raises(SchemaMismatch, match="Install the newer version again"):
            refuses(path)


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    other, rubbish = tmp_path / "other.db", tmp_path / "rubbish.db"
    with closing(sqlite3.connect(other)) as raw, raw:
        raw.execute("CREATE TABLE cats (name)")
    rubbish.write_text("this is no database, but long enough to look like one " * 20)
    for path in (other, rubbish):
        with pytest.raises(SchemaMismatch):
            migrate.require_head(path)


def test_a_folder_that_does_not_exist_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(NotSaved, match="can't be created"):
        migrate.migrate(tmp_path / "nowhere" / "a.db")
    with pytest.raises(NotSaved, match="can't be created"):
        migrate.create(tmp_path / "nowhere" / "a.db")


def test_a_revision_that_fails_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "half.db"
    monkeypatch.setattr(command, "upgrade", _half)
    with pytest.raises(RuntimeError, match="power cut"):
        migrate.migrate(path)
    assert schema(path) == []


def _half(config: Config, _target: str) -> None:
    connection = config.attributes["connection"]
    connection.exec_driver_sql("CREATE TABLE people (id INTEGER)")
    raise RuntimeError("power cut")


ASKS = {
    "checkins_by_area": "SELECT day FROM checkins WHERE person_id = 1 AND area = 'a' ORDER BY day DESC",
    "checkins_by_focus": "UPDATE checkins SET focus_id = NULL WHERE focus_id = 1",
    "outbox_by_settled": "DELETE FROM outbox WHERE settled_at < 1",
}


@pytest.mark.parametrize("index", ASKS)
def test_an_index_of_some_rows_is_used_by_who_asks_for_them(index: str, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    migrate.create(path)
    with closing(sqlite3.connect(path)) as raw:
        plan = raw.execute(f"EXPLAIN QUERY PLAN {ASKS[index]}").fetchall()
    assert any(index in row[3] for row in plan), plan
