"""The start: processor time until Discord is connected, beside a bare discord.py bot with an open aiosqlite database.

Both run on the local Discord and in turns; what they wait for is not counted.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.adapters.discord.probe import local_discord
from tests.bench.lines import line, told
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.world import TOKEN

TURNS = 7
REDIRECT = """
import sys, time
base, gateway, token, database = sys.argv[1:]
def redirect():
    import discord.gateway, discord.http, yarl
    discord.http.Route.BASE = base
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)
async def until(is_ready):
    import asyncio
    while not is_ready():
        await asyncio.sleep(0.01)
    print(time.process_time(), flush=True)
"""
BARE = f"""{REDIRECT}
import asyncio
import aiosqlite, discord, discord.app_commands
redirect()

async def main():
    async with aiosqlite.connect(database) as connection:
        await connection.execute("PRAGMA journal_mode = wal")
        client = discord.Client(intents=discord.Intents(guilds=True), guild_ready_timeout=0.01)
        tree = discord.app_commands.CommandTree(client)

        @tree.command(description="pong")
        async def checkin(interaction: discord.Interaction, time: str) -> None:
            await interaction.response.send_message("pong", ephemeral=True)

        serving = asyncio.create_task(client.start(token))
        await until(client.is_ready)
        await client.close()
        await asyncio.wait([serving])

asyncio.run(main())
"""
OURS = f"""{REDIRECT}
import os, signal
os.environ.update(TENHOURS_DISCORD__TOKEN=token, TENHOURS_DATABASE__URL="sqlite:///" + database)
os.environ.update(TENHOURS_BACKUP__FOLDER="", TENHOURS_LOG__LEVEL="error")
from bot import app, cli
sys.argv[1:] = ["run"]
add = app.App.add

def watched(self, name, **more):
    import asyncio
    redirect()
    adapter = add(self, name, **more)
    asyncio.get_running_loop().create_task(stop_when_ready(adapter))
    return adapter

async def stop_when_ready(adapter):
    await until(lambda: adapter.health().is_ready)
    os.kill(os.getpid(), signal.SIGTERM)

app.App.add = watched
cli.main()
"""


def run() -> Iterator[str]:
    """All lines of this part."""
    bare, ours = asyncio.run(_measure())
    yield line("start: processor time until Discord is connected, beside a bare bot with aiosqlite", ours / bare, 1.5)
    yield told("the same in seconds", ours)


async def _measure() -> tuple[float, float]:
    """Return the medians of turns, of the bare bot and of the program on a database that is there, in seconds."""
    with tempfile.TemporaryDirectory() as folder:
        async with local_discord() as server:
            server.world.add_server("Study hall", "general")
            bare, ours = Path(folder) / "bare.db", Path(folder) / "ours.db"
            for program, database in ((OURS, ours), (BARE, bare)):  # makes the databases, and the modules' bytecode
                await _start(server, program, database)
            turns = [(await _start(server, BARE, bare), await _start(server, OURS, ours)) for _ in range(TURNS)]
    return median(spent for spent, _ in turns), median(spent for _, spent in turns)


async def _start(server: DiscordServer, program: str, database: Path) -> float:
    words = (sys.executable, "-c", program, server.base, server.gateway.address, TOKEN, str(database))
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environ["PYTHONPYCACHEPREFIX"] = str(database.parent / "bytecode")
    process = await asyncio.create_subprocess_exec(*words, stdout=subprocess.PIPE, cwd=database.parent, env=environ)
    said, _ = await process.communicate()
    return float(said.split()[0])
