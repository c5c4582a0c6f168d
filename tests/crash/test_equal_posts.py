"""Posts that say the same, killed while they are sent: Discord keeps no keys, and yet each stands there once."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat.card import Card, Line
from bot.chat.codec import encode, encode_address
from bot.chat.delivery import ChannelAddress
from bot.chat.text import Bold
from bot.store.rows import ms
from tests.crash.conftest import Make
from tests.crash.town import Town, begun

LINE = Card("", (Line((Bold("Ada"), " studied 2 h. ☺ 7 h 30 this week.")),))
KEYS = ("line/7/1", "line/7/2", "line/7/3")


@pytest.mark.slow
@pytest.mark.parametrize("point", ["claimed", "posting", "posted", "marking", "marked"])
async def test_equal_lines_stand_there_once_each(point: str, database: Path, platform_of: Make) -> None:
    platform = await platform_of("discord")
    await begun(database, platform.name, platform.team, platform.channel, [platform.ada])
    town = Town(database, platform.name, platform.address)
    owe(town, ChannelAddress(platform.name, platform.team, platform.channel))
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


def owe(town: Town, to: ChannelAddress) -> None:
    """Promise the same line under each key, due now."""
    now = town.clock.now()
    row = ("discord", encode_address(to), encode(LINE), ms(now), ms(now + timedelta(hours=1)), ms(now))
    with closing(sqlite3.connect(town.database)) as raw, raw:
        raw.executemany(
            """INSERT INTO outbox (key, platform, address, card, state, due_at, expires_at, next_at)
               VALUES (?, ?, ?, ?, 'pending', ?, ?, ?)""",
            [(key, *row) for key in KEYS],
        )


def fates(town: Town) -> dict[str, str]:
    return {key: state for key, state in town.fates().items() if key in KEYS}
