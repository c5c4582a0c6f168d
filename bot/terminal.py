"""The program at a terminal: chat, demo and export, on the system's clock or on one that stands still."""

import asyncio
import socket
import sys
import tempfile
from contextlib import AsyncExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import msgspec

from bot import app
from bot.adapter import Terminal
from bot.adapter.installed import installed
from bot.adapter.plugin import AdapterSettings
from bot.clock import RUNS, Clock, GuardedClock, StillClock, SystemClock, runs_to
from bot.config import DatabaseSettings, Settings
from bot.domain.week import to_instant
from bot.domain.zones import read_zone
from bot.errors import Refused, TenHoursError
from bot.store import export as exporting
from bot.store import people
from bot.store.tx import Tx
from bot.who import CONSOLE, read_who

UTC_NAME = "UTC"
PAGES = "web"
"""The adapter that serves pages, where it is installed."""

DEMO_BEGINS = datetime(2026, 1, 5, 8, tzinfo=UTC)


async def chat(settings: Settings, speaker: str, clock: str | None, zone: str | None, *, as_json: bool) -> None:
    """Serve the console on the configured database; on a clock that stands still if `clock` names a time."""
    zone_info = _zone(zone)
    async with app.opened(settings, _clock(clock, zone_info)) as running:
        console = cast(Terminal, running.add(CONSOLE))
        if clock is not None:
            await console.chat(running.delivery, speaker=speaker, zone=zone_info.key, as_json=as_json)
            return
        for name in settings.asking_adapters() if sys.stdin.isatty() else ():  # a pipe is over before anybody looks
            running.add_asking(name)
        serving = asyncio.create_task(running.run())
        try:
            await console.chat(running.delivery, speaker=speaker, zone=zone_info.key, as_json=as_json)
        finally:
            serving.cancel()
            with suppress(asyncio.CancelledError):
                await serving


async def demo(settings: Settings, zone: str) -> None:
    """Serve the console on a temporary database and a clock that stands still, with a story to watch."""
    zone_info = _zone(zone)
    with tempfile.TemporaryDirectory(prefix="tenhours-demo-") as folder:
        url = f"sqlite:///{Path(folder) / 'demo.db'}"
        temporary = msgspec.structs.replace(settings, database=DatabaseSettings(url), platforms=_demo_pages())
        begins = to_instant(DEMO_BEGINS.replace(tzinfo=None), zone_info)
        async with app.opened(temporary, StillClock(begins)) as running:
            console = cast(Terminal, running.add(CONSOLE))
            async with AsyncExitStack() as stack:
                for name in temporary.asking_adapters():
                    await stack.enter_async_context(running.asking(name))
                await console.demo(running.delivery, zone=zone_info.key)


def _demo_pages() -> dict[str, AdapterSettings]:
    """Return the settings by which a demo that somebody watches serves its group's pages, on this machine alone."""
    plugin = installed().get(PAGES)
    if plugin is None or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return {}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        listen = f"127.0.0.1:{probe.getsockname()[1]}"
    return {PAGES: msgspec.convert({"listen": listen}, plugin.settings)}


async def export(settings: Settings, who: str, clock: str | None, zone: str | None) -> str:
    """Return all that is stored of `who` as indented JSON. Raises `TenHoursError` for someone unknown."""
    user = read_who(who, installed())
    now = _clock(clock, _zone(zone)).now()

    def unit(tx: Tx) -> dict[str, Any]:
        person = people.find(tx, user)
        if person is None:
            raise TenHoursError(f"I don't know anyone here called {who}.")
        return exporting.export(tx, person, now)

    async with app.opened(settings, SystemClock()) as running:
        document = await running.store.read(unit)
    return exporting.format_json(document)


def _zone(name: str | None) -> ZoneInfo:
    return read_zone(name) if name is not None else ZoneInfo(UTC_NAME)


def _clock(text: str | None, zone: ZoneInfo) -> Clock:
    if text is None:
        return GuardedClock()
    try:
        local = datetime.fromisoformat(text.strip())
    except ValueError:
        raise Refused(f"I can't read “{text[:40]}” as a time for --clock.", "2026-01-05T09:00") from None
    if not runs_to(local):
        raise Refused(RUNS, "2026-01-05T09:00")
    return StillClock(local if local.tzinfo else to_instant(local, zone))
