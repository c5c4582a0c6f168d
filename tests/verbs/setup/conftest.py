"""A local Discord and a local Slack, and the program beside them in an empty folder."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.servers.discord.server import DiscordServer
from tests.servers.slack.server import Slack
from tests.verbs.setup.terminal import WITHIN, TerminalProgram

ROOT = Path(__file__).parents[3]
PROGRAM = ("-m", "tests.verbs.setup.program")


class Place:
    """The empty folder, and what stands around it."""

    def __init__(self, folder: Path, discord: DiscordServer, slack: Slack) -> None:
        self.folder = folder
        self.discord = discord
        self.slack = slack
        self.programs: list[TerminalProgram] = []
        inherited = {name: text for name, text in os.environ.items() if not name.startswith(("TENHOURS_", "DISPLAY"))}
        self.environ = {**inherited, "PYTHONPATH": str(ROOT)}

    def environment_without_path(self) -> dict[str, str]:
        return {name: text for name, text in self.environ.items() if name not in ("PATH", "HOME")}

    def words(self, *words: str) -> list[str]:
        return [*PROGRAM, self.discord.base, self.slack.api.url, *words]

    async def open(self, *words: str, **environ: str) -> TerminalProgram:
        program = await TerminalProgram.start(
            *self.words(*words), folder=self.folder, environ={**self.environ, **environ}
        )

        self.programs.append(program)
        return program

    async def close(self) -> None:
        """End what a failed test has left."""
        for program in self.programs:
            if program.process.returncode is None:
                program.process.kill()
                await program.end()

    async def run(self, *words: str, typed: str = "", **environ: str) -> tuple[int, str, str]:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *self.words(*words),
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            cwd=self.folder,
            env={**self.environ, **environ},
        )
        async with asyncio.timeout(WITHIN):
            output, errors = await process.communicate(typed.encode())
        assert process.returncode is not None
        return process.returncode, output.decode(), errors.decode()


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    discord, slack = DiscordServer(), Slack()
    await discord.start()
    await slack.start()
    folder = tmp_path / "bot"
    folder.mkdir()
    place = Place(folder, discord, slack)
    yield place
    await place.close()
    await discord.close()
    await slack.stop()
    assert not discord.broken
    assert not slack.world.broken
