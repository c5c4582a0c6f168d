"""Metrics of a PostgreSQL server: asked for once a minute, not when somebody looks; none while it tells nothing."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.adapter import Health
from bot.app import App
from bot.clock import StillClock
from bot.config import DatabaseSettings, Settings
from bot.errors import NotSaved
from bot.location import ServerDatabase
from bot.store.database import Store
from bot.store.unit import Unit
from bot.upkeep import metrics
from bot.upkeep.health import HealthServer
from bot.upkeep.server_metrics import LOOK_INTERVAL_SECONDS, ServerMetrics
from tests.adapters.web.stage import free_port
from tests.delivery.town import Town
from tests.talk import MONDAY_MORNING
from tests.upkeep.test_health import get, until_served
from tests.waiting import eventually, stopped

pytestmark = pytest.mark.sqlite  # nothing here is asked of both engines

ALWAYS = {
    "tenhours_database_size_bytes",
    "tenhours_database_connections",
    "tenhours_database_connections_max",
    "tenhours_database_dead_rows",
    "tenhours_database_longest_transaction_seconds",
    "tenhours_database_replicas",
}


@pytest.fixture
async def store(emptied_server_database: ServerDatabase) -> AsyncIterator[Store]:
    opened = await Store.open(emptied_server_database)
    yield opened
    await opened.close()


def values(text: str) -> dict[str, float]:
    return {sample.name: sample.value for family in text_string_to_metric_families(text) for sample in family.samples}


async def test_a_server_tells_its_numbers(store: Store) -> None:
    asked = ServerMetrics(store)
    await asked.look()
    told = values(metrics.text(asked.latest))
    assert told.keys() == ALWAYS
    assert told["tenhours_database_size_bytes"] > 1_000_000
    assert 1 <= told["tenhours_database_connections"] <= told["tenhours_database_connections_max"]
    assert told["tenhours_database_replicas"] == 0


async def test_it_is_asked_once_a_minute_and_what_it_does_not_tell_is_left_out(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    read, is_refused = store.read, False

    async def read_or_refuse(unit: Unit[object]) -> object:
        if is_refused:
            raise NotSaved("gone")
        return await read(unit)

    async def sleep(seconds: float) -> None:
        nonlocal is_refused
        pauses.append(seconds)
        is_refused = True
        if len(pauses) == 2:
            await asyncio.Event().wait()
        assert asked.latest

    monkeypatch.setattr(store, "read", read_or_refuse)
    asked = ServerMetrics(store, sleep=sleep)
    task = asyncio.create_task(asked.run())

    async def has_asked_twice() -> bool:
        return len(pauses) == 2

    await eventually(has_asked_twice, 60)
    await stopped(task)
    assert pauses == [LOOK_INTERVAL_SECONDS] * 2
    assert asked.latest == []


async def test_a_process_that_stands_by_on_a_server_is_well(store: Store) -> None:
    town = await Town.founded(store)
    app = App(Settings(), town.clock, store)
    app.serve(town.platform)
    await app.delivery.tick()
    port = free_port()
    task = asyncio.create_task(HealthServer(app, "127.0.0.1", port).run())
    await until_served(port)
    for stands_by, wanted in ((True, 200), (False, 503)):
        town.platform.state = Health(is_ready=False, stands_by=stands_by)
        assert (await get(f"http://127.0.0.1:{port}/healthz"))[0] == wanted
    await stopped(task)


async def test_they_stand_among_the_metrics_and_those_stay_when_the_database_tells_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(store.location, ServerDatabase)
    app = App(Settings(database=DatabaseSettings(store.location.url)), StillClock(MONDAY_MORNING), store)
    port = free_port()
    task = asyncio.create_task(HealthServer(app, "127.0.0.1", port).run())
    await until_served(port)

    async def are_told() -> bool:
        return values((await get(f"http://127.0.0.1:{port}/metrics"))[1]).keys() >= ALWAYS

    await eventually(are_told, 60)

    async def refuse(_unit: object) -> None:
        raise NotSaved("gone")

    monkeypatch.setattr(store, "read", refuse)
    status, text = await get(f"http://127.0.0.1:{port}/metrics")
    assert status == 200
    assert "tenhours_info" in text
    assert "tenhours_checkins_total" not in text
    await stopped(task)
