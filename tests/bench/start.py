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
CONNECTED = """
import sys, time
base, gateway, token, database = sys.argv[1:]
def prepare(connected):
    import discord, discord.gateway, discord.http, yarl
    discord.http.Route.BASE = base
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)
    dispatch = discord.Client.dispatch
    def watched(self, event, *arguments):
        if event == "ready":
            print(time.process_time(), flush=True)
            connected()
        dispatch(self, event, *arguments)
    discord.Client.dispatch = watched
"""
"""What both programs begin with: at the instant at which discord.py calls a bot ready they say what they have spent."""
BARE = f"""{CONNECTED}
import asyncio
import aiosqlite, discord, discord.app_commands

async def main():
    ready = asyncio.Event()
    prepare(ready.set)
    async with aiosqlite.connect(database) as connection:
        await connection.execute("PRAGMA journal_mode = wal")
        client = discord.Client(intents=discord.Intents(guilds=True), guild_ready_timeout=0.01)
        tree = discord.app_commands.CommandTree(client)

        @tree.command(description="pong")
        async def checkin(interaction: discord.Interaction, time: str) -> None:
            await interaction.response.send_message("pong", ephemeral=True)

        serving = asyncio.create_task(client.start(token))
        await ready.wait()
        await client.close()
        await asyncio.wait([serving])

asyncio.run(main())
"""
OURS = f"""{CONNECTED}
import os, signal
os.environ.update(TENHOURS_DISCORD__TOKEN=token, TENHOURS_DATABASE__URL="sqlite:///" + database)
os.environ.update(TENHOURS_BACKUP__FOLDER="", TENHOURS_LOG__LEVEL="error")
from bot import app, cli
sys.argv[1:] = ["run"]
add = app.App.add

def watched(self, name, **more):
    import asyncio
    adapter, loop = add(self, name, **more), asyncio.get_running_loop()
    prepare(lambda: loop.create_task(stop_when_all_is_loaded()))
    return adapter

async def stop_when_all_is_loaded():
    import asyncio
    while getattr(sys.modules.get("bot.commands.registry"), "SPECS", None) is None:
        await asyncio.sleep(0.05)
    print(time.process_time(), flush=True)
    os.kill(os.getpid(), signal.SIGTERM)

app.App.add = watched
cli.main()
"""


def run() -> Iterator[str]:
    """All lines of this part."""
    bare, ours, loaded = asyncio.run(_measure())
    yield line("start: processor time until Discord is connected, beside a bare bot with aiosqlite", ours / bare, 1.5)
    yield told("the same in seconds", ours)
    yield told("the same until the commands are loaded, which begins when Discord is connected", loaded)


async def _measure() -> tuple[float, float, float]:
    """Return medians in seconds: of the bare bot, of the program on a database that is there, and of it all loaded."""
    with tempfile.TemporaryDirectory() as folder:
        async with local_discord() as server:
            server.world.add_server("Study hall", "general")
            bare, ours = Path(folder) / "bare.db", Path(folder) / "ours.db"
            for program, database in ((OURS, ours), (BARE, bare)):  # makes the databases, and the modules' bytecode
                await _start(server, program, database)
            turns = [(await _start(server, BARE, bare), await _start(server, OURS, ours)) for _ in range(TURNS)]
    connected = median(spent[0] for spent, _ in turns), median(spent[0] for _, spent in turns)
    return *connected, median(spent[-1] for _, spent in turns)


async def _start(server: DiscordServer, program: str, database: Path) -> list[float]:
    """Return the seconds of processor time that a program says it has spent."""
    words = (sys.executable, "-c", program, server.base, server.gateway.address, TOKEN, str(database))
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environ["PYTHONPYCACHEPREFIX"] = str(database.parent / "bytecode")
    process = await asyncio.create_subprocess_exec(*words, stdout=subprocess.PIPE, cwd=database.parent, env=environ)
    said, _ = await process.communicate()
    return [float(seconds) for seconds in said.split()]
