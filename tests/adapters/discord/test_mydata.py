"""One's own data on Discord: a tracker's file is handed over, looked at, and brought in by a button, once."""

import io
import zipfile
from collections.abc import AsyncIterator

import pytest

from bot.app import App
from bot.clock import StillClock
from bot.config import Settings
from bot.store.database import Store
from tests.adapters.discord.probe import DiscordProbe, local_discord, make_probe, shown
from tests.adapters.discord.test_hard_times import WEDNESDAY
from tests.adapters.probe import ADA
from tests.servers.discord.use import MODAL, Use
from tests.servers.discord.world import EPHEMERAL

CSV = b"date,duration\n2025-11-03,02:00:00\n2025-11-04,01:30:00\n"


@pytest.fixture
async def probe(store: Store) -> AsyncIterator[DiscordProbe]:
    app = App(Settings(), StillClock(WEDNESDAY), store)
    async with local_discord() as server:
        probe = await make_probe(server, app.core)
        yield probe
        await probe.close()
        assert not server.broken


def text(use: Use) -> str:
    assert use.message is not None
    assert use.message.data["flags"] & EPHEMERAL
    return shown(use.message.data).text


@pytest.mark.parametrize("by_form", [True, False])
async def test_a_trackers_file_is_looked_at_and_brought_in_by_a_button(probe: DiscordProbe, by_form: bool) -> None:
    ada, server, file = probe.people[ADA], probe.server, {"file": ("years.csv", CSV)}
    if by_form:
        opened = await server.command(ada, probe.place, "mydata import")
        assert opened.kind == MODAL
        looked = await server.fill(opened, {}, files=file)
    else:
        looked = await server.command(ada, probe.place, "mydata import", files=file)
    assert "3 h 30" in text(looked)
    assert looked.message is not None
    await server.press(ada, looked.message, shown(looked.message.data).buttons[0])
    road = await server.command(ada, probe.place, "horizon")
    assert "3 h 30 since November 2025" in text(road)


async def test_all_that_is_kept_comes_as_a_file_for_oneself(probe: DiscordProbe) -> None:
    ada, server = probe.people[ADA], probe.server
    await server.command(ada, probe.place, "checkin", {"time": "2h", "learned": "SVD"})
    use = await server.command(ada, probe.place, "mydata export")
    assert text(use)
    assert use.message is not None
    [(name, content)] = use.message.files.items()
    assert name.endswith(".zip")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert any(b"SVD" in archive.read(name) for name in archive.namelist())
