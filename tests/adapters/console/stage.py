"""A console session on a fake core or on the real program, with what it shows as dictionaries."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

from adapters.console.adapter import ConsoleAdapter
from adapters.console.session import Session
from bot import app
from bot.clock import Clock, StillClock, SystemClock
from bot.config import DatabaseSettings, Settings
from tests.adapters.fake_core import NOW, FakeCore

Shown = dict[str, Any]


class FakeWorld:
    """A world in which nothing falls due; `settled` counts how often somebody asked."""

    def __init__(self, core: FakeCore, *, still: bool = True) -> None:
        self._core = core
        self.clock: Clock = StillClock(core.now()) if still else SystemClock()
        self.settled = 0

    async def settle(self) -> None:
        self.settled += 1

    async def move(self, target: datetime) -> None:
        assert isinstance(self.clock, StillClock)
        self.clock.move_to(target)
        self._core.instant = target


class Stage:
    """Says lines and reads what came of them."""

    def __init__(self, session: Session, console: ConsoleAdapter, out: StringIO) -> None:
        self.session = session
        self.console = console
        self._out = out
        self._read = 0

    async def say(self, *lines: str) -> list[Shown]:
        """Say lines, and return what is shown of it."""
        for line in lines:
            await self.session.say(line)
        return self.fresh()

    async def kinds(self, *lines: str) -> list[str]:
        return [shown["kind"] for shown in await self.say(*lines)]

    def fresh(self) -> list[Shown]:
        """Return what has been shown since the last look."""
        text = self._out.getvalue()
        lines = text[self._read :].splitlines()
        self._read = len(text)
        return [json.loads(line) for line in lines]


def fake_stage(
    core: FakeCore, *, speaker: str = "ada", zone: str = "UTC", still: bool = True
) -> tuple[Stage, FakeWorld]:
    """Return a session on a fake core."""
    world = FakeWorld(core, still=still)
    console = ConsoleAdapter(core)
    out = StringIO()
    session = console.open(world, speaker, zone, out, as_json=True)
    return Stage(session, console, out), world


@asynccontextmanager
async def real_stage(
    folder: Path, *, speaker: str = "ada", zone: str = "UTC", now: datetime = NOW
) -> AsyncIterator[Stage]:
    """Yield a session on the real program: its dispatcher, database, planner and sender."""
    settings = Settings(DatabaseSettings(f"sqlite:///{folder / 'test.db'}"))
    async with app.opened(settings, StillClock(now)) as running:
        console = ConsoleAdapter(running.core)
        running.serve(console)
        out = StringIO()
        yield Stage(console.open(running.delivery, speaker, zone, out, as_json=True), console, out)


def texts(shown: Sequence[Shown]) -> str:
    """All words, for tests that ask whether something was said."""
    return "\n".join(each["text"] for each in shown)
