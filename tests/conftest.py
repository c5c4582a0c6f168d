"""Fixtures that many tests share, and how many examples a property is tried with.

A property runs 20 examples in `make test` and 200 in `make slow`, which sets HYPOTHESIS_PROFILE.
"""

import os
import shutil
import signal
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot.clock import StillClock
from bot.location import Location, ServerDatabase
from bot.store import migrate
from bot.store.database import Store
from tests.cards.watch import card_watch, cards_obey_the_rules
from tests.engines import DEFAULT_ENGINE, POSTGRES, SQLITE
from tests.servers.postgres import shared
from tests.servers.postgres.server import Missing
from tests.talk import MONDAY_MORNING, Talk

__all__ = ["card_watch", "cards_obey_the_rules"]

collect_ignore = [] if find_spec("playwright") else ["browser"]
"""Without what drives a browser nothing is tried in one: `make browser` installs it."""

for profile, examples in (("quick", 20), ("thorough", 200)):
    settings.register_profile(
        profile,
        max_examples=examples,
        deadline=None,  # a machine that is busy with other tests is no fault
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

# A shell lets what it starts in the background ignore Ctrl-C, and the programs of the tests would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shared.begin_run()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shared.end_run()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the current schema and nothing in it; copy it, never open it."""
    path = tmp_path_factory.mktemp("schema") / "empty.db"
    migrate.migrate(path)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("VACUUM")  # as a first start makes it: no page of it is free
    return path


@pytest.fixture
def database(empty_database: Path, tmp_path: Path) -> Path:
    """A database of one's own."""
    return Path(shutil.copy(empty_database, tmp_path / "tenhours.db"))


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """The engine of `location`; in `tests/store` a test has each of them in turn."""
    return SQLITE if request.node.get_closest_marker("sqlite") else DEFAULT_ENGINE


@pytest.fixture(scope="session")
def server_database() -> Iterator[ServerDatabase]:
    """A database of this worker's own on a PostgreSQL server; take `emptied_server_database`."""
    try:
        yield from shared.database(f"tenhours_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}")
    except Missing as missing:
        pytest.skip(f"no PostgreSQL: {missing}")


@pytest.fixture
def emptied_server_database(server_database: ServerDatabase) -> ServerDatabase:
    """A database on a PostgreSQL server with the current schema and nothing in it."""
    shared.empty(server_database)
    return server_database


@pytest.fixture
def location(engine: str, request: pytest.FixtureRequest) -> Location:
    """A database of one's own on an engine."""
    fixture = {SQLITE: "database", POSTGRES: "emptied_server_database"}[engine]
    empty: Location = request.getfixturevalue(fixture)
    return empty


@pytest.fixture
async def store(location: Location) -> AsyncIterator[Store]:
    opened = await Store.open(location)
    yield opened
    await opened.close()


@pytest.fixture
async def talk(store: Store) -> Talk:
    """A conversation from Monday 5 January 2026, 09:00 UTC; group `console` of channel `console` has no members yet."""
    conversation = Talk(store, StillClock(MONDAY_MORNING))
    await conversation.start_group()
    return conversation
