"""History that the program of the release before has brought in is known in any shape after the upgrade.

`tests/data/before/database-0003.sql` is what that program wrote for somebody in Tokyo who had brought in four files:
Toggl, a table, WakaTime, and moments in UTC, whose days it took as they stood. Beside each lies the same history
in another shape.
"""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.config import DatabaseSettings, Settings
from bot.domain.timesheet.answers import Answers
from bot.store import migrate
from bot.terminal import export
from bot.verbs.importing import ImportOptions, import_file
from bot.verbs.take_back import take_back

DATA = Path(__file__).parents[1] / "data" / "before"
FILES = (
    "toggl.csv",
    "toggl_other.csv",
    "plain.csv",
    "plain_other.tsv",
    "wakatime.json",
    "wakatime_other.json",
    "offsets.csv",
    "offsets_other.csv",
)
ENTRIES = 16


@pytest.fixture
def upgraded(tmp_path: Path) -> Settings:
    """The settings of a database of the release before that was brought to this version's schema."""
    path = tmp_path / "tenhours.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript((DATA / "database-0003.sql").read_text(encoding="utf-8"))
        raw.execute("PRAGMA journal_mode = wal")
    migrate.migrate(path)
    return Settings(DatabaseSettings(f"sqlite:///{path}"))


async def checkins(settings: Settings) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads(await export(settings, "ada", None, None))["checkins"]
    return entries


async def test_what_was_there_before_is_one_run(upgraded: Settings) -> None:
    exported = json.loads(await export(upgraded, "ada", None, None))
    assert [(run["source"], run["entries"]) for run in exported["imports"]] == [("earlier imports", ENTRIES)]
    assert sum(entry["source"] == "import" for entry in exported["checkins"]) == ENTRIES


@pytest.mark.parametrize("name", FILES)
async def test_the_same_history_is_known_in_its_own_and_in_another_shape(upgraded: Settings, name: str) -> None:
    before = await checkins(upgraded)
    assert "Nothing new" in await import_file(upgraded, ImportOptions(DATA / name, "ada"))
    assert await checkins(upgraded) == before


async def test_all_files_one_after_another_bring_nothing_and_all_can_be_taken_back(upgraded: Settings) -> None:
    before = await checkins(upgraded)
    for name in FILES:
        await import_file(upgraded, ImportOptions(DATA / name, "ada", answers=Answers()))
    assert await checkins(upgraded) == before
    await take_back(upgraded, "ada", "", None)
    assert [entry["source"] for entry in await checkins(upgraded)] == ["typed"]
    assert "Imported: " in await import_file(upgraded, ImportOptions(DATA / "toggl.csv", "ada"))
