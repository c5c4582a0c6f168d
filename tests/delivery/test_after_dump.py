"""After a restore on PostgreSQL nothing is posted again that was posted since the copy was made."""

import os
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import psycopg
import pytest

from bot.app import App
from bot.clock import SystemClock
from bot.config import DatabaseSettings, Settings
from bot.delivery.after_restore import RESTORED_REASON
from bot.location import ServerDatabase
from bot.store import migrate
from bot.store.database import Store
from bot.verbs import database as verbs
from tests.delivery.town import Town
from tests.servers.postgres.server import find_programs


@pytest.fixture
async def town(emptied_server_database: ServerDatabase) -> AsyncIterator[Town]:
    """Found the town on a server, whose tables are made anew at the end."""
    town = await Town.founded(await Store.open(emptied_server_database))
    yield town
    await town.store.close()
    with psycopg.connect(emptied_server_database.url, autocommit=True) as connection:
        former = [
            row[0] for row in connection.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'before_%'")
        ]
        for schema in [*former, "public"]:
            connection.execute(f"DROP SCHEMA {schema} CASCADE".encode())
        connection.execute("CREATE SCHEMA public")
    migrate.create(emptied_server_database)


async def test_a_week_of_posts_since_the_copy_is_not_repeated(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", os.pathsep.join([str(find_programs()), os.environ["PATH"]]))
    monkeypatch.setattr(SystemClock, "now", lambda _self: town.clock.now())
    location = town.store.location
    assert isinstance(location, ServerDatabase)
    settings = Settings(database=DatabaseSettings(location.url))
    await town.say("ada", "/reminders direct")
    await town.say("ada", "/checkin 7h")
    await verbs.backup(settings, tmp_path / "copy.dump")
    await town.until("2026-01-12T10:00")
    before = Counter(town.keys())
    assert {"results/1/2026-W02", "groupcall/1/2026-01-11"} <= set(before)
    await town.store.close()
    await verbs.restore(settings, tmp_path / "copy.dump")
    said = capsys.readouterr().out
    assert "kept in the schema before_20260112t100000z" in said
    assert "Left out, because it may have been posted" in said
    town.store = await Store.open(location)
    town.app = App(Settings(), town.clock, town.store)
    town.app.serve(town.platform)
    town.talk.store, town.talk.core = town.store, town.app.core
    await town.settle()
    assert Counter(town.keys()) == before
    reasons = await town.talk.rows("SELECT key, reason FROM skipped ORDER BY key")
    assert ("results/1/2026-01-12", RESTORED_REASON) in [tuple(row) for row in reasons]
    await town.say("ada", "/checkin 5h")
    await town.until("2026-01-19T10:00")
    after = Counter(town.keys()) - before
    assert after["results/1/2026-W03"] == 1
    assert not any(key.startswith("results/1/2026-W02") for key in after)
