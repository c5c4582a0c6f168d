"""Posts that say the same, killed while they are sent: Discord keeps no keys, and yet each stands there once."""

from datetime import timedelta

import pytest

from bot.chat.card import Card, Line
from bot.chat.delivery import ChannelAddress, Delivery
from bot.chat.text import Bold
from bot.store import outbox
from bot.store.database import Store
from tests.crash.conftest import Begin, Make
from tests.crash.town import Town
from tests.crash.trio import until
from tests.engines import POSTGRES

LINE = Card("", (Line((Bold("Ada"), " studied 2 h. ☺ 7 h 30 this week.")),))
KEYS = ("line/7/1", "line/7/2", "line/7/3")


@pytest.mark.slow
@pytest.mark.parametrize("point", ["claimed", "posting", "posted", "marking", "marked"])
async def test_equal_lines_stand_there_once_each(point: str, platform_of: Make, begin: Begin) -> None:
    platform = await platform_of("discord")
    town = await begin(platform)
    await owe(town, ChannelAddress(platform.name, platform.team, platform.channel))
    first = await town.start(point)
    await first.ended()
    again = await town.start(point)
    await again.ended()
    last = await town.start()
    await last.until(lambda: town.is_quiet() and set(fates(town).values()) == {"sent"})
    assert await last.stop() == 0, town.output
    messages = town.rows("SELECT message FROM outbox WHERE key LIKE 'line/7/%'")
    assert len(set(messages)) == len(KEYS)
    assert [platform.times(key) for key in KEYS] == [1] * len(KEYS)


@pytest.mark.slow
@pytest.mark.overnight
@pytest.mark.parametrize("engine", [POSTGRES])
@pytest.mark.parametrize("point", ["claimed", "posting", "posted", "marking", "marked"])
async def test_equal_lines_of_three_processes_stand_there_once_each(
    point: str, engine: str, platform_of: Make, begin: Begin
) -> None:
    platform = await platform_of("discord")
    town = await begin(platform)
    await owe(town, ChannelAddress(platform.name, platform.team, platform.channel))
    first = await town.start(point)
    await until(town, lambda: first.is_dead)
    second, third = await town.start(point), await town.start()
    await until(town, lambda: town.is_quiet() and set(fates(town).values()) == {"sent"})
    await until(town, lambda: all(run.is_dead or run.is_up for run in (second, third)))
    assert {await run.stop() for run in (second, third) if not run.is_dead} == {0}, town.output
    messages = town.rows("SELECT message FROM outbox WHERE key LIKE 'line/7/%'")
    assert len(set(messages)) == len(KEYS)
    assert [platform.times(key) for key in KEYS] == [1] * len(KEYS)


async def owe(town: Town, to: ChannelAddress) -> None:
    """Promise the same line under each key, due now."""
    now = town.clock.now()
    deliveries = [Delivery(key, to, LINE, now, now + timedelta(hours=1)) for key in KEYS]
    store = await Store.open(town.location)
    await store.write(lambda tx: [outbox.enqueue(tx, delivery) for delivery in deliveries])
    await store.close()


def fates(town: Town) -> dict[str, str]:
    return {key: state for key, state in town.fates().items() if key in KEYS}
