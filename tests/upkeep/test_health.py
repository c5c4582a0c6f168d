"""What is told over HTTP: health with a status that monitors understand, metrics that Prometheus' own parser reads."""

import asyncio
import socket
from collections.abc import AsyncIterator
from importlib import metadata

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.adapter import Health
from bot.app import App
from bot.config import Settings
from bot.errors import Misconfigured
from bot.store.database import Store
from bot.upkeep import metrics
from bot.upkeep.health import HealthServer
from bot.upkeep.metric import Metric
from tests.delivery.town import Town
from tests.waiting import eventually, stopped


@pytest.fixture
async def town(store: Store) -> Town:
    return await Town.founded(store)


@pytest.fixture
def app(town: Town) -> App:
    """Make a program that has not ticked yet, beside the town's own."""
    app = App(Settings(), town.clock, town.store)
    app.serve(town.platform)
    return app


@pytest.fixture
async def address(app: App) -> AsyncIterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    task = asyncio.create_task(HealthServer(app, "127.0.0.1", port).run())
    await until_served(port)
    yield f"http://127.0.0.1:{port}"
    await stopped(task)


async def until_served(port: int) -> None:
    async def is_served() -> bool:
        try:
            await get(f"http://127.0.0.1:{port}/healthz")
        except aiohttp.ClientConnectorError:
            return False
        return True

    await eventually(is_served)


async def get(url: str, method: str = "GET") -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.request(method, url) as response:
        return response.status, await response.text()


def samples(text: str) -> dict[str, float]:
    """Return the value of every sample, by its name and labels."""
    return {
        sample.name + "".join(f"/{value}" for value in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def test_health_is_well_while_it_ticks_and_platforms_are_ready(town: Town, app: App, address: str) -> None:
    assert (await get(f"{address}/healthz"))[0] == 503
    await app.delivery.tick()
    status, body = await get(f"{address}/healthz")
    assert status == 200
    assert '"state": "well"' in body
    town.platform.state = Health(is_ready=False, age=None, detail="no connection")
    status, body = await get(f"{address}/healthz")
    assert status == 503
    assert "no connection" in body
    town.platform.state = Health(is_ready=False, stands_by=True)
    assert (await get(f"{address}/healthz"))[0] == 503, "on a file there is nothing to stand by for"


async def test_metrics_are_what_prometheus_reads(town: Town, app: App, address: str) -> None:
    await app.delivery.tick()
    await town.say("ada", "/checkin 2h")
    await town.say("bo", "/checkin 1h")
    await town.talk("cy", "/checkin 30m")
    town.clock.move_to(town.clock.now().replace(hour=town.clock.now().hour + 1))
    town.platform.state = Health(is_ready=True, age=12.5)
    status, text = await get(f"{address}/metrics")
    assert status == 200
    values = samples(text)
    assert values["tenhours_checkins_total"] == 3
    assert values["tenhours_deliveries/pending"] == 1
    assert values["tenhours_deliveries/sent"] >= 2
    assert values["tenhours_deliveries/dropped"] == 0
    assert values["tenhours_delivery_lag_seconds"] == 3600
    assert values["tenhours_platform_ready/console"] == 1
    assert values["tenhours_gateway_age_seconds/console"] == 12.5
    assert values["tenhours_last_tick_age_seconds"] >= 0
    assert values[f"tenhours_info/{metadata.version('tenhours')}"] == 1


async def test_counts_agree_with_the_outbox(town: Town, address: str) -> None:
    for minutes in range(1, 6):
        await town.say("ada", f"/checkin {minutes}m")
    await town.store.write(
        lambda tx: tx.run("UPDATE outbox SET state = 'dropped', reason = 'x' WHERE key LIKE 'line/%/2/%'")
    )
    values = samples((await get(f"{address}/metrics"))[1])
    rows = await town.talk.rows("SELECT state, count(*) FROM outbox GROUP BY state")
    assert {f"tenhours_deliveries/{state}": number for state, number in rows}.items() <= values.items()


async def test_nobody_is_told_anything_else(town: Town, address: str) -> None:
    await town.say("ada", "/checkin 2h learned: a secret of mine")
    assert (await get(f"{address}/"))[0] == 404
    assert (await get(f"{address}/metrics", "POST"))[0] == 405
    for path in ("/healthz", "/metrics"):
        body = (await get(address + path))[1]
        assert "ada" not in body.lower()
        assert "secret" not in body


async def test_an_address_that_is_not_ours_is_one_sentence(town: Town) -> None:
    with pytest.raises(Misconfigured, match=r"\[health\] listen = '203.0.113.1:80': cannot listen there"):
        await HealthServer(town.app, "203.0.113.1", 80).run()


async def test_a_process_that_waits_for_another_takes_its_address_when_that_has_ended(town: Town) -> None:
    waited, released = asyncio.Event(), asyncio.Event()
    with socket.socket() as first:
        first.bind(("127.0.0.1", 0))
        first.listen()
        port = first.getsockname()[1]

        async def sleep(_seconds: float) -> None:
            waited.set()
            await released.wait()

        task = asyncio.create_task(HealthServer(town.app, "127.0.0.1", port, sleep=sleep).run())
        await asyncio.wait_for(waited.wait(), 5)
    released.set()
    await until_served(port)
    await stopped(task)


def test_labels_are_escaped() -> None:
    odd = 'a"b\\c\nd'
    [family] = text_string_to_metric_families(metrics.text([Metric("x", "gauge", "Odd.", (({"name": odd}, 1.5),))]))
    assert family.samples[0].labels == {"name": odd}
